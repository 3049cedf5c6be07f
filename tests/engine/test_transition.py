"""One action on one task: where it leads from every status, and what holds of the row and its history afterwards."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine import events
from engine.outcomes import Missing, Moved, Refused, Why
from engine.transition import ACKNOWLEDGE_MS
from models.base import new_id
from models.lifecycle import Action, Nature, Status, Verb, end
from models.task import Task

pytestmark = pytest.mark.every_postgres

MILLISECOND = timedelta(milliseconds=1)
TIMER_STATUSES = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.PAUSED, Status.CANCELLED, Status.COMPLETED)


async def place(room: Room, task: Task, status: Status, **times: int) -> Task:
    await seed.place(room.db, task.id, status, **times)
    found = await room.tasks.get(room.admin, task.id)
    assert found is not None
    return found


@pytest.mark.parametrize("nature", Nature)
async def test_every_action_leads_from_every_status_where_the_table_says(room: Room, nature: Nature) -> None:
    timer = nature is Nature.TIMER
    for status, action in product(TIMER_STATUSES if timer else Status, Action):
        task = await place(room, await room.timer() if timer else await room.work(), status)
        before = await seed.everything(room.db)
        outcome = await room.ask(task, action)
        expected = end(status, Verb(action), nature)
        if expected is None:
            assert outcome == Refused(task, Why.STATUS), (status, action)
            assert await seed.everything(room.db) == before
        else:
            assert isinstance(outcome, Moved), (status, action, outcome)
            assert outcome.task.status is expected
            assert (outcome.event.action, outcome.event.from_status, outcome.event.to_status) == (
                action,
                status,
                expected,
            )
            assert outcome.task.version == outcome.event.version == task.version + 1


async def test_the_answer_is_what_a_reader_sees(room: Room) -> None:
    moved = await room.ask(await room.timer(), Action.RUN)
    assert isinstance(moved, Moved)
    assert await room.tasks.get(room.admin, moved.task.id) == moved.task
    page = await events.page(room.db, room.admin, task_id=moved.task.id, first=10)
    assert page.rows[0] == moved.event
    assert [event.action for event in page.rows] == ["RUN", "CREATED"]


async def test_a_timer_that_runs_is_due_when_its_duration_is_over(room: Room) -> None:
    task = await room.do(await room.timer(duration_ms=60_000), Action.RUN)
    assert task.last_run_at is not None
    assert task.due_at == task.last_run_at + 60_000 * MILLISECOND
    assert (task.attempt, task.elapsed_ms) == (1, 0)


async def test_pause_keeps_the_time_already_spent_to_the_millisecond(room: Room) -> None:
    running = await place(room, await room.timer(), Status.IN_PROGRESS, elapsed_ms=5_000, ran_ms=20_000)
    paused = await room.do(running, Action.PAUSE)
    assert running.last_run_at is not None
    assert paused.elapsed_ms == 5_000 + (paused.updated_at - running.last_run_at) / MILLISECOND
    assert paused.due_at is None
    resumed = await room.do(paused, Action.RESUME)
    assert resumed.due_at == resumed.updated_at + (600_000 - paused.elapsed_ms) * MILLISECOND


async def test_time_spent_paused_does_not_count(room: Room) -> None:
    paused = await place(room, await room.timer(), Status.PAUSED, elapsed_ms=5_000, ran_ms=300_000)
    resumed = await room.do(paused, Action.RESUME)
    assert resumed.elapsed_ms == 5_000


async def test_cancelling_sets_the_time_to_zero_and_the_history_keeps_what_it_was(room: Room) -> None:
    paused = await place(room, await room.timer(), Status.PAUSED, elapsed_ms=5_000)
    outcome = await room.ask(paused, Action.CANCEL)
    assert isinstance(outcome, Moved)
    assert (outcome.task.elapsed_ms, outcome.task.progress, outcome.task.completed_at) == (0, None, outcome.event.at)
    assert outcome.event.detail == {"elapsedMs": {"before": 5_000, "after": 0}}


async def test_running_again_starts_from_zero_and_forgets_the_last_run(room: Room) -> None:
    failed = await place(room, await room.work(), Status.FAILED, elapsed_ms=5_000)
    queued = await room.do(failed, Action.RUN)
    assert (queued.status, queued.elapsed_ms, queued.attempt) == (Status.QUEUED, 0, 1)
    assert (queued.progress, queued.progress_note, queued.result, queued.error) == (None, None, None, None)
    assert (queued.failures, queued.held_by, queued.completed_at) == (0, None, None)
    assert queued.deadline_at == queued.updated_at
    async with room.db.one() as connection:
        assert (await connection.execute(text("select checkpoint from tasks"))).scalar_one() is None


async def test_pausing_work_keeps_the_lease_and_sets_a_deadline_to_acknowledge(room: Room) -> None:
    running = await place(room, await room.work(), Status.IN_PROGRESS, elapsed_ms=1_000, ran_ms=2_000)
    pausing = await room.do(running, Action.PAUSE)
    assert (pausing.status, pausing.lease_owner, pausing.lease_epoch) == (Status.PAUSING, "a worker", 0)
    assert pausing.deadline_at is not None
    assert pausing.deadline_at >= pausing.updated_at + ACKNOWLEDGE_MS * MILLISECOND
    assert pausing.elapsed_ms >= 3_000
    withdrawn = await room.do(pausing, Action.RESUME)
    assert (withdrawn.status, withdrawn.lease_owner) == (Status.IN_PROGRESS, "a worker")
    assert withdrawn.deadline_at == pausing.deadline_at
    assert withdrawn.last_run_at == withdrawn.updated_at


@pytest.mark.parametrize("action", [Action.PAUSE, Action.CANCEL, Action.RUN, Action.RESUME])
async def test_a_timer_that_is_due_is_done_whatever_is_asked(room: Room, action: Action) -> None:
    overdue = await place(room, await room.timer(), Status.IN_PROGRESS, ran_ms=700_000)
    outcome = await room.ask(overdue, action)
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.task.status, outcome.task.elapsed_ms) == (Why.STATUS, Status.COMPLETED, 600_000)
    page = await events.page(room.db, room.admin, task_id=overdue.id, first=1)
    event = page.rows[0]
    assert (event.action, event.actor_id, event.elapsed_ms, event.version) == ("COMPLETED", None, 600_000, 2)


async def test_a_stale_version_is_refused_without_effect(room: Room) -> None:
    task = await room.do(await room.timer(), Action.RUN)
    before = await seed.everything(room.db)
    for version in (1, 3, 2**31 - 1):
        outcome = await room.tasks.transition(
            room.admin, None, task.id, Action.PAUSE, seed.OPERATE, expected_version=version
        )
        assert outcome == Refused(task, Why.VERSION)
    assert await seed.everything(room.db) == before
    moved = await room.tasks.transition(room.admin, None, task.id, Action.PAUSE, seed.OPERATE, expected_version=2)
    assert isinstance(moved, Moved)


async def test_a_pause_may_end_by_itself_at_a_time_in_the_future_only(room: Room) -> None:
    task = await room.do(await room.timer(), Action.RUN)
    now = datetime.now(UTC)
    for at in (now - timedelta(hours=1), now + timedelta(days=370)):
        refused = await room.tasks.transition(room.admin, None, task.id, Action.PAUSE, seed.OPERATE, resume_at=at)
        assert isinstance(refused, Refused)
        assert (refused.why, refused.path) == (Why.INPUT, "resumeAt")
    at = now + timedelta(hours=1)
    moved = await room.tasks.transition(room.admin, None, task.id, Action.PAUSE, seed.OPERATE, resume_at=at)
    assert isinstance(moved, Moved)
    assert moved.task.resume_at == at
    resumed = await room.do(moved.task, Action.RESUME)
    assert resumed.resume_at is None


async def test_the_event_says_who_why_and_from_where(room: Room) -> None:
    task = await room.timer()
    moved = await room.tasks.transition(room.admin, None, task.id, Action.RUN, seed.OPERATE, reason="because")
    assert isinstance(moved, Moved)
    assert (moved.event.actor_id, moved.event.reason, moved.event.via) == (room.admin.user_id, "because", None)
    async with room.db.one() as connection:
        row = (await connection.execute(text("select address, request_id from events where version = 2"))).one()
    assert tuple(row) == ("192.0.2.1", "request")


async def test_an_unknown_task_and_one_of_another_workspace_look_the_same(room: Room) -> None:
    other = await seed.workspace(room.db)
    task = await room.timer()
    stranger = await seed.person(room.db)
    before = await seed.everything(room.db)
    for authority, workspace_id, task_id in (
        (room.admin, room.workspace_id, new_id()),
        (room.admin, other, task.id),
        (stranger, room.workspace_id, task.id),
        (stranger, None, task.id),
    ):
        outcome = await room.tasks.transition(authority, workspace_id, task_id, Action.RUN, seed.OPERATE)
        assert outcome == Missing()
    assert await seed.everything(room.db) == before
