"""With every guard of the statements taken away, the second line lets nobody see or change what is another's."""

import asyncio
from collections.abc import AsyncGenerator
from itertools import product
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import homes, listing
from engine.listing import OrderField, Walk
from engine.rows import some_columns
from migrations.apply import upgrade
from models.base import new_id
from models.database import Database
from models.guard import ROLE, Guarded, ask_for, telling_whom

TABLES = ("workspaces", "memberships", "invitations", "api_tokens", "tasks", "task_counts", "logs", "events")


@pytest_asyncio.fixture
async def guarded(database_url: str) -> AsyncGenerator[Guarded]:
    pool = Guarded(database_url, size=2, timeout=30)
    yield pool
    await pool.close()


async def make(db: Database) -> tuple[UUID, UUID]:
    """A person with a workspace that has one row in every table; gives both ids."""
    person, workspace, task = new_id(), new_id(), new_id()
    statements = (
        "insert into users (id, email, display_name) values (:person, cast(cast(:person as uuid) as text) || '@example.com', 'P')",
        "insert into workspaces (id, slug, name) values (:workspace, cast(cast(:workspace as uuid) as text), 'W')",
        "insert into memberships (workspace_id, user_id, role) values (:workspace, :person, 'ADMIN')",
        """insert into invitations (id, workspace_id, role, token_hash, expires_at)
           values (:task, :workspace, 'VIEWER', uuid_send(:task), clock_timestamp())""",
        """insert into api_tokens (id, workspace_id, name, role, created_by, secret_hash)
           values (:task, :workspace, 'T', 'VIEWER', :person, uuid_send(:task))""",
        "insert into tasks (id, workspace_id, title, duration_ms) values (:task, :workspace, 'T', 1000)",
        "insert into logs (task_id, attempt, stream, text) values (:task, 1, 'out', 'hello')",
        "insert into events (id, workspace_id, task_id, version, action) values (:task, :workspace, :task, 1, 'CREATED')",
    )
    async with db.transaction() as connection:
        for statement in statements:
            names = {"person": person, "workspace": workspace, "task": task}
            used = {name: value for name, value in names.items() if f":{name}" in statement}
            await connection.execute(text(statement), used)
    return person, workspace


async def count(pool: Database, table: str) -> int:
    async with pool.one() as connection:
        return (await connection.execute(text(f"select count(*) from {table}"))).scalar_one()


@pytest.mark.parametrize("table", TABLES)
async def test_one_sees_the_rows_of_ones_own_workspaces_alone(db: Database, guarded: Guarded, table: str) -> None:
    one, _ = await make(db)
    await make(db)
    assert await count(db, table) == 2
    ask_for(one)
    assert await count(guarded, table) == 1
    ask_for(None)
    assert await count(guarded, table) == 0
    ask_for(new_id())
    assert await count(guarded, table) == 0


async def test_nothing_of_anothers_workspace_can_be_changed(db: Database, guarded: Guarded) -> None:
    one, own = await make(db)
    _, other = await make(db)
    ask_for(one)
    async with guarded.one() as connection:
        changed = await connection.execute(text("update tasks set title = 'taken' returning workspace_id"))
        assert changed.scalars().all() == [own]
        with pytest.raises(DBAPIError, match="row-level security"):
            statement = "insert into tasks (id, workspace_id, title, duration_ms) values (:id, :workspace, 'T', 1)"
            await connection.execute(text(statement), {"id": new_id(), "workspace": other})
        with pytest.raises(DBAPIError, match="row-level security"):
            await connection.execute(text("update tasks set workspace_id = :other"), {"other": other})


@pytest.mark.parametrize("table", ["users", "sessions", "instance", "logs", "events", "tasks"])
async def test_the_role_of_requests_cannot_take_away(guarded: Guarded, table: str) -> None:
    async with guarded.one() as connection:
        with pytest.raises(DBAPIError, match="permission denied"):
            await connection.execute(text(f"delete from {table}"))


@pytest.mark.parametrize(
    "table", ["refresh_tokens", "password_resets", "identities", "idempotency_keys", "users", "sessions"]
)
async def test_the_role_of_requests_cannot_read_credentials(guarded: Guarded, table: str) -> None:
    async with guarded.one() as connection:
        with pytest.raises(DBAPIError, match="permission denied"):
            await connection.execute(text(f"select * from {table}"))


async def test_a_connection_keeps_nobody_in_mind(db: Database, database_url: str) -> None:
    one, _ = await make(db)
    single = Guarded(database_url, size=1, timeout=30)
    ask_for(one)
    async with single.transaction() as connection:
        assert (await connection.execute(text("select count(*) from tasks"))).scalar_one() == 1
    ask_for(None)
    assert await count(single, "tasks") == 0
    await single.close()


