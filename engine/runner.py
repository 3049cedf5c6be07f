"""Runs one claimed task from its lease to how it ended, and gives the lease back with what there is to say.

The work itself is a kind's (engine/kinds); what is wished of it arrives by the pulse. A lease that is lost ends the work at
once, and nothing is written.
"""

import asyncio
import json
import random
import time
from contextlib import suppress
from typing import Any, Protocol

import structlog

from engine import callbacks
from engine.endings import Ending, How, capped
from engine.kinds import Catalogue, PutDown, WorkError
from engine.kinds.context import HARD, Context, Facts, Wish
from engine.kinds.journal import Journal
from engine.kinds.kind import Kind, Work
from engine.kinds.orphans import Orphanage
from engine.leases import Lease, Leases, Pair
from engine.pulse import Pulse
from engine.run import Run
from engine.witness import Told, Witness
from models.database import Database, Unavailable
from models.task import Task

log = structlog.get_logger(__name__)
STOPPING = HARD | {Wish.CANCEL, Wish.DRAIN}
AGAIN_SECONDS = 0.5  # between tries to write an ending while the database is away


class Places(Protocol):
    """Who counts what is worked on."""

    @property
    def leaving(self) -> bool:
        """Whether everything is put down."""
        ...

    def leave(self, pair: Pair) -> None:
        """What was claimed with this lease needs its place no more."""
        ...

    def stands_still(self, pair: Pair) -> None:
        """It stands still in place."""
        ...


class Runner:
    """Runs tasks of one worker; `run` is called for each lease, as many at a time as the worker likes."""

    def __init__(
        self,
        db: Database,
        leases: Leases,
        pulse: Pulse,
        catalogue: Catalogue,
        orphanage: Orphanage | None,
        places: Places,
        witness: Witness,
    ) -> None:
        self._db, self._leases, self._pulse = db, leases, pulse
        self._catalogue, self._orphanage, self._places, self._witness = catalogue, orphanage, places, witness

    async def run(self, lease: Lease) -> None:
        """Work under this lease, and under those that follow it while the work is held in place."""
        with self._witness.run(lease) as told:
            await self._work(lease, told)

    async def _work(self, lease: Lease, told: Told) -> None:
        kind = self._catalogue.get(lease.task.kind)
        if kind is None or kind.work is None:
            unknown = Ending(How.FAIL, error=f'this worker knows no kind "{lease.task.kind}"')
            told(How.FAIL, await self._give_back(lease, unknown, None))
            self._places.leave(lease.pair)
            return
        run = self._run(kind, lease)
        self._pulse.add(run, lease.id)
        if self._places.leaving:  # it was claimed at the last moment
            run.ask(Wish.DRAIN)
        try:
            ending = await self._supervise(run, kind.work)
            if run.place is not None:  # the work is over: what comes next need not wait until that is written down
                self._places.leave(run.place)
            if ending is not None and run.lease is not None:
                told(ending.how, await self._give_back(run.lease, ending, run))
        finally:
            self._pulse.remove(run, lease.id)
            if run.place is not None:
                self._places.leave(run.place)

    def _run(self, kind: Kind, lease: Lease) -> Run:
        task = lease.task
        # The number of the run without its retries: a step that is done again keeps its idempotency key.
        facts = Facts(task.id, task.attempt, task.input, f"{task.id}:{task.attempt - task.failures}")
        run = Run(kind, Context(facts, Journal(lease.checkpoint), self._orphanage))
        run.ctx.serve(
            save=lambda: self._pulse.flush(run), hold=lambda: self._hold(run), find=lambda step: self._find(run, step)
        )
        run.begin(lease)
        return run

    async def _supervise(self, run: Run, work: Work) -> Ending | None:
        """How it ended; None when nothing is to be written."""
        working = asyncio.create_task(work.run(run.ctx))
        watching = asyncio.create_task(self._enforce(run, working))
        try:
            await asyncio.wait({working})
        except asyncio.CancelledError:  # the worker is torn down: whoever sweeps goes on with it
            run.ask(Wish.LOST)
            working.cancel()
            await asyncio.wait({working})
            raise
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        return _ending(run, working, self._wait_ms(run.lease.task) if run.lease else 0)

    async def _enforce(self, run: Run, working: "asyncio.Task[Any]") -> None:
        """End what takes longer than it may, and what does not stop when it is asked to."""
        while run.ctx.wish not in STOPPING:
            with suppress(TimeoutError):
                await asyncio.wait_for(run.news.wait(), run.seconds_left())
            run.news.clear()
            if run.seconds_left() == 0:
                run.ask(Wish.TIME_OUT)
        if run.ctx.wish not in HARD:
            await asyncio.wait({working}, timeout=self._leases.timing.grace)
        working.cancel()

    async def _hold(self, run: Run) -> None:
        """The work stands still in place: say so, and wait until it may go on."""
        if run.lease is None:
            return
        held = run.lease
        run.held = asyncio.get_running_loop().create_future()
        ended = await self._give_back(held, Ending(How.DOWN, holds=True), run)
        run.begin(None)
        if ended is None:
            run.told(None)
        elif run.ctx.wish is Wish.PAUSE:
            run.held_as = held.pair  # from now on the pulse looks after it
            self._places.stands_still(held.pair)
            run.begin(await run.held)
            run.ctx.withdraw()
        run.held = run.held_as = None

    async def _find(self, run: Run, step: int) -> str | None:
        """The answer that was called back for a step; none, too, while the database is away."""
        task = run.lease.task if run.lease else None
        try:
            return task and await callbacks.find(self._db, (task.id, task.attempt - task.failures, step))
        except Unavailable:
            return None

    async def _give_back(self, lease: Lease, ending: Ending, run: Run | None) -> Task | None:
        """Write the ending; while the database is away again and again, as long as the lease can be ours. None: it was lost."""
        until = time.monotonic() + self._leases.timing.lease
        checkpoint = run.ctx.journal.checkpoint() if run else None
        while True:
            try:
                if run is not None:
                    await self._pulse.flush(run)
                    run.leaving = True
                return await self._leases.end(lease, ending, checkpoint)
            except Unavailable:
                if time.monotonic() >= until:
                    return None
                await asyncio.sleep(AGAIN_SECONDS)

    def _wait_ms(self, task: Task) -> int:
        """Before the next try: doubled each time, and spread by half, so that what failed together does not return together."""
        timing = self._leases.timing
        seconds = min(timing.longest_retry, timing.first_retry * 2.0**task.failures)
        return round(seconds * random.uniform(0.5, 1.5) * 1000)  # noqa: S311


