"""How tasks look on a terminal, and as JSON for programs."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from fermata_client.operations import EventFields, TaskFields
from rich.console import Console
from rich.table import Table

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


def words(name: str) -> str:
    """IN_PROGRESS as `in progress`."""
    return name.replace("_", " ").lower()


def printable(text: str) -> str:
    """Text of others without control characters: it cannot play with the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def plain(text: str) -> str:
    """The same without markup, for what rich prints."""
    return printable(text).replace("[", "\\[")
