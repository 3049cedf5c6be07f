"""What every executor does with work, whatever happens to its workers: the same tests for each, with real processes."""

import pytest
from fixtures.member import SLOTS
from fixtures.place import Place

from engine.kinds.processes import process
from models.lifecycle import Action, Status


@pytest.mark.every_broker
async def test_work_runs_to_its_end(place: Place) -> None:
    task = await place.stands_at(await place.run("steps", count=3), Status.COMPLETED)
    assert (task.result, task.error, task.progress, task.progress_note) == ("all done", None, 1.0, "3 of 3")
    assert (task.lease_owner, task.deadline_at, task.attempt) == (None, None, 1)
    assert place.lines() == ["0", "1", "2"]
    assert await place.verbs(task) == ["CREATED", "RUN", "CLAIMED", "COMPLETED"]


@pytest.mark.parametrize("kind", ["steps", "slowly"])
async def test_a_pause_keeps_the_cursor_and_another_worker_goes_on_from_it(place: Place, kind: str) -> None:
    task = await place.run(kind, count=6, gate=3)
    await place.shows("waiting")
    await place.do(task, Action.PAUSE)
    paused = await place.stands_at(task, Status.PAUSED)
    assert (place.lines(), paused.lease_owner, paused.held_by) == (["0", "1", "2", "3"], None, None)
    [first] = await place.owners(task)
    place.crew.freeze(first)
    try:
        await place.do(task, Action.RESUME)
        done = await place.stands_at(task, Status.COMPLETED)
    finally:
        place.crew.thaw(first)
    assert place.lines() == ["0", "1", "2", "3", "4", "5"]
    assert len(set(await place.owners(task))) == 2
    assert done.elapsed_ms >= paused.elapsed_ms > 0


@pytest.mark.every_broker
async def test_a_pause_that_is_withdrawn_leaves_the_work_at_it(place: Place) -> None:
    task = await place.run("deaf")
    await place.shows("waiting")
    await place.do(task, Action.PAUSE)
    await place.do(task, Action.RESUME)
    place.open()
    done = await place.stands_at(task, Status.COMPLETED)
    assert await place.verbs(done) == ["CREATED", "RUN", "CLAIMED", "PAUSE", "RESUME", "COMPLETED"]


async def test_work_that_is_done_before_it_could_stop_is_complete(place: Place) -> None:
    task = await place.run("deaf")
    await place.shows("waiting")
    await place.do(task, Action.PAUSE)
    assert (await place.now(task)).status is Status.PAUSING
    place.open()
    done = await place.stands_at(task, Status.COMPLETED)
    assert await place.verbs(done) == ["CREATED", "RUN", "CLAIMED", "PAUSE", "COMPLETED"]


@pytest.mark.parametrize("kind", ["steps", "slowly", "deaf", "ticks"])
async def test_a_cancel_ends_the_work_whether_it_listens_or_not(place: Place, kind: str) -> None:
    task = await place.run(kind, **({} if kind in ("deaf", "ticks") else {"count": 6, "gate": 2}))
    await place.shows("pid" if kind == "ticks" else "waiting")
    await place.do(task, Action.CANCEL)
    cancelled = await place.stands_at(task, Status.CANCELLED)
    assert (cancelled.elapsed_ms, cancelled.progress, cancelled.lease_owner) == (0, None, None)
    assert await place.verbs(task) == ["CREATED", "RUN", "CLAIMED", "CANCEL", "STOPPED"]
    assert all(process(int(pid)) is None for pid in place.lines("pid"))


async def test_what_fails_is_tried_again_with_the_same_key(place: Place) -> None:
    task = await place.stands_at(await place.run("fails", tries=3, max_attempts=3), Status.COMPLETED)
    assert (task.result, task.error, task.attempt, task.failures) == ("at last", None, 3, 2)
    assert place.lines("tries") == [f"{task.id}:1"] * 3
    again = ["CLAIMED", "RETRIED"]
    assert await place.verbs(task) == ["CREATED", "RUN", *again, *again, "CLAIMED", "COMPLETED"]


@pytest.mark.parametrize(("final", "tries"), [(False, 2), (True, 1)])
async def test_what_goes_on_failing_has_failed_and_can_be_run_again(place: Place, final: bool, tries: int) -> None:
    task = await place.run("fails", tries=tries + 1, max_attempts=2, final=final)
    failed = await place.stands_at(task, Status.FAILED)
    assert (failed.error, failed.failures, failed.result) == ("not this time", tries, None)
    await place.do(task, Action.RUN)
    done = await place.stands_at(task, Status.COMPLETED)
    assert (done.error, done.failures, done.attempt) == (None, 0, tries + 1)
    assert place.lines("tries")[-1] == f"{task.id}:{tries + 1}"


@pytest.mark.parametrize("kind", ["steps", "slowly", "ticks"])
async def test_work_that_takes_longer_than_it_may_is_ended(place: Place, kind: str) -> None:
    task = await place.run(kind, timeout_ms=1500, **({} if kind == "ticks" else {"count": 6, "gate": 2}))
    failed = await place.stands_at(task, Status.FAILED)
    assert failed.error == "it took longer than it may"
    assert failed.elapsed_ms >= 1500
    assert all(process(int(pid)) is None for pid in place.lines("pid"))


