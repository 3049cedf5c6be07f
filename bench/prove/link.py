"""A line between customers and a server that is cut at random: as an answer arrives, or while the request is under way.

The first is the hardest for a customer: the server has committed, and nobody has heard it. The second cancels a request.
"""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

PIECE = 65_536
LONGEST_SECONDS = 0.03  # until a request that is under way is cut


@dataclass(frozen=True)
class Cuts:
    """How often: of the pieces that come back, and of those that are sent; from 0 to 1."""

    answered: float = 0.02
    under_way: float = 0.02


class Link:
    """Listens on a port of its own and carries to `port`."""

    def __init__(self, port: int, luck: random.Random, cuts: Counter[str], chances: Cuts | None = None) -> None:
        self.port, self.luck, self.cuts, self.chances = port, luck, cuts, chances or Cuts()
        self.origin = ""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Takes connections from now on."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.origin = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Ends every line."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        ends = [writer]
        try:
            back, there = await asyncio.open_connection("127.0.0.1", self.port)
            ends.append(there)
            cut = asyncio.Event()
            ways = (self._out(reader, there, cut), self._back(back, writer), cut.wait())
            going = [asyncio.ensure_future(way) for way in ways]
            try:
                await asyncio.wait(going, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in going:
                    way.cancel()
                await asyncio.gather(*going, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            pass  # nobody listens there at this moment; or the lines are stopped, and this task ends anyway
        finally:
            for end in ends:
                end.transport.abort()
            self._open.discard(task)

    async def _out(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE):
                writer.write(data)
                if self.luck.random() < self.chances.under_way:
                    self.cuts["while the request was under way"] += 1
                    asyncio.get_running_loop().call_later(self.luck.uniform(0, LONGEST_SECONDS), cut.set)

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE):
                if self.luck.random() < self.chances.answered:
                    self.cuts["as the answer came"] += 1
                    return
                writer.write(data)
