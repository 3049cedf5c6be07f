"""A process works on so many requests at once and sends the others away."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from httpx2 import ASGITransport, AsyncClient
from httpx2 import Response as Answer
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from server.line import Line
from server.metrics import Metrics
from server.middleware import Protections
from server.outside import Outside
from server.places import Places


def places(app: ASGIApp, inside: int, *, longest: float = 0.0, most: int = 4000) -> Places:
    """As the server's application has it; nobody waits for a place unless `longest` says so."""
    return Places(app, Line(inside, longest=longest, most=most), Outside(Metrics(), Protections()))


class Slow:
    """Answers when it is let; a stream begins at once, and ends when it is let."""

    def __init__(self) -> None:
        self.go, self.entered = asyncio.Event(), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.entered += 1
        start = {"type": "http.response.start", "status": 200, "headers": []}
        if scope["query_string"] == b"stream":
            await send(start)
            await self.go.wait()
        else:
            await self.go.wait()
            await send(start)
        await send({"type": "http.response.body", "body": b"done"})


async def until(slow: Slow, entered: int) -> None:
    async with asyncio.timeout(30):
        while slow.entered < entered:
            await asyncio.sleep(0)


def keeping(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


def ask(http: AsyncClient, path: str) -> "asyncio.Task[Answer]":
    return asyncio.create_task(http.get(path))


async def test_who_comes_when_all_places_are_taken_is_sent_away_at_once_and_later_let_in() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(places(slow, 2)), base_url="http://test") as http:
        first = [ask(http, "/graphql"), ask(http, "/graphql")]
        await until(slow, 2)
        third = await http.get("/graphql")
        slow.go.set()
        assert [(await one).status_code for one in first] == [200, 200]
        assert (await http.get("/graphql")).status_code == 200
    (error,) = third.json()["errors"]
    assert (third.status_code, third.headers["retry-after"]) == (503, "1")
    assert (error["extensions"]["code"], error["extensions"].get("outcomeUnknown")) == ("UNAVAILABLE", None)
    assert slow.entered == 3


async def test_a_stream_takes_no_place_once_it_has_begun() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(places(slow, 1)), base_url="http://test") as http:
        stream = ask(http, "/graphql?stream")
        await until(slow, 1)
        other = ask(http, "/graphql")
        await until(slow, 2)
        slow.go.set()
        assert [(await stream).status_code, (await other).status_code] == [200, 200]


async def test_a_body_that_drips_takes_no_place_until_it_has_arrived() -> None:
    slow, sent, waits = Slow(), list[Message](), asyncio.Event()
    layer = places(slow, 1)

    async def drip() -> Message:
        waits.set()
        await asyncio.Event().wait()
        raise AssertionError

    dripping = asyncio.create_task(layer({"type": "http", "method": "POST", "path": "/graphql"}, drip, keeping(sent)))
    async with asyncio.timeout(30):
        await waits.wait()
    slow.go.set()
    async with AsyncClient(transport=ASGITransport(layer), base_url="http://test") as http:
        assert (await http.post("/graphql", content=b"{}")).status_code == 200
    dripping.cancel()
    await asyncio.gather(dripping, return_exceptions=True)
    assert (slow.entered, sent) == (1, [])


async def test_what_has_arrived_is_what_is_read() -> None:
    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await Response(await request.body())(scope, receive, send)

    async def pieces() -> AsyncGenerator[bytes]:
        for piece in (b"a", b"b", b"c"):
            yield piece

    async with AsyncClient(transport=ASGITransport(places(echo, 1)), base_url="http://test") as http:
        assert (await http.post("/graphql", content=pieces())).content == b"abc"


async def test_a_place_is_given_back_by_what_fails() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError

    transport = ASGITransport(places(fail, 1), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as http:
        assert [(await http.get("/graphql")).status_code for _ in range(3)] == [500, 500, 500]


async def test_all_who_come_at_once_are_answered_by_the_places_or_sent_away_with_the_same_words() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(places(slow, 3)), base_url="http://test") as http:
        inside = [ask(http, "/graphql") for _ in range(3)]
        await until(slow, 3)
        outside = await asyncio.gather(*(ask(http, "/graphql") for _ in range(200)))
        slow.go.set()
        assert [(await one).status_code for one in inside] == [200] * 3
    assert {(one.status_code, one.headers["retry-after"], one.content) for one in outside} == {
        (503, "1", outside[0].content)
    }
    told = {tuple(pair for pair in one.headers.raw if pair[0] != b"x-request-id") for one in outside}
    assert len(told) == 1  # nothing adds up
    assert len({one.headers["x-request-id"] for one in outside}) == 200
    assert slow.entered == 3


