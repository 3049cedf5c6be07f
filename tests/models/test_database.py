"""The pool: what it lends, and what it says when it cannot."""

import asyncio
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from models.absence import Refused
from models.database import Database, Unavailable, address
from models.driver import driver_of


async def test_single_statements_commit_by_themselves(db: Database) -> None:
    async with db.one() as connection:
        await connection.execute(text("create table kept (n int)"))
        with pytest.raises(DBAPIError):
            await connection.execute(text("select 1 / 0"))
    async with db.one() as connection:
        assert (await connection.execute(text("select count(*) from kept"))).scalar_one() == 0


async def test_a_transaction_that_fails_changes_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.transaction() as connection:
            await connection.execute(text("create table lost (n int)"))
            _ = 1 / 0
    async with db.one() as connection:
        assert (await connection.execute(text("select to_regclass('lost')"))).scalar_one() is None


async def test_who_waits_too_long_for_a_connection_is_told(database_url: str) -> None:
    small = Database(database_url, size=1, timeout=0.05)
    async with small.one():
        with pytest.raises(Unavailable):
            async with small.one():
                pass
    async with small.one() as connection:
        assert (await connection.execute(text("select 1"))).scalar_one() == 1
    await small.close()


async def test_a_database_that_is_not_there_is_unavailable() -> None:
    nowhere = Database("postgresql://nobody:none@127.0.0.1:9/none")
    with pytest.raises(Unavailable, match="Try again"):
        async with nowhere.one():
            pass
    await nowhere.close()


async def test_a_connection_that_was_cut_is_replaced(db: Database) -> None:
    async with db.one() as first:
        pid = (await first.execute(text("select pg_backend_pid()"))).scalar_one()
    async with db.one() as one, db.one() as other:
        pids = [(await c.execute(text("select pg_backend_pid()"))).scalar_one() for c in (one, other)]
        victim, killer = (one, other) if pids[0] == pid else (other, one)
        await killer.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        with pytest.raises(DBAPIError):
            await victim.execute(text("select 1"))
    async with db.one() as connection:
        assert (await connection.execute(text("select 1"))).scalar_one() == 1


async def test_a_connection_that_was_cut_while_nobody_used_it_is_not_lent(db: Database, database_url: str) -> None:
    small = Database(database_url, size=1, timeout=30)
    async with small.one() as connection:
        pid = (await connection.execute(text("select pg_backend_pid()"))).scalar_one()
        driver: Any = (await connection.get_raw_connection()).driver_connection
    gone = asyncio.Event()
    driver.add_termination_listener(lambda _: gone.set())
    async with db.one() as connection:
        await connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    async with asyncio.timeout(30):
        await gone.wait()
    async with small.one() as connection:
        assert (await connection.execute(text("select pg_backend_pid()"))).scalar_one() != pid
    await small.close()


async def test_a_connection_that_was_left_in_a_transaction_is_not_lent(database_url: str) -> None:
    db = Database(database_url, size=1, timeout=30)
    async with db.one() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute("begin")  # and nobody hears of it
    await db.fetch(text("create table kept (n integer)"), {})
    async with db.one() as connection:
        again: Any = (await connection.get_raw_connection()).driver_connection
    assert again is not driver
    other = Database(database_url, size=1, timeout=30)
    assert await other.fetch(text("select n from kept"), {}) == []  # it was committed
    await other.close()
    await db.close()


