"""People at work and somebody who watches, while something is done to the machine; then rest, and the verdict."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from httpx2 import AsyncClient, Limits

from bench.prove.caller import Tally
from bench.prove.customers import MANY, Customer, Many
from bench.prove.faults import faults
from bench.prove.truth import Truth, at_rest
from bench.prove.watcher import Watcher
from bench.served import Member, join

STUCK_SECONDS = 120.0
FEW = {"ones": 3, "crowds": 1}  # people, for a look: they work without a pause, and processors are what a look takes
Worker = Customer | Many


class Works(Protocol):
    """Somebody who uses the servers."""

    async def work(self, over: asyncio.Event) -> None:
        """Until it is over."""
        ...


@dataclass
class Crew:
    """Everybody who uses the servers. `changes` are what has been acknowledged."""

    tally: Tally
    watcher: Watcher
    workers: Sequence[Works]

    @property
    def changes(self) -> int:
        """How many changes have been acknowledged."""
        return len(self.tally.acknowledged)

    async def go_on(self, count: int) -> bool:
        """Waits for so many more changes; whether they came within two minutes."""
        wanted, until = self.changes + count, time.perf_counter() + STUCK_SECONDS
        while self.changes < wanted and time.perf_counter() < until:  # noqa: ASYNC110 - many who work, no event
            await asyncio.sleep(0.02)
        return self.changes >= wanted


@dataclass
class Outcome:
    """What was there in the end."""

    crew: Crew
    truth: Truth
    seconds: float
    faults: dict[str, list[str]]


def web() -> AsyncClient:
    """Connections for all of them."""
    return AsyncClient(timeout=30, limits=Limits(max_connections=100, max_keepalive_connections=100))


async def crew(
    origins: Sequence[str], through: Sequence[str], http: AsyncClient, luck: random.Random, *, ones: int, crowds: int
) -> Crew:
    """`ones` who work on one task and `crowds` who work on many, `through` lines to the `origins`."""
    member, tally = await join(origins[0]), Tally()

    def worker(kind: type[Worker], name: str) -> Worker:
        return kind(name, through, member, tally, http, random.Random(luck.random()))

    workers = [worker(Customer, f"c{number}") for number in range(ones)]
    workers += [worker(Many, f"{MANY}{number}") for number in range(crowds)]
    return Crew(tally, watcher(origins, member, http, luck), workers)


def watcher(origins: Sequence[str], member: Member, http: AsyncClient, luck: random.Random) -> Watcher:
    """Somebody who follows by revisions."""
    return Watcher(origins, member, http, random.Random(luck.random()))


async def trial(there: Crew, url: str, trouble: Callable[[], Awaitable[list[str]]]) -> Outcome:
    """All work until the trouble is over, which answers with what never came back."""
    over, began = asyncio.Event(), time.perf_counter()
    await there.watcher.begin()
    watching = asyncio.create_task(there.watcher.watch(over))
    working = [asyncio.create_task(worker.work(over)) for worker in there.workers]
    stuck = await trouble()
    over.set()
    await asyncio.gather(*working, watching)
    truth, restless = await at_rest(url)
    await there.watcher.poll()
    found = faults(truth, there.tally, there.watcher.seen, there.watcher.faults, stuck + restless)
    return Outcome(there, truth, time.perf_counter() - began, found)