async def test_who_waits_is_let_in_with_what_it_sent_when_a_place_is_given_back() -> None:
    slow, bodies = Slow(), list[bytes]()

    async def reading(scope: Scope, receive: Receive, send: Send) -> None:
        bodies.append(await Request(scope, receive).body())
        await slow(scope, receive, send)

    layer = places(reading, 1, longest=3600)
    async with AsyncClient(transport=ASGITransport(layer), base_url="http://test") as http:
        first = ask(http, "/graphql")
        await until(slow, 1)
        others = [asyncio.create_task(http.post("/graphql", content=b"%d" % number)) for number in range(5)]
        others.append(ask(http, "/graphql"))
        async with asyncio.timeout(30):
            while len(layer._line) < 6:
                await asyncio.sleep(0)
        assert slow.entered == 1
        slow.go.set()
        assert [(await one).status_code for one in (first, *others)] == [200] * 7
    assert sorted(bodies) == [b"", b"", b"0", b"1", b"2", b"3", b"4"]


async def test_who_comes_when_too_many_wait_is_closed() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(places(slow, 1, most=0)), base_url="http://test") as http:
        inside = ask(http, "/graphql")
        await until(slow, 1)
        answer = await http.get("/graphql")
        slow.go.set()
        await inside
    assert (answer.status_code, answer.headers["connection"], answer.headers["retry-after"]) == (503, "close", "1")


async def test_a_refusal_has_the_headers_of_every_answer_and_is_counted() -> None:
    slow, metrics = Slow(), Metrics()
    layer = Places(slow, Line(1, longest=0.0), Outside(metrics, Protections(https=True)))
    async with AsyncClient(transport=ASGITransport(layer), base_url="http://test") as http:
        inside = ask(http, "/graphql")
        await until(slow, 1)
        answer = await http.get("/graphql", headers={"X-Request-Id": "mine"})
        head = await http.head("/graphql")
        slow.go.set()
        await inside
    assert answer.headers["x-request-id"] == "mine"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert (head.status_code, head.content) == (503, b"")
    assert b'fermata_requests_total{operation="none",outcome="http_503"} 2.0' in metrics.render()


async def test_other_addresses_have_no_places() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(places(slow, 1)), base_url="http://test") as http:
        inside = [ask(http, path) for path in ("/graphql", "/healthz", "/healthz")]
        await until(slow, 3)
        slow.go.set()
        assert [(await one).status_code for one in inside] == [200] * 3


async def test_the_log_says_once_how_many_had_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.places.TELL_SECONDS", 0.01)
    slow = Slow()
    with capture_logs() as logs:
        async with AsyncClient(transport=ASGITransport(places(slow, 1)), base_url="http://test") as http:
            inside = ask(http, "/graphql")
            await until(slow, 1)
            await asyncio.gather(*(http.get("/graphql") for _ in range(50)))
            async with asyncio.timeout(30):
                while sum(line.get("turned_away", 0) for line in logs) < 50:
                    await asyncio.sleep(0.001)
            slow.go.set()
            await inside
    assert {(line["event"], line["log_level"], line["places"]) for line in logs} == {
        ("no place for some requests", "warning", 1)
    }


async def test_who_is_held_when_the_process_must_end_hears_that_the_outcome_is_unknown() -> None:
    layer, sent, waits = places(Slow(), 0, longest=3600), list[Message](), asyncio.Event()

    async def receive() -> Message:
        waits.set()
        await asyncio.Event().wait()
        raise AssertionError

    scope = {"type": "http", "method": "GET", "path": "/graphql", "headers": []}
    held = asyncio.create_task(layer(scope, receive, keeping(sent)))
    async with asyncio.timeout(30):
        await waits.wait()
    held.cancel()
    await asyncio.gather(held, return_exceptions=True)
    assert held.cancelled()
    assert [message.get("status") for message in sent] == [503, None]
