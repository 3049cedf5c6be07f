"""Turns rows into records: statements give a task's columns first, in the order of TASK_COLUMNS, then an event's."""

from collections.abc import Sequence
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, FromClause, LargeBinary, func, type_coerce
from sqlalchemy.types import NullType

from models.driver import Row
from models.event import EVENT_COLUMNS, Event, events
from models.lifecycle import Status
from models.packed import Layout
from models.task import TASK_COLUMNS, Task, tasks

TASK_WIDTH = len(TASK_COLUMNS)
# What lists leave out unless it is asked for: each column costs a page of 50 as many values to decode and to hold.
_TEXTS = frozenset({"description", "input"})
_SHORT = frozenset(
    {"id", "workspace_id", "title", "labels", "kind", "status", "duration_ms", "elapsed_ms", "priority", "version"}
    | {"created_at", "updated_at", "due_at"}
)
EVENT_WIDTH = len(EVENT_COLUMNS)
_FROM, _TO = (EVENT_COLUMNS.index(name) for name in ("from_status", "to_status"))
_STATUSES: dict[str | None, Status | None] = {None: None, **{status.value: status for status in Status}}

_new, _put = object.__new__, object.__setattr__


@cache
def some_columns(*, texts: bool, rest: bool) -> tuple[str, ...]:
    """What every list needs; with `texts` description and input, too, with `rest` whatever else there is."""
    return tuple(name for name in TASK_COLUMNS if name in _SHORT or (texts if name in _TEXTS else rest))


def task_selection(columns: Sequence[str] = TASK_COLUMNS) -> list[ColumnElement[Any]]:
    """The columns of a task for Core statements, as the driver gives them: this module converts, once a row."""
    return [type_coerce(tasks.c[name], NullType()).label(name) for name in columns]


def in_one_piece(found: FromClause, columns: tuple[str, ...]) -> ColumnElement[bytes]:
    """The columns of a task that `found` holds, as `PackedTasks` takes them."""
    whole = func.row(*(found.c[name] for name in _layout(columns).names), type_=NullType())
    return func.record_send(whole, type_=LargeBinary).label("packed")


@cache
def _layout(columns: tuple[str, ...]) -> Layout:
    return Layout([tasks.c[name] for name in columns])


def event_selection() -> list[ColumnElement[Any]]:
    """The columns of an event for Core statements, as the driver gives them."""
    return [type_coerce(events.c[name], NullType()).label(name) for name in EVENT_COLUMNS]


def task_of(row: Row, start: int = 0, columns: Sequence[str] = TASK_COLUMNS) -> Task:
    """The task whose columns begin at `start`. Of one that was read in part the other attributes are missing."""
    values = dict(zip(columns, row[start : start + len(columns)] if start else row, strict=False))
    values["status"] = _STATUSES[values["status"]]
    task = _new(Task)
    _put(task, "__dict__", values)
    return task


class TaskRows:
    """Tasks as they were read: a record each for who wants records, or the values of a column for all of them.

    A page of 50 with eleven values each costs a tenth so: no record is made of which a third would be looked at.
    """

    def __init__(self, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
        self.columns = columns
        self.rows = rows  # what stands behind the columns is not looked at

    def __len__(self) -> int:
        return len(self.rows)

    def pick(self, places: Sequence[int]) -> "TaskRows":
        """Some of them."""
        return TaskRows(self.columns, [self.rows[place] for place in places])

    def tasks(self) -> list[Task]:
        """A record of each."""
        return [task_of(row, 0, self.columns) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """The values of an attribute that is a column. Raises ValueError for one that was not read."""
        values = list(map(itemgetter(self.columns.index(name)), self.rows))
        return [_STATUSES[value] for value in values] if name == "status" else values


class PackedTasks(TaskRows):
    """The same, each in one piece (models/packed.py): read when somebody looks, and known again by who has seen it before."""

    def __init__(self, columns: tuple[str, ...], packed: Sequence[bytes]) -> None:
        self.columns = columns
        self.packed = packed

    def __len__(self) -> int:
        return len(self.packed)

    def pick(self, places: Sequence[int]) -> "PackedTasks":
        """Some of them."""
        return PackedTasks(self.columns, [self.packed[place] for place in places])

    @cached_property
    def rows(self) -> list[Row]:
        """As if they had been read column by column."""
        layout = _layout(self.columns)
        return list(zip(*(layout.column(name, self._split) for name in self.columns), strict=True))

    def column(self, name: str) -> list[Any]:
        """The values of an attribute that is a column. Raises ValueError for one that was not read."""
        values = _layout(self.columns).column(name, self._split)
        return [_STATUSES[value] for value in values] if name == "status" else values

    @cached_property
    def _split(self) -> list[Sequence[Any]]:
        return list(map(_layout(self.columns).split, self.packed))


def event_of(row: Row, start: int = TASK_WIDTH) -> Event:
    """The event whose columns begin at `start`."""
    values = list(row[start : start + EVENT_WIDTH])
    values[_FROM] = _STATUSES[values[_FROM]]
    values[_TO] = _STATUSES[values[_TO]]
    return Event(*values)
