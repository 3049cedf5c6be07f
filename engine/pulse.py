"""The heartbeat of a worker: prolongs its leases, hears what is wished of them, and writes progress and logs down.

One beat a second asks for all of the worker's tasks at once, so that a busy worker costs as many statements as an idle one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from engine import logs
from engine.claims import NoRoom
from engine.kinds.context import Wish
from engine.leases import Lease, Leases, Pair
from engine.repeating import Repeating
from engine.run import Run
from models.database import Database
from models.lifecycle import Status

Returning = Callable[[Pair, str], Awaitable[Lease | NoRoom | None]]


class Pulse:
    """Knows every run of one worker, and every command that it holds in place; `returning` claims what is to go on of these."""

    def __init__(self, db: Database, leases: Leases, returning: Returning) -> None:
        self._db, self._leases, self._returning = db, leases, returning
        self._runs: dict[UUID, Run] = {}
        self._wake = asyncio.Event()
        self._appending = asyncio.Lock()
        self._prolonged = time.monotonic()

    def add(self, run: Run, task_id: UUID) -> None:
        """Care for a run from now on."""
        if not self._runs:
            self._prolonged = time.monotonic()
        self._runs[task_id] = run

    def remove(self, run: Run, task_id: UUID) -> None:
        """It is over; another one of the same task may have begun."""
        if self._runs.get(task_id) is run:
            del self._runs[task_id]

    @property
    def runs(self) -> Sequence[Run]:
        """All of them, those that are held among them."""
        return tuple(self._runs.values())

    def holds(self, task_id: UUID) -> bool:
        """Whether the work stands still in this worker: then it goes on where it is, and is not begun a second time."""
        return self.held(task_id) is not None

    def held(self, task_id: UUID) -> Run | None:
        """The run that stands still in place."""
        run = self._runs.get(task_id)
        return run if run is not None and run.held is not None else None

    def hurry(self, task_id: UUID) -> None:
        """Something may be wished of this task: ask at once, if it is ours."""
        if task_id in self._runs:
            self._wake.set()

    async def beat_on(self) -> None:
        """Until cancelled."""
        poll = self._leases.timing.poll
        await Repeating("the heartbeat", self._beat, poll, longest=poll, wake=self._wake).run()

    async def flush(self, *runs: Run) -> None:
        """Write down what runs have said and reached. Raises Unavailable; asks a run to stop when its lease is lost."""
        async with self._appending:  # what others have taken of these runs is there before this returns
            await self._append(runs)
        await asyncio.gather(*(self._flush_note(run) for run in runs))

    async def _append(self, runs: Sequence[Run]) -> None:
        said = {run.pair: (run, lines) for run in runs if run.pair and (lines := run.ctx.journal.take_lines())}
        if not said:
            return
        try:
            await logs.append(self._db, {pair: lines for pair, (_, lines) in said.items() if pair})
        except BaseException:
            for run, lines in said.values():
                run.ctx.journal.put_back(lines)
            raise

    async def _flush_note(self, run: Run) -> None:
        async with run.written:
            if note := run.note():
                written = await self._leases.write(note)
                run.ctx.journal.saved(note.checkpoint, note.fraction, note.note)
                if not written:
                    run.told(None)

    async def _beat(self) -> None:
        if not self._runs:
            return
        timing = self._leases.timing
        try:
            await self.flush(*self.runs)
            await self._hear(prolong=time.monotonic() - self._prolonged >= timing.heartbeat)
        finally:  # while the database is away work goes on until its leases run out
            if time.monotonic() - self._prolonged >= timing.lease:
                self._lose()

    def _lose(self) -> None:
        """Nobody has heard of us for so long that somebody else may be at it."""
        for run in self.runs:
            if run.lease:
                run.told(None)

    async def _hear(self, *, prolong: bool) -> None:
        leased = {run.pair: run for run in self.runs if run.pair}
        held = {run.held_as: run for run in self.runs if run.held_as}
        asked_at = time.monotonic()
        if prolong:
            statuses = await self._leases.prolong([pair for pair in leased if pair])
            self._prolonged = asked_at
        else:
            statuses = await self._leases.watch([pair for pair in leased if pair])
        for pair, run in leased.items():
            if pair and run.pair == pair and not run.leaving:  # it may be given back while we ask
                run.told(statuses.get(pair))
        if held:
            standing = await self._leases.watch([pair for pair in held if pair])
            waiting = [pair for pair, run in held.items() if pair and await self._waits(run, pair, standing.get(pair))]
            if waiting:
                await self._leases.hold(waiting)

    async def _waits(self, run: Run, pair: Pair, status: Status | None) -> bool:
        """Work that is held in place: goes on when it is queued, is ended when it is nobody's any more. True: it waits for room."""
        if run.held is None or run.held.done() or status is Status.PAUSED:
            return False
        lease = await self._returning(pair, run.kind.name) if status is Status.QUEUED else None
        if isinstance(lease, NoRoom):
            return True
        if lease is None:
            run.ask(Wish.CANCEL)
        run.go_on(lease)
        return False
