"""Servers under load, one at a time: each connection sends its requests in turn; answers a second, and what processes spend on one.

The wall clock says little on a machine that others use; the processor time of a server's process is its own.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Rate:
    """Answers a second, and milliseconds of processor time that the processes spent on each answer."""

    a_second: float
    cpu_ms: float


class _Turning(asyncio.Protocol):
    """One connection: the next request goes out when the answer to the last is there. Content-Length only."""

    def __init__(self, requests: Sequence[bytes], end: float, done: asyncio.Future[int]) -> None:
        self._requests, self._end, self._done = cycle(requests), end, done
        self._held, self._count, self._turns = b"", 0, len(requests)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, mark, body = self._held.partition(b"\r\n\r\n")
        if not mark or len(body) < _length(head):
            return
        if not head.startswith(b"HTTP/1.1 200 ") or b'"errors"' in body:
            self._done.set_exception(AssertionError(self._held[:600]))
            self._transport.close()
            return
        self._held, self._count = b"", self._count + 1
        if time.perf_counter() < self._end or self._count % self._turns:  # whole turns: the tasks are as they were
            self._transport.write(next(self._requests))
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(self._count)


async def answers(port: int, connections: Sequence[Sequence[bytes]], seconds: float, pids: Sequence[int]) -> Rate:
    """Each of `connections` is what one connection sends, again and again. Raises AssertionError for an answer that is none."""
    loop, began, spent = asyncio.get_running_loop(), time.perf_counter(), processor_seconds(pids)
    waiting: list[asyncio.Future[int]] = []
    end = began + seconds
    for requests in connections:
        done: asyncio.Future[int] = loop.create_future()
        await loop.create_connection(
            lambda requests=requests, done=done: _Turning(requests, end, done), "127.0.0.1", port
        )
        waiting.append(done)
    total = sum(await asyncio.gather(*waiting))
    rate = total / (time.perf_counter() - began)
    return Rate(rate, (processor_seconds(pids) - spent) * 1000 / total)


def processor_seconds(pids: Sequence[int]) -> float:
    """What these processes have spent so far, in the kernel as well (Linux)."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def below(pid: int) -> list[int]:
    """The processes that a process has started and those that they have (Linux)."""
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [deeper for child in found for deeper in below(child)]


def post(path: str, body: bytes, **headers: str) -> bytes:
    """A POST of JSON, byte for byte."""
    given = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
