"""A worker: claims work, runs it as long as the work's leases are its own, and puts all of it down when it leaves.

Used by both executors: the embedded one claims what is due, the one over Celery what messages name.
"""

import asyncio
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import structlog

from engine.hints import Hints
from engine.kinds import Catalogue
from engine.kinds.context import Wish
from engine.kinds.orphans import Orphanage
from engine.leases import Lease, Leases, Pair, Timing
from engine.pulse import Pulse
from engine.runner import Runner
from engine.turns import Turns
from engine.witness import Nobody, Witness
from models.database import Database, Unavailable

log = structlog.get_logger(__name__)


def worker_name() -> str:
    """A name that no other living worker has, for people to read: the machine, the process, and something of chance."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(2)}"


class Worker:
    """`slots`: tasks at a time. `folder`: notes on processes that run, for the next worker to end what this one could not."""

    def __init__(
        self,
        db: Database,
        catalogue: Catalogue,
        hints: Hints,
        *,
        slots: int = 8,
        name: str | None = None,
        folder: Path | None = None,
        timing: Timing | None = None,
        witness: Witness | None = None,
    ) -> None:
        self.name, self.timing = name or worker_name(), timing or Timing()
        self._db, self.witness = db, witness or Nobody()
        self._catalogue, self._folder, self._slots = catalogue, folder, slots
        self.leases = Leases(db, self.name, self.timing, [kind.name for kind in catalogue if kind.work], hints)
        self.pulse = Pulse(db, self.leases)
        tight = [kind for kind in catalogue if kind.work and kind.limits.parallel < slots]
        self._turns = {kind.name: Turns(kind.limits.parallel) for kind in tight}
        self.room_made = asyncio.Event()  # something has ended: there may be room for more
        self.draining = False
        self._orphanage: Orphanage | None = None
        self._beating: asyncio.Task[None] | None = None
        self._running: dict[asyncio.Task[None], str] = {}

    async def start(self) -> None:
        """End what an earlier worker has left behind, and begin to beat."""
        if self._folder is not None:
            self._orphanage = await asyncio.to_thread(Orphanage, self._folder, self.name)
            if reaped := await asyncio.to_thread(self._orphanage.reap):
                log.warning("ended processes of a worker that is gone", sessions=reaped)
        self._beating = asyncio.create_task(self.pulse.beat_on())

    @property
    def slots(self) -> int:
        """How many more tasks there is room for."""
        return max(0, self._slots - len(self._running))

    def free(self) -> dict[str, int]:
        """How many more tasks of each kind there is room for."""
        taken = list(self._running.values())
        return {
            kind.name: max(0, kind.limits.parallel - taken.count(kind.name)) for kind in self._catalogue if kind.work
        }

    def take(self, lease: Lease) -> "asyncio.Task[None]":
        """Run a lease in the background."""
        runner = Runner(self._db, self.leases, self.pulse, self._catalogue, self._orphanage, self.witness)
        running = asyncio.create_task(runner.run(lease))
        self._running[running] = lease.task.kind
        running.add_done_callback(self._ended)
        return running

    async def work_on(self, pair: Pair) -> bool:
        """Claim one task and run it to its end; False when it was not to be had, or there is no room for its kind.

        In the latter case it is remembered, and whoever makes room for it by ending runs it next.
        """
        if self.pulse.holds(pair[0]):
            self.pulse.hurry(pair[0])
            return False
        if not self._turns:
            return await self._claim_and_run(pair)
        kind = await self.leases.kind_of(pair)
        if kind is None:
            return False
        turns = self._turns.get(kind)
        return await (self._claim_and_run(pair) if turns is None else self._take_turns(turns, pair))

    def hurry(self, task_id: UUID) -> None:
        """Something may be wished of this task."""
        self.pulse.hurry(task_id)

    async def drain(self) -> None:
        """Put everything down and release it: what is checkpointed goes on elsewhere at once."""
        self.draining = True
        held = [run for run in self.pulse.runs if run.held is not None]
        for run in self.pulse.runs:
            run.ask(Wish.DRAIN)
            run.go_on(None)
        if self._running:
            await asyncio.wait(self._running, timeout=2 * self.timing.grace)
        for left in tuple(self._running):
            left.cancel()
        if held:
            with suppress(Unavailable):  # others take it over after a while all the same
                await self.leases.let_go([run.ctx.facts.task_id for run in held])

    async def close(self) -> None:
        """Drain, and stop beating."""
        await self.drain()
        if self._running:
            await asyncio.wait(self._running)
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.wait({self._beating})
        if self._orphanage is not None:
            self._orphanage.close()

    async def _take_turns(self, turns: Turns, pair: Pair) -> bool:
        if not turns.enter(pair):
            return False
        try:
            had = await self._claim_and_run(pair)
            while not self.draining and (following := turns.following()):
                await self._claim_and_run(following)
        finally:
            turns.leave()
        return had

    async def _claim_and_run(self, pair: Pair) -> bool:
        lease = None if self.draining else await self.leases.claim_given(pair)
        if lease is None:
            return False
        await self.take(lease)
        return True

    def _ended(self, running: "asyncio.Task[None]") -> None:
        self._running.pop(running, None)
        self.room_made.set()
        if not running.cancelled() and (error := running.exception()) is not None:
            log.error("a run was broken off; its lease runs out and it is recovered", exc_info=error)
