"""A workspace and the first page of its newest tasks in one statement: what two statements would have said."""

import pytest
from fixtures import seed
from fixtures.room import Room

from engine import homes, lists
from engine.homes import Home
from engine.rows import some_columns
from models.authority import Authority
from models.role import Role
from models.task import TASK_COLUMNS

SHORT = some_columns(texts=False, rest=False)


def slug(room: Room) -> str:
    return f"w-{room.workspace_id.hex}"


async def home(room: Room, who: Authority, first: int = 3, columns: tuple[str, ...] = SHORT) -> Home | None:
    return await homes.home(room.db, who, slug(room), first, columns)


@pytest.mark.every_postgres
@pytest.mark.parametrize("columns", [SHORT, TASK_COLUMNS], ids=["short", "all"])
async def test_the_page_is_the_one_that_is_read_by_itself(room: Room, columns: tuple[str, ...]) -> None:
    for made in range(4):
        for first in (2, 3, 100):
            found = await home(room, room.admin, first, columns)
            assert found is not None
            usual = await lists.page(room.db, room.admin, room.workspace_id, first=first, columns=columns)
            assert len(usual.rows) == min(made, first)
            assert list(map(vars, found.page.rows)) == list(map(vars, usual.rows))
            assert (found.page.ends, found.page.order) == (usual.ends, usual.order)
            assert (found.page.has_next, found.page.has_previous) == (usual.has_next, False)
        await room.timer(f"task {made}")
    gone = (await lists.page(room.db, room.admin, room.workspace_id, first=1)).rows[0]
    await room.tasks.delete(room.admin, None, gone.id, seed.EDIT)
    found = await home(room, room.admin)
    assert found is not None
    assert [task.title for task in found.page.rows] == ["task 2", "task 1", "task 0"]


async def test_the_row_says_which_workspace_it_is_and_what_one_may_there_now(room: Room) -> None:
    await room.timer()
    other = await seed.member(room.db, room.workspace_id, Role.OPERATOR)
    token = await seed.token(room.db, room.workspace_id, other, Role.VIEWER)
    for who, role in ((room.admin, "ADMIN"), (other, "OPERATOR"), (token, "VIEWER")):
        found = await home(room, who)
        assert found is not None
        assert (found.row[0], found.row[1], found.row[4]) == (room.workspace_id, slug(room), role)
        assert len(found.page.rows) == 1
    await seed.set_role(room.db, room.workspace_id, other, Role.EDITOR)
    found = await home(room, other)
    assert found is not None
    assert found.row[4] == "EDITOR"


async def test_a_workspace_of_others_or_none_is_not_found(room: Room) -> None:
    await room.timer()
    elsewhere = await seed.workspace(room.db)
    stranger = await seed.member(room.db, elsewhere)
    assert await home(room, stranger) is None
    assert await homes.home(room.db, room.admin, "none-such", 3, SHORT) is None
    assert await homes.home(room.db, room.admin, f"w-{elsewhere.hex}", 3, SHORT) is None
