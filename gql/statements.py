"""Reads gql/sql: what the surface itself has to read to show what the floors below have found."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from engine.revision import Revision
from models.authority import Authority
from models.database import Database
from models.driver import Row
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
    rows = await db.fetch(statement("workspaces"), {**credential(authority), "ids": list(ids)})
    return {row[0]: seen(row) for row in rows}


async def workspace_by_slug(db: Database, authority: Authority, slug: str) -> Seen | None:
    """The workspace of a slug, when it is the caller's to see."""
    rows = await db.fetch(statement("workspace_by_slug"), {**credential(authority), "slug": slug})
    return seen(rows[0]) if rows else None


async def users(db: Database, ids: Sequence[UUID], read: Sequence[UUID]) -> dict[UUID, Person]:
    """Accounts by id, whoever may see them; `read` are the workspaces that the request notes as read."""
    rows = await db.fetch(statement("users"), {"ids": list(ids), "read": list(read)})
    return {row[0]: Person(User(*row[:6]), row[6]) for row in rows}


async def users_seen(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Those among `ids` who share a workspace with the caller: whether the caller is an ADMIN of one of them."""
    rows = await db.fetch(statement("users_seen"), {**credential(authority), "ids": list(ids)})
    return {row[0]: row[1] for row in rows}


async def invitations(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Invitation]:
    """The open invitations among `ids` to workspaces that the caller administers."""
    rows = await db.fetch(statement("invitations"), {**credential(authority), "ids": list(ids)})
    return {row[0]: _invitation(row) for row in rows}


async def api_tokens(db: Database, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, ApiToken]:
    """The API tokens among `ids` that the caller made, or that work in a workspace that the caller administers."""
    rows = await db.fetch(statement("api_tokens"), {**credential(authority), "ids": list(ids)})
    return {row[0]: _api_token(row) for row in rows}


def seen(row: Row) -> Seen:
    """A workspace's row, as this folder's statements and engine/homes.py give it."""
    id, slug, name, created_at, role, epoch, snapshot = row
    return Seen(Workspace(id, slug, name, created_at), Role(role), str(Revision(epoch, snapshot)))


def _invitation(row: Row) -> Invitation:
    id, workspace_id, email, role, expires_at, invited_by = row
    return Invitation(id, workspace_id, email, Role(role), expires_at, invited_by)


def _api_token(row: Row) -> ApiToken:
    id, workspace_id, name, role, created_by, created_at, last_used_at, expires_at = row
    return ApiToken(
        id=id,
        workspace_id=workspace_id,
        name=name,
        role=Role(role),
        created_by=created_by,
        created_at=created_at,
        last_used_at=last_used_at,
        expires_at=expires_at,
    )
