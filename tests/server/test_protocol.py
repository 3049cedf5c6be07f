"""Limits of HTTP: each refusal has its status, is JSON, and costs nobody else anything."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from server.protocol import HttpLimits, limited

Message = MutableMapping[str, Any]
Answer = tuple[int, dict[str, str], bytes]
GET = b"GET / HTTP/1.1\r\nHost: h\r\n"
POST = b"POST / HTTP/1.1\r\nHost: h\r\n"
LONG = 60.0


async def echo(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answers with the length of the body; `/early` answers before it has read any."""
    assert scope["type"] == "http"
    length, more = 0, scope["path"] != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message["more_body"]
    body = str(length).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def read(self) -> Answer:
        async with asyncio.timeout(LONG):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            body = await self.reader.readexactly(int(headers["content-length"]))
        return int(head[0].split()[1]), headers, body

    async def ask(self, data: bytes) -> Answer:
        await self.send(data)
        return await self.read()

    async def is_closed_by_the_server(self) -> bool:
        async with asyncio.timeout(LONG):
            return await self.reader.read() == b""


Connect = Callable[[], Awaitable[Client]]


@asynccontextmanager
async def serving(limits: HttpLimits) -> AsyncGenerator[Connect]:
    config = uvicorn.Config(
        echo,
        port=0,
        http=limited(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        loop="asyncio",
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # pyright: ignore[reportAttributeAccessIssue] - they belong to pytest
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    clients: list[Client] = []

    async def connect() -> Client:
        clients.append(Client(*await asyncio.open_connection("127.0.0.1", port)))
        return clients[-1]

    try:
        yield connect
    finally:
        for client in clients:
            client.writer.close()
        await server.shutdown()


@pytest.fixture
async def connect() -> AsyncGenerator[Connect]:
    async with serving(HttpLimits()) as connect:
        yield connect


def headers(count: int, size: int) -> bytes:
    return b"".join(b"x-%d: %s\r\n" % (number, b"v" * size) for number in range(count))


CHUNK = b"%x\r\n%s\r\n" % (60_000, b"x" * 60_000)
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(GET + b"\r\n", 200, id="an ordinary request"),
        pytest.param(GET + headers(63, 10) + b"\r\n", 200, id="64 headers"),
        pytest.param(GET + headers(64, 10) + b"\r\n", 431, id="65 headers"),
        pytest.param(GET + headers(1, 16_000) + b"\r\n", 200, id="headers of 16 kB"),
        pytest.param(GET + headers(1, 17_000) + b"\r\n", 431, id="headers of 17 kB"),
        pytest.param(GET + b"x: " + b"v" * 100_000, 431, id="a header without an end"),
        pytest.param(b"GET /" + b"a" * 8_191 + b" HTTP/1.1\r\nHost: h\r\n\r\n", 200, id="a target of 8 kB"),
        pytest.param(b"GET /" + b"a" * 8_192 + b" HTTP/1.1\r\nHost: h\r\n\r\n", 414, id="a longer target"),
        pytest.param(b"GET /" + b"a" * 100_000, 414, id="a target without an end"),
        pytest.param(POST + b"Content-Length: 1000000\r\n\r\n" + b"x" * 1_000_000, 200, id="a body of 1 MB"),
        pytest.param(POST + b"Content-Length: 1000001\r\n\r\n", 413, id="a larger body, before it is sent"),
        pytest.param(POST + b"Content-Length: " + b"9" * 50 + b"\r\n\r\n", 400, id="a body beyond numbers"),
        pytest.param(
            POST + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n", 413, id="no go-ahead for too much"
        ),
        pytest.param(
            POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 16 + b"0\r\n\r\n", 200, id="chunks of 960 kB"
        ),
        pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 17, 413, id="chunks of 1.02 MB"),
        pytest.param(CHUNKED + headers(32, 10) + b"\r\n", 200, id="headers behind the chunks"),
        pytest.param(CHUNKED + headers(65, 10) + b"\r\n", 431, id="too many behind the chunks"),
        pytest.param(CHUNKED + headers(65, 10), 431, id="too many behind the chunks, without an end"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01", 400, id="TLS on a plain port"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", 400, id="no host"),
        pytest.param(GET + b"Host: other\r\n\r\n", 400, id="two hosts"),
        pytest.param(GET + b"bad header\r\n\r\n", 400, id="a header without a colon"),
        pytest.param(POST + b"Content-Length: -1\r\n\r\n", 400, id="a negative length"),
        pytest.param(
            POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            id="two ways to say the length",
        ),
        pytest.param(GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200, id="a wish for another protocol"),
    ],
)
async def test_a_request_gets_what_its_size_and_form_deserve(connect: Connect, request_: bytes, status: int) -> None:
    client = await connect()
    found, named, body = await client.ask(request_)
    assert found == status
    if status != 200:
        assert named["content-type"] == "application/json"
        assert named["connection"] == "close"
        (error,) = json.loads(body)["errors"]
        assert (error["extensions"]["code"], len(error["message"]) > 20) == ("INVALID_INPUT", True)
        assert await client.is_closed_by_the_server()
    other = await connect()
    assert (await other.ask(GET + b"\r\n"))[0] == 200


