"""Takes what is not needed any more, in small batches: finished tasks, tombstones, and what credentials leave behind.

The history stays. Any number of processes may do it at the same time.
"""

from dataclasses import dataclass

import structlog

from engine.repeating import Repeating
from engine.statements import statement
from models.database import Database

EVERY_SECONDS = 3600.0
BATCH = 500
REASON = "kept for as long as the settings say"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long what is kept. `finished_days` None: for ever."""

    finished_days: int | None = None
    tombstone_days: int = 30  # a client that was away for longer fetches its lists afresh
    key_hours: int = 24
    attempt_hours: int = 24
    credential_days: int = 30


class Retention:
    """Runs once an hour; each pass goes on until nothing is left to take."""

    def __init__(self, db: Database, keep: Keep, *, every_seconds: float = EVERY_SECONDS, batch: int = BATCH) -> None:
        self._db, self._keep, self._every, self._batch = db, keep, every_seconds, batch

    async def run(self) -> None:
        """Until cancelled. Never ends by itself: what fails is logged and tried again soon."""
        await Repeating("retention", self._pass, self._every).run()

    async def once(self) -> dict[str, int]:
        """One pass: by the name of the statement, how much was taken."""
        keep = self._keep
        credentials: dict[str, object] = {"days": keep.credential_days}
        passes: dict[str, dict[str, object]] = {
            "retain_tombstones": {"days": keep.tombstone_days},
            "retain_keys": {"hours": keep.key_hours},
            "retain_attempts": {"hours": keep.attempt_hours},
            "retain_sessions": credentials,
            "retain_refresh_tokens": credentials,
            "retain_password_resets": credentials,
        }
        if keep.finished_days is not None:
            passes = {"retain_finished": {"days": keep.finished_days, "reason": REASON}, **passes}
        return {name: await self._all(name, values) for name, values in passes.items()}

    async def _pass(self) -> None:
        taken = await self.once()
        log.info("retention", **{name: count for name, count in taken.items() if count})

    async def _all(self, name: str, values: dict[str, object]) -> int:
        total, taken = 0, self._batch
        while taken == self._batch:
            async with self._db.one() as connection:
                taken = len((await connection.execute(statement(name), {**values, "limit": self._batch})).all())
            total += taken
        return total
