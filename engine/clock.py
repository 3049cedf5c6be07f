"""Completes timers when they are due and ends pauses when their time has come; as many processes as there are may do it.

A scan several times a second finds what is due soon and arms alarms for it. The same scan is the whole recovery after a
crash, a lost hint or a database that was away: there is no recovery at start. Whether something is due is judged by
PostgreSQL alone, so an alarm that rings too early, twice or in two processes does no harm.
"""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

from engine.due import complete_due, resume_due, scan_due
from engine.hints import Hint, Hints
from engine.repeating import Repeating, Step
from engine.statements import PLAN_EACH_TIME
from engine.timers import Timers
from models.database import Database, Unavailable

SCAN_SECONDS = 0.25
AHEAD_SECONDS = 2.5  # alarms are armed for what is due within
LOOK_AHEAD_EVERY = (
    4  # scans; those between look only for what is overdue: hints that were lost, other processes' timers
)
# Between attempts that fail: a connection that was cut is replaced at once, a database that is away is asked now and then.
FIRST_SECONDS, AWAY_SECONDS = 0.02, 0.25
SCAN_LIMIT = 20_000
BATCH = 5_000  # completions in one statement
MANY = 100  # from here on it is worth planning the statement anew


def unobserved(late_ms: float) -> None:
    """Nobody measures."""
    del late_ms


class Clock:
    """`observe` is told of each completion how many milliseconds after its time it came."""

    def __init__(
        self,
        db: Database,
        timers: Timers[int],  # by the number in a task's id: the driver's own objects take four times as much
        hints: Hints,
        observe: Callable[[float], None] = unobserved,
        *,
        scan_seconds: float = SCAN_SECONDS,
    ) -> None:
        self._db, self._timers, self._hints, self._observe = db, timers, hints, observe
        self._scan_seconds = scan_seconds
        self._left: list[int] = []  # what has rung and is to be completed
        self._completing: frozenset[int] = frozenset()
        self._scans = 0  # that went through since the last that did not

    async def run(self) -> None:
        """Until cancelled. Never ends by itself: what fails is logged and tried again."""
        stop = self._hints.listen(self._hear)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_again("the clock", self._scan, self._scan_seconds).run())
                group.create_task(_again("completions", self._complete).run())
        finally:
            stop()
            self._timers.close()

    async def _scan(self) -> None:
        """Look, now and then ahead; after a failure ahead again."""
        scans, self._scans = self._scans, 0
        await self._look(AHEAD_SECONDS if scans % LOOK_AHEAD_EVERY == 0 else 0.0)
        self._scans = scans + 1

    async def _look(self, ahead: float) -> None:
        async with self._db.one() as connection:
            due = await scan_due(connection, int(ahead * 1000), SCAN_LIMIT)
            resumed = await resume_due(connection, BATCH)
        for id, seconds in due:
            if id.int not in self._completing:
                self._timers.set(id.int, seconds)
        self._hints.committed([Hint(task.workspace_id, task) for task in resumed])

    async def _complete(self) -> None:
        """Complete what has rung, first of all what the database was away for. What is left alone is found by the next scan."""
        rung = self._left or await self._timers.rung()
        try:
            for start in range(0, len(rung), BATCH):
                self._left = rung[start:]
                self._completing = frozenset(self._left)
                await self._finish([UUID(int=number) for number in rung[start : start + BATCH]])
        except Unavailable:
            raise  # on another connection they are completed in a moment, whether or not it was done on this one
        except BaseException:
            self._settle()
            raise
        self._settle()

    def _settle(self) -> None:
        self._left, self._completing = [], frozenset()

    async def _finish(self, ids: Sequence[UUID]) -> None:
        async with self._db.one() if len(ids) < MANY else self._db.transaction() as connection:
            if len(ids) >= MANY:
                await connection.execute(PLAN_EACH_TIME)
            completed = await complete_due(connection, ids)
        for one in completed:
            self._observe(one.late_ms)
        self._hints.committed([Hint(workspace_id) for workspace_id in {one.workspace_id for one in completed}])

    def _hear(self, hints: Sequence[Hint]) -> None:
        """Arm at once what was just started here, as far as the scan would; forget what does not run any more."""
        for hint in hints:
            if (task := hint.task) is None:
                continue
            left = (task.due_at - task.updated_at).total_seconds() if task.due_at else None
            if left is not None and left <= AHEAD_SECONDS:
                self._timers.set(task.id.int, left)
            else:
                self._timers.drop(task.id.int)


def _again(name: str, step: Step, every: float = 0.0) -> Repeating:
    return Repeating(name, step, every, first=FIRST_SECONDS, longest=AWAY_SECONDS)
