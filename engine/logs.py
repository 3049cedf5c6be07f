"""The log of a task: lines that its work wrote, appended in batches and read in keyset pages."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.cursors import decode, encode
from engine.errors import invalid
from engine.kinds.journal import MAX_LINES, Line
from engine.statements import statement
from engine.transition import seeing
from models.authority import Authority
from models.database import Database

_ORDER = "log"
MAX_PAGE = 1000


@dataclass(frozen=True, slots=True)
class LogLine:
    """`stream` is out, err (of a program) or log (of a function)."""

    at: datetime
    stream: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines in their order, and a cursor for each."""

    lines: list[LogLine]
    cursors: list[str]
    has_next: bool


async def append(db: Database, lines: Mapping[tuple[UUID, int], Sequence[Line]]) -> None:
    """Add lines to the logs of tasks, each with the epoch of the lease that it was written under."""
    now = time.monotonic()
    flat = [(id, epoch, (now - line.at) * 1000, line) for (id, epoch), added in lines.items() for line in added]
    values = {
        "ids": [id for id, *_ in flat],
        "epochs": [epoch for _, epoch, *_ in flat],
        "ages_ms": [age for *_, age, _ in flat],
        "streams": [line.stream for *_, line in flat],
        "texts": [line.text for *_, line in flat],
        "cap": MAX_LINES,
    }
    async with db.one() as connection:
        await connection.execute(statement("log_append"), values)


async def page(db: Database, authority: Authority, task_id: UUID, *, first: int, after: str | None = None) -> LogPage:
    """The lines after a cursor, oldest first; a task that is not the caller's to see has none. Raises InvalidInput."""
    if not 1 <= first <= MAX_PAGE:
        raise invalid("first", f"must lie between 1 and {MAX_PAGE}")
    values = {**seeing(authority), "task_id": task_id, "after": _line(after), "limit": first + 1}
    async with db.one() as connection:
        rows = [LogLine(*row) for row in await connection.execute(statement("log_page"), values)]
    kept = rows[:first]
    return LogPage(kept, [encode(_ORDER, str(row.line), task_id) for row in kept], len(rows) > first)


def _line(cursor: str | None) -> int:
    if cursor is None:
        return 0
    key, _ = decode(cursor, _ORDER, str, "after")
    if not (isinstance(key, str) and key.isdecimal() and len(key) < 19):
        raise invalid("after", "is not a cursor of this log")
    return int(key)
