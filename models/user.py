"""People, how else they sign in, and what guards their passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, func
from sqlalchemy import text as sql

from models.base import identifier, made_at, metadata, moment, reference

users = Table(
    "users",
    metadata,
    identifier(),
    Column("email", String, nullable=False),
    Column("display_name", String, nullable=False),
    Column("password_hash", String),
    Column("is_instance_admin", Boolean, nullable=False, server_default=sql("false")),
    Column("disabled", Boolean, nullable=False, server_default=sql("false")),
    made_at(),
)
Index("uq_users_email", func.lower(users.c.email), unique=True)

identities = Table(
    "identities",
    metadata,
    identifier(),
    reference("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issuer", String, nullable=False),
    Column("subject", String, nullable=False),
    made_at(),
    UniqueConstraint("issuer", "subject"),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    reference("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    made_at(),
    moment("expires_at", nullable=False),
    moment("used_at"),
)

lockouts = Table(
    "lockouts",
    metadata,
    Column("key", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    moment("last_at", nullable=False),
    moment("blocked_until"),
)


@dataclass(frozen=True, slots=True)
class User:
    """An account. `email` is as it was typed; addresses are compared without case."""

    id: UUID
    email: str
    display_name: str
    is_instance_admin: bool
    disabled: bool
    created_at: datetime
