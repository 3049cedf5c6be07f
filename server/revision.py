"""Which schema the database has, and whether this code can work on it."""

from functools import cache

from migrations.revisions import GUARDED, SAME_PLACE, SERVES, VERSION, complaint, head
from server.connection import Connection, connection


@cache
def wanted() -> str:
    return head()


async def found(opened: Connection) -> tuple[str, str | None] | None:
    """The revision of the schema, and the oldest one whose version it serves. None: an empty database."""
    if await opened.fetchval("select to_regclass('alembic_version') is null"):
        return None
    revision = await opened.fetchval(VERSION)
    if revision is None:
        return None
    serves = await opened.fetchval(SERVES)
    return str(revision), None if serves is None else str(serves)


def judge(revision: str, serves: str | None) -> str | None:
    """What is wrong with the schema for this version; None when it is well."""
    return complaint(revision, serves, wanted())


async def is_current(database_url: str) -> bool:
    """Whether there is nothing to migrate: the schema is this version's own, and is where it was left (no restore)."""
    async with connection(database_url) as opened:
        known = await found(opened)
        return known is not None and known[0] == wanted() and bool(await opened.fetchval(SAME_PLACE))


async def is_guarded(database_url: str) -> bool:
    """Whether requests can act as the role that row-level security keeps to the asker's workspaces."""
    async with connection(database_url) as opened:
        known = await found(opened)
        return known is not None and known[0] >= "0013" and bool(await opened.fetchval(GUARDED))
