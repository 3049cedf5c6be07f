"""A worker in this process: its limits, what it does while the database is away, and how it leaves."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures import seed
from fixtures.crew import Crew
from fixtures.member import KINDS, TIMING
from fixtures.place import Place
from sqlalchemy import TextClause
from sqlalchemy.ext.asyncio import AsyncConnection

from engine.embedded import Embedded
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue, Kind
from engine.kinds.processes import process
from engine.leases import Timing
from engine.tasks import Tasks
from engine.worker import Worker
from models.database import Database, Unavailable
from models.driver import Prepared, Row
from models.lifecycle import Action, Status

Starting = Callable[..., AbstractAsyncContextManager[Place]]


class Flaky(Database):
    """A database that can be away."""

    away = False

    @asynccontextmanager
    async def one(self) -> AsyncGenerator[AsyncConnection]:
        if self.away:
            raise Unavailable
        async with super().one() as connection:
            yield connection

    async def fetch(self, statement: TextClause | Prepared, values: Mapping[str, object]) -> Sequence[Row]:
        if self.away:
            raise Unavailable
        return await super().fetch(statement, values)


@pytest_asyncio.fixture
async def flaky(database_url: str) -> AsyncGenerator[Flaky]:
    database = Flaky(database_url, timeout=30)
    yield database
    await database.close()


@pytest.fixture
def starting(db: Database, flaky: Flaky, database_url: str, tmp_path: Path) -> Starting:
    """Starts an embedded executor over the flaky database, and gives the place that it works in."""

    @asynccontextmanager
    async def start(*, slots: int = 20, timing: Timing = TIMING, parallel: int = 50) -> AsyncGenerator[Place]:
        hints, workspace_id = Hints(), await seed.workspace(db)
        declared = Catalogue.load(KINDS)
        catalogue = Catalogue(limited(kind, parallel) for kind in declared if kind.name not in ("timer", "items"))
        worker = Worker(flaky, catalogue, hints, slots=slots, name="w1", folder=tmp_path / "notes", timing=timing)
        executor = Embedded(flaky, worker, hints)
        listen(executor, hints)
        await executor.start()
        crew = Crew("embedded", database_url, "", tmp_path)
        folder = tmp_path / "shows"
        folder.mkdir(exist_ok=True)
        admin = await seed.member(db, workspace_id)
        try:
            yield Place(db, crew, workspace_id, admin, Tasks(db, declared, hints), folder, worker)
        finally:
            flaky.away = False
            await executor.close()

    return start


def limited(kind: Kind, parallel: int) -> Kind:
    return replace(kind, limits=replace(kind.limits, parallel=parallel))


@pytest.mark.parametrize("limits", [{"slots": 2}, {"parallel": 2}])
async def test_no_more_is_worked_on_than_there_is_room_for(starting: Starting, limits: dict[str, int]) -> None:
    async with starting(**limits) as place:
        tasks = [await place.run("steps", count=1, gate=0) for _ in range(5)]
        first = [await place.stands_at(task, Status.IN_PROGRESS) for task in tasks[:2]]
        await place.shows("waiting")
        assert [(await place.now(task)).status for task in tasks[2:]] == [Status.QUEUED] * 3
        place.open()
        for task in tasks:
            await place.stands_at(task, Status.COMPLETED)
        assert [task.lease_owner for task in first] == ["w1", "w1"]


async def test_work_goes_on_while_the_database_is_away_and_its_end_is_written_when_it_is_back(
    starting: Starting, flaky: Flaky
) -> None:
    async with starting(timing=replace(TIMING, lease=120)) as place:
        task = await place.run("steps", count=4, gate=1)
        await place.shows("waiting")
        flaky.away = True
        place.open()
        await place.until(lambda: len(place.lines()) == 4)
        assert (await place.now(task)).status is Status.IN_PROGRESS
        flaky.away = False
        done = await place.stands_at(task, Status.COMPLETED)
        assert (done.result, await place.verbs(task)) == ("all done", ["CREATED", "RUN", "CLAIMED", "COMPLETED"])


async def test_a_worker_that_nobody_hears_of_stops_its_work_by_itself(starting: Starting, flaky: Flaky) -> None:
    async with starting(timing=replace(TIMING, lease=2)) as place:
        task = await place.run("ticks")
        await place.shows("pid")
        flaky.away = True
        pid = int(place.lines("pid")[0])
        await place.until(lambda: process(pid) is None)
        flaky.away = False
        await place.until(lambda: len(place.lines("pid")) > 1)
        place.open()
        done = await place.stands_at(task, Status.COMPLETED)
        assert "RECOVERED" in await place.verbs(done)


async def test_a_worker_that_leaves_lets_go_of_what_it_holds(starting: Starting) -> None:
    async with starting() as place:
        task = await place.run("ticks")
        await place.shows("pid")
        await place.do(task, Action.PAUSE)
        held = await place.stands_at(task, Status.PAUSED)
    left = await place.now(task)
    assert (held.held_by, left.held_by, left.status) == ("w1", None, Status.PAUSED)
    assert process(int(place.lines("pid")[0])) is None
    async with starting() as place_again:
        place.open()
        await place.do(task, Action.RESUME)
        await place.stands_at(task, Status.COMPLETED)
        assert place_again.workspace_id != place.workspace_id
    assert len(place.lines("pid")) == 2


async def test_a_message_for_work_that_is_held_here_does_not_begin_it_a_second_time(starting: Starting) -> None:
    async with starting() as place:
        task = await place.run("ticks")
        await place.shows("pid")
        await place.do(task, Action.PAUSE)
        held = await place.stands_at(task, Status.PAUSED)
        assert place.worker is not None
        resumed = await place.do(task, Action.RESUME)
        assert await place.worker.work_on((held.id, resumed.lease_epoch)) is False
        await place.stands_at(task, Status.IN_PROGRESS)
        place.open()
        await place.stands_at(task, Status.COMPLETED)
        assert len(place.lines("pid")) == 1


async def test_a_command_that_is_paused_again_and_again_stays_the_same_one(starting: Starting) -> None:
    async with starting(timing=replace(TIMING, poll=0.002, heartbeat=0.002)) as place:
        task = await place.run("ticks")
        await place.shows("pid")
        for _ in range(12):
            await place.do(task, Action.PAUSE)
            await place.stands_at(task, Status.PAUSED)
            await place.do(task, Action.RESUME)
            await place.stands_at(task, Status.IN_PROGRESS)
        place.open()
        await place.stands_at(task, Status.COMPLETED)
        numbers = (await place.log(task))[:-1]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
        assert len(place.lines("pid")) == 1


async def test_progress_and_log_are_seen_while_the_work_goes_on(starting: Starting) -> None:
    async with starting() as place:
        task = await place.run("steps", count=4, gate=2)
        await place.shows("waiting")
        until = time.monotonic() + 60
        while (seen := await place.now(task)).progress != 0.5:
            assert time.monotonic() < until, seen
            await asyncio.sleep(0.02)
        assert (seen.progress_note, seen.status) == ("2 of 4", Status.IN_PROGRESS)
        place.open()
        await place.stands_at(task, Status.COMPLETED)


async def test_a_given_task_that_finds_no_room_for_its_kind_is_next_and_holds_nobody_behind_it(
    flaky: Flaky, starting: Starting
) -> None:
    async with starting(slots=0) as place:  # claims nothing by itself
        kinds = (limited(kind, 1 if kind.name == "steps" else 50) for kind in Catalogue.load(KINDS) if kind.work)
        worker = Worker(
            flaky, Catalogue(kind for kind in kinds if kind.name != "items"), Hints(), slots=4, timing=TIMING
        )
        await worker.start()
        tasks = [await place.run("steps", count=1, gate=0) for _ in range(3)]
        first = asyncio.create_task(worker.work_on((tasks[0].id, 0)))
        await place.shows("waiting")
        for task in (*tasks[1:], tasks[2]):  # the last message comes twice
            assert await worker.work_on((task.id, 0)) is False
        other = await place.run("at-once")
        assert await worker.work_on((other.id, 0)) is True
        statuses = [(await place.now(task)).status for task in (*tasks, other)]
        assert statuses == [Status.IN_PROGRESS, Status.QUEUED, Status.QUEUED, Status.COMPLETED]
        place.open()
        assert await first is True
        for task in tasks:
            await place.stands_at(task, Status.COMPLETED)
        assert await worker.work_on((tasks[0].id, 0)) is False
        await worker.close()