async def test_a_connection_serves_one_request_after_another(connect: Connect) -> None:
    client = await connect()
    for size in (0, 5, 70_000):
        request = POST + b"Content-Length: %d\r\n\r\n" % size + b"x" * size
        assert (await client.ask(request))[::2] == (200, str(size).encode())
    await client.send((GET + b"\r\n") * 3)
    assert [(await client.read())[0] for _ in range(3)] == [200, 200, 200]


async def test_a_fault_in_a_later_request_is_not_the_answer_to_an_earlier_one(connect: Connect) -> None:
    client = await connect()
    await client.send(GET + b"\r\n" + b"\x00\x00\x00")
    async with asyncio.timeout(LONG):
        assert b"400" not in await client.reader.read()


@pytest.mark.parametrize(
    ("piece", "status"),
    [
        pytest.param(b"GET / HT", 408, id="half a line"),
        pytest.param(GET + b"x", 408, id="half of the headers"),
        pytest.param(POST + b"Content-Length: 5\r\n\r\nabc", 408, id="half of the body"),
    ],
)
async def test_what_does_not_arrive_in_time_is_answered_with_408(piece: bytes, status: int) -> None:
    async with serving(HttpLimits(header_seconds=0.2, body_seconds=0.2)) as connect:
        client = await connect()
        assert (await client.ask(piece))[0] == status
        assert await client.is_closed_by_the_server()


async def test_an_idle_connection_is_closed_without_a_word() -> None:
    async with serving(HttpLimits(idle_seconds=0.1)) as connect:
        client = await connect()
        assert await client.is_closed_by_the_server()


async def test_empty_lines_do_not_keep_an_idle_connection_open() -> None:
    async with serving(HttpLimits(idle_seconds=0.3)) as connect:
        client = await connect()
        await client.send(b"\r\n")
        assert await client.is_closed_by_the_server()


async def test_beyond_the_number_of_connections_the_answer_is_503_and_when_to_come_again() -> None:
    async with serving(HttpLimits(connections=2)) as connect:
        first, second = await connect(), await connect()
        assert (await first.ask(GET + b"\r\n"))[0] == 200
        assert (await second.ask(GET + b"\r\n"))[0] == 200
        third = await connect()
        status, named, body = await third.read()
        assert (status, named["retry-after"]) == (503, "1")
        assert json.loads(body)["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        assert (await first.ask(GET + b"\r\n"))[0] == 200


async def test_an_answer_before_the_end_of_the_body_is_kept(connect: Connect) -> None:
    client = await connect()
    early = await client.ask(b"POST /early HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n")
    assert early[::2] == (200, b"0")
    assert (await client.ask(b"x" * 10 + GET + b"\r\n"))[0] == 200


async def test_nobody_is_told_to_go_on_with_a_body_that_was_refused_meanwhile(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    client = await connect()
    body = b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n"
    assert (await client.ask(POST + body))[0] == 400
    assert await client.is_closed_by_the_server()
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
