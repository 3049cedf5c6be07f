"""Making, editing and deleting tasks."""

from datetime import timedelta
from typing import Any

import pytest
from fixtures import seed
from fixtures.room import Room

from engine.drafts import MAX_NEW, NewTask, TaskPatch
from engine.errors import InvalidInput
from engine.outcomes import Missing, Moved, Refused, Why
from models.lifecycle import Action, Status
from models.task import Task

MILLISECOND = timedelta(milliseconds=1)


async def edit(room: Room, task: Task, patch: TaskPatch, *, version: int | None = None) -> Moved | Refused:
    outcome = await room.tasks.update(room.admin, None, task.id, patch, seed.EDIT, expected_version=version)
    assert isinstance(outcome, Moved | Refused)
    return outcome


async def test_new_tasks_are_made_in_order_each_with_the_first_line_of_its_history(room: Room) -> None:
    drafts = [NewTask(f"task {n}", "words", ["a", "b"], duration_ms=n + 1, priority=n) for n in range(20)]
    made = await room.tasks.create(room.admin, room.workspace_id, drafts, seed.CREATE)
    assert isinstance(made, list)
    assert [moved.task.title for moved in made] == [draft.title for draft in drafts]
    assert [moved.task.labels for moved in made] == [["a", "b"]] * 20
    for moved in made:
        assert (moved.event.action, moved.event.version, moved.event.task_id) == ("CREATED", 1, moved.task.id)
        assert (moved.task.status, moved.task.version, moved.task.created_by) == (
            Status.NOT_STARTED,
            1,
            room.admin.user_id,
        )


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "0.title"),
    ({"title": " "}, "0.title"),
    ({"title": "x" * 201}, "0.title"),
    ({"title": "a\x00b"}, "0.title"),
    ({"title": "\ud800"}, "0.title"),
    ({"description": "x" * 10_001}, "0.description"),
    ({"labels": ["x"] * 2}, "0.labels"),
    ({"labels": [str(n) for n in range(21)]}, "0.labels"),
    ({"labels": ["x", "x" * 51]}, "0.labels.1"),
    ({"duration_ms": None}, "0.durationMs"),
    ({"duration_ms": 0}, "0.durationMs"),
    ({"duration_ms": 2**31}, "0.durationMs"),
    ({"timeout_ms": -1}, "0.timeoutMs"),
    ({"max_attempts": 101}, "0.maxAttempts"),
    ({"priority": 2**31}, "0.priority"),
    ({"kind": "no such kind"}, "0.kind"),
    ({"kind": "items", "input": {}}, "0.input"),
    ({"kind": "items", "input": {"items": ["\x00"]}}, "0.input"),
    ({"kind": "items", "input": {"items": ["\ud800"]}}, "0.input"),
    ({"kind": "items", "input": {"items": ["x" * 200] * 400}}, "0.input"),
]


@pytest.mark.parametrize(("fields", "path"), BAD)
async def test_what_cannot_be_taken_is_named_and_nothing_is_written(
    room: Room, fields: dict[str, Any], path: str
) -> None:
    before = await seed.everything(room.db)
    good: dict[str, Any] = {"title": "fine", "duration_ms": 1000}
    with pytest.raises(InvalidInput) as caught:
        await room.tasks.create(
            room.admin, room.workspace_id, [NewTask(**{**good, **fields}), NewTask(**good)], seed.CREATE
        )
    assert path in [problem.path for problem in caught.value.problems]
    assert await seed.everything(room.db) == before


@pytest.mark.parametrize("count", [0, MAX_NEW + 1])
async def test_the_number_of_new_tasks_is_limited(room: Room, count: int) -> None:
    with pytest.raises(InvalidInput):
        await room.tasks.create(room.admin, room.workspace_id, [NewTask("t", duration_ms=1)] * count, seed.CREATE)


