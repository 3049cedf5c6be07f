"""The life of a task: one pure table of arrows, from which enums, SQL parameters, buttons and the docs page derive.

People ask RUN, PAUSE, RESUME and CANCEL; the other verbs belong to the engine alone. A *timer* needs no worker;
every other kind is *work*, which a worker claims, puts down (PAUSING → PAUSED) and finishes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a task stands."""

    NOT_STARTED = "NOT_STARTED"
    QUEUED = "QUEUED"
    IN_PROGRESS = "IN_PROGRESS"
    PAUSING = "PAUSING"
    PAUSED = "PAUSED"
    CANCELLING = "CANCELLING"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class Action(StrEnum):
    """What people and their programs may ask of a task."""

    RUN = "RUN"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    CANCEL = "CANCEL"


class Verb(StrEnum):
    """What moves a task: the actions of people, and what only the engine says."""

    RUN = "RUN"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    CANCEL = "CANCEL"
    CLAIMED = "CLAIMED"  # a worker took the lease
    STOPPED = "STOPPED"  # the worker has put the work down, as it was asked
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"  # an error or a time-out, and no retries left; or too many workers in a row were lost with it
    RETRIED = "RETRIED"  # an error or a time-out, and retries left
    RECOVERED = "RECOVERED"  # the lease ran out: the worker was not heard of


class Nature(StrEnum):
    """Whether a task needs a worker."""

    TIMER = "TIMER"
    WORK = "WORK"


BOTH = (Nature.TIMER, Nature.WORK)
TIMER_KIND = "timer"
FINAL = frozenset({Status.COMPLETED})
ENDED = frozenset({Status.COMPLETED, Status.FAILED, Status.CANCELLED})
LEASED = frozenset({Status.IN_PROGRESS, Status.PAUSING, Status.CANCELLING})
# So many workers in a row that were lost with a task which came no further under any of them: it is the task that ends
# them, and it has FAILED (docs/decisions/0021-work-that-ends-its-workers.md).
LOST_IN_A_ROW = 5
# So many in all since it was run, however far it has come under each of them: what writes a different checkpoint each time and
# ends its worker is bounded too.
LOST_IN_ALL = 50
RUNNABLE = (Status.NOT_STARTED, Status.CANCELLED, Status.FAILED)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way from a status to another: by which verb, and for tasks of which nature."""

    start: Status
    verb: Verb
    end: Status
    natures: tuple[Nature, ...] = BOTH


TIMER_ONLY = (Nature.TIMER,)
WORK_ONLY = (Nature.WORK,)

ARROWS: tuple[Arrow, ...] = (
    *(Arrow(start, Verb.RUN, Status.IN_PROGRESS, TIMER_ONLY) for start in RUNNABLE),
    *(Arrow(start, Verb.RUN, Status.QUEUED, WORK_ONLY) for start in RUNNABLE),
    Arrow(Status.QUEUED, Verb.CLAIMED, Status.IN_PROGRESS, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.PAUSE, Status.PAUSED, TIMER_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.PAUSE, Status.PAUSING, WORK_ONLY),
    Arrow(Status.QUEUED, Verb.PAUSE, Status.PAUSED, WORK_ONLY),
    Arrow(Status.PAUSED, Verb.RESUME, Status.IN_PROGRESS, TIMER_ONLY),
    Arrow(Status.PAUSED, Verb.RESUME, Status.QUEUED, WORK_ONLY),
    Arrow(Status.PAUSING, Verb.RESUME, Status.IN_PROGRESS, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.CANCEL, Status.CANCELLED, TIMER_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.CANCEL, Status.CANCELLING, WORK_ONLY),
    Arrow(Status.PAUSING, Verb.CANCEL, Status.CANCELLING, WORK_ONLY),
    Arrow(Status.QUEUED, Verb.CANCEL, Status.CANCELLED, WORK_ONLY),
    Arrow(Status.PAUSED, Verb.CANCEL, Status.CANCELLED),
    Arrow(Status.PAUSING, Verb.STOPPED, Status.PAUSED, WORK_ONLY),
    Arrow(Status.CANCELLING, Verb.STOPPED, Status.CANCELLED, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.COMPLETED, Status.COMPLETED),
    Arrow(Status.PAUSING, Verb.COMPLETED, Status.COMPLETED, WORK_ONLY),
    Arrow(Status.CANCELLING, Verb.COMPLETED, Status.COMPLETED, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.FAILED, Status.FAILED, WORK_ONLY),
    Arrow(Status.PAUSING, Verb.FAILED, Status.FAILED, WORK_ONLY),
    Arrow(Status.CANCELLING, Verb.FAILED, Status.CANCELLED, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.RETRIED, Status.QUEUED, WORK_ONLY),
    Arrow(Status.PAUSING, Verb.RETRIED, Status.PAUSED, WORK_ONLY),
    Arrow(Status.IN_PROGRESS, Verb.RECOVERED, Status.QUEUED, WORK_ONLY),
    Arrow(Status.PAUSING, Verb.RECOVERED, Status.PAUSED, WORK_ONLY),
    Arrow(Status.CANCELLING, Verb.RECOVERED, Status.CANCELLED, WORK_ONLY),
)

_ENDS = {(arrow.start, arrow.verb, nature): arrow.end for arrow in ARROWS for nature in arrow.natures}


def nature(kind: str) -> Nature:
    """The nature of a kind: only `timer` needs no worker."""
    return Nature.TIMER if kind == TIMER_KIND else Nature.WORK


def arrows(verb: Verb, of: Nature) -> dict[Status, Status]:
    """From which status `verb` leads where, for tasks of the nature `of`."""
    return {arrow.start: arrow.end for arrow in ARROWS if arrow.verb is verb and of in arrow.natures}


def end(start: Status, verb: Verb, of: Nature) -> Status | None:
    """Where `verb` leads from `start`; None where there is no such arrow."""
    return _ENDS.get((start, verb, of))


def possible(start: Status, of: Nature) -> tuple[Action, ...]:
    """The actions that people may ask of a task that stands at `start`, in the order of the enum."""
    return tuple(action for action in Action if end(start, Verb(action), of) is not None)


def statuses(values: Iterable[Status]) -> list[str]:
    """The values as PostgreSQL's enum labels, for array parameters."""
    return [status.value for status in values]
