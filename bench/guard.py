"""What the row guard (FERMATA_ROW_GUARD) costs: transitions and pages without and with it, by turns in one run.

    python -m bench.guard

Starts a PostgreSQL of its own with 20 workspaces of 2,000 tasks. Prints the median over the rounds of each, and their ratio;
the rounds take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import text

from engine.drafts import NewTask
from engine.filters import Filter
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.lists import page
from engine.outcomes import Moved
from engine.tasks import Tasks
from migrations.apply import migrate
from models.authority import Authority, Reach, Scope
from models.base import new_id
from models.database import Database
from models.guard import Guarded, ask_for
from models.lifecycle import Action, Status
from models.role import Role
from server.postgres import embedded

EVERYTHING = Reach(dict.fromkeys(Role, Scope.ALL))
WORKSPACES, TASKS = 20, 2000
ROUNDS, ASKERS, TIMES = 15, 8, 5
PLACE = (
    "insert into users (id, email, display_name) values (:user, :name, 'Bench')",
    "insert into sessions (id, user_id, expires_at) values (:session, :user, clock_timestamp() + interval '1 day')",
    "insert into workspaces (id, slug, name) values (:workspace, :name, 'Bench')",
    "insert into memberships (workspace_id, user_id, role) values (:workspace, :user, 'ADMIN')",
)


@dataclass(frozen=True)
class Place:
    """A workspace, its admin, and its tasks."""

    workspace: UUID
    admin: Authority
    tasks: list[UUID]


@dataclass(frozen=True)
class Line:
    """A pool, with the guard or without it."""

    db: Database
    tasks: Tasks


async def furnish(line: Line) -> Place:
    """A workspace of tasks with titles and labels."""
    user, session, workspace = new_id(), new_id(), new_id()
    values = {"user": user, "session": session, "workspace": workspace, "name": f"b{workspace.hex}@example.org"}
    async with line.db.transaction() as connection:
        for query in PLACE:
            await connection.execute(text(query), {key: values[key] for key in values if f":{key}" in query})
    admin, made = Authority(user, session_id=session), list[UUID]()
    for start in range(0, TASKS, 1000):
        drafts = [
            NewTask(f"Bake loaf {number}", duration_ms=3_600_000, labels=[f"label-{number % 50}"])
            for number in range(start, start + 1000)
        ]
        found = await line.tasks.create(admin, workspace, drafts, EVERYTHING)
        assert isinstance(found, list)
        made += [moved.task.id for moved in found]
    return Place(workspace, admin, made)


def questions(line: Line, place: Place) -> dict[str, Callable[[int], Awaitable[object]]]:
    """What is measured: each takes the number of an asker."""
    admin, workspace, tasks = place.admin, place.workspace, line.tasks

    async def transitions(asker: int) -> None:
        for action in (Action.RUN, Action.PAUSE, Action.RESUME, Action.CANCEL):
            moved = await tasks.transition(admin, None, place.tasks[asker], action, EVERYTHING)
            assert isinstance(moved, Moved), moved

    def listed(filter: Filter) -> Callable[[int], Awaitable[object]]:
        return lambda _: page(line.db, admin, workspace, first=50, filter=filter)

    return {
        "4 transitions": transitions,
        "page of 50": listed(Filter()),
        "page by status": listed(Filter(status=[Status.NOT_STARTED])),
        "page by label": listed(Filter(labels=["label-7"])),
        "page by search": listed(Filter(search="loaf 77")),
        "task by id": lambda asker: tasks.get(admin, place.tasks[asker]),
    }


async def seconds(question: Callable[[int], Awaitable[object]]) -> float:
    """For one answer, with several who ask at once."""

    async def ask(asker: int) -> None:
        for _ in range(TIMES):
            await question(asker)

    began = time.perf_counter()
    await asyncio.gather(*(ask(asker) for asker in range(ASKERS)))
    return (time.perf_counter() - began) / (TIMES * ASKERS)


async def measure(lines: dict[str, Line], place: Place) -> dict[str, dict[str, float]]:
    """Milliseconds of each question, by the name of the line: the median of the rounds."""
    found = {name: {line: list[float]() for line in lines} for name in questions(lines["off"], place)}
    for number in range(ROUNDS + 1):
        for name, times in found.items():
            for line in sorted(lines, reverse=bool(number % 2)):
                took = await seconds(questions(lines[line], place)[name])
                if number:  # the first round prepares the statements
                    times[line].append(1000 * took)
    return {name: {line: median(times) for line, times in by.items()} for name, by in found.items()}


async def run(folder: Path) -> None:
    """Furnish, measure, print."""
    async with embedded(folder) as url:
        await migrate(url)
        pools = {"off": Database(url, timeout=60), "on": Guarded(url, timeout=60)}
        lines = {name: Line(db, Tasks(db, Catalogue(), Hints())) for name, db in pools.items()}
        places = [await furnish(lines["off"]) for _ in range(WORKSPACES)]
        async with pools["off"].one() as connection:
            await connection.execute(text("analyze"))
        ask_for(places[0].admin.user_id)
        for name, by in (await measure(lines, places[0])).items():
            ratio = by["on"] / by["off"]
            print(f"{name:16} off {by['off']:7.2f} ms   on {by['on']:7.2f} ms   {ratio:.2f} times")
        for db in pools.values():
            await db.close()


def main() -> None:
    """In a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


if __name__ == "__main__":
    main()
