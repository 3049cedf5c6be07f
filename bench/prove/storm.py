"""The storm: servers on one data folder, customers who work, somebody who watches, and SIGKILL at random.

After every kill the next one waits until changes are acknowledged again: who never comes back is found as a fault, and the
storm does not depend on how fast the machine is.
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from httpx2 import AsyncClient, Limits

from bench.prove.customers import Customer, Tally
from bench.prove.killer import Killer
from bench.prove.truth import Truth, at_rest, double, impossible, lateness, lost
from bench.prove.watcher import Watcher
from bench.served import Served, join
from bench.tables import Table
from server.postgres_files import folder_of

SERVERS, CUSTOMERS = 2, 12
BETWEEN = 30  # changes that have to be acknowledged after a kill before the next
STUCK_SECONDS = 120.0


@dataclass
class Storm:
    """How it went."""

    killer: Killer
    tally: Tally
    watcher: Watcher
    truth: Truth
    seconds: float
    faults: dict[str, list[str]]

    def table(self, seed: int) -> Table:
        """Figures, then faults by kind."""
        late = lateness(self.truth)
        cuts = quantiles([0.0, *late], n=100)
        said = Table(f"Kill storm of {self.seconds:.0f} s, seed {seed}", ("what", "figure"))
        for kind, count in sorted(self.killer.kills.items()):
            said.add(f"kills: {kind}", count)
        said.add("kills", self.killer.kills.total())
        said.add("changes acknowledged", len(self.tally.acknowledged))
        said.add("changes in the histories, completions included", self.truth.transitions)
        said.add("tasks; of them completed", f"{len(self.truth.tasks):,}; {self.truth.completed:,}")
        said.add("connections cut; told to try again", f"{self.tally.cut:,}; {self.tally.again:,}")
        said.add("answers lost for good (done once or not at all)", self.tally.unknown)
        said.add("polls of the watcher", self.watcher.polls)
        said.add("late by, ms: half, 99 of 100, all", f"{cuts[49]:.0f}; {cuts[98]:.0f}; {max(late, default=0):.0f}")
        for kind, found in self.faults.items():
            said.add(f"**{kind}**", len(found))
        return said


async def storm(folder: Path, *, kills: int, seconds: float, seed: int) -> Storm:
    """Until there were so many kills, or so much time has passed; then rest, and the verdict."""
    luck = random.Random(seed)
    async with serving(folder) as servers, AsyncClient(timeout=30, limits=Limits(max_connections=100)) as http:
        origins, member = [server.origin for server in servers], await join(servers[0].origin)
        tally, killer, over = Tally(), Killer(servers, folder, luck), asyncio.Event()
        lucks = [random.Random(luck.random()) for _ in range(CUSTOMERS + 1)]
        customers = [Customer(n, origins, member, tally, http, lucks[n]) for n in range(CUSTOMERS)]
        watcher = Watcher(origins, member, http, lucks[-1])
        began = time.perf_counter()
        watching = asyncio.create_task(watcher.watch(over))
        working = [asyncio.create_task(customer.work(over)) for customer in customers]
        stuck = [fault async for fault in _strike(killer, tally, kills, began + seconds, luck)]
        over.set()
        await asyncio.gather(*working, watching)
        truth, restless = await at_rest(folder_of(folder).url())
        await watcher.poll()
    found = {
        "lost": list(lost(truth, tally.acknowledged)),
        "done twice": list(double(truth, tally.acknowledged)),
        "impossible, early, out of order": list(impossible(truth)),
        "stuck": stuck + restless,
        "seen wrongly by the watcher": watcher.faults + _differs(watcher, truth),
        "answered with a failure of ours": tally.faults,
    }
    return Storm(killer, tally, watcher, truth, time.perf_counter() - began, found)


@asynccontextmanager
async def serving(folder: Path) -> AsyncGenerator[list[Served]]:
    """The servers."""
    servers = [Served(folder, LOG_LEVEL="warning") for _ in range(SERVERS)]
    try:
        for server in servers:
            await server.start()
        yield servers
    finally:
        for server in servers:
            await server.stop()


async def _strike(killer: Killer, tally: Tally, kills: int, end: float, luck: random.Random) -> AsyncGenerator[str]:
    """Kills; yields what did not come back."""
    while killer.kills.total() < kills and time.perf_counter() < end:
        wanted, until = len(tally.acknowledged) + luck.randint(1, BETWEEN), time.perf_counter() + STUCK_SECONDS
        while len(tally.acknowledged) < wanted:
            await asyncio.sleep(luck.random() / 20)
            if time.perf_counter() > until:
                yield f"nothing was acknowledged for {STUCK_SECONDS:.0f} s after kill number {killer.kills.total()}"
                return
        await killer.kill()


def _differs(watcher: Watcher, truth: Truth) -> list[str]:
    there = {task_id: task[2] for task_id, task in truth.tasks.items()}
    if watcher.seen == there:
        return []
    wrong = {key for key in watcher.seen.keys() | there.keys() if watcher.seen.get(key) != there.get(key)}
    return [f"{key}: seen in version {watcher.seen.get(key)}, is {there.get(key)}" for key in wrong]
