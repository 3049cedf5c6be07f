"""What is in the database once all is at rest, held against what was acknowledged, and against what can have happened."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from bench.prove.caller import Acknowledged
from engine.rows import event_of, event_selection
from models.database import Database, Unavailable
from models.event import Event, events
from models.history import Life, judge
from models.lifecycle import Verb

REST_SECONDS = 120.0
_RUNNING = text("select count(*) from tasks where status in ('QUEUED', 'IN_PROGRESS', 'PAUSING', 'CANCELLING')")
_TASKS = text("select id, title, duration_ms, version, cast(status as text) as status, kind from tasks")


class Row(NamedTuple):
    """A task as it stands; `duration_ms` is None where it is no timer."""

    title: str
    duration_ms: int | None
    version: int
    status: str
    kind: str = "timer"


@dataclass(frozen=True)
class Truth:
    """Every task, as it is, and its events in the order of their versions."""

    tasks: dict[UUID, Row]
    history: dict[UUID, list[Event]]

    @property
    def transitions(self) -> int:
        """Changes that were written down."""
        return sum(len(found) for found in self.history.values())

    @property
    def completed(self) -> int:
        """Tasks that have completed."""
        return sum(task.status == "COMPLETED" for task in self.tasks.values())


async def at_rest(url: str) -> tuple[Truth, list[str]]:
    """Waits until nothing is to be done any more. A fault: it never comes to rest."""
    db, faults = Database(url, size=1, timeout=10), list[str]()
    loop = asyncio.get_running_loop()
    until = loop.time() + REST_SECONDS
    running = -1
    while running and loop.time() < until:
        with suppress(Unavailable):
            async with db.one() as connection:
                running = (await connection.execute(_RUNNING)).scalar_one()
        await asyncio.sleep(0.1)
    if running:
        faults.append(f"{running} tasks still ran {REST_SECONDS:.0f} s after the storm")
    truth = await read(db)
    await db.close()
    return truth, faults


async def read(db: Database) -> Truth:
    """What is there now."""
    async with db.one() as connection:
        tasks = {
            row.id: Row(row.title, row.duration_ms, row.version, row.status, row.kind)
            for row in await connection.execute(_TASKS)
        }
        query = select(*event_selection()).where(events.c.task_id.is_not(None)).order_by(events.c.version)
        history: dict[UUID, list[Event]] = defaultdict(list)
        for row in await connection.execute(query):
            event = event_of(row, 0)
            assert event.task_id is not None
            history[event.task_id].append(event)
    return Truth(tasks, history)


def lost(truth: Truth, acknowledged: Sequence[Acknowledged]) -> Iterator[str]:
    """What was acknowledged and is not there: as the version that was told, or with its key where none was told."""
    by_key = {(id, event.reason): event.action for id, found in truth.history.items() for event in found}
    for said in acknowledged:
        found = truth.history.get(said.task_id, [])
        if said.version is None:
            there = by_key.get((said.task_id, said.key))
        else:
            there = found[said.version - 1].action if said.version <= len(found) else None
        if there != said.action:
            version = f"version {said.version}" if said.version else "some version"
            yield f"{said.key}: {said.action} as {version} was acknowledged, and {there} stands there"


def double(truth: Truth, acknowledged: Sequence[Acknowledged], many: str = "many") -> Iterator[str]:
    """What was done twice, or acknowledged to two people. Keys that begin with `many` may stand once in every task."""
    titles = Counter(task.title for task in truth.tasks.values())
    yield from (f"{title}: made {count} times" for title, count in titles.items() if count > 1)
    keys = Counter(
        (event.reason, id if event.reason.startswith(many) else None)
        for id, found in truth.history.items()
        for event in found
        if event.reason
    )
    yield from (f"{key}: done {count} times" for (key, _), count in keys.items() if count > 1)
    winners = Counter((said.task_id, said.version) for said in acknowledged if said.version)
    yield from (
        f"version {place[1]} of {place[0]} has {count} winners" for place, count in winners.items() if count > 1
    )


def impossible(truth: Truth) -> Iterator[str]:
    """Histories that cannot have happened: gaps, missing arrows, time that is lost, timers that came early."""
    for task_id, task in truth.tasks.items():
        found = truth.history.get(task_id, [])
        yield from (f"{task.title}: {fault}" for fault in judge(Life(task.kind, task.duration_ms, found)))
        if not found or (found[-1].version, found[-1].to_status) != (task.version, task.status):
            yield f"{task.title}: stands at {task.status} in version {task.version}, and its history ends elsewhere"


def lateness(truth: Truth) -> list[tuple[float, float]]:
    """When each timer was due (seconds of the epoch), and the milliseconds after it at which it completed."""
    late: list[tuple[float, float]] = []
    for task_id, found in truth.history.items():
        for before, event in pairwise(found):
            if event.action == Verb.COMPLETED and truth.tasks[task_id].kind == "timer":
                due = before.at.timestamp() + ((event.elapsed_ms or 0) - (before.elapsed_ms or 0)) / 1000
                late.append((due, (event.at.timestamp() - due) * 1000))
    return late
