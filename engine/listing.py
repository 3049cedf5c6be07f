"""The statements behind lists of tasks, made and compiled once a shape: to build one anew costs more than to run it.

(Measured: half of the processor time of a page of 50 went into building and keying the same statement; bench/list.py.)
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Integer, Select, bindparam, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from engine.cursors import Key
from engine.filters import CONDITIONS, ONE, has_role
from engine.rows import in_one_piece, task_selection
from models.driver import Prepared, prepared
from models.task import TASK_COLUMNS, tasks


class OrderField(StrEnum):
    """What a list of tasks may be sorted by; ties are broken by the id. There is an index for each."""

    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    PRIORITY = "priority"
    TITLE = "title"

    @property
    def kind(self) -> type[Key]:
        """The type of its values."""
        return {OrderField.PRIORITY: int, OrderField.TITLE: str}.get(self, datetime)


@dataclass(frozen=True, slots=True)
class Order:
    """A field and whether it descends."""

    field: OrderField = OrderField.CREATED_AT
    descending: bool = True

    @property
    def name(self) -> str:
        """The order as cursors name it."""
        return f"{self.field}{'-' if self.descending else '+'}"


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows by a field, down or up, behind `start_key` and `start_id`, before `stop_key` and `stop_id`, at most `limit`."""

    field: OrderField
    down: bool
    start: bool = False
    stop: bool = False


Shape = tuple[str, ...]  # names of CONDITIONS


@lru_cache(maxsize=1024)
def page(shape: Shape, walk: Walk, columns: tuple[str, ...] = TASK_COLUMNS) -> Prepared:
    """The tasks of a walk in its direction; last, whether anything lies behind its start."""
    return prepared(_page(shape, walk, columns))


@lru_cache(maxsize=256)
def packed_page(shape: Shape, walk: Walk, columns: tuple[str, ...]) -> Prepared:
    """The same, each task in one piece: around the page, as PostgreSQL would pack all that it sorts to find the page."""
    found = _page(shape, walk, columns).subquery("page")
    return prepared(select(in_one_piece(found, columns), found.c.passed))


def _page(shape: Shape, walk: Walk, columns: tuple[str, ...]) -> Select[Any]:
    down = walk.down
    return (
        select(*task_selection(columns), _behind(shape, walk).label("passed"))
        .where(*_conditions(tasks, shape), *_between(walk))
        .order_by(*(key.desc() if down else key.asc() for key in _keys(tasks, walk.field)))
        .limit(bindparam("limit", type_=Integer))
    )


@lru_cache(maxsize=256)
def ids(shape: Shape) -> Prepared:
    """The ids, the oldest task first, at most `limit`."""
    statement = select(tasks.c.id).where(*_conditions(tasks, shape)).order_by(tasks.c.created_at, tasks.c.id)
    return prepared(statement.limit(bindparam("limit", type_=Integer)))


@lru_cache(maxsize=256)
def count(shape: Shape) -> Prepared:
    """How many there are."""
    return prepared(select(func.count()).select_from(tasks).where(*_conditions(tasks, shape)))


def _uuid(name: str) -> ColumnElement[UUID]:
    return bindparam(name, type_=PG_UUID(as_uuid=True))


def _conditions(table: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    credential = map(_uuid, ("workspace_id", "user_id", "session_id", "token_id"))
    narrowing = [CONDITIONS[name](table) for name in shape]
    return [
        table.c.workspace_id == _uuid("workspace_id"),
        table.c.deleted_at.is_(None),
        has_role(*credential),
        *narrowing,
    ]


def _keys(table: FromClause, field: OrderField) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return table.c[field.value], table.c.id


def _cut(field: OrderField, end: str) -> ColumnElement[Any]:
    return tuple_(bindparam(f"{end}_key", type_=tasks.c[field.value].type), _uuid(f"{end}_id"))


def _between(walk: Walk) -> list[ColumnElement[bool]]:
    """Behind the start and before the stop, as seen by someone who walks in that direction."""
    keys = tuple_(*_keys(tasks, walk.field))
    found: list[ColumnElement[bool]] = []
    if walk.start:
        start = _cut(walk.field, "start")
        found.append(keys < start if walk.down else keys > start)
    if walk.stop:
        stop = _cut(walk.field, "stop")
        found.append(keys > stop if walk.down else keys < stop)
    return found


def _behind(shape: Shape, walk: Walk) -> ColumnElement[Any]:
    """Whether anything stands on the other side of the start: asked once a page, in the same statement."""
    if not walk.start:
        return literal_column("false")
    other, down = tasks.alias("other"), walk.down
    keys, start = tuple_(*_keys(other, walk.field)), _cut(walk.field, "start")
    # Not `exists`: the planner would walk through the table, as it expects to meet one soon.
    nearest = (
        select(other.c.id)
        .where(*_conditions(other, shape), keys >= start if down else keys <= start)
        .order_by(*(key.asc() if down else key.desc() for key in _keys(other, walk.field)))
        .limit(ONE)
    )
    return nearest.scalar_subquery().is_not(None)
