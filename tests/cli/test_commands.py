"""The commands of people against a real server: what they print, what they keep, and how they end."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest_asyncio
import structlog
from fixtures.app import Api, listening
from typer.testing import CliRunner

from cli.__main__ import app

ROOT = Path(__file__).resolve().parents[2]
TOKEN = 'mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "laptop", role: EDITOR) { secret } }'


@dataclass
class Terminal:
    """A person at a terminal, with a folder for what is kept."""

    home: Path
    address: str
    token: str
    slug: str

    async def type(self, *words: str, answers: str = "", **environment: str) -> tuple[int, str, str]:
        """Run `fermata …` in this process, which takes a tenth of the time; gives the exit code, and what came out on both ways."""
        done = await asyncio.to_thread(CliRunner().invoke, app, words, answers, self._environment(environment))
        return done.exit_code, done.stdout, done.stderr

    async def type_for_real(self, *words: str, **environment: str) -> tuple[int, str, str]:
        """The same as a program of its own, by the script at the root."""
        told = {name: value for name, value in self._environment(environment).items() if value is not None}
        process = await asyncio.create_subprocess_exec(
            *(ROOT / "fermata", *words),
            env={**{name: value for name, value in os.environ.items() if not name.startswith("FERMATA_")}, **told},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await process.communicate()
        return process.returncode or 0, out.decode(), errors.decode()

    def _environment(self, told: dict[str, str]) -> dict[str, str | None]:
        foreign = {name: None for name in os.environ if name.startswith("FERMATA_")}
        return {**foreign, "XDG_CONFIG_HOME": str(self.home), "COLUMNS": "200", **told}

    async def done(self, *words: str) -> str:
        """What a command prints that succeeds."""
        code, out, errors = await self.type(*words)
        assert (code, errors) == (0, ""), (words, out, errors)
        return out


@pytest_asyncio.fixture
async def terminal(database_url: str, tmp_path: Path) -> AsyncGenerator[Terminal]:
    # What the server logs in this process is not what the command prints.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.__stderr__))
    async with listening(database_url, tmp_path / "data") as (address, api):
        workspace = await api.sign_up()
        yield Terminal(tmp_path / "home", address, await token(api, workspace["id"]), workspace["slug"])
    structlog.reset_defaults()


async def token(api: Api, workspace: str) -> str:
    return (await api.ask(TOKEN, w=workspace))["createApiToken"]["secret"]


async def test_one_signs_in_creates_runs_pauses_and_lists(terminal: Terminal) -> None:
    out = await terminal.done("login", terminal.address, "--token", terminal.token)
    assert out == f"Signed in at {terminal.address} as Ada. Workspaces: {terminal.slug}\n"
    kept = terminal.home / "fermata" / "profiles.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    made = json.loads(
        await terminal.done("tasks", "create", "Bake", "--for", "1h", "--label", "oven", "--run", "--json")
    )
    assert (made["status"], made["durationMs"], made["labels"]) == ("IN_PROGRESS", 3_600_000, ["oven"])
    assert await terminal.done("tasks", "pause", made["id"], "-r", "lunch") == f"Bake: paused  {made['id']}\n"
    shown = await terminal.done("tasks", "list", "--status", "paused")
    assert "Bake" in shown
    assert made["id"] in shown
    assert await terminal.done("tasks", "list", "--status", "failed") == "No tasks here.\n"
    everything = await terminal.done("tasks", "show", made["id"])
    assert "You may" in everything
    assert "lunch" in everything


async def test_a_pause_may_end_by_itself_and_a_deletion_is_asked_about_first(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    id = json.loads(await terminal.done("tasks", "create", "Bake", "--for", "1h", "--run", "--json"))["id"]
    code, _, errors = await terminal.type("tasks", "pause", id, "--for", "soon")
    assert (code, errors) == (2, "'soon' is no duration: write for example 90s, 10m or 1h 30m\n")
    paused = json.loads(await terminal.done("tasks", "pause", id, "--for", "30m", "--json"))
    left = datetime.fromisoformat(paused["resumeAt"]) - datetime.fromisoformat(paused["updatedAt"])
    assert paused["status"] == "PAUSED"
    assert timedelta(minutes=25) < left < timedelta(minutes=35)
    code, out, errors = await terminal.type("tasks", "delete", id, answers="n\n")
    assert (code, out.strip(), errors.strip()) == (0, "n", "Delete “Bake”? [y/N]:")  # what is typed is seen
    assert "Bake" in await terminal.done("tasks", "list")
    assert await terminal.done("tasks", "delete", id, "--yes", "-r", "made twice") == f"Bake: deleted  {id}\n"
    assert await terminal.done("tasks", "list") == "No tasks here.\n"


async def test_a_task_is_watched_to_its_end(terminal: Terminal) -> None:
    environment = {"FERMATA_URL": terminal.address, "FERMATA_TOKEN": terminal.token}
    _, out, _ = await terminal.type("tasks", "create", "Blink", "--for", "300ms", "--run", "--json", **environment)
    id = json.loads(out)["id"]
    code, out, errors = await terminal.type("tasks", "watch", id, "--json", "--every", "0.2", **environment)
    assert (code, errors, json.loads(out)["status"]) == (0, "", "COMPLETED")


async def test_each_failure_is_a_sentence_and_an_exit_code(terminal: Terminal) -> None:
    code, _, errors = await terminal.type("tasks", "list")
    assert (code, errors) == (2, "You are not signed in: run `fermata login ADDRESS`.\n")
    code, _, errors = await terminal.type("login", terminal.address, "--token", "fmt_wrong")
    assert code == 1
    assert "sign in" in errors
    code, _, errors = await terminal.type("login", "example.com", "--token", "x")
    assert (code, errors) == (2, "example.com is no address: it begins with http:// or https://\n")
    code, _, errors = await terminal.type("tasks", "list", FERMATA_URL="http://127.0.0.1:9", FERMATA_TOKEN="fmt_x")
    assert code == 3
    assert "does the server run?" in errors
    await terminal.done("login", terminal.address, "--token", terminal.token)
    id = json.loads(await terminal.done("tasks", "create", "Bake", "--for", "1h", "--json"))["id"]
    code, _, errors = await terminal.type("tasks", "pause", id)
    assert code == 1
    assert "Traceback" not in errors
    code, _, errors = await terminal.type("tasks", "create", "Bake", "--for", "soon")
    assert code == 2
    assert "write for example 90s" in errors
    code, _, errors = await terminal.type("tasks", "list", "-w", "elsewhere")
    assert (code, errors) == (1, "There is no workspace “elsewhere” for this token.\n")


async def test_a_sign_in_is_forgotten(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token, "--profile", "work")
    listed = await terminal.type_for_real("profiles")
    assert listed == (0, f"work\t{terminal.address}\t\n", "")
    await terminal.done("logout", "--profile", "work")
    assert await terminal.done("profiles") == "None yet: run `fermata login ADDRESS`.\n"


async def test_the_program_itself_talks_to_the_server_and_ends_with_the_code(terminal: Terminal) -> None:
    told = {"FERMATA_URL": terminal.address, "FERMATA_TOKEN": terminal.token}
    assert await terminal.type_for_real("tasks", "list", **told) == (0, "No tasks here.\n", "")
    code, out, errors = await terminal.type_for_real("tasks", "show", "nothing", **told)
    assert (code, out) == (1, "")
    assert "Traceback" not in errors
