"""Keyset pages of tasks: in every order, forward and backward, stable while rows come and go.

A page is one statement, narrowed by the caller's role in it; someone else's workspace looks empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, literal, literal_column, select, text, tuple_

from engine.counts import counts
from engine.cursors import Key, decode, encode, page_size
from engine.filters import ALL, Filter, conditions
from engine.rows import TASK_WIDTH, task_of, task_selection
from models.authority import Authority
from models.database import Database
from models.task import Task, tasks


class OrderField(StrEnum):
    """What a list of tasks may be sorted by; ties are broken by the id. There is an index for each."""

    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    PRIORITY = "priority"
    TITLE = "title"


_KINDS: dict[OrderField, type[Key]] = {
    OrderField.CREATED_AT: datetime,
    OrderField.UPDATED_AT: datetime,
    OrderField.PRIORITY: int,
    OrderField.TITLE: str,
}


@dataclass(frozen=True, slots=True)
class Order:
    """A field and whether it descends."""

    field: OrderField = OrderField.CREATED_AT
    descending: bool = True

    @property
    def name(self) -> str:
        """The order as cursors name it."""
        return f"{self.field}{'-' if self.descending else '+'}"


NEWEST = Order()
_PLAN_EACH_TIME = text("set local plan_cache_mode = force_custom_plan")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order of the list, whichever way they were fetched, and a cursor for each."""

    rows: list[Task]
    cursors: list[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a page begins: after `key` and `id`, counted in the direction that it is read."""

    key: Key
    id: UUID


@dataclass(frozen=True, slots=True)
class _Window:
    """So many rows after `start` and before `stop`, as seen by someone who reads forward or backward."""

    size: int
    start: _Cut | None = None
    stop: _Cut | None = None
    backward: bool = False


async def page(
    db: Database,
    authority: Authority,
    workspace_id: UUID,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    filter: Filter = ALL,
    order: Order = NEWEST,
) -> Page:
    """A page. Raises InvalidInput unless just one of `first` and `last` is 1 to 100, and for cursors of another list."""
    size, backward = page_size(first, last)
    starts, ends = _cut(after, order, "after"), _cut(before, order, "before")
    window = _Window(size, ends, starts, backward) if backward else _Window(size, starts, ends, backward)
    statement = page_statement(authority, workspace_id, window, filter, order)
    rows = await _read(db, statement, filter)
    more = len(rows) > size
    passed = bool(rows[0][TASK_WIDTH]) if rows else window.start is not None
    found = [task_of(row) for row in rows[:size]]
    if backward:
        found.reverse()
    cursors = [encode(order.name, getattr(task, order.field), task.id) for task in found]
    return Page(found, cursors, has_next=passed if backward else more, has_previous=more if backward else passed)


def page_statement(
    authority: Authority, workspace_id: UUID, window: _Window, filter: Filter, order: Order
) -> Select[Any]:
    """The rows of a window and one more, in the direction of reading; last, whether anything lies behind its start."""
    down = order.descending != window.backward
    keys = _keys(tasks, order.field)
    return (
        select(*task_selection(), _behind(authority, workspace_id, filter, order.field, window.start, down=down))
        .where(*conditions(tasks, authority, workspace_id, filter))
        .where(*_between(tasks, order.field, window.start, window.stop, down=down))
        .order_by(*(key.desc() if down else key.asc() for key in keys))
        .limit(window.size + 1)
    )


async def total(db: Database, authority: Authority, workspace_id: UUID, filter: Filter = ALL) -> int:
    """How many tasks the filter lets through. Without any, or by status alone, it is read from the kept counts."""
    if filter == Filter(status=filter.status):
        kept = (await counts(db, authority, [workspace_id]))[workspace_id]
        return sum(kept.values()) if filter.status is None else sum(kept[status] for status in set(filter.status))
    where = conditions(tasks, authority, workspace_id, filter)
    rows = await _read(db, select(func.count()).select_from(tasks).where(*where), filter)
    return rows[0][0]


async def matching(db: Database, authority: Authority, workspace_id: UUID, filter: Filter, limit: int) -> list[UUID]:
    """The ids that the filter lets through, at most `limit` of them, the oldest first."""
    where = conditions(tasks, authority, workspace_id, filter)
    statement = select(tasks.c.id).where(*where).order_by(tasks.c.created_at, tasks.c.id).limit(limit)
    return [row[0] for row in await _read(db, statement, filter)]


async def _read(db: Database, statement: Select[Any], filter: Filter) -> Sequence[Row[Any]]:
    """How common a word or a label is decides whether its index is worth it: such a statement is planned each time."""
    if not filter.search and not filter.labels:
        async with db.one() as connection:
            return (await connection.execute(statement)).all()
    async with db.transaction() as connection:
        await connection.execute(_PLAN_EACH_TIME)
        return (await connection.execute(statement)).all()


def _cut(cursor: str | None, order: Order, path: str) -> _Cut | None:
    return None if cursor is None else _Cut(*decode(cursor, order.name, _KINDS[order.field], path))


def _keys(table: FromClause, field: OrderField) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return table.c[field.value], table.c.id


def _between(
    table: FromClause, field: OrderField, start: _Cut | None, stop: _Cut | None, *, down: bool
) -> list[ColumnElement[bool]]:
    """Behind `start` and before `stop`, as seen by someone who reads in that direction."""
    keys = tuple_(*_keys(table, field))
    found: list[ColumnElement[bool]] = []
    if start is not None:
        found.append(keys < _values(table, field, start) if down else keys > _values(table, field, start))
    if stop is not None:
        found.append(keys > _values(table, field, stop) if down else keys < _values(table, field, stop))
    return found


def _values(table: FromClause, field: OrderField, cut: _Cut) -> ColumnElement[Any]:
    key, id = _keys(table, field)
    return tuple_(literal(cut.key, key.type), literal(cut.id, id.type))


def _behind(
    authority: Authority, workspace_id: UUID, filter: Filter, field: OrderField, start: _Cut | None, *, down: bool
) -> ColumnElement[Any]:
    """Whether anything stands on the other side of `start`: asked once a page, in the same statement."""
    if start is None:
        return literal_column("false")
    other = tasks.alias("other")
    keys = tuple_(*_keys(other, field))
    side = keys >= _values(other, field, start) if down else keys <= _values(other, field, start)
    # Not `exists`: the planner would walk through the table, as it expects to meet one soon.
    nearest = (
        select(other.c.id)
        .where(*conditions(other, authority, workspace_id, filter), side)
        .order_by(*(key.asc() if down else key.desc() for key in _keys(other, field)))
        .limit(1)
    )
    return nearest.scalar_subquery().is_not(None)
