"""Every statement of auth is valid SQL against the migrated schema, and says in its header what it answers."""

from pathlib import Path

import pytest
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from auth.statements import statement
from models.database import Database

FILES = sorted(statement.folder.glob("*.sql"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_statement_begins_with_what_it_answers(file: Path) -> None:
    assert file.read_text().startswith("-- ")
    assert "::" not in file.read_text()


async def test_postgres_prepares_every_statement(db: Database) -> None:
    async with db.one() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        for file in FILES:
            compiled = str(statement(file.stem).compile(dialect=dialect.dialect()))
            await driver.prepare(compiled)
