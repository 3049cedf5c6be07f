"""The clock: everything due completes, nothing early, nothing twice, whatever dies in between."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from fixtures import seed
from fixtures.processes import spawn
from fixtures.room import Room
from sqlalchemy import text

from engine import events, repeating
from engine.clock import Clock
from engine.drafts import NewTask
from engine.hints import Hint
from engine.outcomes import Moved
from engine.timers import Timers
from models.database import Database, Unavailable
from models.lifecycle import Action, Status

Until = Callable[[Callable[[], Coroutine[None, None, bool]]], Awaitable[None]]

# Each completion with how many there are of the task, and how long after its start it came.
COMPLETIONS = text(
    """
    select count(*) over (partition by done.task_id) as times, done.elapsed_ms,
      cast(extract(epoch from done.at - started.at) * 1000 as integer) as after_ms
    from events done
    join events started on started.task_id = done.task_id and started.action = 'RUN'
    where done.action = 'COMPLETED'
    """
)


@asynccontextmanager
async def ticking(clock: Clock) -> AsyncGenerator[None]:
    task = asyncio.create_task(clock.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def standing(room: Room, status: Status) -> Callable[[int], Callable[[], Coroutine[None, None, bool]]]:
    async def count() -> int:
        async with room.db.one() as connection:
            query = text("select count(*) from tasks where status = cast(:status as task_status)")
            return (await connection.execute(query, {"status": status.value})).scalar_one()

    def expect(number: int) -> Callable[[], Coroutine[None, None, bool]]:
        async def reached() -> bool:
            return await count() == number

        return reached

    return expect


async def check_completions(room: Room, number: int, duration_ms: int) -> None:
    async with room.db.one() as connection:
        rows = (await connection.execute(COMPLETIONS)).all()
    assert len(rows) == number
    assert {row.times for row in rows} == {1}, "nothing twice"
    assert {row.elapsed_ms for row in rows} == {duration_ms}
    assert min(row.after_ms for row in rows) >= duration_ms, "nothing early"


@pytest.mark.every_postgres
async def test_a_timer_completes_by_itself(room: Room, until: Until) -> None:
    late: list[float] = []
    heard: list[Hint] = []
    room.hints.listen(heard.extend)
    async with ticking(Clock(room.db, Timers(), room.hints, late.append)):
        task = await room.do(await room.timer(duration_ms=50), Action.RUN)
        await until(standing(room, Status.COMPLETED)(1))
    await check_completions(room, 1, 50)
    assert len(late) == 1
    assert late[0] >= 0
    assert Hint(room.workspace_id) in heard
    page = await events.page(room.db, room.admin, task_id=task.id, first=1)
    assert (page.rows[0].action, page.rows[0].actor_id) == ("COMPLETED", None)


@pytest.mark.every_postgres
async def test_what_was_started_elsewhere_is_found_by_the_scan(room: Room, until: Until) -> None:
    for number in range(3):
        task = await room.timer(f"t {number}", duration_ms=20)
        await room.tasks.transition(room.admin, None, task.id, Action.RUN, seed.OPERATE)
    silent = Clock(room.db, Timers(), type(room.hints)())
    async with ticking(silent):
        await until(standing(room, Status.COMPLETED)(3))
    await check_completions(room, 3, 20)


async def test_a_paused_timer_does_not_complete_and_a_longer_one_completes_later(room: Room, until: Until) -> None:
    async with ticking(Clock(room.db, Timers(), room.hints)):
        paused = await room.do(await room.timer(duration_ms=60_000), Action.RUN, Action.PAUSE)
        await room.do(await room.timer(duration_ms=30), Action.RUN)
        await until(standing(room, Status.COMPLETED)(1))
    assert await room.tasks.get(room.admin, paused.id) == paused


@pytest.mark.every_postgres
async def test_a_pause_ends_by_itself(room: Room, until: Until) -> None:
    timer, work = await room.do(await room.timer(), Action.RUN), await room.do(await room.work(), Action.RUN)
    at = datetime.now(UTC) + timedelta(seconds=0.5)
    for task in (timer, work):
        moved = await room.tasks.transition(room.admin, None, task.id, Action.PAUSE, seed.OPERATE, resume_at=at)
        assert isinstance(moved, Moved)
    async with ticking(Clock(room.db, Timers(), room.hints)):
        await until(standing(room, Status.IN_PROGRESS)(1))
        await until(standing(room, Status.QUEUED)(1))
    for task in (timer, work):
        page = await events.page(room.db, room.admin, task_id=task.id, first=1)
        resumed = page.rows[0]
        assert (resumed.action, resumed.actor_id, resumed.from_status) == ("RESUME", None, Status.PAUSED)
        assert resumed.at >= at


class Away(Database):
    """A database that is away for the first few questions."""

    questions = 0

    def one(self):
        self.questions += 1
        if self.questions <= 2:
            raise Unavailable()
        return super().one()


async def test_the_clock_survives_a_database_that_is_away(room: Room, database_url: str, until: Until) -> None:
    await room.do(await room.timer(duration_ms=20), Action.RUN)
    away = Away(database_url, size=2, timeout=30)
    async with ticking(Clock(away, Timers(), room.hints)):
        await until(standing(room, Status.COMPLETED)(1))
    assert away.questions > 2
    await away.close()


async def test_the_clock_survives_connections_that_are_cut(room: Room, database_url: str, until: Until) -> None:
    own = Database(database_url, size=2, timeout=30, application="the clock")
    cut = text("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'the clock'")
    async with ticking(Clock(own, Timers(), room.hints)):
        for number in range(3):
            async with room.db.one() as connection:
                await connection.execute(cut)
            await room.do(await room.timer(duration_ms=20), Action.RUN)
            await until(standing(room, Status.COMPLETED)(number + 1))
    await check_completions(room, 3, 20)
    await own.close()


@asynccontextmanager
async def process(url: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Another process that runs the clock; killed at the end, without a word."""
    child = await spawn("clock_process", url)
    try:
        assert child.stdout is not None
        async with asyncio.timeout(60):
            assert await child.stdout.readline() == b"ready\n"
        yield child
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def test_when_a_process_is_killed_another_one_finishes_everything_once(
    room: Room, database_url: str, until: Until
) -> None:
    made = await room.make(*(NewTask(f"t {n}", duration_ms=400) for n in range(300)))

    async def some() -> bool:
        async with room.db.one() as connection:
            query = text("select count(*) from tasks where status = 'COMPLETED'")
            return (await connection.execute(query)).scalar_one() >= 60

    async with process(database_url) as first, process(database_url):
        for start in range(0, 300, 30):
            ids = [task.id for task in made[start : start + 30]]
            await room.tasks.transition_many(room.admin, room.workspace_id, Action.RUN, seed.OPERATE, ids=ids)
        await until(some)
        first.kill()
        await until(standing(room, Status.COMPLETED)(300))
    await check_completions(room, 300, 400)


