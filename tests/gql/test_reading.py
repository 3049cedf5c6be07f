"""What an answer notes of what it read: by that a poll is told "unchanged", and it must never be told so in error."""

import pytest
from fixtures import seed
from fixtures.surface import Asker
from fixtures.world import World, task

from engine import feed
from gql.context import Services
from gql.ids import NodeType, encode
from gql.reading import Reading
from models.role import Role

BOARD = """query ($slug: String!) { workspace(slug: $slug) { revision name viewerRole counts { status count }
  members { role user { displayName } }
  tasks(first: 10) { totalCount nodes { id title status createdBy { displayName } allowedActions workspace { name } } } } }"""


async def read(execute: Asker, document: str, variables: dict[str, str], who: str, world: World) -> Reading:
    answer = await execute(document, variables, as_=world.people[who])
    assert "errors" not in answer
    assert execute.last is not None
    return execute.last.reading


async def test_a_board_is_tracked_by_the_revision_that_it_tells(
    execute: Asker, surface: Services, world: World
) -> None:
    await task(surface, world)
    answer = await execute(BOARD, {"slug": world.slug}, as_=world["VIEWER"])
    assert execute.last is not None
    reading = execute.last.reading
    assert reading.tracked
    assert reading.workspaces == {world.workspace: answer["data"]["workspace"]["revision"]}
    assert not await feed.changed(surface.db, list(reading.workspaces.items()))


@pytest.mark.parametrize("change", ["a task", "a role", "a name of a person", "a member who leaves"])
async def test_whatever_a_board_shows_changes_its_revision(
    change: str, execute: Asker, surface: Services, world: World
) -> None:
    made = await task(surface, world)
    reading = await read(execute, BOARD, {"slug": world.slug}, "VIEWER", world)
    admin, operator = world["ADMIN"].authority, world["OPERATOR"]
    match change:
        case "a task":
            await execute(
                "mutation ($id: ID!) { runTask(id: $id) { event { id } } }",
                {"id": encode(NodeType.TASK, made)},
                as_=operator,
            )
        case "a role":
            await surface.workspaces.set_role(admin, world.workspace, operator.user.id, Role.EDITOR)
        case "a name of a person":
            await surface.accounts.update_profile(operator.authority, "Another Name")
        case _:
            await surface.workspaces.remove_member(operator.authority, world.workspace, operator.user.id)
    assert await feed.changed(surface.db, list(reading.workspaces.items()))


async def test_a_board_that_names_someone_who_has_left_is_compared_by_its_bytes(
    execute: Asker, surface: Services, world: World
) -> None:
    await task(surface, world, by="EDITOR")
    await surface.workspaces.remove_member(world["ADMIN"].authority, world.workspace, world["EDITOR"].user.id)
    assert not (await read(execute, BOARD, {"slug": world.slug}, "VIEWER", world)).tracked


UNTRACKED = [
    "{ viewer { id } }",
    "{ signInOptions { signUp } }",
    "query ($slug: String!) { workspace(slug: $slug) { events { nodes { id } } } }",
    "query ($slug: String!) { workspace(slug: $slug) { apiTokens { id } } }",
    "query ($slug: String!) { workspace(slug: $slug) { kinds { name } } }",
    "query ($slug: String!) { workspace(slug: $slug) { tasks(first: 1) { nodes { events { nodes { id } } } } } }",
    "query ($slug: String!) { workspace(slug: $slug) { tasks(first: 1) { nodes { logs { nodes { text } } } } } }",
    'query ($slug: String!) { workspace(slug: $slug) { id } other: workspace(slug: "unknown") { id } }',
    'query ($slug: String!) { workspace(slug: $slug) { id } node(id: "unknown") { id } }',
]


@pytest.mark.parametrize("document", UNTRACKED)
async def test_what_has_no_revision_is_compared_by_its_bytes(
    document: str, execute: Asker, surface: Services, world: World
) -> None:
    await task(surface, world)
    variables = {"slug": world.slug} if "$slug" in document else {}
    assert not (await read(execute, document, variables, "ADMIN", world)).tracked


async def test_two_workspaces_in_one_answer_are_both_tracked_in_one_snapshot(
    execute: Asker, surface: Services, world: World
) -> None:
    other = await seed.workspace(surface.db)
    await seed.set_role(surface.db, other, world["ADMIN"].authority, Role.VIEWER)
    document = "query ($a: String!, $b: String!) { a: workspace(slug: $a) { name } b: workspace(slug: $b) { name } }"
    reading = await read(execute, document, {"a": world.slug, "b": f"w-{other.hex}"}, "ADMIN", world)
    assert reading.tracked and set(reading.workspaces) == {world.workspace, other}
    assert len(set(reading.workspaces.values())) == 1


async def test_a_task_that_is_found_by_its_id_is_tracked_by_its_workspace(
    execute: Asker, surface: Services, world: World
) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    reading = await read(execute, "query ($id: ID!) { task(id: $id) { title } }", {"id": id}, "VIEWER", world)
    assert reading.tracked and set(reading.workspaces) == {world.workspace}
    none = encode(NodeType.TASK, world.workspace)
    assert not (
        await read(execute, "query ($id: ID!) { task(id: $id) { title } }", {"id": none}, "VIEWER", world)
    ).tracked


CHANGES = """query ($slug: String!, $since: String!, $first: Int) { workspace(slug: $slug) {
  changes(since: $since, first: $first) { revision tasks { id title allowedActions } deletedIds hasMore reset } } }"""


async def test_changes_since_a_revision_are_what_changed_and_what_is_gone(
    execute: Asker, surface: Services, world: World
) -> None:
    kept, gone, new = [encode(NodeType.TASK, await task(surface, world, title=title)) for title in ("a", "b", "c")]
    board = await execute(BOARD, {"slug": world.slug}, as_=world["OPERATOR"])
    since = board["data"]["workspace"]["revision"]

    async def changes(since: str) -> dict[str, object]:
        answer = await execute(CHANGES, {"slug": world.slug, "since": since}, as_=world["OPERATOR"])
        return answer["data"]["workspace"]["changes"]

    quiet = await changes(since)
    assert (quiet["tasks"], quiet["deletedIds"], quiet["hasMore"], quiet["reset"]) == ([], [], False, False)
    await execute("mutation ($id: ID!) { runTask(id: $id) { event { id } } }", {"id": new}, as_=world["OPERATOR"])
    await execute("mutation ($id: ID!) { deleteTask(id: $id) { deletedId } }", {"id": gone}, as_=world["ADMIN"])
    found = await changes(str(quiet["revision"]))
    assert found["tasks"] == [{"id": new, "title": "c", "allowedActions": ["PAUSE", "CANCEL"]}]
    assert found["deletedIds"] == [gone]
    assert kept not in str(found)
    assert (await changes("not one of ours"))["reset"] is True
