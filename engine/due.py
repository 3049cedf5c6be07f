"""What the clock asks of PostgreSQL, on nobody's behalf: which timers are due soon, complete these, end those pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.rows import task_of
from engine.statements import statement
from models.base import new_id
from models.lifecycle import Nature, Status, Verb, end
from models.task import Task


@dataclass(frozen=True, slots=True)
class Completed:
    """A timer that has just completed, so many milliseconds after it was due."""

    task_id: UUID
    workspace_id: UUID
    late_ms: float


async def scan_due(connection: AsyncConnection, ahead_ms: int, limit: int) -> list[tuple[UUID, float]]:
    """The timers due within `ahead_ms`, the earliest first, with the seconds left; negative for those overdue."""
    rows = await connection.execute(statement("scan_due"), {"ahead_ms": ahead_ms, "limit": limit})
    return [(row[0], row[1]) for row in rows]


async def complete_due(connection: AsyncConnection, ids: Sequence[UUID]) -> list[Completed]:
    """Complete those that are due; what is not due, not running or locked by someone else is left alone."""
    wanted = sorted(set(ids))
    values = {"ids": wanted, "event_ids": [new_id() for _ in wanted]}
    rows = await connection.execute(statement("complete_due"), values)
    return [Completed(row[0], row[1], row[2]) for row in rows]


async def resume_due(connection: AsyncConnection, limit: int) -> list[Task]:
    """End the pauses whose time has come; the answer are the tasks as they are now."""
    values = {
        "limit": limit,
        "timer_to": end(Status.PAUSED, Verb.RESUME, Nature.TIMER),
        "work_to": end(Status.PAUSED, Verb.RESUME, Nature.WORK),
    }
    return [task_of(row) for row in await connection.execute(statement("resume_due"), values)]
