"""Who may watch how work is run, without a say in it: traces (server/tracing.py), where there are any."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol
from uuid import UUID

from engine.endings import How
from engine.leases import Lease
from models.database import Database
from models.task import Task


class Told(Protocol):
    """Hears how a run ended."""

    def __call__(self, how: How | None, task: Task | None) -> None:
        """The task as it stands afterwards; None where the lease was lost, so that nothing was written."""
        ...


class Witness(Protocol):
    """Sees each run of a process from the claim to its end. What it raises would break the run off: it must not raise."""

    def run(self, lease: Lease) -> AbstractContextManager[Told]:
        """Around the run; what is in the context is told the end before it leaves."""
        ...

    def follow(self, database: Database) -> None:
        """See the statements of a pool too."""
        ...

    def headers(self, task_id: UUID) -> Mapping[str, str]:
        """What goes with the message that brings a task to another process: the trace that asked for it, where it is known."""
        ...

    def sent(self, task_id: UUID, headers: Mapping[str, str]) -> None:
        """What came with the message."""
        ...


class Nobody:
    """Sees nothing."""

    def run(self, lease: Lease) -> AbstractContextManager[Told]:
        """Nothing is around it."""
        return nullcontext(_unheard)

    def follow(self, database: Database) -> None:
        """No statement is seen."""

    def headers(self, task_id: UUID) -> Mapping[str, str]:
        """Nothing goes with it."""
        return {}

    def sent(self, task_id: UUID, headers: Mapping[str, str]) -> None:
        """Nothing is kept."""


def _unheard(how: How | None, task: Task | None) -> None:
    pass
