"""Timers: 10,000 due in the same second, how fast they complete and how late; an alarm's memory; a start with 100,000 of them.

`python -m bench.timers`
"""

import asyncio
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from bench.ground import ALL, ground, run
from bench.served import Served, join
from bench.tables import Table, load
from bench.turns import below
from engine.clock import Clock
from engine.drafts import NewTask
from engine.timers import Timers
from models.lifecycle import Action
from server.connection import connection
from server.postgres import embedded
from server.postgres_files import folder_of

COUNT = 10_000
MANY = 100_000
SETTLE_SECONDS = 5.0
FILL = f"""
    insert into tasks (id, workspace_id, title, status, duration_ms, attempt, version, last_run_at, due_at)
    select gen_random_uuid(), (select id from workspaces limit 1), 'timer ' || n, 'IN_PROGRESS', 3600000, 1, 2,
      at - interval '1 hour' + n * step, at + n * step
    from generate_series(1, {MANY}) as n, clock_timestamp() as at, cast(interval '1 hour' / {MANY} as interval) as step
"""


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
        clock.cancel()
        await asyncio.wait([clock])
    await at_start(table)
    table.print()


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
    """Bytes of an armed alarm with its key, as the clock arms them."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    timers = Timers[int]()
    for place in range(MANY):
        timers.set(uuid4().int, 10 + place / 50_000)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    timers.close()
    return (after - before) / MANY


async def at_start(table: Table) -> None:
    """What a server has to do with 100,000 timers that run when it starts, all of them due within the next hour."""
    with tempfile.TemporaryDirectory(prefix="fermata-timers-") as folder:
        server = Served(Path(folder) / "data", LOG_LEVEL="error")
        await server.start()
        await join(server.origin)
        await server.stop()
        empty = await started(server, lambda _: asyncio.sleep(SETTLE_SECONDS))
        async with embedded(server.data_dir) as url, connection(url) as found:
            await found.execute(FILL)
        full = await started(server, first_completion)
        table.add(f"{MANY:,} running at start: seconds from ready to the first completion", full.seconds, "2")
        table.add(
            f"{MANY:,} running at start: more memory than without, MB", (full.kilobytes - empty.kilobytes) / 1000, "60"
        )


@dataclass(frozen=True)
class Started:
    """How long it took until what was waited for, and the most memory that the server process has had since it began."""

    seconds: float
    kilobytes: int


async def started(server: Served, until: Callable[[str], Awaitable[None]]) -> Started:
    """Start, wait for that, let it go on for a while, look at the memory, and stop."""
    await server.start()
    try:
        assert server.process is not None
        began = time.perf_counter()
        await until(folder_of(server.data_dir).url())
        seconds = time.perf_counter() - began
        await asyncio.sleep(SETTLE_SECONDS)
        kilobytes = await asyncio.to_thread(most_memory, server.process.pid)
        return Started(seconds, kilobytes)
    finally:
        await server.stop()


def most_memory(pid: int) -> int:
    """Kilobytes that the server process below it has had at the most."""
    names = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in below(pid)}
    [child] = [child for child, name in names.items() if b"server.child" in name]
    return int(Path(f"/proc/{child}/status").read_text().partition("VmHWM:")[2].split()[0])


async def first_completion(url: str) -> None:
    """Until one is completed."""
    async with connection(url) as found, asyncio.timeout(60):
        while not await found.fetchval("select exists (select from tasks where status = 'COMPLETED')"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    run(main)
