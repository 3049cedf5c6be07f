"""How tasks look on a terminal, and as JSON for programs."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fermata_client.operations import (
    DeleteTasksDeleteTasksOutcomes,
    EventFields,
    TaskFields,
    TransitionTasksTransitionTasksOutcomes,
)
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

Outcome = TransitionTasksTransitionTasksOutcomes | DeleteTasksDeleteTasksOutcomes
NARROW = 110  # columns of a terminal
PIPE = 240  # columns where nobody looks: a row stays a line for grep
out = Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPE)
COLOURS = {
    "IN_PROGRESS": "blue",
    "QUEUED": "cyan",
    "PAUSED": "yellow",
    "PAUSING": "yellow",
    "COMPLETED": "green",
    "FAILED": "red",
    "CANCELLING": "magenta",
    "CANCELLED": "magenta",
}
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)", re.IGNORECASE)


def as_json(value: Any) -> None:  # whatever the API answers
    """One JSON value, and nothing else, on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def json_of(given: str) -> Any:  # whatever the kind takes
    """JSON as it is typed, or with @ in front that of a file. Raises ValueError."""
    try:
        text = Path(given[1:]).read_text() if given.startswith("@") else given
        return json.loads(text)
    except OSError as error:
        raise ValueError(f"{given[1:]} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"--input is no JSON: {error}") from None


def milliseconds(words: str) -> int:
    """A duration such as `90s`, `1h 30m` or `2.5m`, in milliseconds. Raises ValueError."""
    total, place = 0.0, 0
    while found := _PART.match(words, place):
        total += float(found[1]) * UNITS[found[2].lower()]
        place = found.end()
    if words[place:].strip() or total < 1:
        raise ValueError(f"{words!r} is no duration: write for example 90s, 10m or 1h 30m")
    return round(total)


def duration(amount: int | None) -> str:
    """Milliseconds for people: the two greatest units."""
    if amount is None:
        return "–"
    if amount < 1000:
        return f"{amount} ms"
    parts: list[str] = []
    left = amount // 1000
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)):
        if left >= size:
            parts.append(f"{left // size}{unit}")
            left %= size
    return " ".join(parts[:2])


def elapsed(task: TaskFields, now: datetime) -> int:
    """Active time so far in milliseconds: what was counted, and what runs since; a timer's never passes its duration."""
    since = 0
    if task["status"] == "IN_PROGRESS" and task["lastRunAt"]:
        since = round((now - datetime.fromisoformat(task["lastRunAt"])).total_seconds() * 1000)
    whole = task["elapsedMs"] + max(0, since)
    return min(whole, task["durationMs"]) if task["kind"] == "timer" and task["durationMs"] else whole


def spent_of(task: TaskFields, now: datetime) -> str:
    """Active time so far, and of how much where that is known."""
    whole = f" of {duration(task['durationMs'])}" if task["durationMs"] else ""
    return duration(elapsed(task, now)) + whole


def progress(task: TaskFields, now: datetime) -> str:
    """How far it is, in per cent; a dash where nobody can say."""
    if task["status"] == "COMPLETED":
        return "100 %"
    if task["progress"] is not None:
        return f"{task['progress']:.0%}".replace("%", " %")
    if task["kind"] == "timer" and task["durationMs"]:
        return f"{elapsed(task, now) * 100 // task['durationMs']} %"
    return "–"


def table(
    tasks: Iterable[TaskFields], now: datetime | None = None, width: int | None = None, *, ids: bool = True
) -> Table | Group:
    """Tasks, a row each; where the terminal is too narrow for a title beside an id of 56 letters, lines (with `ids`, three)."""
    at, narrow = now or datetime.now(UTC), (width or out.width) < NARROW
    made, lines = _empty("Task", "Status", "Progress", "Active", "Of", "Id"), list[Text]()
    for task in tasks:
        status = f"[{COLOURS.get(task['status'], 'default')}]{words(task['status'])}[/]"
        spent, whole, title = duration(elapsed(task, at)), duration(task["durationMs"]), plain(task["title"])
        made.add_row(title, status, progress(task, at), spent, whole, task["id"])
        state = f"{status}  {progress(task, at)}  {spent_of(task, at)}"
        lines += _lines(f"[bold]{title}[/]", state, *([task["id"]] if ids else ()))
    return Group(*lines) if narrow else made


def history(events: Sequence[EventFields], width: int | None = None) -> Table | Group:
    """What happened, the newest first."""
    made, lines = _empty("When", "What", "Who", "Why"), list[Text]()
    for event in events:
        who = event["actor"]["displayName"] if event["actor"] else "the engine"
        via = f" (by {event['via']})" if event["via"] else ""
        why = plain(event["reason"] or "")
        made.add_row(event["at"], words(event["action"]), plain(who + via), why)
        lines += _lines(event["at"], f"{words(event['action'])} by {plain(who + via)}", *([why] if why else ()))
    return Group(*lines) if (width or out.width) < NARROW else made


def outcomes(found: Sequence[Outcome], width: int | None = None, gone: str | None = None) -> Table | Group:
    """What came of each of many tasks, or would: where it then stands (`gone`: the word for that), or why it stays."""
    made, lines = _empty("Task", "Then", "Id"), list[Text]()
    for one in found:
        title, status = plain(one["title"] or "–"), one["status"] or ""
        coloured = f"[{COLOURS.get(status, 'default')}]{gone or words(status)}[/]"
        then = coloured if one["changed"] else plain(one["message"] or "")
        made.add_row(title, then, one["taskId"])
        lines += _lines(f"[bold]{title}[/]", then, one["taskId"])
    return Group(*lines) if (width or out.width) < NARROW else made


def _empty(*names: str) -> Table:
    """A table of such columns: what people wrote may go over lines, an id or a moment may not."""
    made = Table(box=None, pad_edge=False)
    for name in names:
        made.add_column(name, no_wrap=name not in {"Task", "Then", "Who", "Why"}, overflow="fold")
    return made


def _lines(first: str, *others: str) -> Iterator[Text]:
    """A row for a narrow terminal: that breaks the lines itself, so that what is copied there comes in one piece."""
    for line in (first, *(f"  {other}" for other in others)):
        yield Text.from_markup(line, overflow="ignore", justify="left")


def lay(found: Table | Group, where: Console | None = None) -> None:
    """Print a table, or the lines in its place."""
    (where or out).print(found, soft_wrap=isinstance(found, Group))


def said(task: TaskFields, become: str | None = None) -> None:
    """What has become of a task, in a line."""
    out.print(f"{plain(task['title'])}: {become or words(task['status'])}  {task['id']}", soft_wrap=True)


def counted(amount: int, thing: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{amount} {thing}{'s' * (amount != 1)}"


def words(name: str) -> str:
    """IN_PROGRESS as `in progress`."""
    return name.replace("_", " ").lower()


def printable(text: str) -> str:
    """Text of others without control characters: it cannot play with the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def plain(text: str) -> str:
    """The same without markup, for what rich prints."""
    return printable(text).replace("[", "\\[")
