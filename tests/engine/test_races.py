"""Contenders on many connections and in several processes: one winner each time, and a history without a gap."""

import asyncio
import json
from itertools import pairwise

from fixtures import seed
from fixtures.processes import spawn
from fixtures.room import Room
from sqlalchemy import Row, text

from engine.drafts import NewTask
from engine.kinds import Catalogue
from engine.outcomes import Moved, Refused, Why
from engine.tasks import Tasks
from models.database import Database
from models.lifecycle import Action, Nature, Status, Verb, end

HISTORY = text("select * from events where task_id = :id order by version")


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


def check(history: list[Row[tuple[object, ...]]], nature: Nature) -> None:
    """Unbroken, and the active time is the sum of the times between start and stop, to the millisecond."""
    assert [event.version for event in history] == list(range(1, len(history) + 1))
    spent = 0
    for before, after in pairwise(history):
        assert after.from_status == before.to_status
        assert Status(after.to_status) == end(Status(after.from_status), Verb(after.action), nature)
        assert after.at >= before.at, "time does not go back"
        if before.to_status == "IN_PROGRESS":
            spent += round((after.at - before.at).total_seconds() * 1000)
        if after.action in ("RUN", "CANCEL"):
            spent = 0
        assert after.elapsed_ms == spent


async def test_three_processes_of_contenders_leave_an_unbroken_history(room: Room, database_url: str) -> None:
    timers = await room.make(*(NewTask(f"t {n}", duration_ms=600_000) for n in range(2)))
    work = [await room.work(), await room.work()]
    ids = [str(task.id) for task in (*timers, *work)]
    granted = sum(await asyncio.gather(*(process(room, database_url, ids, place) for place in range(3))))
    async with room.db.one() as connection:
        histories = [(task, (await connection.execute(HISTORY, {"id": task.id})).all()) for task in (*timers, *work)]
    assert sum(len(history) - 1 for _, history in histories) == granted > 50
    for task, history in histories:
        check(list(history), task.nature)
        row = await room.tasks.get(room.admin, task.id)
        assert row is not None
        assert (row.version, row.elapsed_ms) == (history[-1].version, history[-1].elapsed_ms)
