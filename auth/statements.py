"""The SQL of auth: one statement a file in auth/sql, named after what runs it; its header says the possible answers."""

from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from models.role import Role
from models.session import Session
from models.statements import Statements
from models.token import ApiToken
from models.user import User
from models.workspace import Invitation, Membership, Workspace

statement = Statements(Path(__file__).parent / "sql")
Cells: TypeAlias = dict[str, Any]  # what PostgreSQL answers gets its types where a record is made of it, below


async def first(connection: AsyncConnection, name: str, /, **values: object) -> Cells | None:
    """Execute a statement; the first row of its answer, or None."""
    row = (await connection.execute(statement(name), values)).mappings().first()
    return dict(row) if row else None


async def every(connection: AsyncConnection, name: str, /, **values: object) -> list[Cells]:
    """Execute a statement; all rows of its answer."""
    return [dict(row) for row in (await connection.execute(statement(name), values)).mappings()]


async def run(connection: AsyncConnection, name: str, /, **values: object) -> int:
    """Execute a statement that has no answer; how many rows it touched."""
    return (await connection.execute(statement(name), values)).rowcount


def user(cells: Cells) -> User:
    """An account, of a row that has the columns of one (and perhaps others)."""
    return User(**_columns(cells, User))


def session(cells: Cells) -> Session:
    """A session, of a row that has its columns."""
    return Session(**_columns(cells, Session))


def workspace(cells: Cells) -> Workspace:
    """A workspace, of a row that has its columns."""
    return Workspace(**_columns(cells, Workspace))


def membership(cells: Cells) -> Membership:
    """A membership, of a row that has its columns."""
    return Membership(**_columns(cells, Membership))


def invitation(cells: Cells) -> Invitation:
    """An invitation, of a row that has its columns."""
    return Invitation(**_columns(cells, Invitation))


def api_token(cells: Cells, prefix: str = "") -> ApiToken:
    """An API token, of a row that has its columns, each with `prefix`."""
    return ApiToken(**_columns(cells, ApiToken, prefix))


def _columns(cells: Cells, record: type[object], prefix: str = "") -> Cells:
    taken: Cells = {field.name: cells[prefix + field.name] for field in fields(cast("Any", record))}
    return taken | {"role": Role(taken["role"])} if "role" in taken else taken
