"""A rolling restart under load: `kill -HUP` to a server that is asked 300 times a second, and how many requests it lost.

    python -m bench.rolling [--quick] [--rate 300] [--rolls 3] [--polls]

Clients keep their connections and never send anything twice: an answer that does not come, or is no success, is lost.
One that says UNAVAILABLE (nothing was changed, try again) is counted by itself.
Half of what they ask is a page of tasks, a quarter a poll, a quarter a new task. Exit code 1 when one was lost.
"""

import argparse
import asyncio
import itertools
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.polling import by, fill, look
from bench.served import Member, Served, join
from bench.tables import Table, load
from bench.wire import get
from server.supervisor import READY_SECONDS

LONGEST_SECONDS = 30.0  # that an answer may take
CREATE = """mutation ($id: ID!, $title: String!) {
  createTask(workspaceId: $id, input: {title: $title, durationMs: 60000}) { task { id } } }"""


@dataclass
class Tally:
    """What became of the requests."""

    answered: int = 0
    slowest: float = 0.0
    connections: int = 0
    busy: int = 0  # told to try again, which a machine that is too slow for the rate brings about by itself
    lost: list[str] = field(default_factory=list[str])


class Line:
    """One connection, opened again whenever the server has said that its answer was the last."""

    def __init__(self, port: int, tally: Tally) -> None:
        self._port, self._tally = port, tally
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> None:
        """Send it once; count the answer, or what was lost."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                status, body = await self._exchange(request)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            self._tally.lost.append(f"{type(error).__name__}: {error}")
            return
        if b'"UNAVAILABLE"' in body:
            self._tally.busy += 1
            return
        if status not in (200, 304) or b'"errors"' in body:
            self._tally.lost.append(f"{status}: {body[:200].decode(errors='replace')}")
            return
        self._tally.answered += 1
        self._tally.slowest = max(self._tally.slowest, time.monotonic() - began)

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._open is None:
            self._open = await asyncio.open_connection("127.0.0.1", self._port)
            self._tally.connections += 1
        reader, writer = self._open
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        status = int(head.split()[1])
        body = b"" if status == 304 else await reader.readexactly(int(fields.get(b"content-length", b"0")))
        if fields.get(b"connection") == b"close":
            self.close()
        return status, body

    def close(self) -> None:
        """The next request opens it again."""
        if self._open is not None:
            self._open[1].close()
            self._open = None


async def ask_steadily(
    port: int, requests: Iterator[bytes], over: asyncio.Event, *, rate: float, lines: int = 32
) -> Tally:
    """So many requests a second, whether or not the answers come, on at most so many connections, until it is over."""
    tally, free = Tally(), asyncio.Queue[Line]()
    for _ in range(lines):
        free.put_nowait(Line(port, tally))

    async def ask(line: Line, request: bytes) -> None:
        await line.ask(request)
        free.put_nowait(line)

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for count in itertools.count():
            await asyncio.sleep(max(0.0, began + count / rate - time.monotonic()))
            if over.is_set():
                break
            group.create_task(ask(await free.get(), next(requests)))
    while not free.empty():
        free.get_nowait().close()
    return tally


async def main(rate: float, rolls: int, *, polls: bool = False) -> int:
    """Measure and print; how many were lost."""
    with tempfile.TemporaryDirectory(prefix="fermata-rolling-") as folder:
        server = Served(Path(folder) / "data", PROCESSES="2", LOG_LEVEL="info")
        try:
            await server.start()
            member = await join(server.origin)
            path = await fill(server.origin, member)
            tag = await look(server.origin, path, by(member.access))
            over, began = asyncio.Event(), time.monotonic()
            requests = (
                itertools.repeat(get(path, If_None_Match=tag, **by(member.access)))
                if polls
                else mixed(path, tag, member)
            )
            asking = asyncio.create_task(ask_steadily(server.port, requests, over, rate=rate))
            for number in range(1, rolls + 1):
                await roll(server, number)
            over.set()
            tally = await asking
            report(tally, time.monotonic() - began, rate, rolls)
        finally:
            await server.stop()
    return len(tally.lost)


async def roll(server: Served, number: int) -> None:
    """Replace all processes, for the so-many-th time; the server's log says when it is done."""
    assert server.process is not None
    server.process.send_signal(signal.SIGHUP)
    log = server.data_dir / f"server-{server.port}.log"
    async with asyncio.timeout(4 * READY_SECONDS):
        while log.read_text().count("all processes are new") < number:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.1)


def mixed(path: str, tag: str, member: Member) -> Iterator[bytes]:
    """Two pages, a poll, a new task; and so on."""
    who = by(member.access)
    page, poll = get(path, **who), get(path, If_None_Match=tag, **who)
    for number in itertools.count():
        yield from (page, poll, page, _created(member, number))


def _created(member: Member, number: int) -> bytes:
    body = json.dumps({"query": CREATE, "variables": {"id": member.workspace_id, "title": f"Rolling {number}"}})
    head = "".join(f"{name}: {value}\r\n" for name, value in member.headers.items())
    return f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def report(tally: Tally, seconds: float, rate: float, rolls: int) -> None:
    """One row."""
    asked = tally.answered + tally.busy + len(tally.lost)
    table = Table(
        f"{rolls} rolling restarts of two processes, load {load()}",
        ("asked for", "requests", "a second", "connections", "slowest, s", "told to try again", "lost"),
    )
    row = (f"{rate:.0f}/s", asked, asked / seconds, tally.connections, tally.slowest, tally.busy, len(tally.lost))
    table.add(*row)
    table.note = "\n".join(["Aim: 300 a second, none lost, none told to try again.", *sorted(set(tally.lost))[:10]])
    table.print()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.rolling", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one restart")
    parser.add_argument("--rate", type=float, default=300.0, help="requests a second (300)")
    parser.add_argument("--rolls", type=int, default=3, help="restarts, one after the other (3)")
    parser.add_argument(
        "--polls", action="store_true", help="ask for what has not changed only, which a busy machine can do, too"
    )
    asked = parser.parse_args()
    sys.exit(1 if asyncio.run(main(asked.rate, 1 if asked.quick else asked.rolls, polls=asked.polls)) else 0)
