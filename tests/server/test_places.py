"""A process works on so many requests at once and sends the others away."""

import asyncio
from collections.abc import AsyncGenerator

from httpx2 import ASGITransport, AsyncClient
from httpx2 import Response as Answer
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from server.places import Places


class Slow:
    """Answers when it is let; a stream begins at once, and ends when it is let."""

    def __init__(self) -> None:
        self.go, self.entered = asyncio.Event(), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.entered += 1
        start = {"type": "http.response.start", "status": 200, "headers": []}
        if scope["path"] == "/stream":
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


def ask(http: AsyncClient, path: str) -> "asyncio.Task[Answer]":
    return asyncio.create_task(http.get(path))


async def test_who_comes_when_all_places_are_taken_is_sent_away_at_once_and_later_let_in() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(Places(slow, 2)), base_url="http://test") as http:
        first = [ask(http, "/"), ask(http, "/")]
        await until(slow, 2)
        third = await http.get("/")
        slow.go.set()
        assert [(await one).status_code for one in first] == [200, 200]
        assert (await http.get("/")).status_code == 200
    (error,) = third.json()["errors"]
    assert (third.status_code, third.headers["retry-after"]) == (503, "1")
    assert (error["extensions"]["code"], error["extensions"].get("outcomeUnknown")) == ("UNAVAILABLE", None)
    assert slow.entered == 3


async def test_a_stream_takes_no_place_once_it_has_begun() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(Places(slow, 1)), base_url="http://test") as http:
        stream = ask(http, "/stream")
        await until(slow, 1)
        other = ask(http, "/")
        await until(slow, 2)
        slow.go.set()
        assert [(await stream).status_code, (await other).status_code] == [200, 200]


async def test_a_body_that_drips_takes_no_place_until_it_has_arrived() -> None:
    slow, sent, waits = Slow(), list[Message](), asyncio.Event()
    places = Places(slow, 1)

    async def drip() -> Message:
        waits.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def keep(message: Message) -> None:
        sent.append(message)

    dripping = asyncio.create_task(places({"type": "http", "method": "POST", "path": "/"}, drip, keep))
    async with asyncio.timeout(30):
        await waits.wait()
    slow.go.set()
    async with AsyncClient(transport=ASGITransport(places), base_url="http://test") as http:
        assert (await http.post("/", content=b"{}")).status_code == 200
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

    async with AsyncClient(transport=ASGITransport(Places(echo, 1)), base_url="http://test") as http:
        assert (await http.post("/", content=pieces())).content == b"abc"


async def test_a_place_is_given_back_by_what_fails() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError

    transport = ASGITransport(Places(fail, 1), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as http:
        assert [(await http.get("/")).status_code for _ in range(3)] == [500, 500, 500]


async def test_all_who_come_at_once_are_answered_by_the_places_or_sent_away_with_the_same_words() -> None:
    slow = Slow()
    async with AsyncClient(transport=ASGITransport(Places(slow, 3)), base_url="http://test") as http:
        inside = [ask(http, "/") for _ in range(3)]
        await until(slow, 3)
        outside = await asyncio.gather(*(ask(http, "/") for _ in range(200)))
        slow.go.set()
        assert [(await one).status_code for one in inside] == [200] * 3
    assert {(one.status_code, one.headers["retry-after"], one.content) for one in outside} == {
        (503, "1", outside[0].content)
    }
    assert {tuple(one.headers.raw) for one in outside} == {tuple(outside[0].headers.raw)}  # nothing adds up
    assert slow.entered == 3
