"""Asks so many times a second on connections that are kept, and sends nothing twice: what became of each request."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

LONGEST_SECONDS = 30.0  # that an answer may take
LINES = 32  # connections


class End(Enum):
    """How a request ended."""

    ANSWERED = auto()
    AGAIN = auto()  # UNAVAILABLE: nothing was changed, it may be sent again
    TWIN = auto()  # the first of two with the same key is still under way
    LOST = auto()  # no answer, a failure, or one that does not say whether it was done


Heard = Callable[[End, bytes], None]


def nobody(end: End, body: bytes) -> None:
    """Where the answer is of no interest."""


@dataclass(frozen=True)
class Ask:
    """One request, byte for byte; `kind` is its row in the report; `heard` gets how it ended, and the answer's body."""

    kind: str
    request: bytes
    heard: Heard = nobody


@dataclass
class Row:
    """What became of the requests of one kind. `slowest` in seconds."""

    answered: int = 0
    again: int = 0  # which a machine that is too slow for the rate brings about by itself
    twin: int = 0
    lost: int = 0
    slowest: float = 0.0

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return self.answered + self.again + self.twin + self.lost


@dataclass
class Tally:
    """What became of all requests. `lost`: one sentence each."""

    rows: defaultdict[str, Row] = field(default_factory=lambda: defaultdict(Row))
    connections: int = 0
    lost: list[str] = field(default_factory=list[str])

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return sum(row.asked for row in self.rows.values())


class Line:
    """One connection, opened again whenever the server has said that its answer was the last."""

    def __init__(self, port: int, tally: Tally) -> None:
        self._port, self._tally = port, tally
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, ask: Ask) -> None:
        """Send it once; count how it ended."""
        began, row = time.monotonic(), self._tally.rows[ask.kind]
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                status, body = await self._exchange(ask.request)
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            end, body, status = End.LOST, f"{type(error).__name__}: {error}".encode(), 0
        else:
            end = judge(status, body)
        match end:
            case End.ANSWERED:
                row.answered += 1
                row.slowest = max(row.slowest, time.monotonic() - began)
            case End.AGAIN:
                row.again += 1
            case End.TWIN:
                row.twin += 1
            case End.LOST:
                row.lost += 1
                self._tally.lost.append(f"{ask.kind}: {status}: {body[:200].decode(errors='replace')}")
        ask.heard(end, body)

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


def judge(status: int, body: bytes) -> End:
    """What an answer means to who asked."""
    if status in (200, 304) and b'"errors"' not in body:
        return End.ANSWERED
    try:
        told: list[Any] = json.loads(body)["errors"]
        said = [(one["extensions"]["code"], bool(one["extensions"].get("outcomeUnknown"))) for one in told]
    except (ValueError, KeyError, TypeError):
        return End.LOST
    match said:
        case [("UNAVAILABLE", False)]:
            return End.AGAIN
        case [("IDEMPOTENCY_CONFLICT", False)]:
            return End.TWIN
        case _:
            return End.LOST


async def ask_steadily(
    port: int, asks: Iterator[Ask], over: asyncio.Event, *, rate: float, lines: int = LINES
) -> Tally:
    """So many requests a second, whether or not the answers come, on at most so many connections, until it is over."""
    tally, free = Tally(), asyncio.Queue[Line]()
    for _ in range(lines):
        free.put_nowait(Line(port, tally))

    async def ask(line: Line, one: Ask) -> None:
        await line.ask(one)
        free.put_nowait(line)

    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for count in itertools.count():
            await asyncio.sleep(max(0.0, began + count / rate - time.monotonic()))
            if over.is_set():
                break
            line = await free.get()
            group.create_task(ask(line, next(asks)))
    while not free.empty():
        free.get_nowait().close()
    return tally
