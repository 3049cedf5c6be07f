"""The log of a task: how much it takes, and how results are cut."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import pytest
from fixtures import seed
from fixtures.desk import Desk
from sqlalchemy import text

from engine import logs
from engine.endings import MAX_TEXT, capped
from engine.kinds import Catalogue, Context
from engine.kinds.context import Facts
from engine.kinds.journal import Journal, Line
from engine.leases import Pair
from engine.pulse import Pulse
from engine.run import Run
from models.database import Database


async def test_a_log_takes_ten_thousand_lines(desk: Desk) -> None:
    lease = await desk.claimed(desk.worker("w1"))
    await logs.append(desk.db, {lease.pair: [Line("out", "x") for _ in range(9_999)]})
    for _ in range(3):
        await logs.append(desk.db, {lease.pair: [Line("out", "y")]})
    async with desk.db.one() as connection:
        assert (await connection.execute(text("select count(*) from logs"))).scalar_one() == 10_000


def test_a_result_that_is_too_long_is_cut_and_says_so() -> None:
    assert capped("short\0") == "short�"
    cut = capped("é" * MAX_TEXT)
    assert len(cut.encode()) <= MAX_TEXT
    assert cut.endswith("é… (cut off)")


async def nothing_returns(pair: Pair, kind: str) -> None:
    raise AssertionError(f"{kind} {pair} stands still nowhere")


async def test_whoever_gives_a_lease_back_waits_for_lines_that_are_being_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = desk.worker("w1")
    lease, kind = await desk.claimed(worker), Catalogue().get("timer")
    assert kind is not None
    run = Run(kind, Context(Facts(lease.id, 1, {}, "key"), Journal()))
    run.begin(lease)
    run.ctx.log("said")
    append, begun, may_go_on = logs.append, asyncio.Event(), asyncio.Event()

    async def slow(db: Database, lines: Mapping[tuple[UUID, int], Sequence[Line]]) -> None:
        begun.set()
        await may_go_on.wait()
        await append(db, lines)

    monkeypatch.setattr(logs, "append", slow)
    pulse = Pulse(desk.db, worker, nothing_returns)
    beat = asyncio.create_task(pulse.flush(run))
    await begun.wait()
    leaving = asyncio.create_task(pulse.flush(run))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not leaving.done()
    may_go_on.set()
    await leaving
    assert await seed.log(desk.db, lease.id) == ["said"]
    await beat
