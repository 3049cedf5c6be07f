"""The leases of workers: who claims what, what a late worker may still do (nothing), and what becomes of leases that run out."""

import asyncio
import json
from dataclasses import replace
from itertools import product

import pytest
from fixtures import seed
from fixtures.desk import TIMING, Desk
from sqlalchemy import text

from engine import logs
from engine.endings import Ending, How, arrows
from engine.kinds.journal import Line
from engine.leases import Note, Timing, dispatchable, sweep
from models.lifecycle import LOST_IN_A_ROW, Action, Nature, Status, Verb, end

pytestmark = pytest.mark.every_postgres


async def test_the_most_urgent_is_claimed_first_within_what_there_is_room_for(desk: Desk) -> None:
    await desk.queued(1, 5, 3)
    worker = desk.worker("w1")
    assert [lease.task.priority for lease in await worker.claim({"items": 2}, 8)] == [5, 3]
    assert [lease.task.priority for lease in await worker.claim({"items": 5}, 0)] == []
    [last] = await worker.claim({"items": 5}, 1)
    assert (last.task.priority, last.task.status, last.task.lease_owner, last.epoch) == (1, Status.IN_PROGRESS, "w1", 1)
    assert await worker.claim({"items": 5}, 5) == []


async def test_a_task_is_claimed_by_just_one_of_many_workers(desk: Desk) -> None:
    tasks = await desk.queued(*[0] * 20)
    workers = [desk.worker(f"w{number}") for number in range(8)]
    by_due = [worker.claim({"items": 5}, 5) for worker in workers[:4]]
    by_name = [worker.claim({}, 0, [(task.id, 0)]) for worker in workers[4:] for task in tasks]
    claimed = [lease for leases in await asyncio.gather(*by_due, *by_name) for lease in leases]
    claimed += [lease for worker in workers for lease in await worker.claim({"items": 20}, 20)]
    assert sorted(lease.id for lease in claimed) == sorted(task.id for task in tasks)


async def test_a_message_with_another_epoch_claims_nothing(desk: Desk) -> None:
    [task] = await desk.queued(0)
    worker = desk.worker("w1")
    assert await worker.claim({}, 0, [(task.id, 1)]) == []
    assert await worker.kinds_of([(task.id, 1), (task.id, 0)]) == {(task.id, 0): "items"}
    answers = await asyncio.gather(*(worker.claim({}, 0, [(task.id, 0), (task.id, 1)]) for _ in range(5)))
    assert sorted(len(leases) for leases in answers) == [0, 0, 0, 0, 1]


async def test_a_late_worker_changes_nothing(desk: Desk) -> None:
    late, other = desk.worker("late"), desk.worker("other")
    lease = await desk.claimed(late)
    await desk.run_out(lease.id)
    assert [task.status for task in await sweep(desk.db, TIMING)] == [Status.QUEUED]
    await other.claim({"items": 1}, 1)
    before = await desk.now(lease.id)
    assert await late.prolong([lease.pair]) == await late.watch([lease.pair]) == {}
    assert await late.write(Note(lease.pair, "{}", 0.5, "half")) is False
    assert await late.end(lease, Ending(How.DONE, "late")) is None
    await logs.append(desk.db, {lease.pair: [Line("log", "late")]})
    assert await desk.now(lease.id) == before
    assert await seed.log(desk.db, lease.id) == []


ASKED: tuple[tuple[Action, ...], ...] = ((), (Action.PAUSE,), (Action.CANCEL,))


async def test_every_ending_leads_where_the_table_says(desk: Desk) -> None:
    worker, table = desk.worker("w1"), arrows()
    goes = dict(zip(zip(table["arrow_endings"], table["arrow_froms"], strict=True), table["arrow_tos"], strict=True))
    for how, actions in product(How, ASKED):
        lease = await desk.claimed(worker)
        task = lease.task
        for action in actions:
            task = await desk.do(task, action)
        ended = await worker.end(lease, Ending(how, result="r", error="e"), "{}")
        assert ended is not None
        assert ended.status == goes[how.value, task.status.value], (how, actions)
        assert (ended.lease_owner, ended == await desk.now(lease.id), desk.heard[-1] == ended) == (None, True, True)
        assert len(await desk.verbs(lease.id)) == 4 + len(actions)
        await worker.claim({"items": 1}, 1)  # what was queued again is out of the way


@pytest.mark.parametrize("recoveries", [0, LOST_IN_A_ROW - 1])
async def test_a_lease_that_runs_out_leads_where_the_table_says(desk: Desk, recoveries: int) -> None:
    too_often = recoveries == LOST_IN_A_ROW - 1
    for actions in ASKED:
        lease = await desk.claimed(desk.worker("w1"))
        task = lease.task
        for action in actions:
            task = await desk.do(task, action)
        given_up = too_often and not actions
        verb = Verb.FAILED if given_up else Verb.RECOVERED
        assert await sweep(desk.db, TIMING) == []
        await desk.run_out(lease.id, recoveries)
        [recovered] = await sweep(desk.db, TIMING)
        assert (recovered.status, recovered.lease_owner) == (end(task.status, verb, Nature.WORK), None)
        assert recovered.failures == (1 if given_up else 0)
        assert (await desk.verbs(lease.id))[-1] == verb
        await desk.worker("w2").claim({"items": 1}, 1)


async def test_sweeps_at_the_same_time_recover_each_lease_once(desk: Desk) -> None:
    await desk.queued(*[0] * 30)
    leases = await desk.worker("w1").claim({"items": 30}, 30)
    for lease in leases:
        await desk.run_out(lease.id)
    swept = [task for found in await asyncio.gather(*(sweep(desk.db, TIMING) for _ in range(6))) for task in found]
    assert sorted(task.id for task in swept) == sorted(lease.id for lease in leases)


