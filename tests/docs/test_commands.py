"""Every command in the documents does what it says: it is run here or by the test that is named, or it is said why not."""

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures.app import Api, listening
from typer.main import get_command
from typer.testing import CliRunner

from cli.__main__ import app as cli
from cli.whole import app as whole
from server.cli import app as server

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "frontend" / "README.md"]
PROGRAMS = r"(?:\./fermata|fermata|python3?|\.venv/bin/\w+|curl|make|git|docker|kill|cp|npm|ask|\w+=\S+ .*)(?: |$)"
LINE = re.compile(rf"^(?:    )?({PROGRAMS}.*)$")
HERE, SHELL, RESTORE = "this file", "tests/clients/test_shell.py", "tests/server/test_restore.py"
WORKER = "tests/server/test_worker.py::test_a_worker_elsewhere_does_the_work_of_a_server_and_its_trace_knows_who_asked"

# Page → how its commands begin → where they are run, or why they are not.
RUN: dict[str, dict[str, str]] = {
    "README.md": {
        "git clone": "not run: there is no address to clone from before it is published",
        "make run": "tests/server/test_serve.py::test_it_serves_with_a_database_of_its_own_until_it_is_told_to_stop",
        "curl": HERE,
    },
    "docs/architecture.md": {"fermata worker, on": "not run: it stands in a picture"},
    "docs/api.md": {"curl": HERE, "etag=": HERE},
    "docs/clients.md": {
        "ask": SHELL,
        "WORKSPACE=": SHELL,
        "TASK=": SHELL,
        "FERMATA_URL=": f"{SHELL}::test_the_typescript_example_makes_runs_and_pauses_a_task",
    },
    "docs/command-line.md": {"fermata": HERE},
    "docs/operations.md": {
        "./fermata database -- pg_": RESTORE,
        "./fermata database": "tests/server/test_cli.py::test_another_program_gets_the_database_in_its_environment",
        "./fermata migrate": RESTORE,
        "cp .fermata/secret": RESTORE,
        "python3 scripts/setup.py": "not run: it is what made the environment of these tests",
        "kill -HUP": "tests/server/test_serve.py::test_a_rolling_restart_replaces_every_process_and_loses_no_request",
        "./fermata doctor": WORKER,
        "./fermata worker": WORKER,
        ".venv/bin/python -m pip": "not run: it installs from a registry; the lock is checked by tests/test_repository.py",
        "OTEL_EXPORTER_OTLP_ENDPOINT=": "tests/server/test_tracing.py",
    },
    "docs/work.md": {"FERMATA_DATABASE_URL=": WORKER},
    "frontend/README.md": {"npm": "tests/test_site.py"},
}


