"""The sweep that ends leases which ran out, so that nothing is stuck when a worker is gone. Any number may sweep."""

import asyncio

import structlog

from engine.hints import Hints
from engine.leases import Timing, notice_silence, sweep, tell
from models.database import Database, Unavailable

log = structlog.get_logger(__name__)


class Sweeper:
    """Looks once a `poll`; what it recovers is queued again, given up, paused or cancelled."""

    def __init__(self, db: Database, hints: Hints, timing: Timing) -> None:
        self._db, self._hints, self._timing = db, hints, timing

    async def sweep_on(self) -> None:
        """Until cancelled."""
        away = False
        while True:
            try:
                recovered = await sweep(self._db, self._timing)
                tell(self._hints, await notice_silence(self._db, self._timing))
                away = False
            except Unavailable:
                if not away:
                    log.warning("the database is away; leases are swept when it is back")
                recovered, away = [], True
            for task in recovered:
                log.warning(
                    "recovered work of a worker that was not heard of", task_id=str(task.id), status=task.status
                )
            tell(self._hints, recovered)
            await asyncio.sleep(self._timing.poll)
