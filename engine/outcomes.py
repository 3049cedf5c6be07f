"""What comes of asking for a change: values, to be matched to the end."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from models.event import Event
from models.lifecycle import Status
from models.role import Role
from models.task import Task


class Why(StrEnum):
    """Why a change was refused although the right to it is there."""

    STATUS = "status"  # no arrow leads from here; or, for a deletion, the task is running
    VERSION = "version"  # the task is no longer as the caller saw it
    INPUT = "input"  # a value that only the row or the database's clock can judge


@dataclass(frozen=True, slots=True)
class Moved:
    """It is done: the task as it is now, the line that was written into its history, and the role that allowed it."""

    task: Task
    event: Event
    role: Role


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done (but a timer that was due has completed): the task as it is now."""

    task: Task
    why: Why
    path: str = ""  # for INPUT: which field, as in the GraphQL input
    message: str = ""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The caller may see it, but not do this."""

    role: Role
    needed: Role


@dataclass(frozen=True, slots=True)
class Missing:
    """It does not exist, or is not the caller's to see: the same answer."""


Outcome = Moved | Refused | Forbidden | Missing


@dataclass(frozen=True, slots=True)
class Item:
    """What came of one task of many: `changed`: it moved to `status`, or was deleted there; in a dry run, would."""

    task_id: UUID
    changed: bool
    status: Status | None  # None: forbidden or missing
    why: Why | None = None
    role: Role | None = None  # of a caller who may not
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of one action on many tasks, or of deleting them, in the order of their ids."""

    matched: int
    changed: int
    refused: int
    outcomes: list[Item] = field(default_factory=list[Item])
