"""Behind a real PgBouncer in transaction mode, whose few connections change hands after every statement."""

import asyncio
import json
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from conftest import Waiting
from fixtures.app import Api, serving
from fixtures.pooler import SERVERS, pooler
from sqlalchemy import text

from gql.ids import decode
from models.base import new_id
from models.database import Database
from models.guard import Guarded, ask_for
from server.settings import Settings

AT_ONCE = 40  # requests, ten times as many as PgBouncer has connections
CREATE = "mutation ($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id status } } }"
RUN = "mutation ($id: ID!) { runTask(id: $id) { task { status } } }"
PAUSE = "mutation ($id: ID!) { pauseTask(id: $id) { task { status } } }"
PAGE = """query ($slug: String!, $after: String) { workspace(slug: $slug) {
    revision tasks(first: 100, after: $after) { nodes { id status } pageInfo { endCursor hasNextPage } } } }"""
CHANGES = """query ($slug: String!, $since: String!) { workspace(slug: $slug) {
    changes(since: $since) { tasks { id } reset hasMore } } }"""
COUNT = text("select count(*) from tasks")
LEFT = text("select pg_backend_pid(), count(*) from pg_prepared_statements")


@dataclass
class Pooled:
    """The application behind PgBouncer, and the workspace of who is signed in."""

    api: Api
    url: str
    workspace: dict[str, Any]

    async def page(self, after: str | None = None) -> dict[str, Any]:
        found = await self.api.ask(PAGE, slug=self.workspace["slug"], after=after)
        return found["workspace"]

    async def make(self, number: int) -> str:
        """A task that was run and paused; gives its id."""
        task = {"title": f"Task {number}", "durationMs": 3_600_000, "labels": [f"l{number % 3}"]}
        made = (await self.api.ask(CREATE, w=self.workspace["id"], i=task))["createTask"]["task"]
        assert made["status"] == "NOT_STARTED"
        assert (await self.api.ask(RUN, id=made["id"]))["runTask"]["task"]["status"] == "IN_PROGRESS"
        assert (await self.api.ask(PAUSE, id=made["id"]))["pauseTask"]["task"]["status"] == "PAUSED"
        return made["id"]

    async def poll(self, etag: str | None = None) -> tuple[int, str]:
        parameters = {"query": PAGE, "variables": json.dumps({"slug": self.workspace["slug"]})}
        headers = {"Authorization": f"Bearer {self.api.token}"} | ({"If-None-Match": etag} if etag else {})
        answer = await self.api.http.get("/graphql", params=parameters, headers=headers)
        return answer.status_code, answer.headers["etag"]


@pytest.fixture
def pooled_url(database_url: str) -> Generator[str]:
    with pooler(database_url) as url:
        yield url


@pytest_asyncio.fixture
async def pooled(pooled_url: str, database_url: str, tmp_path: Path) -> AsyncGenerator[Pooled]:
    # So many connections of our own that none of the requests ever waits for one: PgBouncer is what is short of them.
    settings = {"database_direct_url": database_url, "pool_size": 200, "row_guard": "on"}
    async with serving(pooled_url, tmp_path, **settings) as api:
        yield Pooled(api, pooled_url, await api.sign_up())


async def test_many_requests_at_once_share_a_few_connections_and_none_fails(pooled: Pooled) -> None:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> str:
        async with free:
            return await pooled.make(number)

    made = await asyncio.gather(*(one(number) for number in range(60)))  # 180 requests
    assert len(set(made)) == 60
    pages = await asyncio.gather(*(pooled.page() for _ in range(20)))
    for page in pages:
        assert {node["id"] for node in page["tasks"]["nodes"]} == set(made)
        assert {node["status"] for node in page["tasks"]["nodes"]} == {"PAUSED"}


async def test_polls_and_changes_are_as_exact_as_without_a_pooler(pooled: Pooled) -> None:
    await pooled.make(1)
    before = await pooled.page()
    _, etag = await pooled.poll()
    assert await asyncio.gather(*(pooled.poll(etag) for _ in range(20))) == [(304, etag)] * 20
    made = await pooled.make(2)
    status, newer = await pooled.poll(etag)
    assert status == 200
    assert newer != etag
    found = await pooled.api.ask(CHANGES, slug=pooled.workspace["slug"], since=before["revision"])
    assert found["workspace"]["changes"] == {"tasks": [{"id": made}], "reset": False, "hasMore": False}


async def test_a_timer_completes_and_work_is_done(pooled: Pooled, until: Waiting) -> None:
    for task in ({"durationMs": 1}, {"kind": "items", "input": {"items": ["a", "b"]}}):
        made = await pooled.api.ask(CREATE, w=pooled.workspace["id"], i={"title": "t", **task})
        await pooled.api.ask(RUN, id=made["createTask"]["task"]["id"])

    async def completed() -> bool:
        return [node["status"] for node in (await pooled.page())["tasks"]["nodes"]] == ["COMPLETED"] * 2

    await until(completed)


async def test_the_row_guard_holds_though_connections_are_shared(pooled: Pooled) -> None:
    await pooled.make(1)
    guarded, owner = Guarded(pooled.url, size=2 * SERVERS, timeout=60), Database(pooled.url, size=SERVERS, timeout=60)
    me = (await pooled.api.ask("{ viewer { id } }"))["viewer"]["id"]
    found = decode(me)
    assert found is not None

    async def look(db: Database, person: UUID | None) -> int:
        ask_for(person)
        direct = (await db.fetch(COUNT, {}))[0][0]
        async with db.transaction() as connection:
            assert (await connection.execute(COUNT)).scalar_one() == direct
        return direct

    asked = [(guarded, found[1], 1), (guarded, None, 0), (guarded, new_id(), 0), (owner, None, 1)] * 15
    seen = await asyncio.gather(*(asyncio.create_task(look(db, person)) for db, person, _ in asked))
    assert seen == [count for _, _, count in asked]
    await guarded.close()
    await owner.close()


async def test_nothing_is_left_behind_on_the_connections_that_others_get_next(pooled: Pooled) -> None:
    await asyncio.gather(*(pooled.make(number) for number in range(10)))
    behind, found = Database(pooled.url, size=SERVERS, timeout=60), dict[int, int]()
    async with AsyncExitStack() as stack:
        for _ in range(SERVERS):  # open at the same time: each gets one of PgBouncer's connections for itself
            connection = await stack.enter_async_context(behind.transaction())
            pid, names = (await connection.execute(LEFT)).one()
            found[pid] = names
    await behind.close()
    assert list(found.values()) == [0] * SERVERS


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "FERMATA_DATABASE_DIRECT_URL"),
        ({"database_direct_url": "postgresql://h/d?pooler=transaction"}, "past the pooler"),
    ],
)
def test_what_needs_a_session_is_refused_at_start(given: dict[str, str], says: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=says):
        Settings(data_dir=tmp_path, database_url="postgresql://h/d?pooler=transaction", **given)  # pyright: ignore[reportArgumentType] - as the environment gives them
