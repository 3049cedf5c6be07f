"""Connections at hand, while there are fewer of them than there are statements to send."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from models.database import Database, Unavailable
from models.driver import driver_of

PID = text("select pg_backend_pid()")
SLOW = text("select pg_sleep(60)")


async def pid(db: Database) -> int:
    return (await db.fetch(PID, {}))[0][0]


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0)


async def ended(waiting: asyncio.Task[Any]) -> None:
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


def borrowed(db: Database, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each connection that is asked of the pool."""
    found: list[int] = []
    borrow: Callable[[], Awaitable[Any]] = db._hand._borrowed

    async def counted() -> Any:
        found.append(1)
        return await borrow()

    monkeypatch.setattr(db._hand, "_borrowed", counted)
    return found


async def test_who_is_done_hands_over_to_who_waits(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    db = Database(database_url, size=2, timeout=30)
    for lent in [await db._hand.take(), await db._hand.take()]:
        db._hand.give(lent)
    asked = borrowed(db, monkeypatch)
    assert len(set(await asyncio.gather(*(pid(db) for _ in range(40))))) == 2
    assert (asked, len(db._hand), db.in_use) == ([], 2, 0)
    await db.close()


async def test_who_waits_in_line_for_too_long_is_told(database_url: str) -> None:
    db = Database(database_url, size=1, timeout=0.05)
    busy = asyncio.create_task(db.fetch(SLOW, {}))
    await until(lambda: db.in_use)
    await until(lambda: db._hand._out)
    with pytest.raises(Unavailable) as told:
        await pid(db)
    assert told.value.begun is False
    await ended(busy)
    assert await pid(db)
    await db.close()


async def test_who_gives_up_in_line_leaves_it_to_the_others(database_url: str) -> None:
    db = Database(database_url, size=1, timeout=30)
    lent = await db._hand.take()
    first, second, third = (asyncio.create_task(pid(db)) for _ in range(3))
    await until(lambda: len(db._hand._line) == 3)
    first.cancel()  # before it is handed anything
    db._hand.give(lent)
    second.cancel()  # after it was handed the connection, and before it knows
    assert await third == driver_pid(lent)
    for gone in (first, second):
        with pytest.raises(asyncio.CancelledError):
            await gone
    assert (len(db._hand), db.in_use, db._hand._out) == (1, 0, 0)
    await db.close()


async def line_of(database_url: str, count: int) -> tuple[Database, Any, int, "list[asyncio.Task[int]]"]:
    """A database of one connection that is lent, that connection, its process at the server, and so many who wait for it."""
    db = Database(database_url, size=1, timeout=30)
    lent = await db._hand.take()
    waiting = [asyncio.create_task(pid(db)) for _ in range(count)]
    await until(lambda: len(db._hand._line) == count)
    return db, lent, driver_pid(lent), waiting


async def test_a_connection_that_was_cut_leaves_nobody_in_line(database_url: str) -> None:
    db, lent, before, waiting = await line_of(database_url, 3)
    db._hand.drop(lent)
    [after] = set(await asyncio.gather(*waiting))
    assert (after != before, len(db._hand), db.in_use, db._hand._out) == (True, 1, 0, 0)
    await db.close()


async def test_who_waits_at_the_pool_is_served_and_those_in_line_follow(database_url: str) -> None:
    db, lent, before, waiting = await line_of(database_url, 2)

    async def through_sqlalchemy() -> int:
        async with db.one() as connection:
            return (await connection.execute(PID)).scalar_one()

    other = asyncio.create_task(through_sqlalchemy())
    await until(lambda: db._hand._waiting)
    db._hand.give(lent)
    assert await asyncio.gather(other, *waiting) == [before] * 3
    assert (len(db._hand), db.in_use, db._hand._out) == (1, 0, 0)
    await db.close()


def driver_pid(lent: Any) -> int:
    driver: Any = driver_of(lent)
    return driver.get_server_pid()
