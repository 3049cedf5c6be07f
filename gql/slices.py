"""Histories and logs of many tasks at once: a part of each, by one statement for all that ask for the same part."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from engine.cursors import decode, encode
from engine.errors import invalid
from engine.rows import event_of
from gql.statements import credential, statement
from models.authority import Authority
from models.database import Database
from models.event import Event

MAX_EVENTS = 100
MAX_LINES = 1000
_HISTORY, _LOG = "versions", "log"  # what cursors call the two orders

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of what belongs to a task."""

    task: UUID
    first: int
    after: str | None


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Rows in their order, and a cursor for each."""

    rows: list[T]
    cursors: list[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a log."""

    task: UUID
    number: int
    at: datetime
    stream: str
    text: str


async def histories(db: Database, authority: Authority, slices: Sequence[Slice]) -> list[Part[Event]]:
    """The newest events of each task, in the order of `slices`. Raises the engine's `InvalidInput`."""

    async def read(tasks: list[UUID], first: int, after: str | None) -> dict[UUID, Part[Event]]:
        _check(first, MAX_EVENTS)
        version = None if after is None else decode(after, _HISTORY, int, "after")[0]
        rows = await _rows(db, "histories", authority, ids=tasks, version=version, limit=first + 1)
        found = [event_of(row, 0) for row in rows]
        return _parts(
            tasks,
            [(event.task_id, event, encode(_HISTORY, event.version or 0, event.id)) for event in found],
            first,
            after,
        )

    return await _grouped(slices, read)


async def logs(db: Database, authority: Authority, slices: Sequence[Slice]) -> list[Part[Line]]:
    """The earliest lines of each task, in the order of `slices`. Raises the engine's `InvalidInput`."""

    async def read(tasks: list[UUID], first: int, after: str | None) -> dict[UUID, Part[Line]]:
        _check(first, MAX_LINES)
        line = 0 if after is None else decode(after, _LOG, int, "after")[0]
        rows = await _rows(db, "logs", authority, ids=tasks, line=line, limit=first + 1)
        found = [Line(*row) for row in rows]
        return _parts(tasks, [(one.task, one, encode(_LOG, one.number, one.task)) for one in found], first, after)

    return await _grouped(slices, read)


async def _rows(db: Database, name: str, authority: Authority, **values: Any) -> Sequence[Sequence[Any]]:
    return await db.fetch(statement(name), {**credential(authority), **values})


def _check(first: int, most: int) -> None:
    if not 1 <= first <= most:
        raise invalid("first", f"must lie between 1 and {most}")


def _parts(
    tasks: Sequence[UUID], rows: Sequence[tuple[UUID | None, T, str]], first: int, after: str | None
) -> dict[UUID, Part[T]]:
    """The rows of each task, with one more than `first` where there is more."""
    found: dict[UUID, list[tuple[T, str]]] = {task: [] for task in tasks}
    for task, row, cursor in rows:
        if task is not None:
            found[task].append((row, cursor))
    return {
        task: Part(
            [row for row, _ in own[:first]], [cursor for _, cursor in own[:first]], len(own) > first, after is not None
        )
        for task, own in found.items()
    }


async def _grouped(
    slices: Sequence[Slice], read: Callable[[list[UUID], int, str | None], Awaitable[dict[UUID, T]]]
) -> list[T]:
    """What `read` gives for each slice: asked once for all tasks of which the same part is wanted."""
    wanted: dict[tuple[int, str | None], list[UUID]] = {}
    for one in slices:
        wanted.setdefault((one.first, one.after), []).append(one.task)
    parts = await gather(*(read(tasks, *part) for part, tasks in wanted.items()))
    found = dict(zip(wanted, parts, strict=True))
    return [found[one.first, one.after][one.task] for one in slices]
