"""What the root fields answer, from the record of a statement to the words on the wire."""

from fixtures.surface import Asker
from fixtures.world import World

from gql.ids import NodeType, encode

CREATE = """mutation ($w: ID!, $input: TaskInput!) { createTask(workspaceId: $w, input: $input) {
  task { id title description labels kind input status durationMs elapsedMs version attempt createdBy { displayName }
    allowedActions can { action allowed reason } workspace { slug viewerRole } dueAt waitingFor worker }
  event { action fromStatus toStatus version actor { id } task { id } taskId via reason } } }"""


async def test_a_new_task_comes_back_with_its_event_and_what_its_maker_may_do(execute: Asker, world: World) -> None:
    answer = await execute(
        CREATE,
        {"w": world.ids["workspace"], "input": {"title": "  Tea ", "labels": [" a", "a", "b"], "durationMs": 1000}},
        as_=world["EDITOR"],
    )
    made = answer["data"]["createTask"]
    assert made["task"] | {"id": "", "can": []} == {
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
        "waitingFor": "It has not been started: run it.",
        "worker": None,
    }
    assert made["event"]["action"] == "CREATED"
    assert made["event"]["actor"] == {"id": encode(NodeType.USER, world["EDITOR"].user.id)}
    assert made["event"]["taskId"] == made["event"]["task"]["id"] == made["task"]["id"]
