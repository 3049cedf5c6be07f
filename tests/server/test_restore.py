"""Backup and restore as docs/operations.md says them: everything goes on in another cluster, and nobody trusts the past."""

import asyncio
import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import Waiting
from fixtures.app import Api, serving
from fixtures.cluster import FAST
from fixtures.seed import OPERATE
from sqlalchemy import make_url, text

from engine.hints import Hints
from engine.kinds import Catalogue
from engine.outcomes import Moved
from engine.tasks import Tasks
from migrations.apply import migrate
from models.authority import Authority
from models.database import Database
from models.lifecycle import Action
from server.cli import _client_environment
from server.postgres import embedded
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SECTION = (ROOT / "docs" / "operations.md").read_text().split("\n## Backup and restore\n")[1].split("\n## ")[0]
COMMANDS = [shlex.split(line) for line in re.findall(r"^    \./fermata (.+)$", SECTION, re.MULTILINE)]
BACKUP, RESTORE = COMMANDS[:1], COMMANDS[1:]

CREATE = "mutation ($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id } } }"
PATCH = "mutation ($id: ID!, $i: TaskPatch!) { updateTask(id: $id, input: $i) { task { id } } }"
TASKS = """query ($slug: String!) { workspace(slug: $slug) { revision tasks { nodes {
    id title description labels kind input status durationMs priority version createdAt attempt } } } }"""
STATES = "query ($slug: String!) { workspace(slug: $slug) { tasks { nodes { title status } } } }"
CHANGES = "query ($slug: String!, $since: String!) { workspace(slug: $slug) { changes(since: $since) { reset } } }"
HISTORY = """query ($slug: String!) { workspace(slug: $slug) { events(first: 100) { nodes {
    id action taskId fromStatus toStatus elapsedMs version detail reason at actor { id } } } } }"""
ONE = text("select id from tasks where title = :title")
WHO = text("select user_id, id from sessions")


@dataclass
class Seen:
    """What a client holds: its tag and revision, and all that it has read."""

    token: str
    slug: str
    etag: str
    revision: str
    tasks: list[dict[str, Any]]
    history: list[dict[str, Any]]

    @property
    def ids(self) -> dict[str, str]:
        return {task["title"]: task["id"] for task in self.tasks}


