"""Lists, counts, search and polls at few and at many tasks, each through the engine: how many times as long they take.

python -m bench.growth [--quick] [few] [many]      (1,000 and 200,000 unless said otherwise; quick: 20,000)
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import text

from bench.tables import Table, load
from bench.work import Bench, bench
from engine import feed, lists
from engine.counts import counts
from engine.filters import Filter
from engine.lists import Order, OrderField
from migrations.apply import migrate
from models.database import Database
from models.lifecycle import Status
from server.postgres import embedded

Question = Callable[[], Awaitable[object]]
_FILL = text(
    """
    insert into tasks (id, workspace_id, title, description, labels, duration_ms, priority, created_by)
    select gen_random_uuid(), :workspace, 'task ' || n || ' ' || md5(cast(n as text)), 'words ' || n % 1000,
      case when n % 100 = 0 then cast('{rare}' as varchar[]) else '{}' end, 600000, n % 5, :user
    from generate_series(cast(:start as integer), cast(:stop as integer)) as n
    """
)


async def main(few: int, many: int, quick: bool) -> None:
    """Measure and print."""
    rounds = 30 if quick else 100
    with tempfile.TemporaryDirectory(prefix="fermata-growth-") as folder:
        async with embedded(Path(folder)) as url:
            await migrate(Database(url).url)
            async with bench(url) as desk:
                await fill(desk, 1, few)
                small = await measure(await questions(desk), rounds)
                await fill(desk, few + 1, many)
                large = await measure(await questions(desk), rounds)
    columns = ("asked", f"ms at {few:,}", f"ms at {many:,}", "times as long")
    table = Table(f"From {few:,} to {many:,} tasks in a workspace, load {load()}", columns)
    for name, before in small.items():
        table.add(name, before, large[name], large[name] / before)
    table.note = "Aim: each at most 1.5 times from 10,000 to 1,000,000."
    table.print()


async def fill(desk: Bench, start: int, stop: int) -> None:
    """Tasks number `start` to `stop`."""
    values = {"workspace": desk.workspace_id, "user": desk.admin.user_id, "start": start, "stop": stop}
    async with desk.db.one() as connection:
        await connection.execute(_FILL, values)
        await connection.execute(text("vacuum analyze tasks"))
        await connection.execute(text("analyze task_counts"))


async def questions(desk: Bench) -> dict[str, Question]:
    """What the site and programs ask."""
    async with desk.db.one() as connection:
        revision = await feed.snapshot(connection)
    deep = (await page(desk)()).cursors[-1]
    for _ in range(8):
        deep = (await page(desk, after=deep)()).cursors[-1]
    return {
        "first page, newest first": page(desk),
        "a page 500 tasks deep": page(desk, after=deep),
        "first page by title": page(desk, order=Order(OrderField.TITLE, descending=False)),
        "one status": page(desk, filter=Filter(status=[Status.NOT_STARTED])),
        "a rare label": page(desk, filter=Filter(labels=["rare"])),
        "search: a word of one task": page(desk, filter=Filter(search="c4ca4238a0b923820dcc")),
        "search: a word of all tasks": page(desk, filter=Filter(search="words")),
        "search: a word that is nowhere": page(desk, filter=Filter(search="nowhere")),
        "counts by status": lambda: counts(desk.db, desk.admin, [desk.workspace_id]),
        "changes, when there are none": lambda: feed.changes(desk.db, desk.admin, desk.workspace_id, revision),
        "the probe of a poll": lambda: feed.changed(desk.db, [(desk.workspace_id, revision)]),
    }


def page(
    desk: Bench, *, after: str | None = None, filter: Filter = lists.ALL, order: Order = lists.NEWEST
) -> Callable[[], Awaitable[lists.Page]]:
    """A page of 50."""
    return lambda: lists.page(desk.db, desk.admin, desk.workspace_id, first=50, after=after, filter=filter, order=order)


async def measure(asked: dict[str, Question], rounds: int) -> dict[str, float]:
    """Milliseconds, the median; the questions take turns."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 3):
        for name, ask in asked.items():
            began = time.perf_counter()
            await ask()
            found[name] += [(time.perf_counter() - began) * 1000] if turn >= 3 else []
    return {name: statistics.median(times) for name, times in found.items()}


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    hurried = "--quick" in sys.argv
    least, most = (*numbers, *(1000, 20_000 if hurried else 200_000)[len(numbers) :])
    asyncio.run(main(least, most, hurried))
