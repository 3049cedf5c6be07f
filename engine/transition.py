"""Asks for one action on some tasks: the parameters of engine/sql/transition.sql and what its answers mean.

Knows how to ask, not when: whether an arrow leads from where a task stands is judged under the lock, in the statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from engine.answers import items, outcome
from engine.outcomes import Item, Outcome
from engine.statements import PLAN_EACH_TIME, statement
from models.authority import Authority, Reach, Scope
from models.base import new_id
from models.database import Database
from models.lifecycle import Action, Nature, Status, Verb, arrows, statuses

ACKNOWLEDGE_MS = 15_000  # by when a worker that is asked to stop must have been heard of, at the earliest


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked, of whichever task: `expected_version` and `resume_at` (for PAUSE) may be None."""

    action: Action
    expected_version: int | None = None
    reason: str | None = None
    resume_at: datetime | None = None


async def transition(
    db: Database,
    authority: Authority,
    reach: Reach,
    ask: Ask,
    *,
    workspace_id: UUID | None,
    task_id: UUID,
) -> Outcome:
    """One action on one task, in one round trip. None as `workspace_id`: whichever workspace it is in."""
    values = parameters(authority, reach, ask) | {
        "workspace_id": workspace_id,
        "ids": [task_id],
        "event_ids": [new_id()],
    }
    rows = await db.fetch(statement("transition"), values)
    return outcome(rows, reach)


async def transition_many(
    connection: AsyncConnection,
    authority: Authority,
    reach: Reach,
    ask: Ask,
    *,
    workspace_id: UUID,
    ids: Sequence[UUID],
    only: Sequence[Status] | None = None,
    dry_run: bool = False,
) -> list[Item]:
    """One action on many tasks of a workspace, in the transaction of `connection`; an item for each id, in their order.

    `only` narrows by status under the lock: a task that stands elsewhere by then is missing.
    """
    wanted = sorted(set(ids))
    values = parameters(authority, reach, ask) | {
        "workspace_id": workspace_id,
        "ids": wanted,
        "event_ids": [new_id() for _ in wanted],
        "statuses": None if only is None else statuses(only),
        "dry_run": dry_run,
    }
    await connection.execute(PLAN_EACH_TIME)
    return items((await connection.execute(statement("transition"), values)).all(), wanted)


def parameters(authority: Authority, reach: Reach, ask: Ask) -> dict[str, Any]:
    """Everything but the ids."""
    return {
        **who(authority),
        **reaching(reach),
        **_table(ask.action),
        "verb": ask.action.value,
        "expected_version": ask.expected_version,
        "reason": ask.reason,
        "resume_at": ask.resume_at if ask.action is Action.PAUSE else None,
        "acknowledge_ms": ACKNOWLEDGE_MS,
        "statuses": None,
        "dry_run": False,
    }


def seeing(authority: Authority) -> dict[str, Any]:
    """The caller, as `effective_role` takes it."""
    return {"user_id": authority.user_id, "session_id": authority.session_id, "token_id": authority.token_id}


def who(authority: Authority) -> dict[str, Any]:
    """The caller, as statements that write an event take it."""
    rest = {"via": authority.via, "address": authority.address, "request_id": authority.request_id}
    return {**seeing(authority), **rest}


def reaching(reach: Reach) -> dict[str, list[str]]:
    """The roles that reach every task, and those that reach their own."""
    return {"all_roles": reach.roles(Scope.ALL), "own_roles": reach.roles(Scope.OWN)}


@cache
def _table(action: Action) -> dict[str, list[str]]:
    """The arrows of an action, as pairs of arrays for each nature."""
    timer, work = arrows(Verb(action), Nature.TIMER), arrows(Verb(action), Nature.WORK)
    return {
        "timer_from": statuses(timer),
        "timer_to": statuses(timer.values()),
        "work_from": statuses(work),
        "work_to": statuses(work.values()),
    }
