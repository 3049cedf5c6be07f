"""What the fields about tasks answer, from the record of a statement to the words on the wire."""

from typing import Any

import pytest
from fixtures.surface import Asker, code
from fixtures.world import World, task

from gql.context import Services
from gql.ids import NodeType, encode

CREATE = """mutation ($w: ID!, $input: TaskInput!) { createTask(workspaceId: $w, input: $input) {
  task { id title description labels kind input status durationMs elapsedMs version attempt createdBy { displayName }
    allowedActions can { action allowed reason } workspace { slug viewerRole } dueAt waitingFor worker }
  event { action fromStatus toStatus version actor { id } task { id } taskId via reason } } }"""
ACT = """mutation ($id: ID!, $v: Int, $reason: String) { %s(id: $id, expectedVersion: $v, reason: $reason) {
  task { status version elapsedMs allowedActions } event { action fromStatus toStatus reason via version } } }"""


def error(answer: dict[str, Any]) -> dict[str, Any]:
    """The extensions of the only error."""
    assert len(answer["errors"]) == 1
    return answer["errors"][0]["extensions"]


async def test_a_new_task_comes_back_with_its_event_and_what_its_maker_may_do(execute: Asker, world: World) -> None:
    answer = await execute(
        CREATE,
        {"w": world.ids["workspace"], "input": {"title": "  Tea ", "labels": [" a", "a", "b"], "durationMs": 1000}},
        as_=world["EDITOR"],
    )
    made = answer["data"]["createTask"]
    assert made["task"] | {"id": "", "can": [], "waitingFor": None} == {
        "id": "",
        "title": "Tea",
        "description": "",
        "labels": ["a", "b"],
        "kind": "timer",
        "input": {},
        "status": "NOT_STARTED",
        "durationMs": 1000,
        "elapsedMs": 0,
        "version": 1,
        "attempt": 0,
        "createdBy": {"displayName": "Someone"},
        "allowedActions": ["RUN"],
        "can": [],
        "workspace": {"slug": world.slug, "viewerRole": "EDITOR"},
        "dueAt": None,
        "waitingFor": None,
        "worker": None,
    }
    assert made["task"]["waitingFor"], "it says in words why it does not move"
    assert made["event"]["action"] == "CREATED"
    assert made["event"]["actor"] == {"id": encode(NodeType.USER, world["EDITOR"].user.id)}
    assert made["event"]["taskId"] == made["event"]["task"]["id"] == made["task"]["id"]


async def test_every_wrong_value_of_a_new_task_is_named_with_its_path(execute: Asker, world: World) -> None:
    wrong = {"title": " ", "labels": ["x" * 51], "kind": "unknown", "maxAttempts": 0, "timeoutMs": 0}
    answer = await execute(CREATE, {"w": world.ids["workspace"], "input": wrong}, as_=world["EDITOR"])
    found = error(answer)
    assert found["code"] == "INVALID_INPUT"
    paths = ["input.kind", "input.labels.0", "input.maxAttempts", "input.timeoutMs", "input.title"]
    assert sorted(field["path"] for field in found["fields"]) == paths


async def test_an_action_moves_the_task_and_tells_its_event(execute: Asker, surface: Services, world: World) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    answer = await execute(ACT % "runTask", {"id": id, "v": 1, "reason": "Hungry"}, as_=world["token OPERATOR"])
    assert answer["data"]["runTask"] == {
        "task": {"status": "IN_PROGRESS", "version": 2, "elapsedMs": 0, "allowedActions": ["PAUSE", "CANCEL"]},
        "event": {
            "action": "RUN",
            "fromStatus": "NOT_STARTED",
            "toStatus": "IN_PROGRESS",
            "reason": "Hungry",
            "via": "robot",
            "version": 2,
        },
    }


async def test_an_action_that_leads_nowhere_says_why_and_what_is_allowed(
    execute: Asker, surface: Services, world: World
) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    answer = await execute(ACT % "pauseTask", {"id": id}, as_=world["OPERATOR"])
    assert answer["errors"][0]["message"] == "It has not been started yet: run it first."
    assert error(answer) == {"code": "ILLEGAL_TRANSITION", "status": "NOT_STARTED", "allowedActions": ["RUN"]}


