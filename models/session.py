"""Sign-ins: a session is a family of refresh tokens, each used once and stored hashed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from models.base import identifier, made_at, metadata, moment, reference

sessions = Table(
    "sessions",
    metadata,
    identifier(),
    reference("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    made_at(),
    made_at("last_used_at"),
    Column("user_agent", String, nullable=False, server_default=""),
    Column("address", String),
    moment("expires_at", nullable=False),
    moment("revoked_at"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    reference("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    made_at(),
    moment("used_at"),
    Column("successor", LargeBinary),
)


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in of a person: revoked or over, it holds nothing from the next request on."""

    id: UUID
    user_id: UUID
    created_at: datetime
    last_used_at: datetime
    user_agent: str
