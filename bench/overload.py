"""Far more who ask than a process works on at once: what those are told who are sent away, how soon, and what the others get.

    python -m bench.overload [--quick]

As many askers as there are places take turns with forty times as many, who come again when they were told to, with as many
who rest for a second also when they were served, which brings them back all at the same moment, and with some who come again at
once. All are connected before a turn begins, and what they hear counts until its end, not until the last refusal after it. The
processor's figures are those of the server's process: a busy machine slows the clock, and served a second with it, for those
are fewer while who heeds still comes once a second. `Left` is what the refusals of a second leave of one processor.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.served import Served, join, served
from bench.tables import Table, load
from bench.turns import below, post, processor_seconds

PLACES = 10
ROUNDS, SECONDS = (2, 3.0) if "--quick" in sys.argv else (5, 8.0)
LIST = "query ($slug: String!) { workspace(slug: $slug) { tasks(first: 50) { nodes { id title status } } } }"


@dataclass
class Turn:
    """What one crowd heard: statuses, seconds until each refusal, refusals that did not say when to come again."""

    statuses: Counter[int] = field(default_factory=Counter[int])
    served: set[int] = field(default_factory=set[int])  # which of the askers, at least once
    served_after: list[float] = field(default_factory=list[float])
    refused_after: list[float] = field(default_factory=list[float])
    silent: int = 0
    rate: float = 0.0  # served a second
    refusals: float = 0.0  # a second
    cost: float = 0.0  # ms of the server's processor for each that was served, refusals and all


@dataclass(frozen=True)
class Crowd:
    """So many askers, and how long who was sent away stays away: what it was told, or not at all."""

    name: str
    askers: int
    heeds: bool = True
    rests: float = 0.0  # seconds, after it was served


CROWDS = (
    Crowd(f"{PLACES}, as many as there are places", PLACES),
    Crowd(f"{40 * PLACES}, who come again when they were told to", 40 * PLACES),
    Crowd(f"{40 * PLACES}, who also rest for a second when they were served", 40 * PLACES, rests=1.0),
    Crowd(f"{4 * PLACES}, who come again at once", 4 * PLACES, heeds=False),
    Crowd(f"{150 * PLACES}, who come again at once", 150 * PLACES, heeds=False),
)


@dataclass
class Asker:
    """Who sends one request after the other on one connection, and on the next one when that is closed."""

    number: int
    crowd: Crowd
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, port: int, request: bytes, end: float, turn: Turn) -> None:
        """Until the end; what was asked before it is still waited for."""
        while time.perf_counter() < end:
            began = time.perf_counter()
            self.writer.write(request)
            head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
            await self.reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
            now = time.perf_counter()
            rests = self._heard(head, now - began, turn, counts=now < end)
            await asyncio.sleep(min(rests, max(0.0, end - now)))
            if b"connection: close" in head:
                self.writer.close()
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.writer.close()

    def _heard(self, head: bytes, after: float, turn: Turn, *, counts: bool) -> float:
        """Notes an answer; the seconds until this one comes again."""
        status = int(head.split(b" ", 2)[1])
        turn.statuses[status] += counts or status != 200
        if status == 200:
            turn.served.add(self.number)
            turn.served_after.append(after)
            return self.crowd.rests
        turn.refused_after.append(after)
        told = head.partition(b"retry-after: ")[2].split(b"\r\n")[0]
        turn.silent += not told
        return float(told) if told and self.crowd.heeds else 0.0


async def turn_of(server: Served, request: bytes, crowd: Crowd, pids: list[int]) -> Turn:
    """One crowd for some seconds."""
    ways = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(crowd.askers)]
    askers = [Asker(number, crowd, *way) for number, way in enumerate(ways)]
    turn, began, spent = Turn(), time.perf_counter(), processor_seconds(pids)
    asking = [asyncio.create_task(one.ask(server.port, request, began + SECONDS, turn)) for one in askers]
    await asyncio.sleep(began + SECONDS - time.perf_counter())
    turn.rate, turn.refusals = turn.statuses[200] / SECONDS, len(turn.refused_after) / SECONDS
    turn.cost = 1000 * (processor_seconds(pids) - spent) / max(1, turn.statuses[200])
    await asyncio.gather(*asking)
    return turn


def processes(server: Served) -> list[int]:
    """Those that serve requests: not the supervisor, not PostgreSQL."""
    assert server.process is not None
    return [pid for pid in below(server.process.pid) if b"server.child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


async def measure(folder: Path) -> None:
    """By turns."""
    async with served(folder, MAX_REQUESTS=str(PLACES), LOG_LEVEL="warning") as server:
        member = await join(server.origin)
        body = json.dumps({"query": LIST, "variables": {"slug": member.slug}}).encode()
        request, pids = post("/graphql", body, **member.headers), processes(server)
        assert pids, "the server has no process"
        turns: dict[Crowd, list[Turn]] = {crowd: [] for crowd in CROWDS}
        await turn_of(server, request, CROWDS[0], pids)  # the first prepares the statements
        for _ in range(ROUNDS):
            for crowd, found in turns.items():
                found.append(await turn_of(server, request, crowd, pids))
    told(turns)


def told(turns: dict[Crowd, list[Turn]]) -> None:
    """The medians of the rounds; what was refused is counted over all of them."""
    peak = turns[CROWDS[0]]
    said = Table(
        f"A process with {PLACES} places, load {load()}",
        (
            "askers",
            "served a second, of the first's",
            "processor ms for each served, for each refused",
            "left for the served",
            "answered",
            "of the askers, who was served at all",
            "served after ms: half, 99 of 100",
            "refused after ms: half, last",
            "without Retry-After",
        ),
    )
    alone = median(turn.cost for turn in peak)
    for crowd, found in turns.items():
        beyond = median(turn.refusals for turn in found)
        refusing = median((turn.cost - alone) * turn.statuses[200] / max(1, len(turn.refused_after)) for turn in found)
        ratio = median(turn.rate / first.rate for turn, first in zip(found, peak, strict=True))
        statuses = sum((turn.statuses for turn in found), Counter[int]())
        took = sorted(1000 * after for turn in found for after in turn.served_after)
        waits = [1000 * wait for turn in found for wait in turn.refused_after] or [0.0]
        said.add(
            crowd.name,
            f"{ratio:.2f}",
            f"{median(turn.cost for turn in found):.2f}; {f'{refusing:.2f}' if statuses[200] < statuses.total() else '–'}",
            f"{1 - beyond * refusing / 1000:.2f}",
            ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items())),
            f"{median(len(turn.served) / crowd.askers for turn in found):.2f}",
            f"{median(took):.0f}; {took[len(took) * 99 // 100]:.0f}",
            f"{median(waits):.0f}; {max(waits):.0f}",
            sum(turn.silent for turn in found),
        )
    said.print()


def main() -> None:
    """In a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fermata-overload-") as made:
        asyncio.run(measure(Path(made)))


if __name__ == "__main__":
    main()
