"""One transition: ours beside the same statement on the bare driver, a bare UPDATE, and read-check-write in a transaction.

`python -m bench.transition`. Last, 10,000 tasks in one call.
"""

import time
from itertools import cycle
from uuid import UUID

from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect

from bench.ground import ALL, Ground, ground, run, side_by_side
from bench.ground import table as compare
from bench.tables import Table, load
from engine.drafts import NewTask
from engine.statements import statement
from engine.transition import Ask, parameters
from models.base import new_id
from models.lifecycle import Action
from models.task import Task

UPDATE = "update tasks set version = version + 1, updated_at = clock_timestamp() where id = $1 returning *"
READ = "select * from tasks where id = $1 for update"
WRITE = (
    "update tasks set status = status, version = version + 1, updated_at = clock_timestamp() where id = $1 returning *"
)
EVENT = "insert into events (id, task_id, workspace_id, action) values ($1, $2, $3, 'PAUSE')"


async def main() -> None:
    """Measure and print."""
    async with ground() as on:
        one, two, three, four = [await running(on, name) for name in ("ours", "same", "update", "read-check-write")]
        contenders = {
            "a bare UPDATE (asyncpg)": lambda: on.bare.fetch(UPDATE, three.id),
            "read, check, write, event (asyncpg, 5 trips)": lambda: naive(on, four),
            "our statement (asyncpg)": same_statement(on, two),
            "Tasks.transition (pool, SQLAlchemy)": ours(on, one),
        }
        figures = await side_by_side(contenders)
        compare("One transition, one after the other", figures, "a bare UPDATE (asyncpg)")
        await many(on)


async def running(on: Ground, title: str) -> Task:
    """A timer that runs for a day."""
    made = await on.tasks.create(on.admin, on.workspace_id, [NewTask(title, duration_ms=86_400_000)], ALL)
    assert isinstance(made, list)
    await on.tasks.transition(on.admin, None, made[0].task.id, Action.RUN, ALL)
    return made[0].task


def ours(on: Ground, task: Task):
    """Pauses and resumes in turn."""
    actions = cycle((Action.PAUSE, Action.RESUME))
    return lambda: on.tasks.transition(on.admin, None, task.id, next(actions), ALL)


def same_statement(on: Ground, task: Task):
    """The same without pool, SQLAlchemy and records."""
    compiled = statement("transition").compile(dialect=asyncpg_dialect())
    names: list[str] = compiled.positiontup or []
    actions = cycle((Action.PAUSE, Action.RESUME))

    async def call() -> None:
        values = parameters(on.admin, ALL, Ask(next(actions)))
        values |= {"workspace_id": None, "ids": [task.id], "event_ids": [new_id()]}
        await on.bare.fetch(str(compiled), *[values[name] for name in names])

    return call


async def naive(on: Ground, task: Task) -> None:
    """What is usually written."""
    async with on.bare.transaction():
        await on.bare.fetch(READ, task.id)
        await on.bare.fetch(WRITE, task.id)
        await on.bare.execute(EVENT, new_id(), task.id, task.workspace_id)


async def many(on: Ground) -> None:
    """10,000 in one call."""
    ids: list[UUID] = []
    for _ in range(10):
        made = await on.tasks.create(on.admin, on.workspace_id, [NewTask("t", duration_ms=86_400_000)] * 1000, ALL)
        assert isinstance(made, list)
        ids += [moved.task.id for moved in made]
    table = Table(f"10,000 tasks in one call, load {load()}", ("action", "seconds", "changed"), note="Aim: 1 s.")
    for action in (Action.RUN, Action.PAUSE, Action.RESUME, Action.CANCEL):
        began = time.perf_counter()
        bulk = await on.tasks.transition_many(on.admin, on.workspace_id, action, ALL, ids=ids)
        table.add(str(action), time.perf_counter() - began, bulk.changed)
    table.print()


if __name__ == "__main__":
    run(main)
