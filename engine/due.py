"""What the clock asks of PostgreSQL, on nobody's behalf: which timers are due soon, complete these, resume those."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.statements import statement
from models.base import new_id


@dataclass(frozen=True, slots=True)
class Completed:
    """A timer that has just completed, so many milliseconds after it was due."""

    task_id: UUID
    workspace_id: UUID
    late_ms: float


async def complete_due(connection: AsyncConnection, ids: Sequence[UUID]) -> list[Completed]:
    """Complete those that are due; what is not due, not running or locked by someone else is left alone."""
    values = {"ids": list(ids), "event_ids": [new_id() for _ in ids]}
    rows = await connection.execute(statement("complete_due"), values)
    return [Completed(row[0], row[1], row[2]) for row in rows]
