"""Reads gql/sql: what the surface itself has to read to show what the floors below have found."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from engine.revision import Revision
from models.authority import Authority
from models.database import Database
from models.role import Role
from models.statements import Statements
from models.token import ApiToken
from models.user import User
from models.workspace import Invitation, Workspace

statement = Statements(Path(__file__).parent / "sql")


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


def credential(authority: Authority) -> dict[str, object]:
    """Who asks, as statements take it for `effective_role`."""
    return {"user_id": authority.user_id, "session_id": authority.session_id, "token_id": authority.token_id}


async def workspaces(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Seen]:
    """The workspaces among `ids` that are the caller's to see."""
    async with db.one() as connection:
        rows = await connection.execute(statement("workspaces"), {**credential(authority), "ids": list(ids)})
        return {row.id: _seen(row) for row in rows}


async def workspace_by_slug(db: Database, authority: Authority, slug: str) -> Seen | None:
    """The workspace of a slug, when it is the caller's to see."""
    async with db.one() as connection:
        rows = await connection.execute(statement("workspace_by_slug"), {**credential(authority), "slug": slug})
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
        rows = await connection.execute(statement("users_seen"), {**credential(authority), "ids": list(ids)})
        return {row.id: row.administered for row in rows}


async def invitations(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Invitation]:
    """The open invitations among `ids` to workspaces that the caller administers."""
    async with db.one() as connection:
        rows = await connection.execute(statement("invitations"), {**credential(authority), "ids": list(ids)})
        return {row.id: _invitation(row) for row in rows}


async def api_tokens(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, ApiToken]:
    """The API tokens among `ids` that the caller made, or that work in a workspace that the caller administers."""
    async with db.one() as connection:
        rows = await connection.execute(statement("api_tokens"), {**credential(authority), "ids": list(ids)})
        return {row.id: _api_token(row) for row in rows}


def _seen(row: Row[Any]) -> Seen:  # columns of several types
    return Seen(
        Workspace(row.id, row.slug, row.name, row.created_at), Role(row.role), str(Revision(row.epoch, row.snapshot))
    )


def _invitation(row: Row[Any]) -> Invitation:  # columns of several types
    return Invitation(row.id, row.workspace_id, row.email, Role(row.role), row.expires_at, row.invited_by)


def _api_token(row: Row[Any]) -> ApiToken:  # columns of several types
    return ApiToken(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        role=Role(row.role),
        created_by=row.created_by,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
    )
