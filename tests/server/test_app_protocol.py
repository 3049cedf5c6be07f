"""The protocol on all the real parts: a repeated mutation, a stream that can be taken up again, and leaving."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
from fixtures.app import Api, serving
from fixtures.listening import Listener, listening

CREATE = "mutation($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id } } }"


@pytest_asyncio.fixture
async def api(database_url: str, tmp_path: Path) -> AsyncGenerator[Api]:
    async with serving(database_url, tmp_path) as api:
        yield api


async def test_a_task_that_is_created_twice_with_one_key_is_created_once(api: Api) -> None:
    workspace = await api.sign_up()
    body = {"query": CREATE, "variables": {"w": workspace["id"], "i": {"title": "Bake", "durationMs": 1000}}}
    headers = {"Authorization": f"Bearer {api.token}", "Idempotency-Key": "one"}
    first, second = [await api.http.post("/graphql", json=body, headers=headers) for _ in range(2)]
    assert "errors" not in first.json()
    assert (second.json(), second.headers["idempotency-replayed"]) == (first.json(), "true")
    query = "query($slug: String!) { workspace(slug: $slug) { tasks { totalCount } } }"
    found = await api.ask(query, slug=workspace["slug"])
    assert found == {"workspace": {"tasks": {"totalCount": 1}}}


async def test_a_stream_tells_from_where_to_go_on_and_ends_when_the_process_leaves(api: Api) -> None:
    workspace = await api.sign_up()
    query = f'subscription {{ taskChanged(workspaceId: "{workspace["id"]}") {{ revision tasks {{ title }} }} }}'
    signed_in = {"Authorization": f"Bearer {api.token}"}
    async with listening(api.app, query, signed_in) as stream:
        await stream.until(heard)
    first = stream.events[0]
    assert first.id == first.data["data"]["taskChanged"]["revision"]
    await api.ask(CREATE, w=workspace["id"], i={"title": "Bake", "durationMs": 1000})
    async with listening(api.app, query, signed_in | {"Last-Event-ID": first.id or ""}) as again:
        await again.until(heard)
        assert again.events[0].data["data"]["taskChanged"]["tasks"] == [{"title": "Bake"}]
        api.app.state.drain()
        await again.until(lambda stream: stream.ended)
    assert [event.kind for event in again.events] == ["next", "next", "complete"]
    assert again.events[1].data["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def heard(stream: Listener) -> bool:
    return bool(stream.events)
