"""The life of a timer against the pure table: any sequence of actions, edits, rings and passing time.

Time passes by moving a running timer's start into the past: steps of 100 s, while durations end in 50 s, so that the
seconds which the test itself takes decide nothing.
"""

import asyncio
import os
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from fixtures import seed
from fixtures.room import Room, furnish
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from engine import events
from engine.due import complete_due
from engine.outcomes import Moved, Refused, Why
from models.database import Database
from models.history import Life as History
from models.history import judge
from models.lifecycle import Action, Nature, Status, Verb, end
from models.task import Task

T = TypeVar("T")
MILLISECOND = timedelta(milliseconds=1)
STEP = 100_000
DURATIONS = st.integers(1, 9).map(lambda steps: steps * STEP + STEP // 2)
EXAMPLES = int(os.environ.get("FERMATA_TEST_EXAMPLES", "20"))  # more of them in `make prove`

PASS = text(
    "update tasks set last_run_at = last_run_at - :ms * interval '1 millisecond',"
    " due_at = due_at - :ms * interval '1 millisecond', updated_at = updated_at - :ms * interval '1 millisecond'"
    " where id = :id"
)


class Life(RuleBasedStateMachine):
    """A timer, what the table says of it, and how many whole steps it has been active."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db = Database(self.url, size=2, timeout=30)
        self.room: Room = self.run(furnish(self.db))
        self.task: Task = self.run(self.room.timer(duration_ms=5 * STEP + STEP // 2))
        self.active = 0
        self.travelled = False

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        self.run(self.db.close())
        self.runner.close()

    @property
    def due(self) -> bool:
        assert self.task.duration_ms is not None
        return self.task.status is Status.IN_PROGRESS and self.active >= self.task.duration_ms

    @rule(action=st.sampled_from(Action), expected=st.sampled_from([None, "right", "stale"]))
    def act(self, action: Action, expected: str | None) -> None:
        before = self.task
        version = None if expected is None else before.version - (expected == "stale")
        outcome = self.run(
            self.room.tasks.transition(self.room.admin, None, before.id, action, seed.OPERATE, expected_version=version)
        )
        leads_to = end(before.status, Verb(action), Nature.TIMER)
        if self.due:
            assert isinstance(outcome, Refused)
            assert outcome.why is (Why.VERSION if expected == "stale" else Why.STATUS)
            self.completed(outcome.task)
        elif expected == "stale":
            assert outcome == Refused(before, Why.VERSION)
        elif leads_to is None:
            assert outcome == Refused(before, Why.STATUS)
        else:
            assert isinstance(outcome, Moved)
            self.moved(outcome.task, action, leads_to)

    def moved(self, now: Task, action: Action, leads_to: Status) -> None:
        before = self.task
        assert (now.status, now.version) == (leads_to, before.version + 1)
        if action in (Action.RUN, Action.CANCEL):
            self.active = 0
            assert now.elapsed_ms == 0
        elif before.status is Status.IN_PROGRESS:
            assert before.last_run_at is not None
            assert now.elapsed_ms == before.elapsed_ms + (now.updated_at - before.last_run_at) / MILLISECOND
        else:
            assert now.elapsed_ms == before.elapsed_ms
        if leads_to is Status.IN_PROGRESS:
            assert now.duration_ms is not None
            assert now.last_run_at == now.updated_at
            assert now.due_at == now.updated_at + (now.duration_ms - now.elapsed_ms) * MILLISECOND
        assert now.attempt == before.attempt + (action is Action.RUN)
        self.task = now

    def completed(self, now: Task) -> None:
        assert (now.status, now.version, now.due_at) == (Status.COMPLETED, self.task.version + 1, None)
        assert now.elapsed_ms == now.duration_ms
        assert self.task.due_at is not None
        assert now.completed_at is not None
        assert now.completed_at >= self.task.due_at, "never early"
        self.task = now

    @rule()
    def ring(self) -> None:
        async def complete() -> int:
            async with self.db.one() as connection:
                return len(await complete_due(connection, [self.task.id]))

        assert self.run(complete()) == self.due
        if self.due:
            self.completed(self.stored())

    @rule(duration_ms=DURATIONS)
    def stretch(self, duration_ms: int) -> None:
        before = self.task
        outcome = self.run(
            self.room.tasks.update(self.room.admin, None, before.id, {"duration_ms": duration_ms}, seed.EDIT)
        )
        if self.due and duration_ms != before.duration_ms:
            assert isinstance(outcome, Refused)
            self.completed(outcome.task)
            return
        same, too_short = duration_ms == before.duration_ms, duration_ms <= self.active
        if not same and (before.status is Status.COMPLETED or too_short):
            assert isinstance(outcome, Refused)
            assert (outcome.task, outcome.why) == (before, Why.INPUT)
            return
        assert isinstance(outcome, Moved)
        now = outcome.task
        assert (now.duration_ms, now.elapsed_ms, now.last_run_at) == (
            duration_ms,
            before.elapsed_ms,
            before.last_run_at,
        )
        if before.due_at is not None:
            assert before.duration_ms is not None
            assert now.due_at == before.due_at + (duration_ms - before.duration_ms) * MILLISECOND
        self.task = now

    @precondition(lambda self: self.task.status is Status.IN_PROGRESS)
    @rule(steps=st.integers(1, 3))
    def time_passes(self, steps: int) -> None:
        async def shift() -> None:
            async with self.db.one() as connection:
                await connection.execute(PASS, {"ms": steps * STEP, "id": self.task.id})

        self.run(shift())
        self.active += steps * STEP
        self.travelled = True
        self.task = self.stored()

    def stored(self) -> Task:
        found = self.run(self.room.tasks.get(self.room.admin, self.task.id))
        assert found is not None
        return found

    @invariant()
    def the_row_is_what_was_answered(self) -> None:
        assert self.stored() == self.task

    @invariant()
    def the_history_tells_every_step(self) -> None:
        page = self.run(events.page(self.db, self.room.admin, task_id=self.task.id, first=100))
        told = page.rows[::-1]
        assert (told[-1].version, told[-1].to_status) == (self.task.version, self.task.status)
        if not self.travelled:  # the history was written before time was moved
            assert judge(History(self.task.kind, self.task.duration_ms, told)) == []


def test_any_life_of_a_timer_is_one_that_the_table_allows(database_url: str) -> None:
    Life.url = database_url
    run_state_machine_as_test(
        Life, settings=settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None, database=None)
    )