@pytest.mark.parametrize(
    "cause",
    [
        asyncpg.CannotConnectNowError("in recovery"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InternalClientError("got result for unknown protocol state"),
        ConnectionResetError("by peer"),
    ],
    ids=["recovering", "closed", "broken", "reset"],
)
async def test_a_database_that_cannot_be_reached_yet_is_unavailable_on_every_path(
    cause: Exception, database_url: str
) -> None:
    recovering = Database(database_url, size=1, timeout=1)
    tried: list[int] = []

    def refuse(*_: object) -> None:
        tried.append(1)
        raise Refused("refused", cause) from cause

    event.listen(recovering._engine.sync_engine, "do_connect", refuse)  # as SQLAlchemy's dialect does it
    with pytest.raises(Unavailable) as alone:
        await recovering.fetch(text("select 1"), {})
    with pytest.raises(Unavailable) as wrapped:
        async with recovering.one():
            pass
    assert (alone.value.begun, wrapped.value.begun, len(tried)) == (False, False, 2)
    await recovering.close()


def test_only_postgresql_is_an_address() -> None:
    assert address("postgres://a:b@c/d?pooler=transaction").render_as_string(hide_password=False) == (
        "postgresql+asyncpg://a:b@c/d"
    )
    with pytest.raises(ValueError, match="begins with postgresql://"):
        address("mysql://a@b/c")


async def test_it_is_told_whether_a_statement_was_under_way(db: Database, database_url: str) -> None:
    small = Database(database_url, size=1, timeout=0.05)
    async with small.one():
        with pytest.raises(Unavailable) as waiting:
            async with small.one():
                pass
    await small.close()
    with pytest.raises(Unavailable) as cut:
        async with db.one() as connection:
            await connection.execute(text("select pg_terminate_backend(pg_backend_pid())"))
    assert (waiting.value.begun, cut.value.begun) == (False, True)


PID = text("select pg_backend_pid(), cast(:n as integer) + 1")


async def test_a_statement_sent_by_the_driver_alone_gives_its_rows_and_commits_by_itself(db: Database) -> None:
    assert [tuple(row) for row in await db.fetch(text("create table kept (n int)"), {})] == []
    inserted = text("insert into kept values (cast(:n as integer)), (cast(:m as integer)) returning n")
    assert [tuple(row) for row in await db.fetch(inserted, {"m": 2, "n": 1, "unused": 0})] == [(1,), (2,)]
    with pytest.raises(asyncpg.DivisionByZeroError):
        await db.fetch(text("select 1 / cast(:n as integer)"), {"n": 0})
    with pytest.raises(asyncpg.DataError):
        await db.fetch(PID, {"n": "one"})
    assert [tuple(row) for row in await db.fetch(text("select count(*) from kept"), {})] == [(2,)]
    assert db.in_use == 0


async def test_the_driver_alone_says_in_the_same_way_that_the_database_is_away(database_url: str) -> None:
    small = Database(database_url, size=1, timeout=0.05)
    async with small.one() as connection:
        pid = (await connection.execute(text("select pg_backend_pid()"))).scalar_one()
        with pytest.raises(Unavailable) as waiting:
            await small.fetch(PID, {"n": 1})
    assert [tuple(row) for row in await small.fetch(PID, {"n": 1})] == [(pid, 2)]
    with pytest.raises(Unavailable) as cut:
        await small.fetch(text("select pg_terminate_backend(pg_backend_pid())"), {})
    assert (waiting.value.begun, cut.value.begun) == (False, True)
    [row] = await small.fetch(PID, {"n": 2})
    assert (row[0] != pid, row[1]) == (True, 3)
    await small.close()


async def test_a_statement_that_is_given_up_takes_its_connection_with_it(database_url: str) -> None:
    small = Database(database_url, size=1, timeout=30)
    [first] = await small.fetch(PID, {"n": 1})
    waiting = asyncio.create_task(small.fetch(text("select pg_sleep(5)"), {}))
    while not small.in_use:  # the pool tells nobody
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    [second] = await small.fetch(PID, {"n": 1})
    assert (second[0] != first[0], small.in_use) == (True, 0)
    await small.close()


async def test_a_connection_that_the_driver_has_at_hand_is_used_again_or_given_to_who_waits(database_url: str) -> None:
    small = Database(database_url, size=1, timeout=30)

    async def through_sqlalchemy() -> int:
        async with small.one() as connection:
            return (await connection.execute(PID, {"n": 1})).scalar_one()

    async def alone() -> int:
        return (await small.fetch(PID, {"n": 1}))[0][0]

    first = await alone()
    assert (await alone(), len(small._hand), small.in_use) == (first, 1, 0)
    assert (await through_sqlalchemy(), len(small._hand)) == (first, 0)
    asked = [alone() if number % 3 else through_sqlalchemy() for number in range(30)]
    assert set(await asyncio.gather(*asked)) == {first}
    assert (len(small._hand), small.in_use) == (1, 0)
    await small.close()
    assert (len(small._hand), small.in_use) == (0, 0)


async def test_a_connection_that_was_cut_at_hand_is_not_used_again(db: Database, database_url: str) -> None:
    small = Database(database_url, size=1, timeout=30)
    [[pid, _]] = await small.fetch(PID, {"n": 1})
    gone = asyncio.Event()
    driver: Any = driver_of(small._hand._kept[0])
    driver.add_termination_listener(lambda _: gone.set())
    async with db.one() as connection:
        await connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    async with asyncio.timeout(30):
        await gone.wait()
    [[other, _]] = await small.fetch(PID, {"n": 1})
    assert (other != pid, len(small._hand), small.in_use) == (True, 1, 0)
    await small.close()


async def test_what_is_sent_all_the_time_is_planned_once_where_that_was_asked_for(
    db: Database, database_url: str
) -> None:
    often = Database(database_url, size=1, plan_once=True)
    shown = text("show plan_cache_mode")
    assert [tuple(row) for row in await often.fetch(shown, {})] == [("force_generic_plan",)]
    assert [tuple(row) for row in await db.fetch(shown, {})] == [("auto",)]
    await often.close()


async def test_a_server_that_only_reads_is_taken_for_away_and_left(database_url: str) -> None:
    db = Database(database_url, size=1, timeout=30)
    before = (await db.fetch(PID, {"n": 1}))[0][0]
    await db.fetch(text("set default_transaction_read_only to on"), {})  # as on a standby, after a change of roles
    with pytest.raises(Unavailable):
        await db.fetch(text("create table no (n integer)"), {})
    assert (await db.fetch(PID, {"n": 1}))[0][0] != before
    async with db.one() as connection:
        await connection.execute(text("set default_transaction_read_only to on"))
    with pytest.raises(Unavailable):
        async with db.transaction() as connection:
            await connection.execute(text("create table no (n integer)"))
    await db.fetch(text("create table yes (n integer)"), {})
    await db.close()
