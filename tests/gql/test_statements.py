"""Every statement of gql/sql is taken by PostgreSQL and says what it answers."""

import pytest
from fixtures.statements import refused

from gql.statements import statement


@pytest.mark.every_postgres
async def test_every_statement_is_prepared_against_the_migrated_schema(database_url: str) -> None:
    assert await refused(database_url, statement) == {}
    assert len(statement.names) > 2


@pytest.mark.parametrize("name", statement.names)
def test_statement_opens_with_its_answers_and_casts_by_name(name: str) -> None:
    source = (statement.folder / f"{name}.sql").read_text()
    assert source.startswith("-- ") and "Answers:" in source
    assert "::" not in source
    assert ";" not in str(statement(name)), "one statement a file"
