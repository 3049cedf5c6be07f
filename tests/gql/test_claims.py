"""A request with an Idempotency-Key that dies on the way: a repeat learns what is true, and nothing is done twice."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from httpx2 import Response
from sqlalchemy import text

from gql.idempotency import Claimed, Lost, Running
from gql.idempotency_keys import LEASE, IdempotencyKeys
from models.along import carrying_out
from models.base import new_id
from models.database import Database, Unavailable

CREATE = 'mutation ($w: ID!) { createTask(workspaceId: $w, input: {title: "Tea", durationMs: 1000}) { task { id } } }'
LATER = text(f"update idempotency_keys set created_at = created_at - interval '{LEASE + 1} seconds'")
LINE = text("insert into events (id, action) values (:id, 'TESTED')")


class Died(BaseException):
    """What a process that is killed does: nothing more."""


@pytest_asyncio.fixture(params=["on", "off"])
async def api(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncGenerator[Api]:
    """Behind the row guard, and without it: both take something along with each statement."""
    async with serving(database_url, tmp_path, row_guard=request.param) as api:
        yield api


async def create(api: Api, workspace: str) -> Response:
    return await api.post(CREATE, {"w": workspace}, **{"Idempotency-Key": "k"})


async def made(db: Database) -> int:
    async with db.one() as connection:
        return (await connection.execute(text("select count(*) from tasks"))).scalar_one()


async def let_time_pass(db: Database) -> None:
    async with db.one() as connection:
        await connection.execute(LATER)


def told(response: Response) -> str:
    return response.json()["errors"][0]["message"] if "errors" in response.json() else "done"


async def test_one_that_died_after_the_change_is_told_to_be_carried_out_and_is_not_done_again(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = (await api.sign_up())["id"]

    async def die(*_: object) -> None:
        raise Died

    with monkeypatch.context() as patched, pytest.raises(BaseException) as death:
        patched.setattr(IdempotencyKeys, "keep", die)
        await create(api, workspace)
    assert death.group_contains(Died) if isinstance(death.value, BaseExceptionGroup) else death.type is Died
    assert "not been answered yet" in told(await create(api, workspace))
    await let_time_pass(db)
    assert "was carried out, but its answer was lost" in told(await create(api, workspace))
    assert await made(db) == 1


async def test_one_that_died_before_the_change_is_done_by_the_repeat_once(
    api: Api, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = (await api.sign_up())["id"]
    claim = IdempotencyKeys.claim

    async def die(*given: str) -> None:
        await claim(*given)  # pyright: ignore[reportArgumentType] - as they were given
        raise Died

    with monkeypatch.context() as patched, pytest.raises(BaseException):  # noqa: B017 - alone or in a group
        patched.setattr(IdempotencyKeys, "claim", die)
        await create(api, workspace)
    assert "not been answered yet" in told(await create(api, workspace))
    assert await made(db) == 0
    await let_time_pass(db)
    answers = [await create(api, workspace) for _ in range(2)]
    assert [told(answer) for answer in answers] == ["done", "done"]
    assert answers[0].content == answers[1].content
    assert await made(db) == 1


async def test_whoever_was_only_slow_changes_nothing_when_another_has_taken_over(db: Database) -> None:
    store = IdempotencyKeys(db)
    first = await store.claim("me", "k", b"body")
    assert isinstance(first, Claimed)
    assert isinstance(await store.claim("me", "k", b"body"), Running)
    await let_time_pass(db)
    second = await store.claim("me", "k", b"body")
    assert isinstance(second, Claimed)
    with carrying_out(first.claim), pytest.raises(Unavailable):
        await db.fetch(LINE, {"id": new_id()})
    with carrying_out(second.claim):
        await db.fetch(LINE, {"id": new_id()})
        async with db.transaction() as connection:
            await connection.execute(LINE, {"id": new_id()})
    async with db.one() as connection:
        assert (await connection.execute(text("select count(*) from events"))).scalar_one() == 2
    await store.keep(first.claim, 200, b"too late")
    await let_time_pass(db)
    assert isinstance(await store.claim("me", "k", b"body"), Lost)


async def test_whoever_takes_over_waits_for_a_change_under_way(db: Database) -> None:
    store = IdempotencyKeys(db)
    for change_is_made in (True, False):
        key = str(change_is_made)
        first = await store.claim("me", key, b"body")
        assert isinstance(first, Claimed)
        await let_time_pass(db)
        async with db.transaction() as connection:
            with carrying_out(first.claim):
                await connection.execute(LINE, {"id": new_id()})
            taking_over = asyncio.create_task(store.claim("me", key, b"body"))
            await _waits(db)
            if not change_is_made:
                await connection.rollback()
        assert isinstance(await taking_over, Lost if change_is_made else Claimed)


async def _waits(db: Database) -> None:
    """Until one statement waits for a lock of another."""
    waiting = text("select count(*) from pg_locks where not granted")
    async with asyncio.timeout(60), db.one() as connection:
        while not (await connection.execute(waiting)).scalar_one():
            await asyncio.sleep(0.02)
