"""Makes and edits tasks: the parameters of engine/sql/{create,update}.sql and what their answers mean."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.drafts import NewTask, TaskPatch, encoded
from engine.due import complete_due
from engine.outcomes import Forbidden, Missing, Moved, Outcome, Refused, Why
from engine.rows import EVENT_WIDTH, TASK_WIDTH, event_of, task_of
from engine.statements import statement
from engine.transition import reaching, who
from models.authority import Authority, Reach
from models.base import new_id
from models.role import Role

_ANSWER, _WHY, _ROLE = (TASK_WIDTH + EVENT_WIDTH + offset for offset in range(3))
_DURATION = "must be longer than the active time already spent; of a completed timer it is history"


async def create(
    connection: AsyncConnection,
    authority: Authority,
    reach: Reach,
    inputs: Sequence[NewTask],
    *,
    workspace_id: UUID,
    minimum: Role,
) -> list[Moved] | Forbidden | Missing:
    """Make tasks, all or none, by a caller who has at least the role `minimum`."""
    able = Reach({role: scope for role, scope in reach.scopes.items() if role.holds(minimum)})
    ids = sorted(new_id() for _ in inputs)
    drafts = encoded([(id, new_id(), draft) for id, draft in zip(ids, inputs, strict=True)])
    values = {**who(authority), **reaching(able), "workspace_id": workspace_id, "drafts": drafts}
    rows = (await connection.execute(statement("create"), values)).all()
    if rows[0][0] is not None:
        return [Moved(task_of(row), event_of(row), Role(row[-1])) for row in rows]
    role = rows[0][-1]
    return Forbidden(Role(role), able.least) if role else Missing()


async def update(
    connection: AsyncConnection,
    authority: Authority,
    reach: Reach,
    patch: TaskPatch,
    *,
    workspace_id: UUID | None,
    task_id: UUID,
    expected_version: int | None,
) -> Outcome:
    """Edit the fields that the patch names. A running timer that gets another duration is due at another time."""
    values = _change(authority, reach, workspace_id, task_id, expected_version) | {"patch": json.dumps(patch)}
    row = (await connection.execute(statement("update"), values)).one_or_none()
    if row is not None and row[_ANSWER] == "due":  # it should have completed: first things first
        await complete_due(connection, [task_id])
        row = (await connection.execute(statement("update"), values)).one_or_none()
    return _outcome(row, reach)


def _change(
    authority: Authority, reach: Reach, workspace_id: UUID | None, task_id: UUID, expected_version: int | None
) -> dict[str, Any]:
    return {
        **who(authority),
        **reaching(reach),
        "workspace_id": workspace_id,
        "id": task_id,
        "event_id": new_id(),
        "expected_version": expected_version,
    }


def _outcome(row: Sequence[Any] | None, reach: Reach) -> Outcome:
    match row[_ANSWER] if row else "missing":
        case "moved" if row:
            return Moved(task_of(row), event_of(row), Role(row[_ROLE]))
        case "refused" | "due" if row:
            why = Why.INPUT if row[_WHY] == "due" else Why(row[_WHY])
            path, message = ("durationMs", _DURATION) if why is Why.INPUT else ("", "")
            return Refused(task_of(row), why, path, message)
        case "forbidden" if row:
            return Forbidden(Role(row[_ROLE]), reach.least)
        case _:
            return Missing()
