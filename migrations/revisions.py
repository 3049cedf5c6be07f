"""Which version works on which schema: its own, and newer ones that have only added to it. Knows nothing of Alembic."""

from sqlalchemy import Connection, text

# Two questions, as there is no table `instance` before the first migration; and one that every version can ask.
VERSION = "select version_num from alembic_version"
SERVES = "select to_jsonb(i) ->> 'serves' from instance i"


class SchemaError(RuntimeError):
    """The database has a schema that this version cannot work on; the message says what to do."""


def complaint(found: str, serves: str | None, wanted: str) -> str | None:
    """Why a version that wants revision `wanted` cannot work on a schema at `found` that serves versions from `serves` on.

    None when it can. Revisions are numbers of four digits.
    """
    if found == wanted:
        return None
    if found < wanted:
        return f"it is {found}, this version wants {wanted}: run `fermata migrate`"
    if serves is not None and serves <= wanted:
        return None
    return f"it is {found} and serves versions from {serves} on, this one is of {wanted}: bring this server up to date"


def is_ahead(connection: Connection, wanted: str) -> bool:
    """Whether a newer version has been here, so that there is nothing to migrate. Raises SchemaError when we cannot work on it."""
    if connection.execute(text("select to_regclass('alembic_version') is null")).scalar_one():
        return False
    found = connection.execute(text(VERSION)).scalar_one_or_none()
    if found is None or found <= wanted:
        return False
    if problem := complaint(found, connection.execute(text(SERVES)).scalar_one_or_none(), wanted):
        raise SchemaError(f"the schema of the database: {problem}")
    return True
