"""Connections that are kept: used again and again, replaced when they were cut, and as honest as any pool."""

import asyncio
import socket
from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio
from conftest import Waiting
from sqlalchemy import text

from models.database import Database, Unavailable
from models.kept import Kept

PID = text("select pg_backend_pid()")
CUT = text("select pg_terminate_backend(cast(:pid as integer), 10000)")


@pytest_asyncio.fixture
async def kept(database_url: str) -> AsyncGenerator[Kept]:
    kept = Kept(database_url, size=1, timeout=30, application="kept")
    yield kept
    await kept.close()


async def pid(kept: Kept) -> int:
    return (await kept.fetch(PID, {}))[0][0]


async def test_one_connection_serves_one_statement_after_another_with_plans_that_stay(kept: Kept) -> None:
    assert await pid(kept) == await pid(kept)
    assert [tuple(row) for row in await kept.fetch(text("show plan_cache_mode"), {})] == [("force_generic_plan",)]
    assert kept.in_use == 0


async def test_a_connection_that_was_cut_is_replaced(db: Database, kept: Kept) -> None:
    first = await pid(kept)
    async with db.one() as connection:
        await connection.execute(CUT, {"pid": first})
    found: list[int] = []
    while not found:
        try:
            found.append(await pid(kept))
        except Unavailable:  # sent before the news of the cut had come
            assert first
    assert found != [first]


async def test_a_statement_that_was_under_way_when_its_connection_was_cut_may_have_been_done(
    db: Database, kept: Kept, until: Waiting
) -> None:
    first = await pid(kept)
    sleeping = asyncio.create_task(kept.fetch(text("select pg_sleep(600)"), {}))

    async def under_way() -> bool:
        async with db.one() as connection:
            found = await connection.execute(text("select 1 from pg_stat_activity where query like '%pg_sleep(600)%'"))
            return len(found.all()) > 1

    await until(under_way)
    assert kept.in_use == 1
    async with db.one() as connection:
        await connection.execute(CUT, {"pid": first})
    with pytest.raises(Unavailable) as failed:
        await sleeping
    assert failed.value.begun
    assert (await pid(kept), kept.in_use) != (first, 1)


async def test_a_statement_that_fails_costs_no_connection_and_one_that_was_given_up_does(kept: Kept) -> None:
    first = await pid(kept)
    with pytest.raises(asyncpg.PostgresError):
        await kept.fetch(text("select 1 / 0"), {})
    assert await pid(kept) == first
    given_up = asyncio.create_task(kept.fetch(text("select pg_sleep(600)"), {}))
    while kept.in_use == 0:
        await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert await pid(kept) != first


async def test_a_server_that_is_away_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    away = Kept(f"postgresql://nobody@127.0.0.1:{port}/nothing", size=1)
    with pytest.raises(Unavailable) as failed:
        await away.fetch(PID, {})
    assert (failed.value.begun, away.in_use) == (False, 0)
    await away.close()