class Cut(Database):
    """A database whose connections are cut for a while, with a statement under way."""

    failures = 0

    def one(self):
        if self.failures:
            self.failures -= 1
            raise Unavailable(begun=True)
        return super().one()


async def test_what_could_not_be_completed_is_completed_on_the_next_connection_and_waits_for_no_scan(
    room: Room, database_url: str, until: Until
) -> None:
    cut, late = Cut(database_url, size=2, timeout=30), list[float]()
    async with ticking(Clock(cut, Timers(), room.hints, late.append, scan_seconds=3600)):
        for number in range(2):  # the first time the only scan may still be under way
            task = await room.timer(f"t {number}", duration_ms=300)
            await room.do(task, Action.RUN)
            cut.failures = 3 * number
            await until(standing(room, Status.COMPLETED)(number + 1))
    await check_completions(room, 2, 300)
    assert (len(late), cut.failures) == (2, 0)
    await cut.close()


async def test_a_database_that_is_away_is_asked_again_soon_and_then_at_every_scan(
    room: Room, database_url: str, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, happened = list[float](), repeating.happened

    async def noted(event: asyncio.Event, seconds: float) -> None:
        waits.append(seconds)
        await happened(event, 0)

    monkeypatch.setattr(repeating, "happened", noted)
    cut = Cut(database_url, size=2, timeout=30)
    cut.failures = 6
    await room.do(await room.timer(duration_ms=20), Action.RUN)
    async with ticking(Clock(cut, Timers(), type(room.hints)(), scan_seconds=0.25)):
        await until(standing(room, Status.COMPLETED)(1))
    assert waits[:6] == [0.02, 0.04, 0.08, 0.16, 0.25, 0.25]
    await cut.close()
