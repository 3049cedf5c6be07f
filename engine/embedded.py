"""The default executor: work runs in this process and its children, within the limits of each kind."""

import asyncio
from uuid import UUID

from engine.hints import Hints
from engine.repeating import Repeating
from engine.sweeper import Sweeper
from engine.worker import Worker
from models.database import Database


class Embedded:
    """Claims what is due when a hint says so, when something has ended, and at least once a `poll`."""

    def __init__(self, db: Database, worker: Worker, hints: Hints) -> None:
        self.worker = worker
        self._sweeper = Sweeper(db, hints, worker.timing)
        poll = worker.timing.poll
        self._claims = Repeating("claiming work", worker.fill, poll, longest=poll, wake=worker.claims.room_made)
        self._claiming: asyncio.Task[None] | None = None
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to claim and to sweep."""
        await self.worker.start()
        self._claiming = asyncio.create_task(self._claims.run())
        self._sweeping = asyncio.create_task(self._sweeper.sweep_on())

    def dispatch(self, task_id: UUID, epoch: int) -> None:
        """Look at once."""
        self.worker.claims.room_made.set()

    def signal(self, task_id: UUID, epoch: int) -> None:
        """Look at once, if it is ours."""
        self.worker.hurry(task_id)

    async def close(self) -> None:
        """Claim nothing more, put everything down and release it."""
        self.worker.claims.closed = True
        self._claims.finish()
        if self._claiming:  # not cancelled: what is claimed at this moment is released like the rest
            await asyncio.wait({self._claiming}, timeout=self.worker.timing.grace)
        loops = {loop for loop in (self._claiming, self._sweeping) if loop}
        for loop in loops:
            loop.cancel()
        if loops:
            await asyncio.wait(loops)
        await self.worker.close()
