"""Requests as work: where they may go, what they carry, when they are tried again. A real server on loopback answers."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from engine.kinds import Catalogue, Context, PutDown, WorkError
from engine.kinds.context import Facts, Wish
from engine.kinds.http import Http
from engine.kinds.journal import Journal
from engine.kinds.reach import Reachable
from engine.kinds.webhooks import Signer

LOOPBACK = Reachable.of([], ["127.0.0.0/8"])
KEY = Signer.from_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


@dataclass
class Canary:
    """A server that writes down what it is asked, and answers what it is told."""

    port: int = 0
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = head.decode().strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.asked.append((first, headers, body))
            self.meanwhile()
            writer.write(self.answers.pop(0) if self.answers else answer(200, "fine"))
            await writer.drain()


def answer(status: int, body: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


@pytest_asyncio.fixture
async def canary() -> AsyncGenerator[Canary]:
    canary = Canary()
    connections: list[asyncio.Task[None]] = []

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def handle() -> None:
            try:
                await canary.serve(reader, writer)
            except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                writer.close()

        connections.append(asyncio.create_task(handle()))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    canary.port = server.sockets[0].getsockname()[1]
    yield canary
    server.close()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections)


def http(reach: Reachable = LOOPBACK, signer: Signer | None = None, longest: int = 100_000) -> Http:
    return Http(reach, signer, tries=2, seconds=30, longest=longest)


def context(value: object, checkpoint: Any = None) -> Context:
    return Context(Facts(UUID(int=1), 1, value, "task:1"), Journal(checkpoint))


async def test_one_request_gives_its_answer(canary: Canary) -> None:
    value = {"url": f"{canary.url}/a?b=c", "headers": {"X-Name": "v"}, "body": {"n": 1}}
    assert await http().run(context(value)) == {"status": 200, "body": "fine"}
    first, headers, body = canary.asked[0]
    assert (first, json.loads(body)) == ("POST /a?b=c HTTP/1.1", {"n": 1})
    expected = {"x-name": "v", "content-type": "application/json", "idempotency-key": "task:1:0"}
    assert expected.items() <= headers.items()
    assert headers["host"] == f"127.0.0.1:{canary.port}"


async def test_a_list_is_put_down_between_two_steps_and_goes_on_with_the_next(canary: Canary) -> None:
    value = {"requests": [{"url": f"{canary.url}/{n}", "method": "GET"} for n in range(3)]}
    ctx = context(value)
    canary.meanwhile = lambda: ctx.ask(Wish.PAUSE)
    with pytest.raises(PutDown):
        await http().run(ctx)
    assert [first.split()[1] for first, _, _ in canary.asked] == ["/0"]
    canary.meanwhile = lambda: None
    result = await http().run(context(value, json.loads(ctx.journal.checkpoint() or "null")))
    assert [first.split()[1] for first, _, _ in canary.asked] == ["/0", "/1", "/2"]
    assert result == [{"status": 200, "body": "fine"}] * 3


async def test_a_step_is_tried_again_with_the_same_key_when_the_server_is_busy(canary: Canary) -> None:
    canary.answers = [answer(503, "busy"), answer(200, "now")]
    ctx = context({"url": canary.url})
    assert await http().run(ctx) == {"status": 200, "body": "now"}
    assert [headers["idempotency-key"] for _, headers, _ in canary.asked] == ["task:1:0", "task:1:0"]


async def test_a_server_that_stays_busy_fails_the_step_and_a_refusal_does_so_at_once(canary: Canary) -> None:
    canary.answers = [answer(503, "busy"), answer(503, "busy")]
    with pytest.raises(WorkError, match="answered 503: busy") as busy:
        await http().run(context({"url": canary.url}))
    canary.answers = [answer(404, "none")]
    with pytest.raises(WorkError, match="answered 404: none") as refused:
        await http().run(context({"url": canary.url}))
    assert (busy.value.final, refused.value.final, len(canary.asked)) == (False, True, 3)


async def test_a_redirect_is_an_answer_and_not_followed(canary: Canary) -> None:
    canary.answers = [answer(302, "", f"location: {canary.url}/other")]
    with pytest.raises(WorkError, match="answered 302"):
        await http().run(context({"url": canary.url}))
    assert len(canary.asked) == 1


async def test_an_answer_that_is_too_long_is_not_read_to_its_end(canary: Canary) -> None:
    canary.answers = [answer(200, "x" * 5000)]
    with pytest.raises(WorkError, match="longer than 4000 bytes"):
        await http(longest=4000).run(context({"url": canary.url}))


async def test_a_signed_request_can_be_verified_and_a_changed_one_cannot(canary: Canary) -> None:
    await http(signer=KEY).run(context({"url": canary.url, "body": "text"}))
    _, headers, body = canary.asked[0]
    assert headers["webhook-id"] == "task:1:0"
    assert KEY.holds(headers, body)
    assert not KEY.holds(headers, body + b"!")
    assert not KEY.holds(headers, body, now=int(headers["webhook-timestamp"]) + 301)


def test_the_signature_is_that_of_the_specification() -> None:
    headers = KEY.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at=1614265330)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_loopback_is_not_reached_unless_it_is_allowed(canary: Canary) -> None:
    with pytest.raises(WorkError, match="not a host of the internet"):
        await http(Reachable()).run(context({"url": canary.url}))
    assert canary.asked == []


async def test_only_the_hosts_that_are_named_are_called(canary: Canary) -> None:
    reach = Reachable.of(["*.example.com", "example.org"], ["127.0.0.0/8"])
    named = {host: reach.names(host) for host in ("a.example.com", "example.com", "EXAMPLE.org.", "b.example.org")}
    assert named == {"a.example.com": True, "example.com": False, "EXAMPLE.org.": True, "b.example.org": False}
    with pytest.raises(WorkError, match="not among the hosts"):
        await http(reach).run(context({"url": canary.url}))


async def test_the_connection_goes_to_the_address_that_was_judged(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    async def changing(host: str, port: int, **_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        looked_up.append(host)
        address = "127.0.0.1" if len(looked_up) == 1 else "127.9.9.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", changing)
    await http().run(context({"url": f"http://name.example:{canary.port}/"}))
    assert (looked_up, canary.asked[0][1]["host"]) == (["name.example"], f"name.example:{canary.port}")


def test_the_input_names_what_cannot_be_sent() -> None:
    catalogue = Catalogue.load(Path(__file__).resolve().parents[3] / "docs/examples/kinds.toml")
    wrong = ("file:///etc/passwd", "gopher://a/", "http://user:secret@a/", "//a", "http://a b/")
    assert [len(catalogue.problems("http", {"url": url})) for url in wrong] == [1] * len(wrong)
    assert [
        len(catalogue.problems("http", {"url": "http://a/", "headers": {name: "v"}})) for name in ("HOST", "a:b")
    ] == [1, 1]
    assert len(catalogue.problems("http", {"url": "http://a/", "headers": {"a": "b\r\nc: d"}})) == 1
    assert len(catalogue.problems("http", {})) == 1
    assert catalogue.problems("http", {"requests": [{"url": "https://example.com/x?y=z"}]}) == []
