"""Clocks that jump under people at work: first the host's, as the servers see it, then that of PostgreSQL; by libfaketime.

The host's clock must not matter at all: time is PostgreSQL's, and a process counts on its monotonic clock. When PostgreSQL's
clock jumps, timers come sooner or later by as much, and nothing else may be wrong: no time goes back in a history, none
is counted twice, nothing is stuck once the clock has caught up.
"""

import asyncio
import os
import random
import time
from pathlib import Path

from bench.prove import verdict
from bench.prove.faults import flat
from bench.prove.trial import FEW, Crew, crew, trial, web
from bench.served import Served
from bench.tables import Table
from server.postgres_files import find_binaries, folder_of

LIBRARY = "libfaketimeMT.so.1"
PLACES = ("/usr/lib/*/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime", "/usr/lib64/faketime")
HOST_JUMPS = (-86_400, -3600, -10, -1, 0, 1, 10, 3600, 86_400)  # seconds
DATABASE_JUMPS = (-30, -5, -1, 0, 1, 5, 30, 3600)
LAST = 7200  # later than all of them: whatever waits for a time that a jump has shown comes to its end
EVERY_SECONDS = 0.5
MANY = {"ones": 8, "crowds": 2}


class NotRun(Exception):
    """What a part needs is not on this machine."""


def library() -> Path:
    """libfaketime. Raises NotRun."""
    for place in PLACES:
        for found in Path("/").glob(f"{place[1:]}/{LIBRARY}"):
            return found
    raise NotRun(f"{LIBRARY} is not there: `apt-get install faketime`")


class FakeClock:
    """How far a clock is off, in a file that libfaketime reads."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.jumps = -1  # the first setting is none
        self.set(0)

    def set(self, seconds: int) -> None:
        """At once, for all who look at it."""
        beside = self.file.with_suffix(".new")
        beside.write_text(f"{seconds:+d}\n")
        beside.chmod(0o644)
        beside.rename(self.file)
        self.jumps += 1

    @property
    def environment(self) -> dict[str, str]:
        """For a process whose clock it is. The monotonic clock does not jump on real machines either."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DISABLE_SHM": "1",
        }


def wrapped_binaries(folder: Path, clock: FakeClock) -> Path:
    """A bin folder whose `postgres` sees the clock; the others are as they are."""
    folder.mkdir()
    assignments = " ".join(f"{name}={value}" for name, value in clock.environment.items())
    for program in find_binaries().iterdir():
        own = folder / program.name
        own.write_text(
            f'#!/bin/sh\n{"exec /usr/bin/env " + assignments if program.name == "postgres" else "exec"} {program} "$@"\n'
        )
        own.chmod(0o755)
    return folder


async def jump(clock: FakeClock, there: Crew, jumps: tuple[int, ...], end: float, luck: random.Random) -> list[str]:
    """Jumps until the end, each after at least one more acknowledged change, the last one to `LAST`; what did not go on."""
    while time.perf_counter() < end:
        clock.set(luck.choice(jumps))
        if not await there.go_on(1):
            return ["nothing was acknowledged for two minutes after a jump"]
        await asyncio.sleep(luck.uniform(0, 2 * EVERY_SECONDS))
    clock.set(LAST)
    return []


async def scene(folder: Path, *, database: bool, seconds: float, seed: int, few: bool) -> list[str]:
    """One server whose clock, or whose PostgreSQL's clock, jumps. Prints the table; the faults."""
    luck, clock = random.Random(seed), FakeClock(folder / "offset")
    jumps = DATABASE_JUMPS if database else HOST_JUMPS
    given = {"POSTGRES_BIN": str(wrapped_binaries(folder / "bin", clock))} if database else {}
    server = Served(folder / "data", LOG_LEVEL="warning", PROCESSES="1" if few else "2", **given)
    if not database:
        server.environment.update(clock.environment)
    try:
        await server.start()
        async with web() as http:
            there = await crew([server.origin], [server.origin], http, luck, **(FEW if few else MANY))
            end, url = time.perf_counter() + seconds, folder_of(server.data_dir).url()
            outcome = await trial(there, url, lambda: jump(clock, there, jumps, end, luck))
    finally:
        await server.stop()
    whose = "PostgreSQL's clock" if database else "The servers' clock"
    said = Table(f"{whose} jumps for {outcome.seconds:.0f} s, seed {seed}", ("what", "figure"))
    said.add("jumps, by at most a day" if not database else "jumps, by at most an hour", clock.jumps)
    verdict.add(said, outcome, timed=not database)
    said.print()
    return [f"{whose}: {fault}" for fault in flat(outcome.faults)]


async def prove(folder: Path, seconds: float, seed: int, *, few: bool = False) -> list[str]:
    """Half of the time each, one after the other, or at once for a few people. Raises NotRun."""
    library()
    scenes = [("host", False), ("database", True)]
    for name, _ in scenes:
        os.mkdir(folder / name, 0o755)  # noqa: PTH102 - as quick as it gets
    os.chmod(folder, 0o755)  # noqa: PTH101 - PostgreSQL may run as another user, and reads the offset
    doing = [scene(folder / name, database=which, seconds=seconds / 2, seed=seed, few=few) for name, which in scenes]
    found = await asyncio.gather(*doing) if few else [await one for one in doing]
    return [fault for some in found for fault in some]
