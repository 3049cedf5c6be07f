"""Timers: 10,000 due in the same second, how fast they complete and how late; and the memory of an armed alarm.

`python -m bench.timers`
"""

import asyncio
import statistics
import time
import tracemalloc
from uuid import UUID, uuid4

from bench.ground import ALL, ground, run
from engine.clock import Clock
from engine.drafts import NewTask
from engine.timers import Timers
from models.lifecycle import Action

COUNT = 10_000


async def main() -> None:
    """Measure and print."""
    print(f"An armed alarm takes {memory():.0f} bytes, its key included")
    async with ground() as on:
        late: list[float] = []
        clock = asyncio.create_task(Clock(on.db, Timers(), on.hints, late.append).run())
        calm = await on.tasks.create(on.admin, on.workspace_id, [NewTask("t", duration_ms=500)] * 100, ALL)
        assert isinstance(calm, list)
        for moved in calm:
            await on.tasks.transition(on.admin, None, moved.task.id, Action.RUN, ALL)
        await wait(late, 100)
        report("100 timers, one by one", late)
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
        report(f"{COUNT:,} timers due in the same millisecond", late)
        print(f"  {COUNT / (time.perf_counter() - began + min(late) / 1000):,.0f} completions a second")
        clock.cancel()
        await asyncio.wait([clock])


async def wait(late: list[float], count: int) -> None:
    """Until so many have completed."""
    while len(late) < count:  # noqa: ASYNC110  # an event would cost the clock time
        await asyncio.sleep(0.005)


def report(title: str, late: list[float]) -> None:
    """Print how late they came."""
    cuts = statistics.quantiles(late, n=100)
    print(f"\n{title}\n  late by {cuts[49]:.0f} ms (half), {cuts[98]:.0f} ms (99 of 100), {max(late):.0f} ms (all)")


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
