"""The commands of people against a real server: what they print, what they keep, and how they end."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio
from fixtures.app import Api, listening

ROOT = Path(__file__).resolve().parents[2]
TOKEN = 'mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "laptop", role: EDITOR) { secret } }'


@dataclass
class Terminal:
    """A person at a terminal, with a folder for what is kept."""

    home: Path
    address: str
    token: str
    slug: str

    async def type(self, *words: str, **environment: str) -> tuple[int, str, str]:
        """Run `fermata …`; gives the exit code, and what came out on both ways."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FERMATA_")}
        paths = f"{ROOT}:{ROOT / 'clients' / 'python'}"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "cli", *words),
            env={**kept, "PYTHONPATH": paths, "XDG_CONFIG_HOME": str(self.home), "COLUMNS": "200", **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await process.communicate()
        return process.returncode or 0, out.decode(), errors.decode()

    async def done(self, *words: str) -> str:
        """What a command prints that succeeds."""
        code, out, errors = await self.type(*words)
        assert (code, errors) == (0, ""), (words, out, errors)
        return out


@pytest_asyncio.fixture
async def terminal(database_url: str, tmp_path: Path) -> AsyncGenerator[Terminal]:
    async with listening(database_url, tmp_path / "data") as (address, api):
        workspace = await api.sign_up()
        yield Terminal(tmp_path / "home", address, await token(api, workspace["id"]), workspace["slug"])


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
    assert await terminal.done("profiles") == f"work\t{terminal.address}\t\n"
    await terminal.done("logout", "--profile", "work")
    assert await terminal.done("profiles") == "None yet: run `fermata login ADDRESS`.\n"
