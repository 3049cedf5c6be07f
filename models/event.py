"""The history: what happened, who did it, when, why and from where; written in the transaction of the change itself.

No foreign keys: the history outlives what it tells of, and a key to the workspace would lock its row in every transition.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, String, Table, text
from sqlalchemy.dialects.postgresql import JSONB

from models.base import identifier, made_at, metadata, reference, status_type
from models.lifecycle import Status

events = Table(
    "events",
    metadata,
    identifier(),
    reference("workspace_id"),
    reference("task_id"),
    Column("action", String, nullable=False),
    Column("from_status", status_type),
    Column("to_status", status_type),
    Column("elapsed_ms", Integer),
    Column("version", Integer),
    reference("subject_id"),
    Column("detail", JSONB),
    reference("actor_id"),
    Column("via", String),
    Column("reason", String),
    made_at("at"),
    Column("address", String),
    Column("request_id", String),
)
Index("ix_events_workspace", events.c.workspace_id, events.c.at, events.c.id)
Index("ix_events_subject", events.c.subject_id, postgresql_where=text("subject_id is not null"))
Index(
    "uq_events_task_version",
    events.c.task_id,
    events.c.version,
    unique=True,
    postgresql_where=text("task_id is not null"),
)

MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `version` is the task's after the change: 1, 2, 3, ... without a gap."""

    id: UUID
    workspace_id: UUID | None
    task_id: UUID | None
    action: str
    from_status: Status | None
    to_status: Status | None
    elapsed_ms: int | None
    version: int | None
    subject_id: UUID | None
    detail: Any  # JSON: fields with before and after
    actor_id: UUID | None
    via: str | None
    reason: str | None
    at: datetime


EVENT_COLUMNS: tuple[str, ...] = tuple(Event.__dataclass_fields__)
