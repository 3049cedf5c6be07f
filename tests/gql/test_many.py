"""Pages, many tasks at once, and things by their ids."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fixtures.surface import Asker, code
from fixtures.world import World, task

from gql.context import Services
from gql.ids import NodeType, encode
from models.role import Role

LIST = """query ($slug: String!, $first: Int, $after: String, $last: Int, $before: String, $filter: TaskFilter,
  $order: TaskOrder) { workspace(slug: $slug) { tasks(first: $first, after: $after, last: $last, before: $before,
  filter: $filter, orderBy: $order) { totalCount nodes { title } edges { cursor node { title } } pageInfo {
  hasNextPage hasPreviousPage startCursor endCursor } } } }"""


async def test_pages_go_forward_and_back_and_meet_in_the_middle(
    execute: Asker, surface: Services, world: World
) -> None:
    for title in "abcde":
        await task(surface, world, title=title)
    order = {"field": "TITLE", "direction": "ASC"}

    async def page(**window: Any) -> dict[str, Any]:
        answer = await execute(LIST, {"slug": world.slug, "order": order, **window}, as_=world["VIEWER"])
        return answer["data"]["workspace"]["tasks"]

    first = await page(first=2)
    assert [node["title"] for node in first["nodes"]] == ["a", "b"]
    assert first["pageInfo"]["hasNextPage"] and not first["pageInfo"]["hasPreviousPage"]
    second = await page(first=2, after=first["pageInfo"]["endCursor"])
    assert [edge["node"]["title"] for edge in second["edges"]] == ["c", "d"]
    back = await page(last=2, before=second["pageInfo"]["endCursor"])
    assert [node["title"] for node in back["nodes"]] == ["b", "c"]
    assert (await page(first=1, filter={"search": "e"}))["totalCount"] == 1
    assert (await page(filter={"status": ["IN_PROGRESS"]}))["nodes"] == []


@pytest.mark.parametrize("window", [{"first": 0}, {"first": 101}, {"first": 1, "last": 1}, {"first": 1, "after": "x"}])
async def test_a_window_that_is_none_is_refused(window: dict[str, Any], execute: Asker, world: World) -> None:
    assert code(await execute(LIST, {"slug": world.slug, **window}, as_=world["VIEWER"])) == "INVALID_INPUT"


async def test_many_tasks_move_at_once_with_an_outcome_each_and_a_dry_run_moves_none(
    execute: Asker, surface: Services, world: World
) -> None:
    ready, running = await task(surface, world), await task(surface, world, "RUN")
    document = """mutation ($w: ID!, $target: TaskTarget!, $dry: Boolean) {
      transitionTasks(workspaceId: $w, action: RUN, target: $target, dryRun: $dry) {
        matched changed refused outcomes { taskId changed status code message } } }"""
    ids = [encode(NodeType.TASK, key) for key in (ready, running, world.workspace)]
    by_ids = {"w": world.ids["workspace"], "target": {"ids": ids}}
    dry = await execute(document, by_ids | {"dry": True}, as_=world["OPERATOR"])
    done = await execute(document, by_ids, as_=world["OPERATOR"])
    assert dry == done
    assert {name: done["data"]["transitionTasks"][name] for name in ("matched", "changed", "refused")} == {
        "matched": 3,
        "changed": 1,
        "refused": 2,
    }
    outcomes = {row["taskId"]: (row["status"], row["code"]) for row in done["data"]["transitionTasks"]["outcomes"]}
    assert outcomes == {
        ids[0]: ("IN_PROGRESS", None),
        ids[1]: ("IN_PROGRESS", "ILLEGAL_TRANSITION"),
        ids[2]: (None, "NOT_FOUND"),
    }
    by_filter = {"w": world.ids["workspace"], "target": {"filter": {"status": ["NOT_STARTED"]}}}
    assert (await execute(document, by_filter, as_=world["OPERATOR"]))["data"]["transitionTasks"]["matched"] == 0


async def test_many_are_paused_until_a_moment_and_each_outcome_says_which_task_it_is_of(
    execute: Asker, surface: Services, world: World
) -> None:
    await task(surface, world, "RUN", title="Bake")
    await task(surface, world, title="Tea")
    document = """mutation ($w: ID!, $a: TaskAction!, $at: DateTime) {
      transitionTasks(workspaceId: $w, action: $a, target: {filter: {}}, resumeAt: $at) {
        outcomes { title changed status code message } } }"""

    async def ask(action: str, at: datetime) -> dict[str, Any]:
        given = {"w": world.ids["workspace"], "a": action, "at": at.isoformat()}
        return await execute(document, given, as_=world["OPERATOR"])

    async def outcomes(at: datetime) -> dict[str, Any]:
        found = (await ask("PAUSE", at))["data"]["transitionTasks"]["outcomes"]
        return {row.pop("title"): list(row.values()) for row in found}

    now = datetime.now(UTC)
    tea = [False, "NOT_STARTED", "ILLEGAL_TRANSITION", "It has not been started yet: run it first."]
    too_late = "resumeAt must lie in the future, and at most a year from now."
    assert await outcomes(now - timedelta(hours=1)) == {
        "Bake": [False, "IN_PROGRESS", "INVALID_INPUT", too_late],
        "Tea": tea,
    }
    assert await outcomes(now + timedelta(hours=1)) == {"Bake": [True, "PAUSED", None, None], "Tea": tea}
    resumed = (
        "query ($slug: String!) { workspace(slug: $slug) { tasks(filter: {status: PAUSED}) { nodes { resumeAt } } } }"
    )
    listed = (await execute(resumed, {"slug": world.slug}, as_=world["VIEWER"]))["data"]["workspace"]["tasks"]["nodes"]
    moment = datetime.fromisoformat(listed[0]["resumeAt"])
    assert abs(moment - (now + timedelta(hours=1))) < timedelta(milliseconds=1)
    wrong = await ask("RESUME", now + timedelta(hours=1))
    assert [field["path"] for field in wrong["errors"][0]["extensions"]["fields"]] == ["resumeAt"]


@pytest.mark.parametrize("target", [{}, {"ids": [], "filter": {}}, {"ids": None}])
async def test_a_target_is_exactly_one_of_its_two(target: dict[str, Any], execute: Asker, world: World) -> None:
    document = """mutation ($w: ID!, $t: TaskTarget!) {
      transitionTasks(workspaceId: $w, action: RUN, target: $t) { matched } }"""
    answer = await execute(document, {"w": world.ids["workspace"], "t": target}, as_=world["OPERATOR"])
    assert code(answer) == "INVALID_INPUT"


async def test_nodes_finds_each_kind_of_thing_and_is_null_for_the_rest(
    execute: Asker, surface: Services, world: World
) -> None:
    admin = world["ADMIN"]
    invited = await surface.workspaces.invite(admin.authority, world.workspace, Role.VIEWER)
    token = await surface.workspaces.create_token(admin.authority, world.workspace, "robot", Role.VIEWER)
    ids = [
        encode(NodeType.TASK, await task(surface, world)),
        world.ids["workspace"],
        encode(NodeType.USER, world["VIEWER"].user.id),
        encode(NodeType.INVITATION, invited.invitation.id),
        encode(NodeType.API_TOKEN, token.token.id),
        encode(NodeType.TASK, world.workspace),
        encode(NodeType.SESSION, admin.authority.session_id or world.workspace),
        "garbage",
    ]
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    answer = await execute(document, {"ids": ids}, as_=admin)
    names = ["Task", "Workspace", "User", "Invitation", "ApiToken"]
    found = [{"__typename": name, "id": id} for name, id in zip(names, ids, strict=False)]
    assert answer["data"]["nodes"] == [*found, None, None, None]
    assert (await execute(document, {"ids": ids}, as_=world["outsider"]))["data"]["nodes"] == [None] * 8


async def test_many_new_tasks_are_made_all_or_none(execute: Asker, world: World) -> None:
    document = "mutation ($w: ID!, $i: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $i) { title version } }"
    good, bad = {"title": "Tea", "durationMs": 1000}, {"title": "Tea"}
    refused = await execute(document, {"w": world.ids["workspace"], "i": [good, bad]}, as_=world["EDITOR"])
    assert [field["path"] for field in refused["errors"][0]["extensions"]["fields"]] == ["inputs.1.durationMs"]
    made = await execute(document, {"w": world.ids["workspace"], "i": [good, good]}, as_=world["EDITOR"])
    assert made["data"]["createTasks"] == [{"title": "Tea", "version": 1}] * 2
    counted = await execute(LIST, {"slug": world.slug}, as_=world["VIEWER"])
    assert counted["data"]["workspace"]["tasks"]["totalCount"] == 2
