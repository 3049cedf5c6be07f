"""Who may do what to whose task: the statement itself decides, and what is denied has no effect."""

from itertools import product

import pytest
from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine.drafts import NewTask
from engine.outcomes import Forbidden, Missing, Moved, Outcome
from models.authority import Authority
from models.lifecycle import Action
from models.role import Role
from models.task import Task


async def attempt(room: Room, authority: Authority, task: Task, what: str) -> Outcome:
    match what:
        case "edit":
            return await room.tasks.update(authority, None, task.id, {"title": "edited"}, seed.EDIT)
        case "delete":
            return await room.tasks.delete(authority, None, task.id, seed.EDIT)
        case _:
            return await room.tasks.transition(authority, None, task.id, Action.RUN, seed.OPERATE)


def allowed(role: Role, what: str, *, own: bool) -> bool:
    if what == "run":
        return role is not Role.VIEWER
    return role is Role.ADMIN or (role is Role.EDITOR and own)


@pytest.mark.parametrize("what", ["run", "edit", "delete"])
async def test_each_role_reaches_what_the_table_says_of_its_own_and_of_others(room: Room, what: str) -> None:
    for role, own, by_token in product(Role, (True, False), (True, False)):
        maker = await seed.member(room.db, room.workspace_id, Role.EDITOR)
        made = await room.tasks.create(maker, room.workspace_id, [NewTask("t", duration_ms=60_000)], seed.CREATE)
        assert isinstance(made, list)
        task = made[0].task
        person = maker if own else await seed.person(room.db)
        await seed.set_role(room.db, room.workspace_id, person, Role.ADMIN if by_token else role)
        authority = await seed.token(room.db, room.workspace_id, person, role) if by_token else person
        before = await seed.everything(room.db)
        outcome = await attempt(room, authority, task, what)
        if allowed(role, what, own=own):
            assert isinstance(outcome, Moved), (role, own, by_token)
            assert outcome.event.via == ("robot" if by_token else None)
        else:
            assert outcome == Forbidden(role, Role.OPERATOR if what == "run" else Role.ADMIN), (role, own, by_token)
            assert await seed.everything(room.db) == before


@pytest.mark.parametrize(("role", "may"), [(role, role in (Role.EDITOR, Role.ADMIN)) for role in Role])
async def test_creating_needs_an_editor(room: Room, role: Role, may: bool) -> None:
    authority = await seed.member(room.db, room.workspace_id, role)
    before = await seed.everything(room.db)
    made = await room.tasks.create(authority, room.workspace_id, [NewTask("t", duration_ms=1)], seed.CREATE)
    if may:
        assert isinstance(made, list)
    else:
        assert made == Forbidden(role, Role.EDITOR)
        assert await seed.everything(room.db) == before


async def test_nobody_creates_tasks_in_a_workspace_that_is_not_theirs(room: Room) -> None:
    stranger = await seed.person(room.db)
    made = await room.tasks.create(stranger, room.workspace_id, [NewTask("t", duration_ms=1)], seed.CREATE)
    assert made == Missing()


@pytest.mark.parametrize(
    "change",
    [
        "delete from memberships where user_id = :user",
        "update users set disabled = true where id = :user",
        "update sessions set revoked_at = clock_timestamp() where user_id = :user",
        "update sessions set expires_at = clock_timestamp() where user_id = :user",
    ],
)
async def test_a_right_that_is_taken_away_is_gone_with_the_next_statement(room: Room, change: str) -> None:
    task = await room.timer()
    member = await seed.member(room.db, room.workspace_id)
    assert await room.tasks.get(member, task.id) == task
    async with room.db.one() as connection:
        await connection.execute(text(change), {"user": member.user_id})
    assert await room.tasks.get(member, task.id) is None
    assert await room.tasks.transition(member, None, task.id, Action.RUN, seed.OPERATE) == Missing()


async def test_a_token_reaches_only_the_workspace_it_was_made_for(room: Room) -> None:
    other = await seed.workspace(room.db)
    await seed.set_role(room.db, other, room.admin, Role.ADMIN)
    token = await seed.token(room.db, other, room.admin, Role.ADMIN)
    task = await room.timer()
    assert await room.tasks.get(token, task.id) is None
    assert await room.tasks.transition(token, None, task.id, Action.RUN, seed.OPERATE) == Missing()
