"""The application as a whole: what a person or a program does first works, on all the real parts."""

from base64 import b64decode
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest_asyncio
from conftest import Waiting
from fixtures.app import Api, serving
from structlog.testing import capture_logs

TASK = "id status version elapsedMs durationMs allowedActions"


@pytest_asyncio.fixture
async def api(database_url: str, tmp_path: Path) -> AsyncGenerator[Api]:
    async with serving(database_url, tmp_path) as api:
        yield api


async def create(api: Api, workspace: str, **fields: Any) -> dict[str, Any]:
    query = f"mutation ($w: ID!, $i: TaskInput!) {{ createTask(workspaceId: $w, input: $i) {{ task {{ {TASK} }} }} }}"
    return (await api.ask(query, w=workspace, i={"title": "Bake", **fields}))["createTask"]["task"]


async def act(api: Api, action: str, task: str) -> dict[str, Any]:
    query = (
        f"mutation ($id: ID!) {{ answer: {action}Task(id: $id) {{ task {{ {TASK} }} event {{ action version }} }} }}"
    )
    return (await api.ask(query, id=task))["answer"]


async def status(api: Api, task: str) -> str:
    return (await api.ask("query ($id: ID!) { task(id: $id) { status } }", id=task))["task"]["status"]


async def test_a_task_is_created_run_paused_resumed_and_completes(api: Api, until: Waiting) -> None:
    workspace = await api.sign_up()
    task = await create(api, workspace["id"], durationMs=60_000)
    assert (task["status"], task["allowedActions"]) == ("NOT_STARTED", ["RUN"])
    assert (await act(api, "run", task["id"]))["task"]["status"] == "IN_PROGRESS"
    paused = await act(api, "pause", task["id"])
    assert paused["task"]["status"] == "PAUSED"
    assert paused["event"] == {"action": "PAUSE", "version": 3}
    query = "mutation ($id: ID!, $i: TaskPatch!) { updateTask(id: $id, input: $i) { task { durationMs } } }"
    await api.ask(query, id=task["id"], i={"durationMs": paused["task"]["elapsedMs"] + 300})
    assert (await act(api, "resume", task["id"]))["task"]["status"] == "IN_PROGRESS"

    async def completed() -> bool:
        return await status(api, task["id"]) == "COMPLETED"

    await until(completed)


async def test_work_is_done_by_this_process_when_nothing_else_is_said(api: Api, until: Waiting) -> None:
    workspace = await api.sign_up()
    task = await create(api, workspace["id"], kind="items", input={"items": ["a", "b"]})
    assert (await act(api, "run", task["id"]))["task"]["status"] == "QUEUED"

    async def completed() -> bool:
        return await status(api, task["id"]) == "COMPLETED"

    await until(completed)


async def test_a_poll_that_finds_nothing_new_is_answered_without_a_body(api: Api) -> None:
    workspace = await api.sign_up()
    query = "query ($slug: String!) { workspace(slug: $slug) { tasks { nodes { id title } } } }"
    parameters = {"query": query, "variables": f'{{"slug": "{workspace["slug"]}"}}'}
    headers = {"Authorization": f"Bearer {api.token}"}
    first = await api.http.get("/graphql", params=parameters, headers=headers)
    assert first.json() == {"data": {"workspace": {"tasks": {"nodes": []}}}}
    again = await api.http.get(
        "/graphql", params=parameters, headers={**headers, "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    task = await create(api, workspace["id"], durationMs=1000)
    new = await api.http.get("/graphql", params=parameters, headers={**headers, "If-None-Match": first.headers["etag"]})
    assert new.json()["data"]["workspace"]["tasks"]["nodes"] == [{"id": task["id"], "title": "Bake"}]
    assert new.headers["etag"] != first.headers["etag"]


async def test_an_anonymous_caller_learns_only_what_the_sign_in_page_shows(api: Api) -> None:
    await api.sign_up()
    api.token = None
    assert (await api.ask("{ viewer { id } signInOptions { signUp } }")) == {
        "viewer": None,
        "signInOptions": {"signUp": "OPEN"},
    }
    answer = (await api.post('{ workspace(slug: "x") { id } }')).json()
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_with_the_row_guard_everything_works_as_without(
    database_url: str, tmp_path: Path, until: Waiting
) -> None:
    async with serving(database_url, tmp_path, row_guard="on") as api:
        workspace = await api.sign_up()
        task = await create(api, workspace["id"], durationMs=1)
        await act(api, "run", task["id"])

        async def completed() -> bool:
            return await status(api, task["id"]) == "COMPLETED"

        await until(completed)
        query = (
            "query ($slug: String!) { workspace(slug: $slug) { counts { status count } events { nodes { action } } } }"
        )
        found = (await api.ask(query, slug=workspace["slug"]))["workspace"]
        assert [one for one in found["counts"] if one["count"]] == [{"status": "COMPLETED", "count": 1}]
        assert [one["action"] for one in found["events"]["nodes"]][:3] == ["COMPLETED", "RUN", "CREATED"]


async def test_health_and_figures_answer(api: Api) -> None:
    assert (await api.http.get("/healthz")).status_code == 200
    assert (await api.http.get("/readyz")).json()["ready"] is True
    assert "fermata_requests" in (await api.http.get("/metrics")).text


async def test_every_answer_says_what_browsers_must_heed(api: Api) -> None:
    for path in ("/", "/graphql", "/healthz", "/no/such/file.js"):
        headers = (await api.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-request-id"]


async def test_the_log_says_who_was_refused_what(api: Api) -> None:
    await api.sign_up()
    viewer = (await api.ask("{ viewer { id } }"))["viewer"]["id"]
    with capture_logs() as lines:
        await api.post("mutation ($id: ID!) { setUserDisabled(id: $id, disabled: true) { id } }", {"id": "none"})
        api.token = None
        await api.post("{ users { nodes { id } } }")
    told = [line for line in lines if line["event"] == "request"]
    user = b64decode(viewer).decode().removeprefix("User:")
    assert [(line.get("who"), line["operation"], line["outcome"]) for line in told] == [
        (user, "mutation.setUserDisabled", "INVALID_INPUT"),
        (None, "query.users", "UNAUTHENTICATED"),
    ]
