"""Timers: 10,000 due in the same second, how fast they complete and how late; and the memory of an armed alarm.

`python -m bench.timers`
"""

import asyncio
import statistics
import time
import tracemalloc
from uuid import UUID, uuid4

from bench.ground import ALL, ground, run
from bench.tables import Table, load
from engine.clock import Clock
from engine.drafts import NewTask
from engine.timers import Timers
from models.lifecycle import Action

COUNT = 10_000


async def main() -> None:
    """Measure and print."""
    table = Table(f"Timers, load {load()}", ("what", "figure", "aim"))
    table.add("bytes of an armed alarm, its key included", memory(), "150")
    async with ground() as on:
        late: list[float] = []
        clock = asyncio.create_task(Clock(on.db, Timers(), on.hints, late.append).run())
        calm = await on.tasks.create(on.admin, on.workspace_id, [NewTask("t", duration_ms=500)] * 100, ALL)
        assert isinstance(calm, list)
        for moved in calm:
            await on.tasks.transition(on.admin, None, moved.task.id, Action.RUN, ALL)
        await wait(late, 100)
        report(table, "100 timers, one by one", late, "99 of 100 within 20 ms")
        late.clear()
        ids: list[UUID] = []
        for _ in range(COUNT // 1000):
            made = await on.tasks.create(on.admin, on.workspace_id, [NewTask("t", duration_ms=3000)] * 1000, ALL)
            assert isinstance(made, list)
            ids += [moved.task.id for moved in made]
        await on.tasks.transition_many(on.admin, on.workspace_id, Action.RUN, ALL, ids=ids)
        await wait(late, 1)
        began = time.perf_counter()
        await wait(late, COUNT)
        report(table, f"{COUNT:,} due in the same millisecond", late, "none")
        table.add("completions a second", COUNT / (time.perf_counter() - began + min(late) / 1000), "10,000")
        table.print()
        clock.cancel()
        await asyncio.wait([clock])


async def wait(late: list[float], count: int) -> None:
    """Until so many have completed."""
    while len(late) < count:  # noqa: ASYNC110  # an event would cost the clock time
        await asyncio.sleep(0.005)


def report(table: Table, title: str, late: list[float], aim: str) -> None:
    """How late they came."""
    cuts = statistics.quantiles(late, n=100)
    figures = f"{cuts[49]:.0f}; {cuts[98]:.0f}; {max(late):.0f}"
    table.add(f"{title}: late by, ms: half; 99 of 100; all", figures, aim)


def memory() -> float:
    """Bytes for an armed alarm, its key (a UUID) included."""
    tracemalloc.start()
    timers = Timers[UUID]()
    before = tracemalloc.get_traced_memory()[0]
    for place in range(100_000):
        timers.set(uuid4(), 10 + place / 50_000)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    timers.close()
    return (after - before) / 100_000


if __name__ == "__main__":
    run(main)
