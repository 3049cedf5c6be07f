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

from engine.outcomes import Forbidden, Item, Missing, Moved, Outcome, Refused, Why
from engine.rows import EVENT_WIDTH, TASK_WIDTH, event_of, task_of
from engine.statements import PLAN_EACH_TIME, statement
from models.authority import Authority, Reach, Scope
from models.base import new_id
from models.database import Database
from models.lifecycle import Action, Nature, Status, Verb, arrows, statuses
from models.role import Role

ACKNOWLEDGE_MS = 15_000  # by when a worker that is asked to stop must have been heard of, at the earliest

_ASKED, _ANSWER, _WHY, _GOES, _ROLE = (TASK_WIDTH + EVENT_WIDTH + offset for offset in range(5))
_RESUME_AT = "resumeAt"
_RESUME_AT_MESSAGE = "must lie in the future, and at most a year from now"


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
    return _outcome(rows[0], reach) if rows else Missing()


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
    rows = (await connection.execute(statement("transition"), values)).all()
    found = {item.task_id: item for item in map(_item, rows)}
    return [found.get(id) or Item(id, changed=False, status=None) for id in wanted]


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


def _outcome(row: Sequence[Any], reach: Reach) -> Outcome:
    """What a row of the statement means for a single task."""
    match row[_ANSWER]:
        case "moved":
            return Moved(task_of(row), event_of(row), Role(row[_ROLE]))
        case "refused":
            why = Why(row[_WHY])
            path, message = (_RESUME_AT, _RESUME_AT_MESSAGE) if why is Why.INPUT else ("", "")
            return Refused(task_of(row), why, path, message)
        case "forbidden":
            return Forbidden(Role(row[_ROLE]), reach.least)
        case answer:
            raise AssertionError(answer)


def _item(row: Sequence[Any]) -> Item:
    """What a row of the statement means for one task of many."""
    changed, goes = row[_ANSWER] == "moved", row[_GOES]
    if row[_ANSWER] == "forbidden":
        return Item(row[_ASKED], changed=False, status=None, role=Role(row[_ROLE]))
    task = task_of(row)
    status = Status(goes) if goes else task.status
    return Item(row[_ASKED], changed, status, Why(row[_WHY]) if row[_WHY] else None, task=task)
