"""What is watched is told as it changes, with the rights that hold at that moment."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fixtures.surface import CLIENT, DOCUMENTS
from fixtures.world import World, task
from graphql import ExecutionResult

from auth.policy import Right, reach
from auth.principal import Principal
from engine.hints import Hints
from engine.tasks import Tasks
from gql.answer import encode as encode_json
from gql.answer import tell
from gql.context import Context, Services
from gql.documents import digest
from gql.execution import core
from gql.ids import NodeType, encode
from gql.request import Asked
from gql.requests import context
from gql.schema import schema
from gql.streaming import Event, events, once, subscribe
from models.lifecycle import Action

WATCH = """subscription ($w: ID!) { taskChanged(workspaceId: $w) {
  revision tasks { id status } deletedIds hasMore reset } }"""
PATIENCE = 60  # seconds; met long before


class Stream:
    """A subscription that is open."""

    def __init__(self, source: AsyncGenerator[Event], made: Context) -> None:
        self._source, self.context = source, made

    async def next(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            return json.loads((await anext(self._source)).body)


@asynccontextmanager
async def watching(services: Services, id: str, who: Principal | None, **facts: Any) -> AsyncGenerator[Stream]:
    """Watch a workspace as someone."""
    made = context(services, who, CLIENT, **facts)
    asked = Asked(digest(WATCH), WATCH, {"w": id})
    begun = await subscribe(core(schema), DOCUMENTS.prepare(asked), asked, made)
    refused = isinstance(begun, ExecutionResult)
    source = once(encode_json(tell(begun))) if refused else events(begun, lambda: made.reading.position)
    try:
        yield Stream(source, made)
    finally:
        await source.aclose()


async def act(services: Services, world: World, key: Any, action: Action) -> None:
    await services.tasks.transition(world["OPERATOR"].authority, None, key, action, reach(Right.OPERATE))


async def test_the_first_message_gives_the_revision_and_the_next_ones_what_changed(
    surface: Services, world: World
) -> None:
    key = await task(surface, world)
    async with watching(surface, world.ids["workspace"], world["VIEWER"]) as stream:
        first = (await stream.next())["data"]["taskChanged"]
        assert first | {"revision": ""} == {
            "revision": "",
            "tasks": [],
            "deletedIds": [],
            "hasMore": False,
            "reset": False,
        }
        for action, status in ((Action.RUN, "IN_PROGRESS"), (Action.PAUSE, "PAUSED")):
            await act(surface, world, key, action)
            found = (await stream.next())["data"]["taskChanged"]
            assert found["tasks"] == [{"id": encode(NodeType.TASK, key), "status": status}]
            assert stream.context.reading.position == found["revision"]


async def test_a_stream_that_was_lost_goes_on_from_its_last_event(surface: Services, world: World) -> None:
    key = await task(surface, world)
    async with watching(surface, world.ids["workspace"], world["VIEWER"]) as stream:
        await stream.next()
        position = stream.context.reading.position
    await act(surface, world, key, Action.RUN)
    async with watching(surface, world.ids["workspace"], world["VIEWER"], last_event_id=position) as stream:
        found = (await stream.next())["data"]["taskChanged"]
        assert [one["status"] for one in found["tasks"]] == ["IN_PROGRESS"]


async def test_a_change_that_another_process_makes_is_told_without_a_hint(surface: Services, world: World) -> None:
    key = await task(surface, world)
    async with watching(surface, world.ids["workspace"], world["VIEWER"]) as stream:
        await stream.next()
        elsewhere = Tasks(surface.db, surface.catalogue, Hints())
        await elsewhere.transition(world["OPERATOR"].authority, None, key, Action.RUN, reach(Right.OPERATE))
        assert len((await stream.next())["data"]["taskChanged"]["tasks"]) == 1


@pytest.mark.parametrize(
    ("who", "code"), [("nobody", "UNAUTHENTICATED"), ("outsider", "NOT_FOUND"), ("removed", "NOT_FOUND")]
)
async def test_who_may_not_see_the_workspace_may_not_watch_it(
    who: str, code: str, surface: Services, world: World
) -> None:
    async with watching(surface, world.ids["workspace"], world.people[who]) as stream:
        assert (await stream.next())["errors"][0]["extensions"]["code"] == code


async def test_who_is_removed_is_told_nothing_more(surface: Services, world: World) -> None:
    key = await task(surface, world)
    async with watching(surface, world.ids["workspace"], world["VIEWER"]) as stream:
        await stream.next()
        await surface.workspaces.remove_member(world["ADMIN"].authority, world.workspace, world["VIEWER"].user.id)
        await act(surface, world, key, Action.RUN)
        last = await stream.next()
        assert last["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_credential_that_has_ended_ends_the_stream(surface: Services, world: World) -> None:
    async def ended() -> Principal | None:
        return None

    key = await task(surface, world)
    async with watching(surface, world.ids["workspace"], world["VIEWER"], again=ended) as stream:
        await stream.next()
        await act(surface, world, key, Action.RUN)
        last = await stream.next()
        assert last["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_many_who_watch_share_one_watcher_and_the_last_one_ends_it(surface: Services, world: World) -> None:
    key = await task(surface, world)
    async with (
        watching(surface, world.ids["workspace"], world["VIEWER"]) as one,
        watching(surface, world.ids["workspace"], world["ADMIN"]) as other,
    ):
        await one.next()
        await other.next()
        assert surface.watchers.watched == 1
        await act(surface, world, key, Action.RUN)
        both = [await stream.next() for stream in (one, other)]
        assert [len(answer["data"]["taskChanged"]["tasks"]) for answer in both] == [1, 1]
    assert surface.watchers.watched == 0
