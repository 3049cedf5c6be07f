"""What every executor can do, and how it hears what has just been committed.

An executor brings queued work to workers. Whatever it is told is a hint: the rows are the truth, and each executor finds
by itself, a moment later, what no hint told it.
"""

from collections.abc import Callable, Sequence
from typing import Protocol
from uuid import UUID

from engine.hints import Hint, Hints
from models.lifecycle import Nature, Status
from models.task import Task

WISHED = frozenset({Status.PAUSING, Status.CANCELLING, Status.IN_PROGRESS, Status.CANCELLED})


class Executor(Protocol):
    """Runs work in this process (engine/embedded.py) or on many machines (engine/celery.py)."""

    async def start(self) -> None:
        """Begin to bring work to workers."""
        ...

    def dispatch(self, task_id: UUID, epoch: int) -> None:
        """A task was queued. Must not block."""
        ...

    def signal(self, task_id: UUID, epoch: int) -> None:
        """Something is wished of a task that is worked on. Must not block."""
        ...

    async def close(self) -> None:
        """Stop; work that runs in this process is put down and released, so that others go on with it."""
        ...


def listen(executor: Executor, hints: Hints) -> Callable[[], None]:
    """Tell the executor what is committed in this process; the answer stops it."""

    def heard(told: Sequence[Hint]) -> None:
        for hint in told:
            task = hint.task
            if task is None or task.nature is not Nature.WORK:
                continue
            if task.status is Status.QUEUED and is_due(task):
                executor.dispatch(task.id, task.lease_epoch)
            elif task.status in WISHED:
                executor.signal(task.id, task.lease_epoch)

    return hints.listen(heard)


def is_due(task: Task) -> bool:
    """Whether a queued task may start at once, as the row itself says it: a try again waits for a while."""
    return task.deadline_at is not None and task.deadline_at <= task.updated_at
