"""Deletes tasks that are not running: the parameters of engine/sql/delete.sql."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.answers import items, outcome
from engine.outcomes import Item, Outcome
from engine.statements import PLAN_EACH_TIME, statement
from engine.transition import reaching, who
from models.authority import Authority, Reach
from models.base import new_id
from models.database import Database
from models.lifecycle import Status, statuses


async def delete(
    db: Database,
    authority: Authority,
    reach: Reach,
    *,
    workspace_id: UUID | None,
    task_id: UUID,
    expected_version: int | None,
    reason: str | None,
) -> Outcome:
    """Delete one task, in one round trip. None as `workspace_id`: whichever workspace it is in."""
    values = _parameters(authority, reach, [task_id], reason) | {
        "workspace_id": workspace_id,
        "expected_version": expected_version,
    }
    return outcome(await db.fetch(statement("delete"), values), reach)


async def delete_many(
    connection: AsyncConnection,
    authority: Authority,
    reach: Reach,
    *,
    workspace_id: UUID,
    ids: Sequence[UUID],
    reason: str | None = None,
    only: Sequence[Status] | None = None,
    dry_run: bool = False,
) -> list[Item]:
    """Delete tasks of a workspace in the transaction of `connection`; an item for each id, in their order.

    `only` narrows by status under the lock: a task that stands elsewhere by then is missing.
    """
    wanted = sorted(set(ids))
    values = _parameters(authority, reach, wanted, reason) | {
        "workspace_id": workspace_id,
        "statuses": None if only is None else statuses(only),
        "dry_run": dry_run,
    }
    await connection.execute(PLAN_EACH_TIME)
    return items((await connection.execute(statement("delete"), values)).all(), wanted)


def _parameters(authority: Authority, reach: Reach, ids: Sequence[UUID], reason: str | None) -> dict[str, Any]:
    """Everything, for tasks in any status and version."""
    return {
        **who(authority),
        **reaching(reach),
        "ids": list(ids),
        "event_ids": [new_id() for _ in ids],
        "reason": reason,
        "expected_version": None,
        "statuses": None,
        "dry_run": False,
    }
