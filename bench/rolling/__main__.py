"""A rolling restart under load: `kill -HUP` to a server that is asked 300 times a second, and what was lost or done twice.

    python -m bench.rolling [--quick] [--rate 300] [--rolls 3] [--polls]

Requests go over connections that are kept, and are sent once: an answer that does not come, or is no success, is lost.
One that says UNAVAILABLE (nothing was changed, try again) is counted by itself. Of what is asked 40 of 100 are polls, 20 pages,
40 new tasks and changes of tasks; a third of these has an Idempotency-Key and is sent a second time, a moment later. Meanwhile some
follow all changes by event streams. In the end the histories, the answers and what the followers have seen must agree.
Exit code 1 when anything was lost, or done twice.
"""

import argparse
import asyncio
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from httpx2 import AsyncClient

from bench.polling import by, fill, look
from bench.rolling.follower import Follower
from bench.rolling.people import POLL, Look, People
from bench.rolling.steady import ask_steadily
from bench.rolling.verdict import judged, report
from bench.served import Member, Served, ask, join, served
from server.postgres_files import folder_of
from server.supervisor import READY_SECONDS

FOLLOWERS = 6
WORKSPACE = 'mutation { createWorkspace(name: "Quiet") { id slug } }'


async def main(rate: float, rolls: int, seed: int, *, polls: bool = False) -> int:
    """Measure and print; how much was lost."""
    with tempfile.TemporaryDirectory(prefix="fermata-rolling-") as made:
        folder = Path(made) / "data"
        async with served(folder, PROCESSES="2", LOG_LEVEL="info") as server:
            member = await join(server.origin)
            people = People(member, await sights(server.origin, member), random.Random(seed))
            shares = {"shares": {POLL: 1}} if polls else {}
            over, began = asyncio.Event(), time.monotonic()
            async with following(server.origin, member, 0 if polls else FOLLOWERS) as followers:
                asking = asyncio.create_task(ask_steadily(server.port, people.asks(**shares), over, rate=rate))
                for number in range(1, rolls + 1):
                    await roll(server, number)
                over.set()
                tally = await asking
                seconds = time.monotonic() - began
                faults = await judged(folder_of(folder).url(), people, followers)
        said = f"{rolls} rolling restarts of two processes in {seconds:.0f} s, seed {seed}"
        report(tally, followers, f"{said}, {tally.asked / seconds:.0f} of {rate:.0f} requests a second", faults)
    return len(tally.lost) + len(faults)


async def sights(origin: str, member: Member) -> Look:
    """A workspace of its own for those who only look, and the pages of both."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        made = (await ask(http, by(member.access), WORKSPACE))["createWorkspace"]
    quiet = await fill(origin, Member(member.access, member.access, made["id"], made["slug"]))
    return Look(quiet, await look(origin, quiet, by(member.access)), quiet.replace(made["slug"], member.slug))


@asynccontextmanager
async def following(origin: str, member: Member, count: int) -> AsyncGenerator[list[Follower]]:
    """So many who follow the workspace, from before anything happens in it."""
    async with AsyncClient() as http:
        followers = [Follower(origin, member, http) for _ in range(count)]
        tasks = [asyncio.create_task(one.follow()) for one in followers]
        try:
            async with asyncio.timeout(READY_SECONDS):
                await asyncio.gather(*(one.heard.wait() for one in followers))
            yield followers
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def roll(server: Served, number: int) -> None:
    """Replace all processes, for the so-many-th time; the server's log says when it is done."""
    assert server.process is not None
    server.process.send_signal(signal.SIGHUP)
    log = server.data_dir / f"server-{server.port}.log"
    async with asyncio.timeout(4 * READY_SECONDS):
        while log.read_text().count("all processes are new") < number:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.rolling", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one restart")
    parser.add_argument("--rate", type=float, default=300.0, help="requests a second (300)")
    parser.add_argument("--rolls", type=int, default=3, help="restarts, one after the other (3)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance begins")
    parser.add_argument(
        "--polls", action="store_true", help="ask for what has not changed only, which a busy machine can do, too"
    )
    asked = parser.parse_args()
    rolls = 1 if asked.quick else asked.rolls
    sys.exit(1 if asyncio.run(main(asked.rate, rolls, asked.seed, polls=asked.polls)) else 0)