async def run(commands: list[list[str]], folder: Path, url: str) -> None:
    """What these commands of the documents do, on a database of ours instead of the one called fermata."""
    for command in commands:
        if command == ["migrate"]:
            await migrate(url)
            continue
        assert command[:2] == ["database", "--"], command
        named = [part.replace("--dbname=fermata", f"--dbname={make_url(url).database}") for part in command[2:]]
        program = await asyncio.create_subprocess_exec(
            *named,
            cwd=folder,
            env=_client_environment(Settings(data_dir=folder), url),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await program.communicate()
        assert program.returncode == 0, (command, said.decode())


async def poll(api: Api, slug: str, etag: str | None = None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {api.token}"} | ({"If-None-Match": etag} if etag else {})
    parameters = {"query": TASKS, "variables": json.dumps({"slug": slug})}
    answer = await api.http.get("/graphql", params=parameters, headers=headers)
    return answer.status_code, answer.headers["etag"]


async def look(api: Api, slug: str) -> Seen:
    """What is there now, as a client sees it."""
    found = (await api.ask(TASKS, slug=slug))["workspace"]
    history = (await api.ask(HISTORY, slug=slug))["workspace"]["events"]["nodes"]
    assert api.token
    _, etag = await poll(api, slug)
    return Seen(api.token, slug, etag, found["revision"], found["tasks"]["nodes"], history)


async def act(api: Api, action: str, id: str) -> dict[str, Any]:
    document = f"mutation ($id: ID!) {{ done: {action}Task(id: $id) {{ task {{ status elapsedMs }} }} }}"
    return (await api.ask(document, id=id))["done"]["task"]


async def fill(api: Api) -> str:
    """A running timer, one that is paused, one that did not start, and queued work; gives the workspace's slug."""
    workspace = await api.sign_up()
    hour = {"durationMs": 3_600_000, "labels": ["kept"], "description": "as it was: ♩"}
    tasks: Mapping[str, dict[str, Any]] = {
        "runs": hour,
        "paused": hour,
        "due soon": {"durationMs": 1},
        "work": {"kind": "items", "input": {"items": ["a", "b"]}},
    }
    made = {
        title: (await api.ask(CREATE, w=workspace["id"], i={"title": title, **task}))["createTask"]["task"]["id"]
        for title, task in tasks.items()
    }
    for title in ("runs", "paused", "work"):
        await act(api, "run", made[title])
    assert (await act(api, "pause", made["paused"]))["status"] == "PAUSED"
    return workspace["slug"]


async def begin_what_nobody_ends(database_url: str) -> None:
    """While no server runs: a timer that is due at once."""
    db = Database(database_url, size=2, timeout=30)
    async with db.one() as connection:
        task = (await connection.execute(ONE, {"title": "due soon"})).scalar_one()
        user, session = (await connection.execute(WHO)).one()
    moved = await Tasks(db, Catalogue(), Hints()).transition(
        Authority(user, session_id=session), None, task, Action.RUN, OPERATE
    )
    assert isinstance(moved, Moved)
    await db.close()


async def states(api: Api, slug: str) -> dict[str, str]:
    nodes = (await api.ask(STATES, slug=slug))["workspace"]["tasks"]["nodes"]
    return {node["title"]: node["status"] for node in nodes}


async def test_everything_goes_on_in_another_cluster(database_url: str, tmp_path: Path, until: Waiting) -> None:
    secret, new = tmp_path / "secret", tmp_path / "new"
    async with serving(database_url, tmp_path / "old", secret_file=secret, work_slots=0) as api:
        seen = await look(api, await fill(api))
    await begin_what_nobody_ends(database_url)
    await run(BACKUP, tmp_path, database_url)
    async with embedded(new, options=FAST) as url:
        await run(RESTORE, tmp_path, url)
        async with serving(url, new, secret_file=secret) as api:
            api.token = seen.token
            await _nobody_trusts_the_past(api, seen)
            now = await look(api, seen.slug)
            assert [
                event for event in now.history if event["id"] in {old["id"] for old in seen.history}
            ] == seen.history
            assert _steady(now) == _steady(seen)
            paused = await act(api, "pause", seen.ids["runs"])
            await api.ask(PATCH, id=seen.ids["runs"], i={"durationMs": paused["elapsedMs"] + 200})
            await act(api, "resume", seen.ids["runs"])

            async def ended() -> bool:
                return set((await states(api, seen.slug)).values()) == {"COMPLETED", "PAUSED"}

            await until(ended)
            assert (await states(api, seen.slug))["paused"] == "PAUSED"
            await _versions_have_no_gap(api, seen.slug)


async def test_a_database_that_is_set_back_is_not_taken_for_the_later_one(database_url: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    async with serving(database_url, tmp_path, secret_file=secret, work_slots=0) as api:
        slug = await fill(api)
        before = await states(api, slug)
        await run(BACKUP, tmp_path, database_url)
        await act(api, "cancel", (await look(api, slug)).ids["paused"])
        seen = await look(api, slug)
    await run(RESTORE, tmp_path, database_url)
    async with serving(database_url, tmp_path, secret_file=secret, work_slots=0) as api:
        api.token = seen.token
        assert await states(api, slug) == before
        await _nobody_trusts_the_past(api, seen)


async def _nobody_trusts_the_past(api: Api, seen: Seen) -> None:
    status, etag = await poll(api, seen.slug, seen.etag)
    assert (status, etag != seen.etag) == (200, True)
    changes = await api.ask(CHANGES, slug=seen.slug, since=seen.revision)
    assert changes["workspace"]["changes"] == {"reset": True}
    now = (await api.ask(TASKS, slug=seen.slug))["workspace"]["revision"]
    assert (await api.ask(CHANGES, slug=seen.slug, since=now))["workspace"]["changes"] == {"reset": False}


def _steady(seen: Seen) -> list[dict[str, Any]]:
    """What neither a clock nor a worker changes."""
    return [
        {name: value for name, value in task.items() if name not in {"status", "version", "attempt"}}
        for task in seen.tasks
    ]


async def _versions_have_no_gap(api: Api, slug: str) -> None:
    found = (await api.ask(HISTORY, slug=slug))["workspace"]["events"]["nodes"]
    versions: dict[str, list[int]] = {}
    for event in reversed(found):
        if event["taskId"]:
            versions.setdefault(event["taskId"], []).append(event["version"])
    assert len(versions) == 4
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in versions.values())
