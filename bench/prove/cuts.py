"""Every byte at which a line to PostgreSQL can break: while a connection is made, a statement prepared, an answer read, a commit.

The whole application is in this process; its lines to PostgreSQL go through `bench/prove/cutter.py`. Each case asks something,
cuts one line after so many bytes, and looks at the answer: it was done, or UNAVAILABLE. Then the same is asked anew, and must go
through. What was acknowledged is there once, what was UNAVAILABLE without a word of an unknown outcome is not there.
"""

import asyncio
import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from starlette.types import ASGIApp

from bench.prove.asks import Asks
from bench.prove.cutter import Cut, Cutter, Way
from bench.prove.fuzz import application, exchange
from bench.prove.residents import Place, furnish
from bench.prove.said import Said, Talk
from bench.tables import Table, load
from migrations.apply import migrate
from models.database import Database
from server.logs import configure
from server.postgres import embedded
from server.settings import LogFormat, LogLevel

TOGETHER = "some at once"
EDGE = (-1, 0, 1, 5)  # the last byte, the end, and of the next message its type, and all of its head
TRIES = 3  # after a cut: connections that were cut beside are found one by one


class Case(NamedTuple):
    """What is asked, whether new connections are needed for it, and where the line breaks."""

    asked: str
    cold: bool
    cut: Cut


@dataclass
class Found:
    """What was seen. `edges`: of messages, each on one side of it, by what is asked; `cut`: those of them that were."""

    places: int = 0
    edges: Counter[str] = field(default_factory=Counter[str])
    cut: Counter[str] = field(default_factory=Counter[str])
    cases: int = 0
    answers: Counter[str] = field(default_factory=Counter[str])
    faults: list[str] = field(default_factory=list[str])


class Sweep:
    """Asks, cuts, and asks again. `place` is who and what there is."""

    def __init__(
        self, app: ASGIApp, cutter: Cutter, place: Place, luck: random.Random, only: Sequence[str] = ()
    ) -> None:
        self._only = only
        self._cutter, self._luck = cutter, luck
        self.found = Found()
        self.talk = Talk(app, Asks(place, luck), luck)

    async def cases(self) -> tuple[list[Case], list[Case]]:
        """The edges of messages, and all other bytes that are carried for each question when nothing is cut.

        In any order, but that every edge is cut at one side of it before any is cut at another, and those of one
        request alone before those of some at once, which are the same again.
        """
        edges, others = list[tuple[int, bool, float, Case]](), list[Case]()
        for asked in self._only or self.talk.asks.by_name:
            for cold in (False, True):
                await self.talk.supply()
                await self._ask(asked, cold=cold, cut=None)
                await self._ask(asked, cold=cold, cut=None)  # what is remembered from the first is not asked again
                for way, size in self._cutter.carried.items():
                    turns = self._turns(way)
                    for after in range(size + 1):
                        case = Case(asked, cold, Cut(way, after, bool(after % 2)))
                        if after in turns:
                            edges.append((turns[after], asked == TOGETHER, self._luck.random(), case))
                            self.found.edges[asked] += turns[after] == 0
                        else:
                            others.append(case)
        self._luck.shuffle(others)
        return [case for *_, case in sorted(edges)], others

    def _turns(self, way: Way) -> dict[int, int]:
        """The bytes at the edges of what was carried, and whose turn is when."""
        turns: dict[int, int] = {}
        for number, end in enumerate([0, *self._cutter.ends[way]]):
            for turn in range(len(EDGE)):
                turns.setdefault(end + EDGE[(number + turn) % len(EDGE)], turn)
        return turns

    async def one(self, case: Case) -> None:
        """Cut, and look; then it must go through."""
        self.found.cases += 1
        await self.talk.supply()
        for said in await self._ask(case.asked, cold=case.cold, cut=case.cut):
            self.found.answers[said.named] += 1
            if not (said.done or said.away):
                self.found.faults.append(f"{case}: {said}")
        last: list[Said] = []
        for _ in range(TRIES):
            last = await self._ask(case.asked, cold=False, cut=None)
            if all(said.done for said in last):
                return
        self.found.faults.append(f"{case}: afterwards still {last}")

    async def _ask(self, asked: str, *, cold: bool, cut: Cut | None) -> list[Said]:
        if cold:
            await self._cutter.sever()
            await asyncio.sleep(0)
        self._cutter.arm(cut)
        try:
            return await self.talk.ask(asked)
        finally:
            if cut is not None:
                self._cutter.arm(None)


class Errors(logging.Handler):
    """What is logged as an error meanwhile."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(f"the log: {record.name}: {record.msg} {record.exc_info and record.exc_info[1]!r}"[:1000])


async def sweep(
    url: str, folder: Path, luck: random.Random, *, cases: int, seconds: float, only: Sequence[str] = ()
) -> Found:
    """Over a migrated database: so many cases, or for so long; the edges first. `only`: some of what is asked."""
    cutter, db, errors = Cutter(url), Database(url, size=1, timeout=30), Errors()
    await cutter.start()
    logging.getLogger().addHandler(errors)
    try:
        app = application(folder, cutter.url)
        run = Sweep(app, cutter, await furnish(partial(exchange, app), db, luck), luck, only)
        edges, others = await run.cases()
        run.found.places = len(edges) + len(others)
        end = time.perf_counter() + seconds
        for case in islice(chain(edges, others), cases):
            run.found.cut[case.asked] += run.found.cases < run.found.edges.total()
            await run.one(case)
            if time.perf_counter() > end:
                break
        run.found.faults += await run.talk.rest(db) + errors.lines
        return run.found
    finally:
        logging.getLogger().removeHandler(errors)
        await cutter.stop()
        await db.close()


async def prove(cases: int, seconds: float, seed: int) -> list[str]:
    """Prints the table; the faults."""
    began = time.perf_counter()
    configure(LogFormat.JSON, LogLevel.ERROR)
    with tempfile.TemporaryDirectory(prefix="fermata-cuts-") as made:
        async with embedded(Path(made), options={"fsync": "off", "synchronous_commit": "off"}) as url:
            await migrate(url)
            found = await sweep(url, Path(made), random.Random(seed), cases=cases, seconds=seconds)
    table = Table(f"Lines cut for {time.perf_counter() - began:.0f} s, seed {seed}, load {load()}", ("what", "figure"))
    listed = ", ".join(f"{asked} {found.cut[asked]:,} of {count:,}" for asked, count in found.edges.items())
    table.add(
        "edges of messages, cut on one side at least", f"{found.cut.total():,} of {found.edges.total():,}: {listed}"
    )
    table.add("bytes after which a line can break; tried", f"{found.places:,}; {found.cases:,}")
    table.add("answers", ", ".join(f"{name}: {count:,}" for name, count in sorted(found.answers.items())))
    table.add("**answered with a failure of ours, done twice, lost, or not well afterwards**", len(found.faults))
    table.print()
    return [f"cuts: {fault}" for fault in found.faults]
