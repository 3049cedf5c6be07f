"""Keyset pages of tasks: in every order, forward and backward, stable while rows come and go.

A page is one statement, narrowed by the caller's role in it; someone else's workspace looks empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from engine import listing
from engine.counts import counts
from engine.cursors import decode, encode, page_size
from engine.filters import ALL, Filter, values
from engine.listing import Order, OrderField, Walk
from engine.rows import PackedTasks, TaskRows
from engine.statements import PLAN_EACH_TIME
from engine.transition import seeing
from models.authority import Authority
from models.database import Database
from models.driver import Prepared, Row
from models.task import TASK_COLUMNS, Task

__all__ = ["ALL", "NEWEST", "Filter", "Order", "OrderField", "Page", "matching", "page", "total"]

NEWEST = Order()


@dataclass(frozen=True)
class Page:
    """Rows in the order of the list, whichever way they were fetched."""

    found: TaskRows
    order: Order
    has_next: bool
    has_previous: bool

    @cached_property
    def rows(self) -> list[Task]:
        """As records: made only when they are asked for."""
        return self.found.tasks()

    @property
    def ends(self) -> list[str]:
        """The cursors of the first and the last row; none of an empty page."""
        return self._cursors(self.found.pick([0, -1])) if len(self.found) else []

    @property
    def cursors(self) -> list[str]:
        """Of each row: made only when they are asked for."""
        return self._cursors(self.found)

    def pick(self, places: Sequence[int]) -> "Page":
        """The same page with some of its rows."""
        return replace(self, found=self.found.pick(places))

    def _cursors(self, found: TaskRows) -> list[str]:
        keys = zip(found.column(self.order.field), found.column("id"), strict=True)
        return [encode(self.order.name, key, id) for key, id in keys]


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
    columns: tuple[str, ...] = TASK_COLUMNS,
    packed: bool = False,
) -> Page:
    """A page; of its tasks `columns` are read (engine/rows.py), among them what it is sorted by.

    `packed`: each in one piece, for who may have seen most of them before. Pages further on are rarely read twice, and so
    are those whose statements are planned each time: they are read column by column nevertheless.

    Raises InvalidInput unless just one of `first` and `last` is 1 to 100, and for cursors of another list.
    """
    size, backward = page_size(first, last)
    narrow = values(filter)
    behind, ahead = ("stop", "start") if backward else ("start", "stop")
    cuts = {**_cut(after, order, behind, "after"), **_cut(before, order, ahead, "before")}
    walk = Walk(order.field, order.descending != backward, "start_id" in cuts, "stop_id" in cuts)
    asked = {**seeing(authority), "workspace_id": workspace_id, "limit": size + 1, **cuts, **narrow}
    packed = packed and not (walk.start or walk.stop or _planned_each_time(filter))
    statement = (listing.packed_page if packed else listing.page)(tuple(narrow), walk, columns)
    rows = await _read(db, statement, asked, filter)
    more = len(rows) > size
    passed = bool(rows[0][-1]) if rows else walk.start
    kept = rows[:size] if more else rows
    kept = kept[::-1] if backward else kept
    found = PackedTasks(columns, [row[0] for row in kept]) if packed else TaskRows(columns, kept)
    return Page(found, order, has_next=passed if backward else more, has_previous=more if backward else passed)


async def total(db: Database, authority: Authority, workspace_id: UUID, filter: Filter = ALL) -> int:
    """How many tasks the filter lets through. Without any, or by status alone, it is read from the kept counts."""
    if filter == Filter(status=filter.status):
        kept = (await counts(db, authority, [workspace_id]))[workspace_id]
        return sum(kept.values()) if filter.status is None else sum(kept[status] for status in set(filter.status))
    narrow = values(filter)
    asked = {**seeing(authority), "workspace_id": workspace_id, **narrow}
    return (await _read(db, listing.count(tuple(narrow)), asked, filter))[0][0]


async def matching(db: Database, authority: Authority, workspace_id: UUID, filter: Filter, limit: int) -> list[UUID]:
    """The ids that the filter lets through, at most `limit` of them, the oldest first."""
    narrow = values(filter)
    asked = {**seeing(authority), "workspace_id": workspace_id, "limit": limit, **narrow}
    return [row[0] for row in await _read(db, listing.ids(tuple(narrow)), asked, filter)]


async def _read(db: Database, ask: Prepared, asked: dict[str, Any], filter: Filter) -> Sequence[Row]:
    if not _planned_each_time(filter):
        return await db.fetch(ask, asked)
    async with db.transaction() as connection:
        await connection.execute(PLAN_EACH_TIME)
        return (await connection.exec_driver_sql(ask.sql, ask.arguments(asked))).all()


def _planned_each_time(filter: Filter) -> bool:
    """How common a word or a label is decides whether its index is worth it."""
    return bool(filter.search or filter.labels)


def _cut(cursor: str | None, order: Order, end: str, path: str) -> dict[str, Any]:
    """Where a page begins or ends, as values. Raises InvalidInput."""
    if cursor is None:
        return {}
    key, id = decode(cursor, order.name, order.field.kind, path)
    return {f"{end}_key": key, f"{end}_id": id}
