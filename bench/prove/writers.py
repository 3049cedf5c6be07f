"""Writers that hold transactions open and commit in another order than they began, and replicas that follow by revisions.

A replica asks with `changed` first, or not; in small pieces, or large ones. At rest each must equal the truth: what a
poll has once passed over is never sent again, so that a single miss stays visible for ever.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from bench.tables import Table, load
from bench.work import EVERYTHING, Bench, bench
from engine import feed
from engine.drafts import NewTask
from migrations.apply import migrate
from models.base import new_id
from models.database import Database
from server.postgres import embedded

WRITERS, ROWS_EACH = 6, 40
_TITLE = text("update tasks set title = :title, version = version + 1 where id = :id and deleted_at is null")
_DELETE = text("update tasks set deleted_at = clock_timestamp() where id = :id and deleted_at is null")
_INSERT = text("insert into tasks (id, workspace_id, title, duration_ms) values (:id, :workspace_id, :title, 1000)")
_TRUTH = text("select id, title from tasks where deleted_at is null")


@dataclass
class Count:
    """What was done and seen by all."""

    transactions: int = 0
    changes: int = 0
    late: int = 0  # transactions that committed after one that had begun later
    polls: int = 0
    empty: int = 0
    begun: int = 0
    open: set[int] = field(default_factory=set[int])


@dataclass
class Replica:
    """Follows the workspace from an empty start."""

    desk: Bench
    count: Count
    probes: bool
    size: int
    revision: str
    tasks: dict[UUID, str] = field(default_factory=dict[UUID, str])

    async def poll(self) -> bool:
        """Whether there was anything new, or may be."""
        self.count.polls += 1
        if self.probes and not await feed.changed(self.desk.db, [(self.desk.workspace_id, self.revision)]):
            self.count.empty += 1
            return False
        got = await feed.changes(self.desk.db, self.desk.admin, self.desk.workspace_id, self.revision, self.size)
        assert got is not None
        assert not got.reset
        self.tasks |= {task.id: task.title for task in got.tasks}
        for id in got.deleted_ids:
            self.tasks.pop(id, None)
        self.revision = got.revision
        return bool(got.tasks or got.deleted_ids or got.has_more)

    async def follow(self, over: asyncio.Event) -> None:
        """Until it is over, and then until nothing is new."""
        while not over.is_set():
            await self.poll()
            await asyncio.sleep(0.002)
        while await self.poll():
            pass


async def write(desk: Bench, count: Count, ids: list[UUID], luck: random.Random, wanted: int, end: float) -> None:
    """Transactions of several changes that stay open for a while; rows of one's own, so that nobody waits for another."""
    while count.changes < wanted and time.perf_counter() < end:
        count.begun += 1
        mine = count.begun
        count.open.add(mine)
        async with desk.db.transaction() as connection:
            for id in sorted(luck.sample(ids, luck.randint(1, 4))):
                await connection.execute(_TITLE, {"id": id, "title": f"{mine}"})
                count.changes += 1
                await asyncio.sleep(luck.choice((0, 0, 0.001, 0.01)))
            if luck.random() < 0.2:
                values = {"id": (made := new_id()), "workspace_id": desk.workspace_id, "title": f"{mine}"}
                await connection.execute(_INSERT, values)
                ids.append(made)
                count.changes += 1
            if luck.random() < 0.2 and len(ids) > ROWS_EACH:
                await connection.execute(_DELETE, {"id": ids.pop(luck.randrange(len(ids)))})
                count.changes += 1
        count.open.discard(mine)
        count.late += any(other > mine for other in range(mine + 1, count.begun + 1) if other not in count.open)
        count.transactions += 1


async def race(desk: Bench, *, changes: int, seconds: float, seed: int) -> tuple[Count, list[str]]:
    """All of them together; what a replica has missed or has too much, one sentence each."""
    luck, count, over = random.Random(seed), Count(), asyncio.Event()
    async with desk.db.one() as connection:
        start = await feed.snapshot(connection)
    replicas = [Replica(desk, count, probes, size, start) for probes in (True, False) for size in (3, 100)]
    drafts = [NewTask("t", duration_ms=1000)] * ROWS_EACH
    parts: list[list[UUID]] = []
    for _ in range(WRITERS):
        made = await desk.tasks.create(desk.admin, desk.workspace_id, drafts, EVERYTHING)
        assert isinstance(made, list)
        parts.append([moved.task.id for moved in made])
    following = [asyncio.create_task(replica.follow(over)) for replica in replicas]
    end = time.perf_counter() + seconds
    await asyncio.gather(*(write(desk, count, part, random.Random(luck.random()), changes, end) for part in parts))
    over.set()
    await asyncio.gather(*following)
    async with desk.db.one() as connection:
        truth = {row.id: row.title for row in await connection.execute(_TRUTH)}
    return count, [fault for number, replica in enumerate(replicas) for fault in differences(number, replica, truth)]


def differences(number: int, replica: Replica, truth: dict[UUID, str]) -> list[str]:
    """What the replica has otherwise than it is."""
    keys = [key for key in replica.tasks.keys() | truth.keys() if replica.tasks.get(key) != truth.get(key)]
    return [f"replica {number}: {key} is {truth.get(key)}, seen as {replica.tasks.get(key)}" for key in keys]


async def prove(changes: int, seconds: float, seed: int) -> list[str]:
    """Prints the table; the faults."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="fermata-writers-") as folder:
        async with embedded(Path(folder)) as url:
            await migrate(Database(url).url)
            async with bench(url) as desk:
                count, faults = await race(desk, changes=changes, seconds=seconds, seed=seed)
    table = Table(
        f"Writers that commit out of order, {time.perf_counter() - began:.0f} s, seed {seed}, load {load()}",
        ("what", "figure"),
    )
    table.add("changes", count.changes)
    table.add("transactions", count.transactions)
    table.add("of them committed after one that had begun later", count.late)
    table.add("polls of 4 replicas; found nothing new by the probe", f"{count.polls:,}; {count.empty:,}")
    table.add("**missed or wrong at rest**", len(faults))
    table.print()
    return faults
