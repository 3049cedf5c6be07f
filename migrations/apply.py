"""Bringing a database to the newest schema: one process at a time, and the cluster's identity checked afterwards."""

import hashlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from migrations.grants import restored
from migrations.revisions import PLACE, SAME_PLACE, SERVES, VERSION, SchemaError, complaint, head
from models.base import new_id
from models.database import address

FOLDER = Path(__file__).parent
_LOCK = int.from_bytes(
    hashlib.sha256(b"fermata migrations").digest()[:7]
)  # any number of our own for the advisory lock

_REBASE = (
    f"update instance set epoch = :epoch, cluster = {PLACE}, horizon = '0'",
    "update tasks set changed = pg_current_xact_id()",
    "update workspaces set changed = pg_current_xact_id()",
)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing, in the transaction of `connection`, while nobody else does.

    A schema that a newer version has added to is left as it is. Raises SchemaError when it no longer serves this version.
    """
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not is_ahead(connection, head()):
        command.upgrade(configuration(connection), revision)
    if revision == "head":
        restored(connection)
        rebase(connection)


def rebase(connection: Connection) -> None:
    """After a restore what clients have seen may be newer than what is there: stamp every row anew, begin a new epoch."""
    if connection.execute(text(SAME_PLACE)).scalar_one():
        return
    for statement in _REBASE:
        connection.execute(text(statement), {"epoch": new_id()} if ":epoch" in statement else {})


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


async def migrate(database_url: str) -> None:
    """Bring the database at `database_url` (postgresql://…) to the newest schema. Raises SchemaError when it is too new."""
    engine = create_async_engine(address(database_url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
    finally:
        await engine.dispose()
