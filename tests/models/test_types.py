"""What each new connection is told of types, and that nothing is remembered which may be otherwise on the next."""

from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from models.database import Database

HOT = text(
    "select cast(:role as role) as role, cast(:status as task_status) as status, cast(:asker as pooled_asker) as asker,"
    " cast(:ids as uuid[]) as ids, cast(:labels as varchar[]) as labels, cast(:hashes as bytea[]) as hashes"
)
GIVEN = {"role": "ADMIN", "status": "PAUSED", "asker": None, "ids": [], "labels": ["a", 'b"'], "hashes": [b"\0"]}


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The types that the driver asks for by itself."""
    found: list[Any] = []
    driver: Any = asyncpg.Connection
    real = driver._introspect_types

    async def counted(connection: Any, types: Any, timeout: Any) -> Any:
        found.extend(types)
        return await real(connection, types, timeout)

    monkeypatch.setattr(driver, "_introspect_types", counted)
    return found


async def test_a_new_connection_looks_up_no_type_of_ours(database_url: str, looked_up: list[Any]) -> None:
    db = Database(database_url, size=1, timeout=30)
    [row] = await db.fetch(HOT, GIVEN)
    assert tuple(row) == ("ADMIN", "PAUSED", None, [], ["a", 'b"'], [b"\0"])
    async with db.transaction() as connection:
        assert (await connection.execute(HOT, GIVEN)).one()[1] == "PAUSED"
    assert looked_up == []
    await db.close()


async def test_what_a_connection_was_not_told_it_looks_up_itself(database_url: str, looked_up: list[Any]) -> None:
    db = Database(database_url, size=1, timeout=30)
    await db.fetch(text("create type pair as (a integer, b role)"), {})
    assert (await db.fetch(text("select cast(row(1, 'ADMIN') as pair)"), {}))[0][0]["b"] == "ADMIN"
    assert len(looked_up) > 0
    await db.close()


async def test_a_type_that_has_another_number_on_the_next_connection_is_read_as_it_is_there(
    database_url: str, looked_up: list[Any]
) -> None:
    """As after a restore into another cluster, while the process goes on."""
    db = Database(database_url, size=1, timeout=30)
    number = text("select cast(cast(:name as regtype) as oid)")
    mood = text("select cast(:mood as mood)")
    given = {"mood": "glad"}

    async def cut() -> None:
        async with db.one() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            driver.terminate()

    await db.fetch(text("create type mood as enum ('glad', 'sad')"), {})
    await cut()
    assert tuple((await db.fetch(mood, given))[0]) == ("glad",)
    before = (await db.fetch(number, {"name": "mood"}))[0][0]
    await db.fetch(text("drop type mood"), {})
    await db.fetch(text("create domain mood as integer"), {})
    await cut()
    looked_up.clear()
    assert (await db.fetch(text("select cast(:mood as mood) + 1"), {"mood": 41}))[0][0] == 42
    assert (await db.fetch(number, {"name": "mood"}))[0][0] != before
    assert looked_up == []
    await db.close()


async def test_a_connection_from_before_a_migration_goes_on(database_url: str) -> None:
    old, new = (Database(database_url, size=1, timeout=30) for _ in range(2))
    await old.fetch(text("select 1"), {})
    await new.fetch(text("create type mood as enum ('glad', 'sad')"), {})
    for db in (old, new, old):
        assert (await db.fetch(text("select cast(:mood as mood)"), {"mood": "sad"}))[0][0] == "sad"
    await old.close()
    await new.close()
