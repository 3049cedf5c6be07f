"""Every statement of gql/sql is taken by PostgreSQL and says what it answers."""

import asyncpg
import pytest
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from gql.statements import statement


async def test_every_statement_is_prepared_against_the_migrated_schema(database_url: str) -> None:
    driver = await asyncpg.connect(database_url)
    refused: dict[str, str] = {}
    for name in statement.names:
        try:
            await driver.prepare(str(statement(name).compile(dialect=asyncpg_dialect())))
        except asyncpg.PostgresError as error:
            refused[name] = str(error)
    await driver.close()
    assert refused == {}
    assert len(statement.names) > 2


@pytest.mark.parametrize("name", statement.names)
def test_statement_opens_with_its_answers_and_casts_by_name(name: str) -> None:
    source = (statement.folder / f"{name}.sql").read_text()
    assert source.startswith("-- ") and "Answers:" in source
    assert "::" not in source
    assert ";" not in str(statement(name)), "one statement a file"
