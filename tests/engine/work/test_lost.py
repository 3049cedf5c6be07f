"""Workers that are lost: what a task says while one is silent, and when the task itself is to blame."""

import json
from uuid import UUID

import pytest
from fixtures.desk import TIMING, Desk

from engine import events, leases
from engine.endings import Ending, How
from engine.feed import changes, snapshot
from engine.leases import Lease, Leases, Note, notice_silence, sweep
from engine.waiting import waiting_for
from models.lifecycle import LOST_IN_A_ROW, Action, Status
from models.task import Task


async def lost(desk: Desk, worker: Leases, times: int) -> Task:
    """One more queued task is claimed and its worker lost, so often; how the task stands then."""
    [task] = await desk.queued(0)
    for _ in range(times):
        task = await lost_again(desk, worker)
    return task


async def lost_again(desk: Desk, worker: Leases) -> Task:
    lease = await claimed(worker)
    await desk.run_out(lease.id)
    [task] = await sweep(desk.db, TIMING)
    return task


async def claimed(worker: Leases) -> Lease:
    [lease] = await worker.claim({"items": 1}, 1)
    return lease


async def test_work_that_ends_every_worker_has_failed_and_says_why(desk: Desk) -> None:
    worker = desk.worker("w3")
    task = await lost(desk, worker, LOST_IN_A_ROW - 1)
    assert (task.status, task.error) == (Status.QUEUED, None)
    failed = await lost_again(desk, worker)
    assert (failed.status, failed.lease_owner, failed.deadline_at) == (Status.FAILED, None, None)
    words = "its worker was lost 5 times in a row, and it came no further under any of them: the last was w3"
    assert failed.error == words
    assert failed.completed_at == failed.updated_at
    recovered = ["CLAIMED", "RECOVERED"] * (LOST_IN_A_ROW - 1)
    assert await desk.verbs(task.id) == ["CREATED", "RUN", *recovered, "CLAIMED", "FAILED"]
    last = (await events.page(desk.db, desk.admin, task_id=task.id, first=1)).rows[0]
    assert (last.reason, last.detail["error"]["after"]) == ("worker w3 was not heard of", words)
    assert await worker.claim({"items": 1}, 1) == []


async def test_work_that_was_given_up_can_be_run_again_and_is_counted_anew(desk: Desk) -> None:
    worker = desk.worker("w1")
    failed = await lost(desk, worker, LOST_IN_A_ROW)
    await desk.do(failed, Action.RUN)
    for _ in range(LOST_IN_A_ROW - 1):
        assert (await lost_again(desk, worker)).status is Status.QUEUED
    assert (await lost_again(desk, worker)).status is Status.FAILED


async def test_a_new_checkpoint_begins_the_count_anew_and_the_same_one_does_not(desk: Desk) -> None:
    worker, kept = desk.worker("w1"), json.dumps({"cursors": {"0": 1}, "state": None})
    await lost(desk, worker, LOST_IN_A_ROW - 1)
    lease = await claimed(worker)
    await worker.write(Note(lease.pair, kept))
    await desk.run_out(lease.id)
    assert [task.status for task in await sweep(desk.db, TIMING)] == [Status.QUEUED]
    for status in (*[Status.QUEUED] * (LOST_IN_A_ROW - 2), Status.FAILED):
        lease = await claimed(worker)
        await worker.write(Note(lease.pair, kept, 0.5, "half"))
        await desk.run_out(lease.id)
        assert [task.status for task in await sweep(desk.db, TIMING)] == [status]


@pytest.mark.parametrize("how", [How.LEFT, How.RETRY])
async def test_work_that_a_worker_has_given_back_is_counted_anew(desk: Desk, how: How) -> None:
    worker = desk.worker("w1")
    task = await lost(desk, worker, LOST_IN_A_ROW - 1)
    assert await worker.end(await claimed(worker), Ending(how, error="e")) is not None
    assert (await lost_again(desk, worker)).id == task.id
    assert (await desk.now(task.id)).status is Status.QUEUED


@pytest.mark.parametrize(("asked", "status"), [(Action.PAUSE, Status.PAUSED), (Action.CANCEL, Status.CANCELLED)])
async def test_what_was_to_stop_anyway_has_stopped_however_often_its_worker_was_lost(
    desk: Desk, asked: Action, status: Status
) -> None:
    worker = desk.worker("w1")
    await lost(desk, worker, LOST_IN_A_ROW)
    task = await lost(desk, worker, LOST_IN_A_ROW - 1)
    lease = await claimed(worker)
    await desk.do(lease.task, asked)
    await desk.run_out(task.id)
    assert [found.status for found in await sweep(desk.db, TIMING)] == [status]