async def test_an_edit_changes_what_it_names_and_keeps_the_rest(room: Room) -> None:
    task = (await room.make(NewTask("old", "words", ["a"], duration_ms=60_000, priority=3)))[0]
    outcome = await edit(room, task, {"title": "new", "labels": ["b", "c"], "priority": 3})
    assert isinstance(outcome, Moved)
    after = outcome.task
    assert (after.title, after.labels, after.description, after.priority) == ("new", ["b", "c"], "words", 3)
    assert outcome.event.action == "EDITED"
    assert outcome.event.detail == {
        "title": {"before": "old", "after": "new"},
        "labels": {"before": ["a"], "after": ["b", "c"]},
    }


async def test_taking_a_time_away_is_told_in_the_history(room: Room) -> None:
    task = (await room.make(NewTask("t", kind="items", input={"items": ["x"]}, timeout_ms=5)))[0]
    outcome = await edit(room, task, {"timeout_ms": None})
    assert isinstance(outcome, Moved)
    assert outcome.task.timeout_ms is None
    assert outcome.event.detail == {"timeoutMs": {"before": 5, "after": None}}


async def test_an_edit_that_names_nothing_is_refused(room: Room) -> None:
    task = await room.timer()
    with pytest.raises(InvalidInput):
        await edit(room, task, {})
    assert await edit(room, task, {"title": "x"}, version=7) == Refused(task, Why.VERSION)


async def test_a_running_timer_with_another_duration_is_due_at_another_time(room: Room) -> None:
    task = await room.timer(duration_ms=60_000)
    await seed.place(room.db, task.id, Status.IN_PROGRESS, elapsed_ms=10_000, ran_ms=5_000)
    before = await room.tasks.get(room.admin, task.id)
    outcome = await edit(room, task, {"duration_ms": 90_000})
    assert before is not None
    assert before.due_at is not None
    assert isinstance(outcome, Moved)
    assert outcome.task.due_at == before.due_at + 30_000 * MILLISECOND
    assert (outcome.task.elapsed_ms, outcome.task.last_run_at) == (10_000, before.last_run_at)


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.PAUSED])
async def test_a_duration_that_the_time_spent_does_not_fit_into_is_refused(room: Room, status: Status) -> None:
    task = await room.timer(duration_ms=60_000)
    ran = 5_000 if status is Status.IN_PROGRESS else 0
    await seed.place(room.db, task.id, status, elapsed_ms=15_000 - ran, ran_ms=ran)
    refused = await edit(room, task, {"duration_ms": 15_000})
    assert isinstance(refused, Refused)
    assert (refused.why, refused.path) == (Why.INPUT, "durationMs")
    assert isinstance(await edit(room, task, {"duration_ms": 50_000}), Moved)


async def test_a_timer_that_is_due_completes_before_it_can_be_stretched(room: Room) -> None:
    task = await room.timer(duration_ms=1_000)
    await seed.place(room.db, task.id, Status.IN_PROGRESS, ran_ms=2_000)
    refused = await edit(room, task, {"duration_ms": 90_000})
    assert isinstance(refused, Refused)
    assert (refused.task.status, refused.task.duration_ms) == (Status.COMPLETED, 1_000)


async def test_a_deleted_task_is_gone_for_everyone_and_its_history_says_so(room: Room) -> None:
    task = await room.timer()
    outcome = await room.tasks.delete(room.admin, None, task.id, seed.EDIT, reason="done with it")
    assert isinstance(outcome, Moved)
    assert (outcome.event.action, outcome.event.version, outcome.event.reason) == ("DELETED", 2, "done with it")
    assert await room.tasks.get(room.admin, task.id) is None
    assert await room.ask(task, Action.RUN) == Missing()
    assert await room.tasks.delete(room.admin, None, task.id, seed.EDIT) == Missing()


@pytest.mark.parametrize("status", Status)
async def test_what_is_running_cannot_be_deleted(room: Room, status: Status) -> None:
    task = await room.work()
    await seed.place(room.db, task.id, status)
    outcome = await room.tasks.delete(room.admin, None, task.id, seed.EDIT)
    running = status in (Status.QUEUED, Status.IN_PROGRESS, Status.PAUSING, Status.CANCELLING)
    assert isinstance(outcome, Refused if running else Moved)
