"""Reads gql/sql: what the surface itself has to read to show what the floors below have found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text

from engine.revision import Revision
from models.authority import Authority
from models.database import Database
from models.role import Role
from models.user import User
from models.workspace import Workspace

FOLDER = Path(__file__).parent / "sql"


@cache
def statement(name: str) -> TextClause:
    """The statement of gql/sql/<name>.sql, without its comments."""
    lines = (FOLDER / f"{name}.sql").read_text().splitlines()
    return text("\n".join(line for line in lines if not line.lstrip().startswith("--")))


def names() -> list[str]:
    """Every statement that there is."""
    return sorted(file.stem for file in FOLDER.glob("*.sql"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A workspace with the role that the caller has there, and the revision in which that was read."""

    workspace: Workspace
    role: Role
    revision: str


@dataclass(frozen=True, slots=True)
class Person:
    """An account; `tracked` when one of the workspaces that were read stands for it."""

    user: User
    tracked: bool


def _credential(authority: Authority) -> dict[str, object]:
    return {"user_id": authority.user_id, "session_id": authority.session_id, "token_id": authority.token_id}


async def workspaces(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Seen]:
    """The workspaces among `ids` that are the caller's to see."""
    async with db.one() as connection:
        rows = await connection.execute(statement("workspaces"), {**_credential(authority), "ids": list(ids)})
        return {row.id: _seen(row) for row in rows}


async def workspace_by_slug(db: Database, authority: Authority, slug: str) -> Seen | None:
    """The workspace of a slug, when it is the caller's to see."""
    async with db.one() as connection:
        rows = await connection.execute(statement("workspace_by_slug"), {**_credential(authority), "slug": slug})
        row = rows.first()
        return None if row is None else _seen(row)


async def users(db: Database, ids: Sequence[UUID], read: Sequence[UUID]) -> dict[UUID, Person]:
    """Accounts by id, whoever may see them; `read` are the workspaces that the request notes as read."""
    async with db.one() as connection:
        rows = await connection.execute(statement("users"), {"ids": list(ids), "read": list(read)})
        return {row.id: Person(User(*row[:6]), row.tracked) for row in rows}


async def users_seen(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Those among `ids` who share a workspace with the caller: whether the caller is an ADMIN of one of them."""
    async with db.one() as connection:
        rows = await connection.execute(statement("users_seen"), {**_credential(authority), "ids": list(ids)})
        return {row.id: row.administered for row in rows}


def _seen(row: Row[Any]) -> Seen:  # columns of several types
    return Seen(Workspace(row.id, row.slug, row.name, row.created_at), Role(row.role), str(Revision(row.epoch, row.snapshot)))
