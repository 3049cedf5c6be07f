"""Turns rows into records: statements give a task's columns first, in the order of TASK_COLUMNS, then an event's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, type_coerce
from sqlalchemy.types import NullType

from models.driver import Row
from models.event import EVENT_COLUMNS, Event, events
from models.lifecycle import Status
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


@dataclass(frozen=True, slots=True)
class TaskRows:
    """Tasks as they were read: a record each for who wants records, or the values of a column for all of them.

    A page of 50 with eleven values each costs a tenth so: no record is made of which a third would be looked at.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]  # what stands behind the columns is not looked at

    def __len__(self) -> int:
        return len(self.rows)

    def first(self) -> "TaskRows":
        """The first alone, if there is one."""
        return TaskRows(self.columns, self.rows[:1])

    def tasks(self) -> list[Task]:
        """A record of each."""
        return [task_of(row, 0, self.columns) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """The values of an attribute that is a column. Raises ValueError for one that was not read."""
        values = list(map(itemgetter(self.columns.index(name)), self.rows))
        return [_STATUSES[value] for value in values] if name == "status" else values


def event_of(row: Row, start: int = TASK_WIDTH) -> Event:
    """The event whose columns begin at `start`."""
    values = list(row[start : start + EVENT_WIDTH])
    values[_FROM] = _STATUSES[values[_FROM]]
    values[_TO] = _STATUSES[values[_TO]]
    return Event(*values)