async def test_statements_at_the_same_time_each_work_for_their_own_asker(db: Database, database_url: str) -> None:
    people = [await make(db) for _ in range(3)]
    pool = Guarded(database_url, size=2, timeout=60)

    async def look(person: UUID) -> set[UUID]:
        ask_for(person)
        found = await pool.fetch(text("select workspace_id from tasks"), {})
        async with pool.transaction() as connection:
            again = await connection.execute(text("select workspace_id from events"))
            return {row[0] for row in found} | {row[0] for row in again}

    asked = [(person, workspace) for person, workspace in people for _ in range(20)]
    seen = await asyncio.gather(*(asyncio.create_task(look(person)) for person, _ in asked))
    assert seen == [{workspace} for _, workspace in asked]
    await pool.close()


async def test_what_is_not_told_for_whom_reaches_nothing(db: Database, database_url: str) -> None:
    person, _ = await make(db)
    ask_for(person)
    told = Guarded(database_url, size=1, timeout=30)
    assert await count(told, "tasks") == 1
    await told.close()
    bare = Database(database_url, size=1, timeout=30, role=ROLE)
    for table in (*TABLES, "reachable_tasks"):
        assert await count(bare, table) == 0
    await bare.close()


async def test_who_leaves_a_workspace_may_write_that_they_did_in_the_same_transaction(
    db: Database, guarded: Guarded
) -> None:
    person, workspace = await make(db)
    ask_for(person)
    line = "insert into events (id, workspace_id, action, actor_id) values (:id, :workspace, 'LEFT', :person)"
    values = {"id": new_id(), "workspace": workspace, "person": person}
    async with guarded.transaction() as connection:
        await connection.execute(text("delete from memberships where user_id = :person"), {"person": person})
        await connection.execute(text(line), values)
    assert await count(guarded, "tasks") == 0
    async with guarded.one() as connection:
        with pytest.raises(DBAPIError, match="row-level security"):
            await connection.execute(text(line), values | {"id": new_id()})


async def test_the_view_that_lists_read_has_every_column_of_a_task(db: Database) -> None:
    columns = text(
        "select attname from pg_attribute where attrelid = cast(:of as regclass) and attnum > 0 order by attnum"
    )
    async with db.one() as connection:
        read = [
            (await connection.execute(columns, {"of": name})).scalars().all() for name in ("tasks", "reachable_tasks")
        ]
    assert read[0] == read[1]


MANY = """insert into tasks (id, workspace_id, title, duration_ms)
    select gen_random_uuid(), :workspace, 'Bake loaf ' || md5(cast(n as text)), 1000 from generate_series(1, 3000) n"""
CONDITIONS = {
    "ix_tasks_labels": "labels @> cast(array['x'] as varchar[])",
    "ix_tasks_search": "lower(title || ' ' || description) like '%qqzzx%'",
}


@pytest.mark.parametrize("index", CONDITIONS)
async def test_lists_by_label_and_by_words_keep_their_index(db: Database, guarded: Guarded, index: str) -> None:
    person, workspace = await make(db)
    async with db.one() as connection:
        await connection.execute(text(MANY), {"workspace": workspace})
        await connection.execute(text("vacuum (analyze) tasks"))
    ask_for(person)
    plans: list[str] = []
    for listed in ("FROM tasks \n", "from tasks "):  # as lists say it, and as others do: beneath the policy
        told = telling_whom(f"select id {listed}where deleted_at is null and {CONDITIONS[index]}")
        async with guarded.one() as connection:
            plan = await connection.exec_driver_sql(f"explain {told}".replace("$1", f"'{person}'"))
            plans.append("".join(row[0] for row in plan))
    assert [index in plan for plan in plans] == [True, False]


async def test_a_page_is_not_sorted_where_little_is_known_of_the_tables(db: Database, guarded: Guarded) -> None:
    person, workspace = await make(db)
    async with db.one() as connection:
        await connection.execute(text(MANY), {"workspace": workspace})
    ask_for(person)
    columns = some_columns(texts=False, rest=False)
    walks = [(listing.packed_page((), Walk(*way), columns), way[0]) for way in product(OrderField, (True, False))]
    values = {"workspace_id": workspace, "slug": str(workspace), "user_id": person, "limit": 51}
    values |= {"session_id": new_id(), "token_id": None}
    for page, field in [*walks, (homes.asking(columns), OrderField.CREATED_AT)]:
        asked = (*page.arguments(values), str(person))
        async with guarded.one() as connection:
            plan = await connection.exec_driver_sql(f"explain {telling_whom(page.sql)}", asked)
            found = "".join(row[0] for row in plan)
        assert f"ix_tasks_by_{field}" in found
        assert "Sort" not in found


async def test_a_dump_that_is_restored_elsewhere_gets_its_privileges_anew(db: Database, guarded: Guarded) -> None:
    person, _ = await make(db)
    ask_for(person)
    async with db.transaction() as connection:
        await connection.execute(
            text(f"drop owned by {ROLE}")
        )  # of this database, as where the dump's grants named nobody
    with pytest.raises(DBAPIError, match="permission denied"):
        await count(guarded, "tasks")
    async with db.transaction() as connection:
        await connection.run_sync(upgrade)
    assert await count(guarded, "tasks") == 1