def _ending(run: Run, working: "asyncio.Task[Any]", wait_ms: int) -> Ending | None:
    wish = run.ctx.wish
    error = None if working.cancelled() else working.exception()
    if wish is Wish.LOST:
        return None
    if working.cancelled():
        return _ended_by_force(wish, wait_ms)
    if error is None:
        return _result(working.result())
    if isinstance(error, PutDown) and wish is not None:
        return Ending(How.DOWN, reason="the worker was stopped" if wish is Wish.DRAIN else None)
    if isinstance(error, WorkError):
        return Ending(How.FAIL if error.final else How.RETRY, error=capped(str(error)), wait_ms=wait_ms)
    log.warning("work failed", task_id=str(run.ctx.facts.task_id), kind=run.kind.name, exc_info=error)
    return Ending(How.RETRY, error=capped(f"{type(error).__name__}: {error}"), wait_ms=wait_ms)


def _ended_by_force(wish: Wish | None, wait_ms: int) -> Ending:
    if wish is Wish.TIME_OUT:
        return Ending(How.RETRY, error="it took longer than it may", wait_ms=wait_ms)
    if wish is Wish.DRAIN:
        return Ending(How.LEFT, reason="the worker was stopped")
    if wish is not None:
        return Ending(How.DOWN)
    return Ending(How.RETRY, error="the work was cancelled from within", wait_ms=wait_ms)


def _result(value: Any) -> Ending:
    """Text as it is, anything else as JSON."""
    try:
        text = value if isinstance(value, str) else None if value is None else json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        return Ending(How.FAIL, error=capped(f"the result is no JSON: {error}"))
    return Ending(How.DONE, result=None if text is None else capped(text))