async def test_a_command_that_is_paused_stands_still_in_place_and_goes_on(place: Place) -> None:
    task = await place.run("ticks")
    await place.shows("pid")
    await place.do(task, Action.PAUSE)
    paused = await place.stands_at(task, Status.PAUSED)
    [pid] = place.lines("pid")
    stopped = process(int(pid))
    assert stopped is not None
    assert (stopped.state, paused.held_by) == ("T", (await place.owners(task))[0])
    printed = await place.log(task)
    await place.do(task, Action.RESUME)
    await place.stands_at(task, Status.IN_PROGRESS)
    place.open()
    done = await place.stands_at(task, Status.COMPLETED)
    log = await place.log(task)
    assert (done.result, log[: len(printed)], log[-1]) == ("over", printed, "over")
    assert log[:-1] == [str(number) for number in range(1, len(log))]
    assert place.lines("pid") == [pid]


async def test_a_command_that_is_cancelled_while_it_is_held_is_ended(place: Place) -> None:
    task = await place.run("ticks")
    await place.shows("pid")
    await place.do(task, Action.PAUSE)
    await place.stands_at(task, Status.PAUSED)
    await place.do(task, Action.CANCEL)
    pid = int(place.lines("pid")[0])
    await place.until(lambda: process(pid) is None)
    assert (await place.now(task)).held_by is None


@pytest.mark.every_broker
async def test_a_worker_that_is_killed_is_missed_and_another_finishes_its_work(place: Place) -> None:
    portable = await place.run("steps", count=6, gate=3)
    await place.shows("waiting")
    [owner] = await place.owners(portable)
    place.crew.kill(owner)
    await place.misses_its_worker(portable, owner)
    place.crew.start(owner)
    place.open()
    done = await place.stands_at(portable, Status.COMPLETED)
    assert await place.verbs(done) == ["CREATED", "RUN", "CLAIMED", "RECOVERED", "CLAIMED", "COMPLETED"]
    numbers = [int(line) for line in place.lines()]
    assert sorted(set(numbers)) == [0, 1, 2, 3, 4, 5]
    assert numbers[-3:] == [3, 4, 5]


async def test_a_late_worker_changes_nothing_and_ends_its_processes(place: Place) -> None:
    task = await place.run("ticks")
    await place.shows("pid")
    [late] = await place.owners(task)
    place.crew.freeze(late)
    try:
        await place.misses_its_worker(task, late)
        await place.until(lambda: len(place.lines("pid")) == 2)
    finally:
        place.crew.thaw(late)
    first, second = (int(pid) for pid in place.lines("pid"))
    await place.until(lambda: process(first) is None)
    assert process(second) is not None
    place.open()
    await place.stands_at(task, Status.COMPLETED)
    assert await place.verbs(task) == ["CREATED", "RUN", "CLAIMED", "RECOVERED", "CLAIMED", "COMPLETED"]


@pytest.mark.every_broker
async def test_a_worker_that_is_told_to_leave_puts_its_work_down_for_the_others(place: Place) -> None:
    task = await place.run("steps", count=6, gate=3)
    await place.shows("waiting")
    [owner] = await place.owners(task)
    assert place.crew.ask_to_leave(owner) == 0
    place.crew.start(owner)
    place.open()
    await place.stands_at(task, Status.COMPLETED)
    assert place.lines() == ["0", "1", "2", "3", "4", "5"]
    history = await place.history(task)
    assert [event.action for event in history] == ["CREATED", "RUN", "CLAIMED", "RECOVERED", "CLAIMED", "COMPLETED"]
    assert history[3].reason == "the worker was stopped"


async def test_a_kind_that_is_done_one_by_one_keeps_no_other_from_its_turn(place: Place) -> None:
    tasks = [await place.run("one-by-one") for _ in range(2 * SLOTS + 5)]  # more than both workers have hands
    await place.shows("waiting")
    await place.stands_at(await place.run("at-once"), Status.COMPLETED)
    standing = [(await place.now(task)).status for task in tasks]
    assert 1 <= standing.count(Status.IN_PROGRESS) <= 2
    assert standing.count(Status.QUEUED) == len(tasks) - standing.count(Status.IN_PROGRESS)
    place.open()
    for task in tasks:
        await place.stands_at(task, Status.COMPLETED)


@pytest.mark.every_broker
async def test_messages_that_are_doubled_or_late_start_nothing(place: Place) -> None:
    task = await place.make("steps", count=3)
    queued = await place.do(task, Action.RUN)
    place.crew.send_again(task.id, queued.lease_epoch, times=5)
    await place.stands_at(task, Status.COMPLETED)
    place.crew.send_again(task.id, queued.lease_epoch, times=5)
    other = await place.stands_at(await place.run("at-once"), Status.COMPLETED)
    assert await place.verbs(task) == ["CREATED", "RUN", "CLAIMED", "COMPLETED"]
    assert await place.verbs(other) == ["CREATED", "RUN", "CLAIMED", "COMPLETED"]
    assert place.lines() == ["0", "1", "2"]


@pytest.mark.every_broker
async def test_messages_that_are_lost_are_sent_again(place: Place) -> None:
    place.crew.freeze("w1", "w2")
    try:
        tasks = [await place.run("at-once") for _ in range(5)]
        await place.until(lambda: place.crew.messages() >= 3)  # each worker may have one at hand
        place.crew.empty_the_broker()
    finally:
        place.crew.thaw("w1", "w2")
    for task in tasks:
        await place.stands_at(task, Status.COMPLETED)
        assert await place.verbs(task) == ["CREATED", "RUN", "CLAIMED", "COMPLETED"]
