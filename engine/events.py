"""The history as pages, newest first: of a workspace, of one task, or of one's own account. Written elsewhere, with each change."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_, select, tuple_

from engine.cursors import Key, decode, encode, page_size
from engine.drafts import storable
from engine.errors import invalid
from engine.filters import MAX_VALUES, Conditions, visible
from engine.rows import event_of, event_selection
from models.authority import Authority
from models.database import Database
from models.event import Event, events

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


async def page(
    db: Database,
    authority: Authority,
    *,
    workspace_id: UUID | None = None,
    task_id: UUID | None = None,
    filter: EventFilter = ANYTHING,
    first: int,
    after: str | None = None,
) -> EventPage:
    """A page of the history of a task, else of a workspace, else (both None) of the caller's own account.

    Empty when it is not the caller's to see. Raises InvalidInput.
    """
    size, _ = page_size(first, None)
    where = [*_reach(authority, workspace_id, task_id), *_narrowing(filter)]
    by_version = task_id is not None  # exact where two events of a task bear the same millisecond
    keys = [events.c.version, events.c.id] if by_version else [events.c.at, events.c.id]
    name, kind = (_TASK_ORDER, int) if by_version else (_ORDER, datetime)
    if after is not None:
        where.append(tuple_(*keys) < _values(keys, decode(after, name, kind, "after")))
    rows = await _rows(db, where, [key.desc() for key in keys], size + 1)
    found = rows[:size]
    cursors = [encode(name, (event.version or 0) if by_version else event.at, event.id) for event in found]
    return EventPage(found, cursors, has_next=len(rows) > size, has_previous=after is not None)


async def export(db: Database, workspace_id: UUID, batch: int = 1000) -> AsyncGenerator[Event]:
    """The whole history of a workspace, oldest first, for the owner of the machine: no right is asked for."""
    last: tuple[datetime, UUID] = (datetime.min.replace(tzinfo=UTC), UUID(int=0))
    keys = [events.c.at, events.c.id]
    while True:
        where = [events.c.workspace_id == workspace_id, tuple_(*keys) > _values(keys, last)]
        rows = await _rows(db, where, keys, batch)
        for event in rows:
            yield event
        if len(rows) < batch:
            return
        last = (rows[-1].at, rows[-1].id)


def _reach(authority: Authority, workspace_id: UUID | None, task_id: UUID | None) -> Conditions:
    if task_id is not None:  # the events say where, so that the history outlives its task
        home = select(events.c.workspace_id).where(events.c.task_id == task_id).limit(1).scalar_subquery()
        where = [events.c.task_id == task_id, events.c.version.is_not(None), visible(authority, home)]
        return where if workspace_id is None else [*where, events.c.workspace_id == workspace_id]
    if workspace_id is not None:
        return [events.c.workspace_id == workspace_id, visible(authority, workspace_id)]
    me = authority.user_id
    return [events.c.workspace_id.is_(None), or_(events.c.subject_id == me, events.c.actor_id == me)]


async def _rows(db: Database, where: Conditions, order: Sequence[ColumnElement[Any]], limit: int) -> list[Event]:
    statement = select(*event_selection()).where(*where).order_by(*order).limit(limit)
    async with db.one() as connection:
        return [event_of(row, 0) for row in await connection.execute(statement)]


def _values(keys: Sequence[ColumnElement[Any]], cut: tuple[Key, UUID]) -> ColumnElement[Any]:
    return tuple_(*(literal(value, key.type) for value, key in zip(cut, keys, strict=True)))


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
