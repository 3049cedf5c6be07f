"""docs/clients.md: its curl commands and the TypeScript example do what they say, against a real server."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
from fixtures.app import Api, listening

from gql.errors import ErrorCode
from models.lifecycle import Status as TaskStatus

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "docs" / "clients.md").read_text(), re.MULTILINE | re.DOTALL)
EXAMPLE = ROOT / "clients" / "typescript" / "example.ts"
TOKEN = 'mutation ($w: ID!, $role: Role!) { createApiToken(workspaceId: $w, name: "shell", role: $role) { secret } }'
TASKS = "query ($slug: String!) { workspace(slug: $slug) { tasks { nodes { title status } } } }"


class Shell:
    """A server, and programs that are told where it is."""

    def __init__(self, api: Api, address: str, workspace: dict[str, str], folder: Path) -> None:
        self.api, self.address, self.workspace, self.folder = api, address, workspace, folder

    async def run(self, *command: str | Path, role: str = "EDITOR") -> tuple[int, str, str]:
        token = (await self.api.ask(TOKEN, w=self.workspace["id"], role=role))["createApiToken"]["secret"]
        told = {"FERMATA_URL": self.address, "FERMATA_TOKEN": token}
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.folder,
            env={**os.environ, **told, "SLUG": self.workspace["slug"], "no_proxy": "127.0.0.1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
        return process.returncode or 0, said.decode(), complained.decode()

    async def tasks(self) -> list[dict[str, str]]:
        return (await self.api.ask(TASKS, slug=self.workspace["slug"]))["workspace"]["tasks"]["nodes"]


@pytest_asyncio.fixture
async def shell(database_url: str, tmp_path: Path) -> AsyncGenerator[Shell]:
    async with listening(database_url, tmp_path) as (address, api):
        yield Shell(api, address, await api.sign_up(), tmp_path)


async def test_the_commands_of_the_page_do_what_it_says(shell: Shell) -> None:
    script = "\n".join(f"{block}\necho" for block in BLOCKS)
    code, said, complained = await shell.run("bash", "-euo", "pipefail", "-c", script)
    assert code == 0, complained
    answers = [json.loads(line) for line in re.sub(r"\}\{", "}\n{", said).splitlines() if line.startswith("{")]
    *good, refused = answers
    assert [answer for answer in good if "errors" in answer] == []
    assert refused["errors"][0]["extensions"]["code"] == "ILLEGAL_TRANSITION"
    assert await shell.tasks() == [{"title": "By curl", "status": "PAUSED"}]


async def test_the_typescript_example_makes_runs_and_pauses_a_task(shell: Shell) -> None:
    code, said, complained = await shell.run(_node(), EXAMPLE, shell.workspace["slug"])
    assert (code, said.split("\n")) == (0, ["From TypeScript NOT_STARTED", "IN_PROGRESS", "PAUSED", ""]), complained
    assert await shell.tasks() == [{"title": "From TypeScript", "status": "PAUSED"}]


async def test_the_typescript_example_says_what_the_server_refused(shell: Shell) -> None:
    code, _, complained = await shell.run(_node(), EXAMPLE, shell.workspace["slug"], role="VIEWER")
    assert code == 1
    assert complained.startswith("FORBIDDEN: ")
    assert await shell.tasks() == []


async def test_the_typescript_client_has_no_error_by_the_strictest_settings(tmp_path: Path) -> None:
    """By the compiler that the site is built with."""
    modules = ROOT / "frontend" / "node_modules"
    process = await asyncio.create_subprocess_exec(
        _node(),
        modules / "typescript" / "bin" / "tsc",
        *("--project", EXAMPLE.parent, "--typeRoots", modules / "@types"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert (process.returncode, said.decode()) == (0, "")


def test_the_typescript_client_knows_every_status_and_every_code_of_the_schema() -> None:
    source = EXAMPLE.with_name("fermata.ts").read_text()
    for name, kind in (("TaskStatus", TaskStatus), ("ErrorCode", ErrorCode)):
        union = source.split(f"export type {name} =")[1].split(";")[0]
        assert set(re.findall(r'"(\w+)"', union)) == {value.name for value in kind}


def _node() -> Path:
    """The Node that the site is built with; it runs TypeScript as it stands."""
    return Path(sys.executable).with_name("node")
