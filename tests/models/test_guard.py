"""With every guard of the statements taken away, the second line lets nobody see or change what is another's."""

from collections.abc import AsyncGenerator
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.base import new_id
from models.database import Database
from models.guard import Guarded, ask_for

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
