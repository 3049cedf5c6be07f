"""How a worker gives a lease back, and where each way leads from where the task stands: derived from models/lifecycle.py."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.lifecycle import LEASED, Nature, Status, Verb, end


class How(StrEnum):
    """What has become of the work."""

    DONE = "DONE"  # it is complete
    DOWN = "DOWN"  # it was put down, as asked
    LEFT = "LEFT"  # the worker leaves: another one goes on from the last checkpoint
    FAIL = "FAIL"  # it failed, and is not tried again
    RETRY = "RETRY"  # it failed, and is tried again while attempts are left


# The first verb with an arrow from where the task stands is the one that happens.
_VERBS: dict[How, tuple[Verb, ...]] = {
    How.DONE: (Verb.COMPLETED,),
    How.DOWN: (Verb.STOPPED, Verb.RECOVERED),
    How.LEFT: (Verb.RECOVERED,),
    How.FAIL: (Verb.FAILED,),
    How.RETRY: (Verb.RETRIED, Verb.FAILED),
}

MAX_TEXT = 65_536  # bytes of a result or an error


@dataclass(frozen=True, slots=True)
class Ending:
    """`holds`: it stands still in this worker. `wait_ms`: before it is tried again. `reason` is for the history."""

    how: How
    result: str | None = None
    error: str | None = None
    holds: bool = False
    wait_ms: int = 0
    reason: str | None = None


@cache
def arrows() -> dict[str, list[str]]:
    """The table of endings as parallel arrays, for engine/sql/work_end.sql."""
    rows = [(how.value, start.value, *_first(how, start)) for how in How for start in sorted(LEASED)]
    names = ("arrow_endings", "arrow_froms", "arrow_verbs", "arrow_tos")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _first(how: How, start: Status) -> tuple[str, str]:
    for verb in _VERBS[how]:
        if (goes := end(start, verb, Nature.WORK)) is not None:
            return verb.value, goes.value
    raise AssertionError(f"work that stands at {start} cannot end as {how}")


@cache
def recoveries() -> dict[str, list[str | bool]]:
    """Where a lease that ran out leads, as parallel arrays, for engine/sql/work_sweep.sql.

    `arrow_lost` marks what happens when too many workers in a row were lost: only what would be tried again is given up.
    """
    rows = [(lost, start.value, *_recovery(start, lost=lost)) for lost in (False, True) for start in sorted(LEASED)]
    names = ("arrow_lost", "arrow_froms", "arrow_verbs", "arrow_tos")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _recovery(start: Status, *, lost: bool) -> tuple[str, str]:
    verb = Verb.FAILED if lost and end(start, Verb.RECOVERED, Nature.WORK) is Status.QUEUED else Verb.RECOVERED
    goes = end(start, verb, Nature.WORK)
    assert goes is not None, f"{verb} leads nowhere from {start}"
    return verb.value, goes.value


def capped(text: str) -> str:
    """A result or an error as it can be kept: what is longer than 64 kB is cut, and says so."""
    plain = text.replace("\0", "�").encode("utf-8", "replace")
    if len(plain) <= MAX_TEXT:
        return plain.decode()
    mark = "… (cut off)"
    return plain[: MAX_TEXT - len(mark.encode())].decode("utf-8", "ignore") + mark
