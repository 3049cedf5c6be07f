"""What a worker has places for: who gives one back, who gets one, and in which order. Each worker here has few of them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fixtures import seed
from fixtures.crew import Crew
from fixtures.member import KINDS, TIMING
from fixtures.place import Place

from engine import worker as workers
from engine.embedded import Embedded
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.kinds.processes import process
from engine.tasks import Tasks
from engine.waiting import waiting_for
from engine.worker import Worker
from models.database import Database
from models.lifecycle import Action, Status
from models.task import Task


@asynccontextmanager
async def working(db: Database, folder: Path, slots: int = 1) -> AsyncGenerator[Place]:
    """An embedded executor with so many places, and a workspace whose work it does."""
    hints, workspace_id, catalogue = Hints(), await seed.workspace(db), Catalogue.load(KINDS)
    worker = Worker(db, catalogue, hints, slots=slots, name="w1", folder=folder / "notes", timing=TIMING)
    executor = Embedded(db, worker, hints)
    listen(executor, hints)
    await executor.start()
    crew = Crew("embedded", db.url, "", folder)
    try:
        yield Place(
            db, crew, workspace_id, await seed.member(db, workspace_id), Tasks(db, catalogue, hints), folder, worker
        )
    finally:
        await executor.close()


async def paused(place: Place) -> Task:
    """A command that stands still in the worker."""
    task = await place.run("ticks")
    await place.shows("pid")
    await place.do(task, Action.PAUSE)
    return await place.stands_at(task, Status.PAUSED)


def state(place: Place) -> str:
    found = process(int(place.lines("pid")[0]))
    return "gone" if found is None else found.state


async def test_a_command_that_stands_still_leaves_its_place_to_others(db: Database, tmp_path: Path) -> None:
    async with working(db, tmp_path) as place:
        task = await paused(place)
        other = await place.stands_at(await place.run("at-once"), Status.COMPLETED)
        assert (state(place), await place.owners(other)) == ("T", ["w1"])
        await place.do(task, Action.RESUME)
        await place.stands_at(task, Status.IN_PROGRESS)
        place.open()
        await place.stands_at(task, Status.COMPLETED)
        assert len(place.lines("pid")) == 1


async def test_a_command_that_is_to_go_on_waits_for_room_and_is_the_next_to_get_it(
    db: Database, tmp_path: Path
) -> None:
    async with working(db, tmp_path) as place:
        task = await paused(place)
        busy = await place.run("steps", count=1, gate=0)
        await place.shows("waiting")
        behind = await place.run("at-once", priority=9)
        resumed = await place.do(task, Action.RESUME)
        assert place.worker is not None
        await place.until(lambda: place.worker is not None and place.worker.claims.waits(task.id))
        waits = await place.now(task)
        assert (waits.status, state(place)) == (Status.QUEUED, "T")
        assert waiting_for(waits) == "waiting for worker w1, which holds it in place, to have room for it"
        await place.do(busy, Action.CANCEL)
        await place.stands_at(task, Status.IN_PROGRESS)
        assert (await place.now(behind)).status is Status.QUEUED
        place.open()
        done = [await place.stands_at(each, Status.COMPLETED) for each in (task, behind)]
        assert len(place.lines("pid")) == 1
        assert resumed.updated_at <= done[0].updated_at <= done[1].updated_at


async def test_a_command_that_waits_for_room_can_be_cancelled_and_nothing_is_kept_for_it(
    db: Database, tmp_path: Path
) -> None:
    async with working(db, tmp_path) as place:
        task = await paused(place)
        await place.run("steps", count=1, gate=0)
        await place.shows("waiting")
        await place.do(task, Action.RESUME)
        await place.until(lambda: place.worker is not None and place.worker.claims.waits(task.id))
        await place.do(task, Action.CANCEL)
        await place.until(lambda: state(place) == "gone")
        place.open()
        await place.stands_at(await place.run("at-once"), Status.COMPLETED)


async def test_beyond_a_bound_what_stands_still_keeps_its_place(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "HELD_PER_SLOT", 0)
    async with working(db, tmp_path) as place:
        task = await paused(place)
        other = await place.run("at-once")
        assert place.worker is not None
        assert list(await place.worker.claims.due()) == []
        assert (await place.now(other)).status is Status.QUEUED
        await place.do(task, Action.RESUME)
        await place.stands_at(task, Status.IN_PROGRESS)
        place.open()
        for each in (task, other):
            await place.stands_at(each, Status.COMPLETED)


async def test_who_has_become_free_goes_on_with_what_is_due_without_a_message(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SHORT_SECONDS", 60)
    async with working(db, tmp_path, slots=0) as place:  # it claims nothing by itself
        worker = Worker(db, Catalogue.load(KINDS), Hints(), slots=2, timing=TIMING)
        await worker.start()
        tasks = [await place.run("at-once") for _ in range(7)]
        assert await asyncio.gather(*(worker.work_on((task.id, 0)) for task in tasks[:2])) == [True, True]
        for task in tasks:
            await place.stands_at(task, Status.COMPLETED)
        assert [await place.verbs(task) for task in tasks] == [["CREATED", "RUN", "CLAIMED", "COMPLETED"]] * 7
        await worker.close()
