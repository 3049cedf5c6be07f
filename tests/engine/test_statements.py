"""Every statement of engine/sql is taken by PostgreSQL and says what it answers."""

import pytest
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from engine.statements import statement
from models.database import Database


@pytest.mark.parametrize("name", statement.names)
async def test_statement_is_prepared_against_the_migrated_schema(db: Database, name: str) -> None:
    compiled = str(statement(name).compile(dialect=asyncpg_dialect()))
    async with db.one() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        prepared = await driver.prepare(compiled)
        assert prepared.get_query()


@pytest.mark.parametrize("name", statement.names)
def test_statement_opens_with_its_answers_and_casts_by_name(name: str) -> None:
    source = (statement.folder / f"{name}.sql").read_text()
    assert source.startswith("-- ")
    assert "::" not in source
    assert ";" not in str(statement(name)), "one statement a file"