def commands(page: Path) -> list[str]:
    """Lines that a person would type: in fences of a shell or of nothing, or set in by four spaces."""
    text = re.sub(r"^```(?!sh\b|$)\w+\n.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    inside, found = False, list[str]()
    for line in text.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif (inside or line.startswith("    ")) and "─" not in line and (match := LINE.match(line)):
            found.append(match[1])
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_is_accounted_for(page: Path) -> None:
    beginnings = RUN.get(page.relative_to(ROOT).as_posix(), {})
    assert [line for line in commands(page) if not line.startswith(tuple(beginnings))] == []
    assert [begin for begin in beginnings if not any(line.startswith(begin) for line in commands(page))] == []


def test_the_tests_that_are_named_are_there() -> None:
    named = {
        where for page in RUN.values() for where in page.values() if where != HERE and not where.startswith("not run: ")
    }
    for where in named:
        file, _, name = where.partition("::")
        assert not name or f"def {name}(" in (ROOT / file).read_text(), where
        assert (ROOT / file).is_file(), where


class Reader:
    """Somebody who types what a page says, at a server of their own."""

    def __init__(self, api: Api, address: str, slug: str, workspace_id: str, folder: Path) -> None:
        self.api, self.address, self.slug, self.id, self.folder = api, address, slug, workspace_id, folder

    def own(self, text: str, id: str = "") -> str:
        """With this server, workspace and task instead of those of the page."""
        address = text.replace("http://127.0.0.1:8000", self.address).replace("https://tasks.example.com", self.address)
        return address.replace("ours", self.slug).replace("…", id)

    async def shell(self, text: str, id: str = "", **told: str) -> str:
        tokens = {"FERMATA_TOKEN": self.api.token or ""}
        process = await asyncio.create_subprocess_exec(
            *("bash", "-euo", "pipefail", "-c", self.own(text, id)),
            cwd=self.folder,
            env={**os.environ, **tokens, **told, "no_proxy": "127.0.0.1"},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said
        return said.decode()

    async def task(self) -> str:
        create = 'mutation ($w: ID!) { createTask(workspaceId: $w, input: {title: "Tea", durationMs: 60000}) { task { id } } }'
        task = (await self.api.ask(create, w=self.id))["createTask"]["task"]["id"]
        await self.api.ask("mutation ($id: ID!) { runTask(id: $id) { task { id } } }", id=task)
        return task


@pytest_asyncio.fixture
async def reader(database_url: str, tmp_path: Path) -> AsyncGenerator[Reader]:
    async with listening(database_url, tmp_path / "data") as (address, api):
        workspace = await api.sign_up()
        yield Reader(api, address, workspace["slug"], workspace["id"], tmp_path)


def blocks(page: str, language: str = "sh") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(), re.MULTILINE | re.DOTALL)


async def test_the_calls_of_the_readme_and_of_the_api_page_are_answered(reader: Reader) -> None:
    viewer, create, run = [block for block in blocks("README.md") if "curl" in block]
    assert reader.slug in await reader.shell(viewer)
    made = re.search(r'"createTask":\{"task":\{"id":"(\w+=*)"', await reader.shell(create, WORKSPACE=reader.id))
    assert made
    assert '"status":"IN_PROGRESS"' in await reader.shell(run, TASK=made[1])
    counts, unchanged, pause, stream = blocks("docs/api.md")
    assert '"status":"PAUSED","count":0' in await reader.shell(counts)
    assert (await reader.shell(unchanged)).strip() == "304"
    assert '"status":"PAUSED"' in await reader.shell(pause, await reader.task())
    once = stream.replace("curl -N", "curl -sN --max-time 60").rstrip()
    heard = await reader.shell(f"({once} || true) | sed /^data/q", reader.id)
    assert "event: next\n" in heard


async def test_the_page_of_the_command_line_does_what_it_says(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(reader.folder / "home"))
    make = 'mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "laptop", role: EDITOR) { secret } }'
    token = (await reader.api.ask(make, w=reader.id))["createApiToken"]["secret"]
    id = await reader.task()
    await reader.api.ask("mutation ($id: ID!) { cancelTask(id: $id) { task { id } } }", id=id)
    for line in commands(ROOT / "docs" / "command-line.md"):
        words = re.findall(r'"[^"]*"|\S+', line.split("#")[0])[1:]
        told = [reader.own(word.strip('"')).replace("ID", id) for word in words]
        if told[:3] == ["tasks", "pause", id] and "--for" not in told:
            await reader.api.ask("mutation ($id: ID!) { runTask(id: $id) { task { id } } }", id=id)
        if told[:2] == ["tasks", "watch"]:
            await reader.api.ask("mutation ($id: ID!) { cancelTask(id: $id) { task { id } } }", id=id)
        done = await asyncio.to_thread(CliRunner().invoke, cli, told, input=f"{token}\n")
        assert done.exit_code == int(told[:2] == ["tasks", "watch"]), (
            line,
            done.output,
        )  # 1: it ended otherwise than well


def test_the_script_runs_the_half_that_a_command_belongs_to_and_knows_all_for_what_is_mistyped() -> None:
    script = (ROOT / "fermata").read_text()
    for half, app in (("cli", cli), ("server", server)):
        names = re.search(rf"^  (:.*)\) half={half} ;;", script, re.MULTILINE)
        assert names
        assert set(getattr(get_command(app), "commands")) == {  # noqa: B009
            word.strip(" :") for word in names[1].split("|") if "--" not in word
        }
    done = subprocess.run([ROOT / "fermata", "taks", "list"], capture_output=True, text=True, check=False)
    assert (done.returncode, "Did you mean 'tasks'?" in done.stderr) == (2, True)


def test_help_and_completion_know_the_commands_of_users_and_of_operators() -> None:
    assert set(getattr(get_command(whole), "commands")) >= {"login", "tasks", "run", "doctor", "user"}  # noqa: B009
    asked = {"_FERMATA_COMPLETE": "complete_bash", "COMP_WORDS": "fermata tasks pa", "COMP_CWORD": "2"}
    done = subprocess.run([ROOT / "fermata"], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["pause"])
