"""A worker: claims work, runs it as long as the work's leases are its own, and puts all of it down when it leaves.

Used by both executors: the embedded one claims what is due, the one over Celery what messages name.
"""

import asyncio
import os
import secrets
import socket
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import structlog

from engine.claims import Claims, NoRoom
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.kinds.context import Wish
from engine.kinds.orphans import Orphanage
from engine.leases import Lease, Leases, Pair, Timing
from engine.pulse import Pulse
from engine.room import Place
from engine.runner import Runner
from engine.witness import Nobody, Witness
from models.database import Database, Unavailable

log = structlog.get_logger(__name__)
SHORT_SECONDS = 0.25  # so long who has become free goes on with what is due before the next message is taken
HELD_PER_SLOT = 4  # commands that stand still without a place, for each slot


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
        self._catalogue, self._folder = catalogue, folder
        self.leases = Leases(db, self.name, self.timing, [kind.name for kind in catalogue if kind.work], hints)
        self.claims = Claims(self.leases, slots, {kind.name: kind.limits.parallel for kind in catalogue if kind.work})
        self.pulse = Pulse(db, self.leases, self._returning)
        self._still = HELD_PER_SLOT * slots
        self._orphanage: Orphanage | None = None
        self._beating: asyncio.Task[None] | None = None
        self._running: dict[asyncio.Task[None], Pair] = {}
        self._hands: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """End what an earlier worker has left behind, and begin to beat."""
        if self._folder is not None:
            self._orphanage = await asyncio.to_thread(Orphanage, self._folder, self.name)
            if reaped := await asyncio.to_thread(self._orphanage.reap):
                log.warning("ended processes of a worker that is gone", sessions=reaped)
        self._beating = asyncio.create_task(self.pulse.beat_on())

    def take(self, lease: Lease) -> None:
        """Run a lease in the background."""
        if held := self.pulse.held(lease.id):  # it was claimed before the pulse has heard that it is to go on
            if held.place is not None:
                self.claims.leave(held.place)  # where it has kept it
            held.go_on(lease)
            return
        runner = Runner(self._db, self.leases, self.pulse, self._catalogue, self._orphanage, self, self.witness)
        running = asyncio.create_task(runner.run(lease))
        self._running[running] = lease.pair
        running.add_done_callback(self._ended)

    async def work_on(self, pair: Pair) -> bool:
        """Claim one task and run it until it needs its place no more; False when it was not to be had, or there is no room for it.

        In the latter case it is remembered. Whoever becomes free goes on with what is remembered, and for a moment with whatever
        is due: a message costs more than a short task, and what is urgent waits behind no message.
        """
        if self.pulse.holds(pair[0]):
            self.pulse.hurry(pair[0])
            return False
        lease = await self.claims.given(pair)
        if lease is None:
            return False
        await self._work_through(lease, due=True)
        return True

    async def fill(self) -> None:
        """Run what is due, as much as there is room for."""
        for lease in await self.claims.due():
            self.take(lease)

    @property
    def leaving(self) -> bool:
        """Whether everything is put down."""
        return self.claims.closed

    def leave(self, pair: Pair) -> None:
        """What was claimed with this lease needs its place no more: what stands still and is to go on is the first to be asked."""
        self.claims.leave(pair)
        for task_id in self.claims.awaited:
            self.pulse.hurry(task_id)

    def stands_still(self, pair: Pair) -> None:
        """It stands still in place, and others may run; unless too many do, which keep their memory as they keep their places."""
        if sum(run.held is not None for run in self.pulse.runs) <= self._still:
            self.leave(pair)

    def hurry(self, task_id: UUID) -> None:
        """Something may be wished of this task."""
        self.pulse.hurry(task_id)

    async def drain(self) -> None:
        """Put everything down and release it: what is checkpointed goes on elsewhere at once."""
        with suppress(Unavailable, TimeoutError):
            await asyncio.wait_for(self.claims.close(), self.timing.grace)
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
        for pair in tuple(self.claims.places):  # nobody is to wait for what never began
            self.claims.leave(pair)

    async def close(self) -> None:
        """Drain, and stop beating."""
        await self.drain()
        if self._running:
            await asyncio.wait(self._running)
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.wait({self._beating, *self._hands})
        if self._orphanage is not None:
            self._orphanage.close()

    async def _work_through(self, lease: Lease, *, due: bool) -> None:
        """This lease, and what follows it."""
        until = time.monotonic() + SHORT_SECONDS
        while True:
            place = self.claims.places[lease.pair]
            self.take(lease)
            await place.left.wait()
            following = await self.claims.following(due=due and time.monotonic() < until)
            if following is None:
                return
            lease = following

    async def _returning(self, pair: Pair, kind: str) -> Lease | NoRoom | None:
        """What stands still here is to go on: it needs a place again, which nobody waits for who could go on after it."""
        run = self.pulse.held(pair[0])
        if run is not None and run.place is not None:
            self.claims.leave(run.place)  # where it has kept it; what returns comes first
        lease = await self.claims.returning(pair, kind)
        if isinstance(lease, Lease):
            hand = asyncio.create_task(self._follow(self.claims.places[lease.pair]))
            self._hands.add(hand)
            hand.add_done_callback(self._hands.discard)
        return lease

    async def _follow(self, place: Place) -> None:
        """Go on with what is remembered when a place is left for which no message's hand waits."""
        await place.left.wait()
        with suppress(Unavailable):
            if (lease := await self.claims.following(due=False)) is not None:
                await self._work_through(lease, due=False)

    def _ended(self, running: "asyncio.Task[None]") -> None:
        self.leave(self._running.pop(running))
        if not running.cancelled() and (error := running.exception()) is not None:
            log.error("a run was broken off; its lease runs out and it is recovered", exc_info=error)
