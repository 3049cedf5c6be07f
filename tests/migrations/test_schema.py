"""The migrations and the tables in models/ say the same, and every migration can be taken back."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql.base import ischema_names

from migrations.apply import configuration, upgrade
from models.database import Database
from models.tables import metadata
from models.workspace import Xid8

pytestmark = pytest.mark.every_postgres

ischema_names["xid8"] = Xid8  # pyright: ignore[reportArgumentType]  # what SQLAlchemy's reflection does not know


async def test_the_migrated_schema_is_the_one_in_models(db: Database) -> None:
    async with db.transaction() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
    assert [d for d in differences if not _is_of_alembic(d)] == []


async def test_there_is_one_head(db: Database) -> None:
    async with db.transaction() as connection:
        heads = await connection.run_sync(lambda sync: ScriptDirectory.from_config(configuration(sync)).get_heads())
    assert len(heads) == 1


async def test_everything_can_be_taken_back_and_made_again(db: Database) -> None:
    async with db.transaction() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "base"))
        left = await connection.execute(
            text("select relname from pg_class where relnamespace = cast('public' as regnamespace) and relkind = 'r'")
        )
        assert [row[0] for row in left] == ["alembic_version"]
        await connection.run_sync(upgrade)


async def test_a_restore_into_another_cluster_begins_a_new_epoch(db: Database) -> None:
    async with db.transaction() as connection:
        before = (await connection.execute(text("select epoch from instance"))).scalar_one()
        await connection.run_sync(upgrade)
        assert (await connection.execute(text("select epoch from instance"))).scalar_one() == before
        await connection.execute(text("update instance set cluster = cluster + 1"))
        await connection.run_sync(upgrade)
        assert (await connection.execute(text("select epoch from instance"))).scalar_one() != before


async def test_check_constraints_of_models_are_those_of_the_database(db: Database) -> None:
    async with db.one() as connection:
        rows = await connection.execute(text("select conname from pg_constraint where contype = 'c'"))
        in_database = {row[0] for row in rows}
    checks = [(t.name, c) for t in metadata.tables.values() for c in t.constraints if isinstance(c, CheckConstraint)]
    in_models = {f"ck_{table}_{str(check.name).removeprefix(f'ck_{table}_')}" for table, check in checks}
    assert in_models == {name for name in in_database if name.startswith("ck_")}


async def test_the_index_of_the_search_is_the_one_in_models(db: Database) -> None:
    async with db.one() as connection:
        definition = await connection.execute(
            text("select indexdef from pg_indexes where indexname = 'ix_tasks_search'")
        )
    assert "lower((((title)::text || ' '::text) || (description)::text)) gin_trgm_ops" in str(definition.scalar_one())


def _is_of_alembic(difference: object) -> bool:
    """Alembic's own table; and an expression that PostgreSQL writes with casts, which has a test of its own."""
    return "alembic_version" in str(difference) or "ix_tasks_search" in str(difference)
