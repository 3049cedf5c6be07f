"""Which schema the database has, and which one this code wants."""

from functools import cache

from alembic.script import ScriptDirectory

from migrations.apply import FOLDER
from server.connection import Connection


@cache
def wanted() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()


async def found(connection: Connection) -> str | None:
    """None: an empty database."""
    if await connection.fetchval("select to_regclass('alembic_version') is null"):
        return None
    revision = await connection.fetchval("select version_num from alembic_version")
    return None if revision is None else str(revision)
