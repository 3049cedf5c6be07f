"""Contenders on many connections and in several processes: one winner each time, and a history without a gap."""

import asyncio
import json
from collections.abc import AsyncGenerator
from uuid import UUID

import pytest
from fixtures import seed
from fixtures.processes import spawn
from fixtures.room import Room

from engine import events
from engine.drafts import NewTask
from engine.kinds import Catalogue
from engine.outcomes import Moved, Refused, Why
from engine.tasks import Tasks
from models.database import Database
from models.event import Event
from models.history import Life, judge
from models.lifecycle import Action, Status


@pytest.mark.every_postgres
async def test_of_those_who_ask_with_the_same_version_just_one_wins(room: Room, database_url: str) -> None:
    pools = [Database(database_url, size=4, timeout=60) for _ in range(2)]
    everyone = [Tasks(pool, Catalogue(), room.hints) for pool in pools]
    task = await room.do(await room.timer(), Action.RUN)
    for turn in range(30):
        version = task.version
        contenders = [everyone[place % 2] for place in range(2 + turn % 5)]
        asks = [
            tasks.transition(
                room.admin,
                None,
                task.id,
                Action.PAUSE if task.status is Status.IN_PROGRESS else Action.RESUME,
                seed.OPERATE,
                expected_version=version,
            )
            for tasks in contenders
        ]
        outcomes = await asyncio.gather(*asks)
        won = [outcome for outcome in outcomes if isinstance(outcome, Moved)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert (len(won), len(lost)) == (1, len(contenders) - 1)
        assert {outcome.why for outcome in lost} <= {Why.VERSION}
        task = won[0].task
    for pool in pools:
        await pool.close()


async def process(room: Room, url: str, ids: list[str], place: int) -> int:
    who = json.dumps([str(room.admin.user_id), str(room.admin.session_id)])
    child = await spawn("contender", url, who, json.dumps(ids), "2", "25", str(place), str(room.workspace_id))
    said, _ = await child.communicate()
    assert child.returncode == 0
    return int(said)


async def history(room: Room, task_id: UUID) -> AsyncGenerator[Event]:
    """All events of a task, the oldest first."""
    found, after, more = list[Event](), None, True
    while more:
        page = await events.page(room.db, room.admin, task_id=task_id, first=100, after=after)
        found += page.rows
        more, after = page.has_next, page.cursors[-1]
    for event in reversed(found):
        yield event


async def test_three_processes_of_contenders_leave_an_unbroken_history(room: Room, database_url: str) -> None:
    timers = await room.make(*(NewTask(f"t {n}", duration_ms=600_000) for n in range(2)))
    work = [await room.work(), await room.work()]
    ids = [str(task.id) for task in (*timers, *work)]
    granted = sum(await asyncio.gather(*(process(room, database_url, ids, place) for place in range(3))))
    steps = 0
    for task in (*timers, *work):
        found = [event async for event in history(room, task.id)]
        steps += len(found) - 1
        assert judge(Life(task.kind, task.duration_ms, found)) == []
        row = await room.tasks.get(room.admin, task.id)
        assert row is not None
        assert (row.version, row.elapsed_ms, row.status) == (
            found[-1].version,
            found[-1].elapsed_ms,
            found[-1].to_status,
        )
    assert steps == granted > 50