async def test_a_worker_that_is_silent_is_named_with_the_moment_and_heard_of_again(desk: Desk) -> None:
    worker = desk.worker("w3")
    lease = await desk.claimed(worker)
    assert await notice_silence(desk.db, TIMING) == []
    await desk.deadline_in(lease.id, 45)  # of a lease of 60 s: last heard of 15 s ago
    before = await desk.now(lease.id)
    seen = await revision(desk)
    [marked] = await notice_silence(desk.db, TIMING)
    assert before.deadline_at is not None
    assert marked.unheard_since is not None
    assert (before.deadline_at - marked.unheard_since).total_seconds() == TIMING.lease
    assert marked == await desk.now(lease.id)
    assert await notice_silence(desk.db, TIMING) == []  # said once: nothing changes while time goes by
    assert waiting_for(marked) == f"worker w3 not heard of since {marked.unheard_since:%Y-%m-%d %H:%M:%S} UTC"
    assert await seen_to_change(desk, seen) == [lease.id]
    seen = await revision(desk)
    assert await seen_to_change(desk, seen) == []
    assert await worker.prolong([lease.pair]) == {lease.pair: Status.IN_PROGRESS}
    assert ((await desk.now(lease.id)).unheard_since, await seen_to_change(desk, seen)) == (None, [lease.id])
    assert await desk.verbs(lease.id) == ["CREATED", "RUN", "CLAIMED"]


@pytest.mark.parametrize("recovered", [True, False])
async def test_the_silence_of_a_worker_is_over_when_its_lease_is(desk: Desk, recovered: bool) -> None:
    worker = desk.worker("w1")
    lease = await desk.claimed(worker)
    await desk.deadline_in(lease.id, 45)
    await notice_silence(desk.db, TIMING)
    if recovered:
        await desk.run_out(lease.id)
        await sweep(desk.db, TIMING)
    else:
        await worker.end(lease, Ending(How.DONE))
    ended = await desk.now(lease.id)
    assert (ended.status, ended.unheard_since) == (Status.QUEUED if recovered else Status.COMPLETED, None)


async def test_a_pause_says_who_asked_for_it_and_why_until_the_work_goes_on(desk: Desk) -> None:
    worker = desk.worker("w1")
    lease = await desk.claimed(worker)
    pausing = await desk.do(lease.task, Action.PAUSE, reason="database maintenance")
    paused = await worker.end(lease, Ending(How.DOWN))
    assert paused is not None
    assert (pausing.pause_reason, paused.status) == ("database maintenance", Status.PAUSED)
    assert waiting_for(paused) == "paused by an admin: database maintenance"
    resumed = await desk.do(paused, Action.RESUME)
    assert (resumed.paused_by, resumed.pause_reason, waiting_for(resumed)) == (None, None, "waiting for a worker")


async def revision(desk: Desk) -> str:
    async with desk.db.one() as connection:
        return await snapshot(connection)


async def seen_to_change(desk: Desk, since: str) -> list[UUID]:
    found = await changes(desk.db, desk.admin, desk.workspace_id, since)
    assert found is not None
    return [task.id for task in found.tasks]


async def test_work_that_comes_further_each_time_and_ends_every_worker_is_bounded_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LOST_IN_ALL", 7)
    worker = desk.worker("w3")
    [task] = await desk.queued(0)
    left = await worker.end(await claimed(worker), Ending(How.LEFT))  # a worker that leaves is not lost
    assert left is not None
    for count in range(6):
        assert (await lost_further(desk, worker, count)).status is Status.QUEUED
    failed = await lost_further(desk, worker, 6)
    words = "its worker was lost 7 times since it was run: the last was w3"
    assert (failed.id, failed.status, failed.error) == (task.id, Status.FAILED, words)
    await desk.do(failed, Action.RUN)
    assert (await lost_further(desk, worker, 7)).status is Status.QUEUED  # counted anew


async def lost_further(desk: Desk, worker: Leases, count: int) -> Task:
    lease = await claimed(worker)
    await worker.write(Note(lease.pair, json.dumps({"cursors": {"0": count}, "state": None})))
    await desk.run_out(lease.id)
    [task] = await sweep(desk.db, TIMING)
    return task
