"""Writes docs/lifecycle.md from models/lifecycle.py: `python -m scripts.lifecycle`; with `--check` it only compares."""

import sys
from pathlib import Path

from models.lifecycle import (
    ARROWS,
    ENDED,
    FINAL,
    LOST_IN_A_ROW,
    LOST_IN_ALL,
    Action,
    Arrow,
    Nature,
    Status,
    Verb,
    possible,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "lifecycle.md"

MEANS = {
    Status.NOT_STARTED: "made, and never run",
    Status.QUEUED: "waits for a worker",
    Status.IN_PROGRESS: "runs; its time counts",
    Status.PAUSING: "asked to pause, and the worker has not put it down yet; its time still counts",
    Status.PAUSED: "has stopped, and what was done is kept",
    Status.CANCELLING: "asked to stop, and the worker has not stopped yet",
    Status.CANCELLED: "was stopped; it runs again from the start",
    Status.COMPLETED: "done",
    Status.FAILED: "ended with an error, and no retries are left; it runs again from the start",
}
SAYS = {
    Verb.RUN: "someone asks to run it",
    Verb.PAUSE: "someone asks to pause it",
    Verb.RESUME: "someone asks to go on, or the time of a pause is over",
    Verb.CANCEL: "someone asks to stop it",
    Verb.CLAIMED: "a worker takes it",
    Verb.STOPPED: "the worker has put it down, as it was asked",
    Verb.COMPLETED: "a timer is due; or the work is done, even if it was asked to stop too late",
    Verb.FAILED: "an error or a time-out, and no retries are left; or its worker was lost too many times in a row",
    Verb.RETRIED: "an error or a time-out, and retries are left",
    Verb.RECOVERED: "nothing was heard of the worker until its lease ran out",
}
HEAD = """# The life of a task

This page is written by `python -m scripts.lifecycle` from models/lifecycle.py, and a test compares the two.

A task is either a *timer*, which needs no worker, or *work*, which a worker claims, puts down and finishes.
People ask for {actions}; all else is said by the engine alone. Each step is one statement of PostgreSQL, with its line in the
history, in one transaction; what has no arrow here is refused and changes nothing.
"""
RULES = """## What holds besides

- RUN starts at zero: elapsed time, progress, result, error and checkpoint are forgotten, and the attempt counts one more.
- Cancelling sets the elapsed time back to zero; the event keeps what it was.
- Only active time counts, to the millisecond, by PostgreSQL's clock, read after the row is locked.
- A timer that is due is done: whoever asks to pause or cancel it after that moment finds it COMPLETED and is refused.
- A running task cannot be deleted; a timer's duration can be changed while it runs, but not below the time already spent.
- Workers that are lost with a task {lost} times in a row without a new checkpoint in between, or {in_all} times in all since
  it was run, are no accident: the task has FAILED. Whatever ends of itself, or is put down, begins the first count anew.
- Every status in which something must happen has a deadline: {deadlines}.
"""


def page() -> str:
    """The whole page."""
    actions = ", ".join(Action)
    deadlines = "QUEUED (when to offer it), IN_PROGRESS, PAUSING and CANCELLING (the lease), a timer IN_PROGRESS (due)"
    parts = [
        HEAD.format(actions=actions),
        _statuses(),
        *map(_arrows, Nature),
        _diagram(),
        RULES.format(deadlines=deadlines, lost=LOST_IN_A_ROW, in_all=LOST_IN_ALL),
    ]
    return "\n".join(parts)


def _statuses() -> str:
    rows = [f"| {status} | {MEANS[status]} | {_asked(status)} | {_ended(status)} |" for status in Status]
    head = "## Statuses\n\n| status | means | may be asked (work) | ended |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _asked(status: Status) -> str:
    return ", ".join(possible(status, Nature.WORK)) or "–"


def _ended(status: Status) -> str:
    return "for good" if status in FINAL else "yes" if status in ENDED else "no"


def _arrows(of: Nature) -> str:
    rows = [f"| {arrow.start} | {arrow.verb} | {arrow.end} | {SAYS[arrow.verb]} |" for arrow in _of(of)]
    title = "A timer" if of is Nature.TIMER else "Work"
    return f"## {title}\n\n| from | verb | to | when |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _diagram() -> str:
    lines = [f"    {arrow.start} --> {arrow.end}: {arrow.verb}" for arrow in _of(Nature.WORK)]
    return (
        "## Work, as a picture\n\n```mermaid\nstateDiagram-v2\n    [*] --> NOT_STARTED\n" + "\n".join(lines) + "\n```\n"
    )


def _of(nature: Nature) -> list[Arrow]:
    return [arrow for arrow in ARROWS if nature in arrow.natures]


def main() -> int:
    """Write or compare; 1 when the page is not what it should be."""
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.exists() and PAGE.read_text() == page() else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
