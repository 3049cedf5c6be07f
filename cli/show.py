"""How tasks look on a terminal, and as JSON for programs."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fermata_client.operations import (
    DeleteTasksDeleteTasksOutcomes,
    EventFields,
    TaskFields,
    TransitionTasksTransitionTasksOutcomes,
)
from rich.console import Console
from rich.table import Table

Outcome = TransitionTasksTransitionTasksOutcomes | DeleteTasksDeleteTasksOutcomes
out = Console(highlight=False)
NARROW = 110  # columns of a terminal
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


def progress(task: TaskFields, now: datetime) -> str:
    """How far it is, in per cent; a dash where nobody can say."""
    if task["status"] == "COMPLETED":
        return "100 %"
    if task["progress"] is not None:
        return f"{task['progress']:.0%}".replace("%", " %")
    if task["kind"] == "timer" and task["durationMs"]:
        return f"{elapsed(task, now) * 100 // task['durationMs']} %"
    return "–"


def table(tasks: Iterable[TaskFields], now: datetime | None = None, width: int | None = None) -> Table:
    """Tasks, a row each; three lines each where the terminal is too narrow for a title beside an id, which is 56 letters long."""
    at, narrow = now or datetime.now(UTC), (width or out.width) < NARROW
    made = Table(box=None, pad_edge=False, show_header=not narrow)
    for name in ("Task",) if narrow else ("Task", "Status", "Progress", "Active", "Of", "Id"):
        made.add_column(name, no_wrap=name != "Task", overflow="fold")
    for task in tasks:
        status = f"[{COLOURS.get(task['status'], 'default')}]{words(task['status'])}[/]"
        spent, whole = duration(elapsed(task, at)), duration(task["durationMs"])
        if narrow:
            made.add_row(f"[bold]{plain(task['title'])}[/]")
            made.add_row(f"  {status}  {progress(task, at)}  {spent} of {whole}\n  {task['id']}")
        else:
            made.add_row(plain(task["title"]), status, progress(task, at), spent, whole, task["id"])
    return made


def history(events: Sequence[EventFields]) -> Table:
    """What happened, the newest first."""
    made = Table(box=None, pad_edge=False)
    for name in ("When", "What", "Who", "Why"):
        made.add_column(name, overflow="fold")
    for event in events:
        who = event["actor"]["displayName"] if event["actor"] else "the engine"
        via = f" (by {event['via']})" if event["via"] else ""
        made.add_row(event["at"], words(event["action"]), plain(who + via), plain(event["reason"] or ""))
    return made


def outcomes(found: Sequence[Outcome], width: int | None = None, gone: str | None = None) -> Table:
    """What came of each of many tasks, or would: where it then stands (`gone`: the word for that), or why it stays."""
    narrow = (width or out.width) < NARROW
    made = Table(box=None, pad_edge=False, show_header=not narrow)
    for name in ("Task",) if narrow else ("Task", "Then", "Id"):
        made.add_column(name, no_wrap=name == "Id", overflow="fold")
    for one in found:
        title = plain(one["title"] or "–")
        status = one["status"] or ""
        then = (
            f"[{COLOURS.get(status, 'default')}]{gone or words(status)}[/]"
            if one["changed"]
            else plain(one["message"] or "")
        )
        if narrow:
            made.add_row(f"[bold]{title}[/]\n  {then}\n  {one['taskId']}")
        else:
            made.add_row(title, then, one["taskId"])
    return made


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
