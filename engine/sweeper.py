"""The sweep that ends leases which ran out, so that nothing is stuck when a worker is gone. Any number may sweep."""

import structlog

from engine.hints import Hints
from engine.leases import Timing, notice_silence, sweep, tell
from engine.repeating import Repeating
from models.database import Database

log = structlog.get_logger(__name__)


class Sweeper:
    """Looks once a `poll`; what it recovers is queued again, given up, paused or cancelled."""

    def __init__(self, db: Database, hints: Hints, timing: Timing) -> None:
        self._db, self._hints, self._timing = db, hints, timing

    async def sweep_on(self) -> None:
        """Until cancelled."""
        await Repeating("the sweep of leases", self._sweep, self._timing.poll, longest=self._timing.poll).run()

    async def _sweep(self) -> None:
        recovered = await sweep(self._db, self._timing)
        for task in recovered:
            log.warning("recovered work of a worker that was not heard of", task_id=str(task.id), status=task.status)
        tell(self._hints, recovered)
        tell(self._hints, await notice_silence(self._db, self._timing))
