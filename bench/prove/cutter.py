"""A line to PostgreSQL that ends after so many bytes of one direction: in the middle of a word, of an answer, of a commit.

It carries what the driver and PostgreSQL say to each other between a port of its own and PostgreSQL's socket.
"""

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import make_url

from bench.prove.messages import Messages

PIECE = 65_536
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: what closes is reset, and not ended in order


class Way(StrEnum):
    """A direction."""

    TO = "to PostgreSQL"
    FROM = "from PostgreSQL"


@dataclass(frozen=True)
class Cut:
    """After so many further bytes, over all connections; `reset`: the driver hears of a reset, and not of an end."""

    way: Way
    after: int
    reset: bool = False


@dataclass(eq=False)
class Line:
    """One connection: the driver's end, and PostgreSQL's."""

    ours: asyncio.StreamWriter
    theirs: asyncio.StreamWriter
    messages: Mapping[Way, Messages]


class Cutter:
    """Stands in front of the PostgreSQL at `url`, which listens on a socket in a folder."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        host, port = self._url.query["host"], self._url.query.get("port", "5432")
        self._socket = f"{host}/.s.PGSQL.{port}"
        self._server: asyncio.Server | None = None
        self._lines: dict[asyncio.Task[None], Line] = {}
        self._cut: Cut | None = None
        self.carried = Counter[Way]()  # bytes, since it was armed
        self.ends: Mapping[Way, list[int]] = {way: [] for way in Way}  # of messages, in these bytes
        self.cuts = 0

    @property
    def url(self) -> str:
        """The same database, through this line."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return self._url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)

    async def start(self) -> None:
        """Takes connections from now on."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Ends every connection, and takes no more."""
        if self._server is not None:
            self._server.close()
        await self.sever()

    def arm(self, cut: Cut | None) -> None:
        """Cut once; None: nothing more. Counts anew."""
        self._cut = cut
        self.carried.clear()
        for places in self.ends.values():
            places.clear()

    async def sever(self) -> None:
        """End every connection that there is."""
        tasks = tuple(self._lines)
        for line in self._lines.values():
            _end(line, reset=False)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        try:
            back, there = await asyncio.open_unix_connection(self._socket)
        except OSError:  # PostgreSQL is away itself
            writer.transport.abort()
            return
        said = {Way.TO: Messages(of_driver=True), Way.FROM: Messages(of_driver=False)}
        line = self._lines[task] = Line(writer, there, said)
        ways: tuple[Awaitable[None], ...] = (
            self._pump(Way.TO, line, reader, there),
            self._pump(Way.FROM, line, back, writer),
        )
        going = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
        finally:
            _end(line, reset=False)
            for way in going:
                way.cancel()
            await asyncio.gather(*going, return_exceptions=True)
            del self._lines[task]

    async def _pump(self, way: Way, line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE):
                self.ends[way].extend(self.carried[way] + end for end in line.messages[way].ends(data))
                left = self._left(way, len(data))
                writer.write(data if left is None else data[:left])
                if left is not None and self._cut is not None:
                    reset, self._cut, self.cuts = self._cut.reset, None, self.cuts + 1
                    _end(line, reset=reset)
                    return

    def _left(self, way: Way, size: int) -> int | None:
        """How many of these bytes still go through before the cut; None: all of them, and no cut."""
        before = self.carried[way]
        self.carried[way] += size
        if self._cut is None or self._cut.way is not way or before + size < self._cut.after:
            return None
        return max(0, self._cut.after - before)


def _end(line: Line, *, reset: bool) -> None:
    """What was written before still goes out, but for a reset."""
    if reset:
        opened: socket.socket = line.ours.get_extra_info("socket")
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    line.ours.close()
    line.theirs.close()
