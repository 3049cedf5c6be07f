"""The history as pages, newest first: of a workspace, of one task, or of one's own account. Written elsewhere, with each change."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_, select, tuple_

from engine.cursors import decode, encode, page_size
from engine.drafts import storable
from engine.errors import invalid
from engine.filters import MAX_VALUES, ONE, Conditions, visible
from engine.rows import event_of, event_selection
from models.authority import Authority
from models.database import Database
from models.event import Event, events
from models.task import tasks

_ORDER = "events"
_TASK_ORDER = "versions"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """All conditions hold at once; None narrows nothing. `after` and `before` are points in time, not cursors."""

    actor: UUID | None = None
    action: Sequence[str] | None = None
    task_id: UUID | None = None
    after: datetime | None = None
    before: datetime | None = None


ANYTHING = EventFilter()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first, and a cursor for each."""

    rows: list[Event]
    cursors: list[str]
    has_next: bool
    has_previous: bool


async def of_workspace(
    db: Database,
    authority: Authority,
    workspace_id: UUID,
    *,
    first: int,
    after: str | None = None,
    filter: EventFilter = ANYTHING,
) -> EventPage:
    """The audit log of a workspace; empty when it is not the caller's to see. Raises InvalidInput."""
    where = [events.c.workspace_id == workspace_id, visible(authority, workspace_id), *_narrowing(filter)]
    return await _newest(db, where, first, after)


async def of_account(
    db: Database, authority: Authority, *, first: int, after: str | None = None, filter: EventFilter = ANYTHING
) -> EventPage:
    """What happened to the caller's own account, outside of workspaces. Raises InvalidInput."""
    me = authority.user_id
    own = or_(events.c.subject_id == me, events.c.actor_id == me)
    return await _newest(db, [events.c.workspace_id.is_(None), own, *_narrowing(filter)], first, after)


async def of_task(
    db: Database, authority: Authority, workspace_id: UUID, task_id: UUID, *, first: int, after: str | None = None
) -> EventPage:
    """The history of a task, the newest version first; empty when it is not the caller's to see. Raises InvalidInput."""
    size, _ = page_size(first, None)
    where = [
        events.c.task_id == task_id,
        events.c.version.is_not(None),
        visible(authority, workspace_id),
        exists(select(ONE).select_from(tasks).where(tasks.c.id == task_id, tasks.c.workspace_id == workspace_id)),
    ]
    if after is not None:
        version, _ = decode(after, _TASK_ORDER, int, "after")
        where.append(events.c.version < version)
    rows = await _rows(db, where, [events.c.version.desc()], size)
    cursors = [encode(_TASK_ORDER, event.version or 0, event.id) for event in rows[:size]]
    return EventPage(rows[:size], cursors, has_next=len(rows) > size, has_previous=after is not None)


async def export(db: Database, workspace_id: UUID, batch: int = 1000) -> AsyncGenerator[Event]:
    """The whole history of a workspace, oldest first, for the owner of the machine: no right is asked for."""
    last: tuple[datetime, UUID] = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
    keys = [events.c.at, events.c.id]
    while True:
        where = [events.c.workspace_id == workspace_id, tuple_(*keys) > _values(last)]
        rows = await _rows(db, where, keys, batch)
        for event in rows[:batch]:
            yield event
        if len(rows) <= batch:
            return
        last = (rows[batch - 1].at, rows[batch - 1].id)


async def _newest(db: Database, where: Conditions, first: int, after: str | None) -> EventPage:
    size, _ = page_size(first, None)
    if after is not None:
        at, id = decode(after, _ORDER, datetime, "after")
        where = [*where, tuple_(events.c.at, events.c.id) < _values((at, id))]
    rows = await _rows(db, where, [events.c.at.desc(), events.c.id.desc()], size)
    cursors = [encode(_ORDER, event.at, event.id) for event in rows[:size]]
    return EventPage(rows[:size], cursors, has_next=len(rows) > size, has_previous=after is not None)


async def _rows(db: Database, where: Conditions, order: Sequence[ColumnElement[Any]], size: int) -> list[Event]:
    statement = select(*event_selection()).where(*where).order_by(*order).limit(size + 1)
    async with db.one() as connection:
        return [event_of(row, 0) for row in await connection.execute(statement)]


def _values(cut: tuple[object, UUID]) -> ColumnElement[Any]:
    return tuple_(literal(cut[0], events.c.at.type), literal(cut[1], events.c.id.type))


def _narrowing(filter: EventFilter) -> Conditions:
    found: Conditions = []
    if filter.actor is not None:
        found.append(events.c.actor_id == filter.actor)
    if filter.action is not None:
        if len(filter.action) > MAX_VALUES or not all(storable(name) for name in filter.action):
            raise invalid("filter.action", f"must have at most {MAX_VALUES} values, without NUL")
        found.append(events.c.action.in_(sorted(set(filter.action))))
    if filter.task_id is not None:
        found.append(events.c.task_id == filter.task_id)
    if filter.after is not None:
        found.append(events.c.at > filter.after)
    if filter.before is not None:
        found.append(events.c.at < filter.before)
    return found
