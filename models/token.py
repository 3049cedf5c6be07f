"""API tokens for programs: of one workspace, capped at a role, stored hashed, shown once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from models.base import identifier, made_at, metadata, moment, reference, role_type
from models.role import Role

api_tokens = Table(
    "api_tokens",
    metadata,
    identifier(),
    reference("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("role", role_type, nullable=False),
    reference("created_by", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    made_at(),
    moment("last_used_at"),
    moment("expires_at"),
    moment("revoked_at"),
)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program's credential: it may what its maker may, up to its own role, and is named in the history (`via`)."""

    id: UUID
    workspace_id: UUID
    name: str
    role: Role
    created_by: UUID
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
