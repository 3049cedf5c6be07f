"""Where a request ends is said in one way: what two readers could read differently is refused, with all that follows it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from server.protocol import HttpLimits, limited

POST = b"POST / HTTP/1.1\r\nHost: h\r\n"
GET = b"GET / HTTP/1.1\r\nHost: h\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

REFUSED: dict[str, bytes] = {
    "two lengths that differ": POST + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
    "a length twice": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "lengths in a list": POST + b"Content-Length: 3, 3\r\n\r\nabc",
    "a length with a sign": POST + b"Content-Length: +3\r\n\r\nabc",
    "a length in other digits": POST + b"Content-Length: 0x3\r\n\r\nabc",
    "a length with a line under it": POST + b"Content-Length: 0_3\r\n\r\nabc",
    "an empty length": POST + b"Content-Length: \r\n\r\nabc",
    "a blank before the colon": POST + b"Content-Length : 3\r\n\r\nabc",
    "a length and chunks": POST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks and a length": POST + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "chunks by another name": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": POST + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks that are not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks behind a strange blank": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "chunks in quotes": POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n',
    "chunks with a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "chunks on a folded line": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a folded line": GET + b"X-A: b\r\n c\r\n\r\n",
    "a folded first line": b"GET / HTTP/1.1\r\n Host: x\r\nHost: h\r\n\r\n",
    "lines without a return": b"GET / HTTP/1.1\nHost: h\n\n",
    "a return without a line": GET + b"X-A: b\rX-B: c\r\n\r\n",
    "a NUL in a header": GET + b"X-A: b\0c\r\n\r\n",
    "a blank in a name": GET + b"X A: b\r\n\r\n",
    "no name": GET + b": b\r\n\r\n",
    "a chunk's size with 0x": POST + CHUNKED + b"\r\n0x3\r\nabc\r\n0\r\n\r\n",
    "a chunk's size below nought": POST + CHUNKED + b"\r\n-3\r\nabc\r\n0\r\n\r\n",
    "a chunk's size beyond numbers": POST + CHUNKED + b"\r\nfffffffffffffffff3\r\nabc\r\n0\r\n\r\n",
    "a chunk's line without a return": POST + CHUNKED + b"\r\n3\nabc\r\n0\r\n\r\n",
    "a chunk that is longer than it says": POST + CHUNKED + b"\r\n3\r\nabcXX0\r\n\r\n",
    "chunks in HTTP/1.0": POST.replace(b"1.1", b"1.0") + CHUNKED + b"\r\n0\r\n\r\n",
    "two hosts": GET + b"Host: other\r\n\r\n",
    "another version": b"GET / HTTP/1.9\r\nHost: h\r\n\r\n",
    "HTTP/2 without a word": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


class Seen:
    """An application that writes down what it was asked for."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.headers: list[list[tuple[bytes, bytes]]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.paths.append(scope["path"])
        while (await receive()).get("more_body"):
            pass
        self.headers.append(list(scope["headers"]))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def serving(app: Seen) -> AsyncGenerator[int]:
    """The application behind our protocol; its port."""
    config = uvicorn.Config(app, port=0, http=limited(HttpLimits()), ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        await server.shutdown()


async def exchange(port: int, data: bytes) -> bytes:
    """All that is answered until the server closes, or has answered what was hidden."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    writer.write_eof()
    async with asyncio.timeout(60):
        answered = await reader.read()
    writer.close()
    return answered


async def test_what_could_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_read() -> None:
    app, found = Seen(), dict[str, tuple[bytes, int]]()
    async with serving(app) as port:
        for name, request in REFUSED.items():
            answered = await exchange(port, request + HIDDEN)
            found[name] = answered[:12], answered.count(b"HTTP/1.1 ")
        assert {name: one for name, one in found.items() if one[0] != b"HTTP/1.1 400"} == {}
        assert "/hidden" not in app.paths
        answered = await exchange(
            port, POST + b"Content-Length: 3\r\n\r\nabc" + HIDDEN
        )  # asked for, and no more hidden
        assert (answered.count(b"200 OK"), app.paths[-1]) == (2, "/hidden")


async def test_a_body_that_looks_like_a_request_is_a_body() -> None:
    app = Seen()
    async with serving(app) as port:
        for head in (GET, POST):
            await exchange(port, head + b"Content-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN)
            await exchange(port, head + CHUNKED + b"\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN))
    assert app.paths == ["/"] * 4


async def test_what_comes_behind_a_body_is_no_header_whoever_it_says_that_one_is() -> None:
    app, behind = Seen(), b"Authorization: Bearer x\r\nX-Forwarded-For: 1.2.3.4\r\nHost: other\r\nOrigin: http://h\r\n"
    async with serving(app) as port:
        answered = await exchange(port, POST + CHUNKED + b"\r\n3\r\nabc\r\n0\r\n" + behind + b"\r\n" + GET + b"\r\n")
    assert answered.count(b"200 OK") == 2
    assert [[name for name, _ in headers] for headers in app.headers] == [[b"host", b"transfer-encoding"], [b"host"]]
