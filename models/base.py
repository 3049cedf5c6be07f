"""What every table shares: one metadata, the enum types, identifiers and the clock."""

from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils
from sqlalchemy import Column, DateTime, Enum, MetaData, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from models.lifecycle import Status
from models.role import Role

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

role_type = Enum(Role, name="role", metadata=metadata)
status_type = Enum(Status, name="task_status", metadata=metadata)


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): sortable by the time it was made, and the same on PostgreSQL 15 to 18."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def identifier() -> Column[UUID]:
    """The primary key of a table: a UUID that the application makes."""
    return Column("id", PG_UUID(as_uuid=True), primary_key=True)


def reference(name: str, *arguments: Any, **options: Any) -> Column[UUID]:
    """A column that holds the id of another row; whether it is a foreign key is said by the arguments."""
    return Column(name, PG_UUID(as_uuid=True), *arguments, **options)


def moment(name: str, *, nullable: bool = True) -> Column[datetime]:
    """A point in time with its zone."""
    return Column(name, DateTime(timezone=True), nullable=nullable)


def made_at(name: str = "created_at") -> Column[datetime]:
    """A point in time that PostgreSQL's clock fills when the row is written."""
    return Column(name, DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()"))
