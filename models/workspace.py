"""Shared systems of tasks: workspaces, who is a member with which role, and who is invited."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
)
from sqlalchemy import text as sql
from sqlalchemy.types import UserDefinedType

from models.base import identifier, made_at, metadata, moment, reference, role_type, status_type
from models.role import Role


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id; a trigger sets it, so that no write can forget."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The name of the type in DDL."""
        return "xid8"


def changed() -> "Column[int]":
    """The transaction that last wrote the row: what revisions compare (design.md §4)."""
    return Column("changed", Xid8, nullable=False, server_default=sql("pg_current_xact_id()"))


workspaces = Table(
    "workspaces",
    metadata,
    identifier(),
    Column("slug", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    made_at(),
    changed(),
)

memberships = Table(
    "memberships",
    metadata,
    reference("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    reference("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", role_type, nullable=False),
    made_at("since"),
    PrimaryKeyConstraint("workspace_id", "user_id"),
)

invitations = Table(
    "invitations",
    metadata,
    identifier(),
    reference("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email", String),
    Column("role", role_type, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    reference("invited_by", ForeignKey("users.id", ondelete="SET NULL")),
    made_at(),
    moment("expires_at", nullable=False),
    moment("accepted_at"),
    reference("accepted_by", ForeignKey("users.id", ondelete="SET NULL")),
    moment("revoked_at"),
)

task_counts = Table(
    "task_counts",
    metadata,
    reference("workspace_id", nullable=False),
    Column("status", status_type, nullable=False),
    Column("slot", SmallInteger, nullable=False),
    Column("count", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "status", "slot"),
)
Index(
    "ix_invitations_open",
    invitations.c.workspace_id,
    postgresql_where=sql("accepted_at is null and revoked_at is null"),
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A shared system of tasks; `slug` is its name in addresses."""

    id: UUID
    slug: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """Who may what where: the row that every statement of a request reads anew."""

    workspace_id: UUID
    user_id: UUID
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer to join with a role, by a link that works once; for one e-mail address, or for whoever has the link."""

    id: UUID
    workspace_id: UUID
    email: str | None
    role: Role
    expires_at: datetime
    invited_by: UUID | None
