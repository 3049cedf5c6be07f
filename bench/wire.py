"""Asks one and the same request again and again on open connections, as cheaply as Python can: what measures must not count."""

import asyncio
import time
from collections.abc import Sequence


class _Asking(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last is there. Content-Length only."""

    def __init__(self, request: bytes, expected: bytes, end: float, done: asyncio.Future[int]) -> None:
        self._request, self._expected, self._end, self._done = request, expected, end, done
        self._held, self._count = b"", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, mark, body = self._held.partition(b"\r\n\r\n")
        if not mark or len(body) < _length(head):
            return
        if not head.startswith(self._expected):
            self._fail(AssertionError(self._held[:500]))
            return
        self._held, self._count = b"", self._count + 1
        if time.perf_counter() < self._end:
            self._transport.write(self._request)
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(self._count)

    def _fail(self, error: Exception) -> None:
        if not self._done.done():
            self._done.set_exception(error)
        self._transport.close()


async def answers_a_second(port: int, requests: Sequence[bytes], *, status: int, seconds: float) -> float:
    """Answers a second of a server; each connection repeats its request. Raises AssertionError for another status."""
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    waiting: list[asyncio.Future[int]] = []
    expected = f"HTTP/1.1 {status} ".encode()
    for request in requests:
        done: asyncio.Future[int] = loop.create_future()

        def asking(request: bytes = request, done: asyncio.Future[int] = done) -> _Asking:
            return _Asking(request, expected, began + seconds, done)

        await loop.create_connection(asking, "127.0.0.1", port)
        waiting.append(done)
    counts = await asyncio.gather(*waiting)
    return sum(counts) / (time.perf_counter() - began)


def get(path: str, **headers: str) -> bytes:
    """A GET, byte for byte."""
    given = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{given}\r\n".encode()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length" and not head.startswith(b"HTTP/1.1 304"):
            return int(value)
    return 0