async def test_a_checkpoint_comes_with_the_next_lease_and_is_gone_when_the_work_is_run_anew(desk: Desk) -> None:
    worker, kept = desk.worker("w1"), {"cursors": {"0": 1}, "state": {"deep": [1, None]}}
    lease = await desk.claimed(worker)
    assert lease.checkpoint is None
    assert await worker.write(Note(lease.pair, json.dumps(kept), 0.5, "half")) is True
    await worker.end(lease, Ending(How.LEFT))
    [again] = await worker.claim({"items": 1}, 1)
    assert (again.checkpoint, again.task.progress, again.task.progress_note) == (kept, 0.5, "half")
    await worker.end(again, Ending(How.FAIL, error="e"))
    await desk.do(again.task, Action.RUN)
    [anew] = await worker.claim({"items": 1}, 1)
    assert (anew.checkpoint, anew.task.progress, anew.task.error) == (None, None, None)


async def test_a_heartbeat_and_a_checkpoint_are_no_change_that_is_seen(desk: Desk) -> None:
    async def changed() -> int:
        async with desk.db.one() as connection:
            row = await connection.execute(text("select cast(cast(changed as text) as bigint) from tasks"))
            return row.scalar_one()

    worker = desk.worker("w1")
    lease = await desk.claimed(worker)
    before = await changed()
    assert await worker.prolong([lease.pair]) == {lease.pair: Status.IN_PROGRESS}
    await worker.write(Note(lease.pair, "{}"))
    assert await changed() == before
    await worker.write(Note(lease.pair, None, 0.5, "half"))
    assert await changed() > before


async def test_what_waits_to_be_tried_again_is_not_claimed_before_its_time(desk: Desk) -> None:
    worker = desk.worker("w1")
    lease = await desk.claimed(worker)
    await worker.end(lease, Ending(How.RETRY, error="e", wait_ms=600_000))
    assert await worker.claim({"items": 1}, 1) == []
    assert await dispatchable(desk.db, TIMING) == []
    await desk.run_out(lease.id)
    [again] = await worker.claim({"items": 1}, 1)
    assert (again.task.attempt, again.task.failures, again.spent_ms) == (2, 1, 0)


async def test_what_was_sent_is_sent_again_only_when_nobody_claims_it_in_time(desk: Desk) -> None:
    tasks = await desk.queued(1, 2)
    assert await dispatchable(desk.db, TIMING) == [(tasks[1].id, 0), (tasks[0].id, 0)]
    assert await dispatchable(desk.db, TIMING) == []
    await desk.run_out(tasks[0].id)
    assert await dispatchable(desk.db, TIMING) == [(tasks[0].id, 0)]


async def test_work_that_is_held_in_place_is_left_to_its_worker_for_a_while(desk: Desk) -> None:
    holder, other = desk.worker("holder"), desk.worker("other", Timing(hold=600))
    lease = await desk.claimed(holder)
    await desk.do(lease.task, Action.PAUSE)
    held = await holder.end(lease, Ending(How.DOWN, holds=True))
    assert held is not None
    assert (held.status, held.held_by) == (Status.PAUSED, "holder")
    resumed = await desk.do(held, Action.RESUME)
    assert await other.claim({"items": 1}, 1) == []
    assert await other.claim({}, 0, [(resumed.id, resumed.lease_epoch)]) == []
    assert await holder.claim({"items": 1}, 1) == []  # not a second time beside the one that it holds
    [mine] = await holder.claim({}, 0, [(resumed.id, resumed.lease_epoch)])
    assert (mine.task.held_by, mine.epoch) == (None, 2)


async def test_work_that_is_held_by_a_worker_that_is_gone_is_taken_over(desk: Desk) -> None:
    gone, other = desk.worker("gone"), desk.worker("other", Timing(hold=0))
    lease = await desk.claimed(gone)
    await desk.do(lease.task, Action.PAUSE)
    held = await gone.end(lease, Ending(How.DOWN, holds=True))
    assert held is not None
    await desk.do(held, Action.RESUME)
    assert [taken.task.lease_owner for taken in await other.claim({"items": 1}, 1)] == ["other"]


async def test_work_that_is_let_go_is_anybodys(desk: Desk) -> None:
    holder, other = desk.worker("holder"), desk.worker("other")
    lease = await desk.claimed(holder)
    await desk.do(lease.task, Action.PAUSE)
    held = await holder.end(lease, Ending(How.DOWN, holds=True))
    assert held is not None
    await holder.let_go([lease.id])
    await desk.do(held, Action.RESUME)
    assert len(await other.claim({"items": 1}, 1)) == 1


async def test_a_worker_that_says_again_that_it_holds_work_keeps_it_until_it_has_room(desk: Desk) -> None:
    holder, other = desk.worker("holder"), desk.worker("other", Timing(hold=0))
    lease = await desk.claimed(holder)
    await desk.do(lease.task, Action.PAUSE)
    held = await holder.end(lease, Ending(How.DOWN, holds=True))
    assert held is not None
    resumed = await desk.do(held, Action.RESUME)
    pair = (resumed.id, resumed.lease_epoch)
    await holder.hold([pair])
    assert await other.claim({"items": 1}, 1) == await other.claim({}, 0, [pair]) == []
    assert await dispatchable(desk.db, TIMING) == []
    assert await desk.now(lease.id) == replace(resumed, deadline_at=(await desk.now(lease.id)).deadline_at)
    await other.hold([pair])  # who does not hold it has no say
    await desk.run_out(lease.id)  # it was not heard of any more
    assert await dispatchable(desk.db, TIMING) == [pair]
    assert len(await other.claim({}, 0, [pair])) == 1
