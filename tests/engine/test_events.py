"""Pages of the history: of a workspace, of a task, of one's own account."""

import pytest
from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine import events
from engine.errors import InvalidInput
from engine.events import EventFilter
from models.base import new_id
from models.event import Event
from models.lifecycle import Action


async def all_pages(room: Room, size: int) -> list[Event]:
    found, after, more = list[Event](), None, True
    while more:
        page = await events.page(room.db, room.admin, workspace_id=room.workspace_id, first=size, after=after)
        assert page.has_previous == (after is not None)
        found += page.rows
        more, after = page.has_next, page.cursors[-1]
    return found


async def test_pages_put_together_are_the_history_newest_first(room: Room) -> None:
    for number in range(4):
        await room.do(await room.timer(f"t {number}"), Action.RUN, Action.PAUSE, Action.RESUME)
    whole = await all_pages(room, 100)
    assert len(whole) == 16
    assert whole == sorted(whole, key=lambda event: (event.at, event.id), reverse=True)
    for size in (1, 5, 16):
        assert await all_pages(room, size) == whole
    exported = [event async for event in events.export(room.db, room.workspace_id, batch=5)]
    assert exported == whole[::-1]


async def test_the_history_of_a_task_goes_by_its_versions(room: Room) -> None:
    task = await room.do(await room.timer(), Action.RUN, Action.PAUSE, Action.RESUME, Action.PAUSE)
    first = await events.page(room.db, room.admin, task_id=task.id, first=3)
    rest = await events.page(room.db, room.admin, task_id=task.id, first=3, after=first.cursors[-1])
    assert [event.version for event in first.rows + rest.rows] == [5, 4, 3, 2, 1]
    assert (first.has_next, rest.has_next) == (True, False)


async def test_filters_narrow_the_history(room: Room) -> None:
    other = await seed.member(room.db, room.workspace_id)
    mine, theirs = await room.timer(), await room.timer()
    await room.do(mine, Action.RUN)
    await room.tasks.transition(other, None, theirs.id, Action.RUN, seed.OPERATE)
    whole = await all_pages(room, 100)
    middle = whole[1].at
    cases = [
        (EventFilter(actor=other.user_id), lambda event: event.actor_id == other.user_id),
        (EventFilter(action=["RUN"]), lambda event: event.action == "RUN"),
        (EventFilter(action=[]), lambda _: False),
        (EventFilter(task_id=mine.id), lambda event: event.task_id == mine.id),
        (EventFilter(after=middle), lambda event: event.at > middle),
        (EventFilter(before=middle), lambda event: event.at < middle),
    ]
    for narrow, holds in cases:
        page = await events.page(room.db, room.admin, workspace_id=room.workspace_id, first=100, filter=narrow)
        assert page.rows == [event for event in whole if holds(event)], narrow


async def test_someone_elses_history_looks_empty(room: Room) -> None:
    task = await room.timer()
    stranger = await seed.person(room.db)
    for workspace_id, task_id in ((room.workspace_id, None), (None, task.id), (None, new_id())):
        page = await events.page(room.db, stranger, first=10, workspace_id=workspace_id, task_id=task_id)
        assert (page.rows, page.has_next) == ([], False)


async def test_the_history_of_an_account_is_ones_own(room: Room) -> None:
    person, other = await seed.person(room.db), await seed.person(room.db)
    insert = text("insert into events (id, action, actor_id, subject_id) values (:id, :action, :actor, :subject)")
    async with room.db.one() as connection:
        for action, actor, subject in (
            ("SIGNED_IN", person.user_id, person.user_id),
            ("DISABLED", other.user_id, person.user_id),
            ("SIGNED_IN", other.user_id, other.user_id),
        ):
            await connection.execute(insert, {"id": new_id(), "action": action, "actor": actor, "subject": subject})
    page = await events.page(room.db, person, first=10)
    assert [event.action for event in page.rows] == ["DISABLED", "SIGNED_IN"]


async def test_garbage_is_refused(room: Room) -> None:
    task = await room.timer()
    for first, after in ((0, None), (101, None), (1, "garbage")):
        for workspace_id, task_id in ((None, None), (room.workspace_id, None), (None, task.id)):
            with pytest.raises(InvalidInput):
                await events.page(
                    room.db, room.admin, first=first, after=after, workspace_id=workspace_id, task_id=task_id
                )
    with pytest.raises(InvalidInput):
        await events.page(room.db, room.admin, first=1, filter=EventFilter(action=["\x00"]))
