"""Subscriptions over server-sent events: every event, and every way in which a stream can end."""

import asyncio
from typing import Any

import pytest
from fixtures.listening import Event, Listener, listening
from fixtures.small import client, endpoint
from structlog.testing import capture_logs

from gql.errors import ErrorCode
from gql.streaming import Pace, Streams

COMPLETE = Event("complete", None)


def ended(listener: Listener) -> bool:
    return listener.ended


def reason(event: Event) -> str:
    return event.data["errors"][0]["extensions"]["code"]


async def test_each_result_is_an_event_and_the_end_is_one_too() -> None:
    world: dict[str, Any] = {}
    async with listening(endpoint(world), "subscription{count(to:3)}") as stream:
        await stream.until(ended)
    assert (stream.status, stream.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert stream.headers["cache-control"] == "no-store, no-transform"
    assert "content-length" not in stream.headers
    expected = [Event("next", {"data": {"count": number}}, str(number)) for number in (1, 2, 3)]
    assert stream.events == [*expected, COMPLETE]
    assert world["ended"]


async def test_an_event_arrives_before_the_next_one_is_there() -> None:
    world: dict[str, Any] = {"step": asyncio.Event()}
    async with listening(endpoint(world), "subscription{count(to:2)}") as stream:
        await stream.until(lambda stream: len(stream.events) == 1)
        assert not stream.ended
        world["step"].set()
        await stream.until(ended)
    assert len(stream.events) == 3


async def test_a_client_that_comes_back_goes_on_where_it_was() -> None:
    async with listening(endpoint(), "subscription{count(to:5)}", {"Last-Event-ID": "3"}) as stream:
        await stream.until(ended)
    assert [event.id for event in stream.events] == ["4", "5", None]


async def test_a_client_that_leaves_ends_the_source() -> None:
    world: dict[str, Any] = {}
    app = endpoint(world)
    async with listening(app, "subscription{forever}") as stream:
        await stream.until(lambda stream: len(stream.events) == 1)
        assert app.streams.count == 1
        assert "ended" not in world
    assert (world["ended"], app.streams.count) == (True, 0)


async def test_a_comment_keeps_a_silent_stream_open() -> None:
    app = endpoint(streams=Streams(Pace(keep_alive=0.01)))
    async with listening(app, "subscription{forever}") as stream:
        await stream.until(lambda stream: stream.text.count(":\n\n") > 5)
        assert [event.kind for event in stream.events] == ["next"]


async def test_a_stream_ends_with_the_credential() -> None:
    world: dict[str, Any] = {"expires_in": 0.05}
    async with listening(endpoint(world), "subscription{forever}") as stream:
        await stream.until(ended)
    assert [event.kind for event in stream.events] == ["next", "next", "complete"]
    assert (reason(stream.events[1]), world["ended"]) == (ErrorCode.UNAUTHENTICATED, True)


async def test_a_stream_ends_when_the_server_stops_and_no_other_begins() -> None:
    world: dict[str, Any] = {}
    app = endpoint(world)
    async with listening(app, "subscription{forever}") as stream:
        await stream.until(lambda stream: len(stream.events) == 1)
        app.streams.close()
        await stream.until(ended)
    assert [reason(event) for event in stream.events[1:-1]] == [ErrorCode.UNAVAILABLE]
    async with listening(app, "subscription{forever}") as stream:
        await stream.until(ended)
    assert (stream.status, stream.headers["retry-after"]) == (503, "1")


async def test_a_client_that_reads_too_slowly_is_told_so_and_dropped() -> None:
    world: dict[str, Any] = {}
    app = endpoint(world, streams=Streams(Pace(backlog=10, patience=0.01, goodbye=60)))
    async with listening(app, "subscription{count(to:1000)}", reading=False) as stream:
        while "ended" not in world:
            await asyncio.sleep(0.01)
        stream.reading.set()
        await stream.until(ended)
    assert [event.kind for event in stream.events] == ["next", "complete"]
    assert stream.events[0].data["errors"][0]["message"].startswith("You read too slowly")


async def test_a_source_faster_than_its_client_waits_for_it() -> None:
    app = endpoint(streams=Streams(Pace(backlog=10)))
    async with listening(app, "subscription{count(to:1000)}") as stream:
        await stream.until(ended)
    assert [event.id for event in stream.events[:-1]] == [str(number) for number in range(1, 1001)]


async def test_a_client_that_reads_nothing_at_all_is_dropped_without_a_word() -> None:
    world: dict[str, Any] = {}
    app = endpoint(world, streams=Streams(Pace(backlog=10, patience=0.01, goodbye=0.01)))
    async with listening(app, "subscription{count(to:1000)}", reading=False) as stream:
        while app.streams.count or "ended" not in world:
            await asyncio.sleep(0.01)
    assert stream.text == ""


async def test_there_are_only_so_many_streams_at_a_time() -> None:
    app = endpoint(streams=Streams(Pace(most=1)))
    async with listening(app, "subscription{forever}") as first:
        await first.until(lambda stream: len(stream.events) == 1)
        async with listening(app, "subscription{forever}") as second:
            await second.until(ended)
    assert second.status == 503
    async with listening(app, "subscription{count(to:1)}") as third:
        await third.until(ended)
    assert third.status == 200


async def test_one_person_has_only_so_many_of_them_and_others_have_theirs() -> None:
    streams = Streams(Pace(each=1))
    app = endpoint(streams=streams)
    async with listening(app, "subscription{forever}") as first:
        await first.until(lambda stream: len(stream.events) == 1)
        async with listening(app, "subscription{forever}") as second:
            await second.until(ended)
        async with listening(app, "subscription{count(to:1)}", {"x-principal": "user:2"}) as other:
            await other.until(ended)
    assert (second.status, other.status) == (503, 200)
    async with listening(app, "subscription{count(to:1)}") as again:
        await again.until(ended)
    assert again.status == 200
    assert (streams.count, streams.people) == (0, {})


async def test_a_source_that_breaks_is_masked_and_ends_the_stream() -> None:
    with capture_logs() as logs:
        async with listening(endpoint(), "subscription{broken}") as stream:
            await stream.until(ended)
    assert [event.kind for event in stream.events] == ["next", "next", "complete"]
    assert reason(stream.events[1]) == ErrorCode.INTERNAL
    assert "secret" not in stream.text
    assert [str(entry["exc_info"]) for entry in logs] == ["a secret of the server"]


async def test_a_source_that_refuses_says_why() -> None:
    async with listening(endpoint(), "subscription{refused}") as stream:
        await stream.until(ended)
    assert [event.kind for event in stream.events] == ["next", "complete"]
    assert reason(stream.events[0]) == ErrorCode.NOT_FOUND


@pytest.mark.parametrize("query", ["{", "subscription{nowhere}", "subscription($to:Int!){count(to:$to)}"])
async def test_what_is_no_valid_subscription_is_400_in_json(query: str) -> None:
    async with client() as http:
        response = await http.get("", params={"query": query}, headers={"Accept": "text/event-stream"})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/json; charset=utf-8")
    assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


async def test_a_query_and_a_mutation_are_one_event() -> None:
    async with client() as http:
        headers = {"Accept": "text/event-stream"}
        query = await http.post("", json={"query": "{hello}"}, headers=headers)
        mutation = await http.post("", json={"query": 'mutation{add(title:"x"){id}}'}, headers=headers)
        limited = await http.post("", json={"query": "{limited}"}, headers=headers)
    assert query.text == ':\n\nevent: next\ndata: {"data":{"hello":"Hello world"}}\n\nevent: complete\ndata:\n\n'
    assert '{"data":{"add":{"id":"1"}}}' in mutation.text
    assert mutation.headers["set-cookie"].startswith("session=abc")
    assert (limited.status_code, limited.headers["content-type"]) == (429, "application/json; charset=utf-8")


@pytest.mark.parametrize(("method", "accept"), [("POST", "application/json"), ("HEAD", "text/event-stream")])
async def test_a_subscription_needs_a_client_that_listens(method: str, accept: str) -> None:
    async with client() as http:
        query = {"query": "subscription{forever}"}
        headers = {"Accept": accept}
        sent = (
            http.post("", json=query, headers=headers)
            if method == "POST"
            else http.head("", params=query, headers=headers)
        )
        response = await sent
    assert response.status_code == 406
