"""A task: its columns, what must be true of a row, its indexes, and the record that the floors above hand on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from models.base import identifier, made_at, metadata, moment, reference, role_type, status_type
from models.lifecycle import Nature, Status, nature
from models.workspace import changed

MAX_MILLISECONDS = 2**31 - 1
MAX_TITLE = 200
MAX_DESCRIPTION = 10_000
MAX_LABELS = 20
MAX_LABEL = 50

CHECKS = {
    "title": f"char_length(title) between 1 and {MAX_TITLE}",
    "description": f"char_length(description) <= {MAX_DESCRIPTION}",
    "labels": f"cardinality(labels) <= {MAX_LABELS}",
    "duration": "duration_ms is null or duration_ms >= 1",
    "timer_duration": "kind <> 'timer' or duration_ms is not null",
    "elapsed": "elapsed_ms >= 0 and (kind <> 'timer' or elapsed_ms <= duration_ms)",
    "attempts": "attempt >= 0 and max_attempts between 1 and 100 and failures >= 0",
    "version": "version >= 1",
    "progress": "progress is null or progress between 0 and 1",
    "due": "(kind = 'timer' and status = 'IN_PROGRESS') = (due_at is not null)",
    "completed": "(status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (completed_at is not null)",
    "lease": "(kind <> 'timer' and status in ('IN_PROGRESS', 'PAUSING', 'CANCELLING')) = (lease_owner is not null)",
    "timer_states": "kind <> 'timer' or status in ('NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'CANCELLED', 'COMPLETED')",
    "deadline": "(kind <> 'timer' and status in ('QUEUED', 'IN_PROGRESS', 'PAUSING', 'CANCELLING')) = (deadline_at is not null)",
    "resume": "resume_at is null or status in ('PAUSED', 'PAUSING')",
    "recoveries": "recoveries >= 0 and (kind <> 'timer' or recoveries = 0)",
    "unheard": "unheard_since is null or lease_owner is not null",
    "paused_by": "(paused_by is null and pause_reason is null) or status in ('PAUSED', 'PAUSING')",
}

tasks = Table(
    "tasks",
    metadata,
    identifier(),
    reference("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("title", String, nullable=False),
    Column("description", String, nullable=False, server_default=""),
    Column("labels", ARRAY(String), nullable=False, server_default=text("'{}'")),
    Column("kind", String, nullable=False, server_default="timer"),
    Column("input", JSONB, nullable=False, server_default=text("'{}'")),
    Column("status", status_type, nullable=False, server_default="NOT_STARTED"),
    Column("duration_ms", Integer),
    Column("elapsed_ms", Integer, nullable=False, server_default=text("0")),
    Column("progress", Double),
    Column("progress_note", String),
    Column("result", String),
    Column("error", String),
    Column("priority", Integer, nullable=False, server_default=text("0")),
    Column("timeout_ms", Integer),
    Column("max_attempts", Integer, nullable=False, server_default=text("1")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    reference("created_by", ForeignKey("users.id", ondelete="SET NULL")),
    made_at(),
    made_at("updated_at"),
    moment("last_run_at"),
    moment("due_at"),
    moment("resume_at"),
    moment("completed_at"),
    Column("attempt", Integer, nullable=False, server_default=text("0")),
    # Work: who holds it (the epoch fences late workers), what it has put down, and by when something must happen.
    Column("lease_owner", String),
    Column("lease_epoch", Integer, nullable=False, server_default=text("0")),
    moment("deadline_at"),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("checkpoint", JSONB),
    Column("held_by", String),  # the worker that holds a paused command in place
    moment("deleted_at"),
    changed(),
    Column("recoveries", Integer, nullable=False, server_default=text("0")),  # workers lost in a row
    moment("unheard_since"),  # when its worker was last heard of, as soon as that is too long ago
    Column("paused_by", role_type),
    Column("pause_reason", String),
    *(CheckConstraint(rule, name=name) for name, rule in CHECKS.items()),
)

_LIVE = text("deleted_at is null")
Index("ix_tasks_workspace_changed", tasks.c.workspace_id, tasks.c.changed)
for _key in ("created_at", "updated_at", "priority", "title"):
    Index(f"ix_tasks_by_{_key}", tasks.c.workspace_id, tasks.c[_key], tasks.c.id, postgresql_where=_LIVE)
Index(
    "ix_tasks_by_status", tasks.c.workspace_id, tasks.c.status, tasks.c.created_at, tasks.c.id, postgresql_where=_LIVE
)
Index(
    "ix_tasks_queue",
    tasks.c.kind,
    tasks.c.priority.desc(),
    tasks.c.deadline_at,
    postgresql_where=text("status = 'QUEUED' and deleted_at is null"),
)
Index(
    "ix_tasks_lease",
    tasks.c.deadline_at,
    postgresql_where=text("lease_owner is not null and deleted_at is null"),
)
Index("ix_tasks_labels", tasks.c.labels, postgresql_using="gin", postgresql_where=_LIVE)
Index(
    "ix_tasks_search",
    literal_column("lower(title || ' ' || description)", String).label("words"),
    postgresql_ops={"words": "gin_trgm_ops"},
    postgresql_using="gin",
    postgresql_where=_LIVE,
    _table=tasks,
)
Index("ix_tasks_due", tasks.c.due_at, postgresql_where=text("due_at is not null and deleted_at is null"))
Index("ix_tasks_deadline", tasks.c.deadline_at, postgresql_where=text("deadline_at is not null and deleted_at is null"))
Index("ix_tasks_resume", tasks.c.resume_at, postgresql_where=text("resume_at is not null and deleted_at is null"))
Index(
    "ix_tasks_finished", tasks.c.completed_at, postgresql_where=text("completed_at is not null and deleted_at is null")
)
Index("ix_tasks_deleted", tasks.c.deleted_at, postgresql_where=text("deleted_at is not null"))

logs = Table(
    "logs",
    metadata,
    reference("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    Column("line", BigInteger, Identity(), nullable=False),
    Column("attempt", Integer, nullable=False),
    made_at("at"),
    Column("stream", String, nullable=False),
    Column("text", String, nullable=False),
    PrimaryKeyConstraint("task_id", "line"),
)

callbacks = Table(  # answers that came later: see engine/callbacks.py
    "callbacks",
    metadata,
    reference("task_id", ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("body", String, nullable=False),
    made_at("at"),
    PrimaryKeyConstraint("task_id", "run", "step"),
)


@dataclass(frozen=True)
class Task:
    """A task as it was read; durations in milliseconds, `elapsed_ms` is the active time up to `last_run_at`.

    Without slots: engine/rows.py fills in all fields at once, which takes a third of the time of calling it with 30 values.
    """

    id: UUID
    workspace_id: UUID
    title: str
    description: str
    labels: list[str]
    kind: str
    input: Any  # JSON: whatever the kind's schema says
    status: Status
    duration_ms: int | None
    elapsed_ms: int
    progress: float | None
    progress_note: str | None
    result: str | None
    error: str | None
    priority: int
    timeout_ms: int | None
    max_attempts: int
    version: int
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime
    last_run_at: datetime | None
    due_at: datetime | None
    resume_at: datetime | None
    completed_at: datetime | None
    attempt: int
    lease_owner: str | None
    lease_epoch: int
    deadline_at: datetime | None
    failures: int
    held_by: str | None
    unheard_since: datetime | None = None
    paused_by: str | None = None
    pause_reason: str | None = None

    @property
    def nature(self) -> Nature:
        """Whether it needs a worker."""
        return nature(self.kind)


TASK_COLUMNS: tuple[str, ...] = tuple(Task.__dataclass_fields__)
