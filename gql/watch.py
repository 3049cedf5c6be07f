"""One watcher a workspace, shared by all who watch it: it asks once a second, or at a hint, whether anything has changed.

It knows nothing of rights: whoever is woken reads for themselves, with their own.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from engine import feed
from engine.hints import Hint, Hints
from engine.repeating import Repeating, happened
from models.database import Database

LONGEST_WAIT = 5.0  # seconds between two looks while the database is away


class Watch:
    """Counts the times that its workspace was found changed."""

    def __init__(self) -> None:
        self.generation = 0
        self.watchers = 0
        self.hinted = asyncio.Event()
        self.ready = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.revision: str | None = None  # that the next look compares with
        self._moved = asyncio.Event()

    def advance(self) -> None:
        """Wake everyone who waits."""
        self.generation += 1
        self._moved.set()
        self._moved = asyncio.Event()

    async def after(self, generation: int, patience: float) -> None:
        """Wait until something has changed since `generation`, or for `patience` seconds."""
        if self.generation == generation:
            await happened(self._moved, patience)


class Watchers:
    """The watched workspaces of a process; `interval` in seconds between two probes when nothing is hinted."""

    def __init__(self, db: Database, hints: Hints, interval: float = 1.0) -> None:
        self._db = db
        self._interval = interval
        self._watches: dict[UUID, Watch] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop_listening = hints.listen(self._hear)

    @asynccontextmanager
    async def watch(self, workspace_id: UUID) -> AsyncGenerator[Watch]:
        """What changes from now on will be told; the last one who leaves ends the watcher."""
        watch = self._watches.setdefault(workspace_id, Watch())
        watch.watchers += 1
        if watch.task is None:
            watch.task = asyncio.create_task(self._looking(workspace_id, watch).run())
            self._tasks.add(watch.task)
            watch.task.add_done_callback(self._tasks.discard)
        try:
            await watch.ready.wait()
            yield watch
        finally:
            watch.watchers -= 1
            if not watch.watchers:
                self._watches.pop(workspace_id, None)
                watch.task.cancel()

    @property
    def watched(self) -> int:
        """How many workspaces are watched."""
        return len(self._watches)

    async def close(self) -> None:
        """End all watchers."""
        self._stop_listening()
        self._watches.clear()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hear(self, hints: Sequence[Hint]) -> None:
        for hint in hints:
            if watch := self._watches.get(hint.workspace_id):
                watch.hinted.set()

    def _looking(self, workspace_id: UUID, watch: Watch) -> Repeating:
        return Repeating(
            f"watching {workspace_id}",
            lambda: self._look(workspace_id, watch),
            self._interval,
            longest=max(self._interval, LONGEST_WAIT),
            wake=watch.hinted,
        )

    async def _look(self, workspace_id: UUID, watch: Watch) -> None:
        """Wake everyone when something has changed since the last look that found something."""
        async with self._db.one() as connection:
            now = await feed.snapshot(connection)
        if watch.revision is None:
            watch.revision = now
            watch.ready.set()
        elif await feed.changed(self._db, [(workspace_id, watch.revision)]):
            watch.revision = now
            watch.advance()
