"""Judging the history of one task: whether what was written down can have happened.

The rules are those of docs/lifecycle.md and design.md §3; the arrows come from models/lifecycle.py. Used by tests
that race and kill, by `make prove` and by `fermata export audit --verify`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.event import Event
from models.lifecycle import LEASED, Nature, Status, Verb, end, nature

TOLERANCE_MS = 2  # two roundings to whole milliseconds
ACTIVE = frozenset({Status.IN_PROGRESS, Status.PAUSING})
FIRST = "CREATED"
LAST = "DELETED"


@dataclass(frozen=True, slots=True)
class Life:
    """A task's kind, its duration as it is now (milliseconds), and its events in the order of their versions."""

    kind: str
    duration_ms: int | None
    events: Sequence[Event]

    @property
    def steps(self) -> Iterator[tuple[Event, Event]]:
        """Each event with the one before it."""
        return pairwise(self.events)


def judge(life: Life) -> list[str]:
    """What is wrong, one sentence a fault; empty when the history can have happened."""
    return [fault for rule in RULES for fault in rule(life)]


def versions_have_no_gap(life: Life) -> Iterator[str]:
    """Every change has its event, and none has two."""
    for expected, event in enumerate(life.events, start=1):
        if event.version != expected:
            yield f"version {event.version} stands where {expected} should"
            return


def begins_with_creation(life: Life) -> Iterator[str]:
    """A task is created once, and starts as NOT_STARTED."""
    for position, event in enumerate(life.events):
        if (event.action == FIRST) != (position == 0):
            yield f"{event.action} is event number {position + 1}"
        if event.action == FIRST and event.to_status is not Status.NOT_STARTED:
            yield f"it was created as {event.to_status}"


def nothing_follows_deletion(life: Life) -> Iterator[str]:
    """A deleted task does nothing more."""
    for before, event in life.steps:
        if before.action == LAST:
            yield f"{event.action} after it was deleted"


def statuses_join(life: Life) -> Iterator[str]:
    """Each change begins where the one before it ended."""
    for before, event in life.steps:
        if event.from_status is not before.to_status:
            yield f"{event.action} begins at {event.from_status}, but the task stood at {before.to_status}"


def moves_are_arrows(life: Life) -> Iterator[str]:
    """A verb leads where the table says; whatever else happens leaves the status alone."""
    of = nature(life.kind)
    for _, event in life.steps:
        expected = _destination(event, of)
        if expected is not event.to_status:
            yield f"{event.action} led from {event.from_status} to {event.to_status}, not to {expected}"


def time_never_goes_back(life: Life) -> Iterator[str]:
    """The clock is read after the lock: a later change has a later time."""
    for before, event in life.steps:
        if event.at < before.at:
            yield f"{event.action} happened {before.at - event.at} before {before.action}"


def only_active_time_counts(life: Life) -> Iterator[str]:
    """Elapsed grows by the time between two events while the task is active, and not at all otherwise."""
    for before, event in life.steps:
        grown = (event.elapsed_ms or 0) - (before.elapsed_ms or 0)
        passed = round((event.at - before.at).total_seconds() * 1000)
        if event.to_status is Status.CANCELLED or event.action == Verb.RUN:
            if event.elapsed_ms:
                yield f"{event.action} left {event.elapsed_ms} ms where 0 should be"
        elif before.to_status not in LEASED and grown:
            yield f"{event.action} added {grown} ms while the task stood at {before.to_status}"
        elif not -TOLERANCE_MS <= grown <= passed + TOLERANCE_MS:
            yield f"{event.action} added {grown} ms in {passed} ms"
        elif _is_exact(life, before, event) and abs(grown - passed) > TOLERANCE_MS:
            yield f"{event.action} added {grown} ms, but {passed} ms of active time had passed"


def timers_complete_when_due(life: Life) -> Iterator[str]:
    """A timer completes with just its duration, and not before that much active time has passed."""
    if nature(life.kind) is not Nature.TIMER:
        return
    for before, event in life.steps:
        if event.action != Verb.COMPLETED:
            continue
        if event.elapsed_ms != life.duration_ms:
            yield f"it completed after {event.elapsed_ms} ms of {life.duration_ms} ms"
        passed = (event.at - before.at).total_seconds() * 1000
        if passed + TOLERANCE_MS < (event.elapsed_ms or 0) - (before.elapsed_ms or 0):
            yield f"it completed {passed:.0f} ms after {before.action}, too early"


def _destination(event: Event, of: Nature) -> Status | None:
    if event.action not in set(Verb) or event.from_status is None:
        return event.from_status
    return end(event.from_status, Verb(event.action), of)


def _is_exact(life: Life, before: Event, event: Event) -> bool:
    """Timers count to the millisecond, except when they complete (late alarms add nothing)."""
    timed = nature(life.kind) is Nature.TIMER and before.to_status in ACTIVE
    return timed and event.action != Verb.COMPLETED


RULES: tuple[Callable[[Life], Iterator[str]], ...] = (
    versions_have_no_gap,
    begins_with_creation,
    nothing_follows_deletion,
    statuses_join,
    moves_are_arrows,
    time_never_goes_back,
    only_active_time_counts,
    timers_complete_when_due,
)
