"""Every statement of auth is valid SQL against the migrated schema, and says in its header what it answers."""

from pathlib import Path

import pytest
from fixtures.statements import refused

from auth.statements import statement

FILES = sorted(statement.folder.glob("*.sql"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_statement_begins_with_what_it_answers(file: Path) -> None:
    assert file.read_text().startswith("-- ")
    assert "::" not in file.read_text()


@pytest.mark.every_postgres
async def test_postgres_prepares_every_statement(database_url: str) -> None:
    assert await refused(database_url, statement) == {}
