"""Tells whoever listens in this process what has just been committed, so that nobody has to wait for the next scan.

A hint is never the truth: one that is lost costs a fraction of a second, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from models.task import Task

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something changed in a workspace: a task as it is now, or something that is not known any closer (None)."""

    workspace_id: UUID
    task: Task | None = None


Listener = Callable[[Sequence[Hint]], None]


class Hints:
    """Who listens in this process. Listeners must not block: they set an event, arm an alarm or put something in a queue."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` from now on; the answer stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def committed(self, hints: Sequence[Hint]) -> None:
        """Call after the commit. What fails in a listener must not fail the change that is already there."""
        if not hints:
            return
        for listener in tuple(self._listeners):
            try:
                listener(hints)
            except Exception:
                log.exception("a hint failed")
