"""One action on many tasks: one transaction, an outcome for each, and a dry run that says the same and does nothing."""

import asyncio
from collections import Counter

import pytest
from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine.drafts import NewTask
from engine.errors import InvalidInput
from engine.filters import Filter
from engine.outcomes import Bulk, Item, Why
from models.authority import Authority
from models.base import new_id
from models.lifecycle import Action, Status
from models.role import Role

_DELETED = text("select reason, from_status, to_status, version from events where task_id = :id and action = 'DELETED'")


async def many(room: Room, action: Action, **target: object) -> Bulk:
    return await room.tasks.transition_many(room.admin, room.workspace_id, action, seed.OPERATE, **target)  # type: ignore[arg-type]  # the target varies by test


async def test_each_task_gets_its_own_outcome_and_a_dry_run_says_the_same(room: Room) -> None:
    fresh, running, done = [await room.timer() for _ in range(3)]
    await room.do(running, Action.RUN)
    await seed.place(room.db, done.id, Status.COMPLETED)
    elsewhere = new_id()
    ids = [done.id, elsewhere, running.id, fresh.id, fresh.id]
    before = await seed.everything(room.db)
    dry = await many(room, Action.RUN, ids=ids, dry_run=True)
    assert await seed.everything(room.db) == before
    wet = await many(room, Action.RUN, ids=ids)
    for bulk in (dry, wet):
        assert (bulk.matched, bulk.changed, bulk.refused) == (4, 1, 3)
        by_id = {item.task_id: (item.changed, item.status, item.why) for item in bulk.outcomes}
        assert by_id == {
            fresh.id: (True, Status.IN_PROGRESS, None),
            running.id: (False, Status.IN_PROGRESS, Why.STATUS),
            done.id: (False, Status.COMPLETED, Why.STATUS),
            elsewhere: (False, None, None),
        }
        assert [item.task_id for item in bulk.outcomes] == sorted(set(ids))


async def test_a_filter_reaches_what_it_lets_through_and_nothing_else(room: Room) -> None:
    red = await room.make(*(NewTask(f"red {n}", labels=["red"], duration_ms=60_000) for n in range(5)))
    blue = await room.timer("blue")
    bulk = await many(room, Action.RUN, filter=Filter(labels=["red"], status=[Status.NOT_STARTED]))
    assert (bulk.matched, bulk.changed, bulk.refused) == (5, 5, 0)
    assert {item.task_id for item in bulk.outcomes} == {task.id for task in red}
    assert await room.tasks.get(room.admin, blue.id) == blue
    again = await many(room, Action.RUN, filter=Filter(labels=["red"], status=[Status.NOT_STARTED]))
    assert again == Bulk(0, 0, 0, [])


async def test_permission_is_judged_for_each(room: Room) -> None:
    viewer = await seed.member(room.db, room.workspace_id, Role.VIEWER)
    task = await room.timer()
    before = await seed.everything(room.db)
    bulk = await room.tasks.transition_many(viewer, room.workspace_id, Action.RUN, seed.OPERATE, ids=[task.id])
    assert bulk == Bulk(1, 0, 1, [Item(task.id, changed=False, status=None, role=Role.VIEWER)])
    stranger = await seed.person(room.db)
    bulk = await room.tasks.transition_many(stranger, room.workspace_id, Action.RUN, seed.OPERATE, ids=[task.id])
    assert bulk == Bulk(1, 0, 1, [Item(task.id, changed=False, status=None)])
    assert await seed.everything(room.db) == before


async def test_the_target_is_just_one_of_ids_and_filter(room: Room) -> None:
    for target in ({}, {"ids": [new_id()], "filter": Filter()}, {"ids": [new_id() for _ in range(10_001)]}):
        with pytest.raises(InvalidInput):
            await many(room, Action.RUN, **target)


async def test_thousands_move_in_one_call(room: Room) -> None:
    for _ in range(3):
        await room.make(*(NewTask("t", duration_ms=600_000) for _ in range(1000)))
    bulk = await many(room, Action.RUN, filter=Filter())
    assert (bulk.matched, bulk.changed) == (3000, 3000)
    assert Counter(item.status for item in bulk.outcomes) == {Status.IN_PROGRESS: 3000}
    again = await many(room, Action.RUN, filter=Filter(status=[Status.IN_PROGRESS]))
    assert (again.matched, again.changed, again.refused) == (3000, 0, 3000)


async def test_two_calls_over_the_same_tasks_in_other_orders_do_not_lock_each_other_out(room: Room) -> None:
    ids = [task.id for task in await room.make(*(NewTask("t", duration_ms=600_000) for _ in range(50)))]
    await many(room, Action.RUN, ids=ids)
    calls = [
        many(room, action, ids=ids if turn else ids[::-1])
        for _ in range(5)
        for turn, action in enumerate((Action.PAUSE, Action.RESUME))
    ]
    answers = await asyncio.gather(*calls)
    assert all(bulk.changed in (0, 50) for bulk in answers)


async def remove(room: Room, who: Authority, **target: object) -> Bulk:
    return await room.tasks.delete_many(who, room.workspace_id, seed.EDIT, **target)  # type: ignore[arg-type]  # the target varies by test


async def test_many_are_deleted_at_once_with_an_outcome_each_and_a_dry_run_deletes_none(room: Room) -> None:
    fresh, running, paused = [await room.timer() for _ in range(3)]
    await room.do(running, Action.RUN)
    await room.do(paused, Action.RUN)
    await room.do(paused, Action.PAUSE)
    elsewhere = new_id()
    ids = [elsewhere, running.id, fresh.id, paused.id, fresh.id]
    before = await seed.everything(room.db)
    dry = await remove(room, room.admin, ids=ids, dry_run=True)
    assert await seed.everything(room.db) == before
    wet = await remove(room, room.admin, ids=ids, reason="spring cleaning")
    for bulk in (dry, wet):
        assert (bulk.matched, bulk.changed, bulk.refused) == (4, 2, 2)
        assert {item.task_id: (item.changed, item.status, item.why) for item in bulk.outcomes} == {
            fresh.id: (True, Status.NOT_STARTED, None),
            paused.id: (True, Status.PAUSED, None),
            running.id: (False, Status.IN_PROGRESS, Why.STATUS),
            elsewhere: (False, None, None),
        }
    assert set(await room.tasks.get_many(room.admin, ids)) == {running.id}
    async with room.db.one() as connection:
        lines = (await connection.execute(_DELETED, {"id": paused.id})).all()
    assert [tuple(line) for line in lines] == [("spring cleaning", "PAUSED", "PAUSED", paused.version + 3)]
    assert (await remove(room, room.admin, filter=Filter(status=[Status.PAUSED]))).matched == 0


async def test_an_editor_deletes_what_they_made_and_is_refused_the_rest_one_by_one(room: Room) -> None:
    editor = await seed.member(room.db, room.workspace_id, Role.EDITOR)
    made = await room.tasks.create(editor, room.workspace_id, [NewTask("t", duration_ms=1)], seed.CREATE)
    assert isinstance(made, list)
    own, others = made[0].task, await room.timer()
    bulk = await remove(room, editor, filter=Filter())
    assert (bulk.matched, bulk.changed, bulk.refused) == (2, 1, 1)
    assert {item.task_id: (item.changed, item.role) for item in bulk.outcomes} == {
        own.id: (True, None),
        others.id: (False, Role.EDITOR),
    }
    stranger = await seed.person(room.db)
    assert (await remove(room, stranger, ids=[others.id])).changed == 0
    assert set(await room.tasks.get_many(room.admin, [own.id, others.id])) == {others.id}
