"""Which schema the database has, and whether this code can work on it."""

from functools import cache

from migrations.apply import head
from migrations.revisions import SERVES, VERSION, complaint
from server.connection import Connection


@cache
def wanted() -> str:
    return head()


async def found(connection: Connection) -> tuple[str, str | None] | None:
    """The revision of the schema, and the oldest one whose version it serves. None: an empty database."""
    if await connection.fetchval("select to_regclass('alembic_version') is null"):
        return None
    revision = await connection.fetchval(VERSION)
    if revision is None:
        return None
    serves = await connection.fetchval(SERVES)
    return str(revision), None if serves is None else str(serves)


def judge(revision: str, serves: str | None) -> str | None:
    """What is wrong with the schema for this version; None when it is well."""
    return complaint(revision, serves, wanted())