async def test_a_stale_version_is_refused_with_the_task_as_it_is(
    execute: Asker, surface: Services, world: World
) -> None:
    id = encode(NodeType.TASK, await task(surface, world, "RUN PAUSE"))
    answer = await execute(ACT % "resumeTask", {"id": id, "v": 2}, as_=world["OPERATOR"])
    found = error(answer)
    assert (found["code"], found["currentVersion"]) == ("VERSION_CONFLICT", 3)
    assert (found["task"]["id"], found["task"]["status"], found["task"]["version"]) == (id, "PAUSED", 3)


async def test_a_role_that_is_too_low_is_told_which_one_is_needed(
    execute: Asker, surface: Services, world: World
) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    answer = await execute(ACT % "runTask", {"id": id}, as_=world["VIEWER"])
    assert (
        answer["errors"][0]["message"]
        == "You are a VIEWER here; running a task needs OPERATOR: ask an admin of the workspace."
    )
    assert error(answer) == {"code": "FORBIDDEN", "requiredRole": "OPERATOR", "role": "VIEWER"}


async def test_what_is_not_ones_own_and_what_does_not_exist_are_the_same_bytes(
    execute: Asker, surface: Services, world: World
) -> None:
    theirs, none = await task(surface, world), world.workspace  # a UUID of no task
    for field in ("runTask", "pauseTask", "resumeTask", "cancelTask"):
        answers = [
            await execute(ACT % field, {"id": encode(NodeType.TASK, key)}, as_=world["outsider"])
            for key in (theirs, none)
        ]
        assert answers[0] == answers[1]
        assert code(answers[0]) == "NOT_FOUND"


@pytest.mark.parametrize(
    ("id", "answer"), [("garbage", "INVALID_INPUT"), ("", "INVALID_INPUT"), ("VGFzazp4", "INVALID_INPUT")]
)
async def test_an_id_that_is_none_is_refused_with_its_path(id: str, answer: str, execute: Asker, world: World) -> None:
    found = await execute(ACT % "runTask", {"id": id}, as_=world["ADMIN"])
    assert code(found) == answer
    assert [field["path"] for field in error(found)["fields"]] == ["id"]


async def test_the_id_of_something_else_is_not_found(execute: Asker, world: World) -> None:
    assert code(await execute(ACT % "runTask", {"id": world.ids["workspace"]}, as_=world["ADMIN"])) == "NOT_FOUND"


async def test_an_edit_changes_what_it_names_and_null_takes_a_time_away(
    execute: Asker, surface: Services, world: World
) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    document = """mutation ($id: ID!, $input: TaskPatch!) { updateTask(id: $id, input: $input) {
      task { title description priority timeoutMs version } event { action detail } } }"""
    patch = {"title": " Cake ", "timeoutMs": 500, "description": None}
    answer = await execute(document, {"id": id, "input": patch}, as_=world["ADMIN"])
    edited = {"title": "Cake", "description": "", "priority": 0, "timeoutMs": 500, "version": 2}
    assert answer["data"]["updateTask"]["task"] == edited
    assert answer["data"]["updateTask"]["event"]["action"] == "EDITED"
    answer = await execute(document, {"id": id, "input": {"timeoutMs": None}}, as_=world["ADMIN"])
    assert answer["data"]["updateTask"]["task"] == edited | {"timeoutMs": None, "version": 3}
    empty = await execute(document, {"id": id, "input": {}}, as_=world["ADMIN"])
    assert [field["path"] for field in error(empty)["fields"]] == ["input"]


async def test_a_deleted_task_is_gone_and_its_history_stays(execute: Asker, surface: Services, world: World) -> None:
    id = encode(NodeType.TASK, await task(surface, world))
    answer = await execute(
        'mutation ($id: ID!) { deleteTask(id: $id, reason: "Done") { deletedId } }', {"id": id}, world["ADMIN"]
    )
    assert answer["data"]["deleteTask"] == {"deletedId": id}
    document = """query ($slug: String!, $id: ID!) { task(id: $id) { id }
      workspace(slug: $slug) { events(first: 1, filter: {taskId: $id}) { nodes { action reason taskId task { id } } } } }"""
    after = await execute(document, {"slug": world.slug, "id": id}, as_=world["VIEWER"])
    assert after["data"] == {
        "task": None,
        "workspace": {
            "events": {"nodes": [{"action": "DELETED", "reason": "Done", "taskId": id, "task": None}]},
        },
    }
