"""Lists, counts, search and polls at few and at many tasks, each through the engine: how many times as long they take.

python -m bench.growth [--quick | --million] [few] [many]

1,000 and 200,000 unless said otherwise; quick: 20,000; million: 10,000 and 1,000,000. It fails when a question walked through the
table of tasks instead of an index, as PostgreSQL's own counters say.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from bench.tables import Table, load
from bench.work import Bench, bench
from engine import feed, lists
from engine.counts import counts
from engine.filters import Filter
from engine.lists import Order, OrderField
from migrations.apply import migrate
from models.lifecycle import Status
from server.connection import connection
from server.postgres import embedded
from server.postgres_files import folder_of

Question = Callable[[], Awaitable[object]]
_FILL = text(
    """
    insert into tasks (id, workspace_id, title, description, labels, duration_ms, priority, created_by)
    select gen_random_uuid(), :workspace, 'task ' || n || ' ' || md5(cast(n as text)), 'words ' || n % 1000,
      case when n % 100 = 0 then cast('{rare}' as varchar[]) else '{}' end, 600000, n % 5, :user
    from generate_series(1, cast(:stop as integer)) as n
    """
)
WHOLE = "the table, from end to end"
_SCANS = text(
    f"""
    select '{WHOLE}', seq_scan, seq_tup_read from pg_stat_user_tables where relname = 'tasks'
    union all
    select indexrelname, idx_scan, idx_tup_read from pg_stat_user_indexes where relname = 'tasks'
    """
)
_INDEXES = text(
    """
    select cast(cast(indexrelid as regclass) as text), pg_get_indexdef(indexrelid) from pg_index
    where indrelid = cast('tasks' as regclass) and not indisunique
    """
)


async def main(few: int, many: int, quick: bool) -> None:
    """Measure and print."""
    rounds = 30 if quick else 100
    with tempfile.TemporaryDirectory(prefix="fermata-growth-") as folder:
        async with embedded(Path(folder)) as url:
            other = await another_database(url, folder_of(Path(folder)).url("few"))
            async with filled(other, few) as sparse, filled(url, many) as full:
                asked = {name: [ask] for name, ask in (await questions(sparse)).items()}
                for name, ask in (await questions(full)).items():
                    asked[name].append(ask)
                await scans(full)
                found = await measure(asked, rounds)
                walked = await scans(full)
    columns = ("asked", f"ms at {few:,}", f"ms at {many:,}", "times as long")
    table = Table(f"From {few:,} to {many:,} tasks in a workspace, load {load()}", columns)
    for name, (before, after) in found.items():
        table.add(name, before, after, after / before)
    table.note = "Aim: each at most 1.5 times from 10,000 to 1,000,000."
    table.print()
    used = Table(f"What was read of the table of {many:,} tasks", ("by", "scans", "rows a scan"))
    for name, (count, rows) in walked.items():
        used.add(name, count, rows / count if count else 0.0)
    used.note = "A scan of the table itself would read all of it: there must be none."
    used.print()
    if walked[WHOLE][0]:
        sys.exit(f"{walked[WHOLE][0]} scans went through all tasks")


async def scans(desk: Bench) -> dict[str, tuple[int, int]]:
    """How often the table and each of its indexes were scanned since the last call, and how many rows that read.

    A connection hands its counters in when it ends.
    """
    await desk.db.close()
    async with desk.db.one() as on:
        found = {name: (count, rows) for name, count, rows in await on.execute(_SCANS) if count or name == WHOLE}
        await on.execute(text("select pg_stat_reset()"))
    return found


async def another_database(url: str, other: str) -> str:
    """Make the database that `other` names, in the same PostgreSQL, so that both are asked in turn."""
    async with connection(url) as here:
        await here.execute("create database few")
    return other


@asynccontextmanager
async def filled(url: str, count: int) -> AsyncGenerator[Bench]:
    """A workspace with so many tasks in a database of its own."""
    await migrate(url)
    async with bench(url) as desk:
        values = {"workspace": desk.workspace_id, "user": desk.admin.user_id, "stop": count}
        async with desk.db.one() as on:
            indexes = (await on.execute(_INDEXES)).all()
            for name, _ in indexes:  # made afterwards, in a third of the time
                await on.execute(text(f"drop index {name}"))
            await on.execute(_FILL, values)
            await on.execute(text("set maintenance_work_mem = '256MB'"))
            for _, definition in indexes:
                await on.execute(text(definition.replace(":", "\\:")))
            await on.execute(text("vacuum analyze tasks"))
            await on.execute(text("analyze task_counts"))
        yield desk


async def questions(desk: Bench) -> dict[str, Question]:
    """What the site and programs ask."""
    async with desk.db.one() as on:
        revision = await feed.snapshot(on)
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


async def measure(asked: dict[str, list[Question]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds, the median at few and at many; all take turns, so that a busy machine slows both alike."""
    found: dict[str, list[list[float]]] = {name: [[] for _ in both] for name, both in asked.items()}
    for turn in range(rounds + 3):
        for name, both in asked.items():
            for place in (0, 1) if turn % 2 else (1, 0):  # who comes second finds the processor's caches warm
                began = time.perf_counter()
                await both[place]()
                found[name][place] += [(time.perf_counter() - began) * 1000] if turn >= 3 else []
    return {name: [statistics.median(times) for times in both] for name, both in found.items()}


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    hurried = "--quick" in sys.argv
    usual = (10_000, 1_000_000) if "--million" in sys.argv else (1000, 20_000 if hurried else 200_000)
    least, most = (*numbers, *usual[len(numbers) :])
    asyncio.run(main(least, most, hurried))
