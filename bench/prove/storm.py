"""The storm: servers on one data folder, customers who work, somebody who watches, lines that are cut, and death at random.

After every kill the next one waits until changes are acknowledged again: who never comes back is found as a fault, and the
storm does not depend on how fast the machine is.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.prove.hand import Hand
from bench.prove.killer import Killer, plan
from bench.prove.link import Link
from bench.prove.trial import FEW, STUCK_SECONDS, Crew, Outcome, crew, trial, web
from bench.served import Served
from server.postgres_files import folder_of

SERVERS, PROCESSES, MANY = 2, ("2", "1"), {"ones": 10, "crowds": 5}  # processes: usually, and for a look
BETWEEN = 30  # at most so many changes have to be acknowledged after a kill before the next
TRIES = 50  # of one kind, while there is none to kill


@dataclass
class Storm:
    """How it went."""

    killer: Killer
    hand: Hand
    cuts: Counter[str]
    outcome: Outcome


@dataclass
class Scene:
    """Who is there."""

    killer: Killer
    hand: Hand
    crew: Crew
    cuts: Counter[str]


async def storm(folder: Path, *, kills: int, seconds: float, seed: int, few: bool = False) -> Storm:
    """Until there were so many kills, or so much time has passed; then rest, and the verdict."""
    luck, over = random.Random(seed), asyncio.Event()
    async with setting(folder, luck, few=few) as scene:
        watching = asyncio.create_task(scene.hand.watch(over))
        order, end = plan(kills, luck), time.perf_counter() + seconds
        outcome = await trial(scene.crew, folder_of(folder).url(), lambda: strike(scene, order, end, luck))
        over.set()
        await watching
    return Storm(scene.killer, scene.hand, scene.cuts, outcome)


@asynccontextmanager
async def setting(folder: Path, luck: random.Random, *, few: bool) -> AsyncGenerator[Scene]:
    """Servers, lines to them, and everybody who uses them."""
    async with AsyncExitStack() as stack:
        settings = {"LOG_LEVEL": "warning", "PROCESSES": PROCESSES[few]}
        servers = [Served(folder, **settings) for _ in range(SERVERS)]
        cuts, links = Counter[str](), list[Link]()
        for server in servers:
            stack.push_async_callback(server.stop)
            await server.start()
            links.append(link := Link(server.port, random.Random(luck.random()), cuts))
            stack.push_async_callback(link.stop)
            await link.start()
        http = await stack.enter_async_context(web())
        origins, through = [server.origin for server in servers], [link.origin for link in links]
        there = await crew(origins, through, http, luck, **(FEW if few else MANY))
        hand = Hand(folder_of(folder).url(), random.Random(luck.random()))
        yield Scene(Killer(servers, folder, hand, luck), hand, there, cuts)


async def strike(scene: Scene, order: list[str], end: float, luck: random.Random) -> list[str]:
    """Kills; what did not come back."""
    for number, kind in enumerate(order):
        if not await scene.crew.go_on(luck.randint(1, BETWEEN)):
            return [f"nothing was acknowledged for {STUCK_SECONDS:.0f} s after kill number {number}"]
        if time.perf_counter() > end:
            break
        for _ in range(TRIES):
            if await scene.killer.kill(kind):
                break
            await asyncio.sleep(0.1)
    try:
        await scene.killer.settle()
    except TimeoutError:
        return ["a server did not come back"]
    return []
