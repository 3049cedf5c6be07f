"""A disk that is full under people at work: PostgreSQL cannot write, and panics; nothing that was acknowledged is lost.

While it is full, customers hear 503 or are cut off, and nothing else; when there is space again everything goes on by itself.
Needs root, for a small file system in memory that holds the whole data folder.
"""

import asyncio
import os
import random
import subprocess
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import AsyncClient, HTTPError

from bench.prove import verdict
from bench.prove.clock import NotRun
from bench.prove.faults import flat
from bench.prove.trial import FEW, STUCK_SECONDS, Crew, crew, trial, web
from bench.served import Served
from bench.tables import Table
from server.postgres_files import folder_of

MEGABYTES = 400
FULL_SECONDS = (2.0, 6.0)  # at least, at most
BETWEEN = 50  # changes that are acknowledged before it is full again
MANY = {"ones": 8, "crowds": 2}
PIECE = bytes(1 << 16)


@asynccontextmanager
async def small_disk(folder: Path) -> AsyncGenerator[Path]:
    """A file system of a few hundred megabytes. Raises NotRun."""
    os.mkdir(folder, 0o755)  # noqa: PTH102 - as quick as it gets
    if os.geteuid() != 0:
        raise NotRun("only root may mount a small file system")
    options = f"size={MEGABYTES}m,mode=0755"
    made = await asyncio.to_thread(
        subprocess.run, ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True
    )
    if made.returncode:
        raise NotRun(f"a small file system cannot be mounted: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        await asyncio.to_thread(subprocess.run, ["umount", "--lazy", str(folder)], check=True)


@dataclass
class Disk:
    """Fills it, and frees it again; notes how long it took until changes went on."""

    folder: Path
    origin: str
    there: Crew
    luck: random.Random
    healed: list[float] = field(default_factory=list[float])
    ready: set[int] = field(default_factory=set[int])  # what /readyz answered while it was full

    async def trouble(self, end: float) -> list[str]:
        """Again and again until the end; what did not go on."""
        async with AsyncClient(base_url=self.origin, timeout=30) as http:
            while time.perf_counter() < end:
                if not await self.there.go_on(BETWEEN):
                    return [f"nothing was acknowledged for {STUCK_SECONDS:.0f} s after the disk had space again"]
                await self._be_full(http, self.luck.uniform(*FULL_SECONDS))
                began = time.perf_counter()
                if not await self.there.go_on(1):
                    return [f"nothing was acknowledged for {STUCK_SECONDS:.0f} s after the disk had space again"]
                self.healed.append(time.perf_counter() - began)
        return []

    async def _be_full(self, http: AsyncClient, seconds: float) -> None:
        filler, until = self.folder / "filler", time.perf_counter() + seconds
        with filler.open("ab", buffering=0) as file:
            while time.perf_counter() < until:
                with suppress(OSError):
                    while file.write(PIECE) == len(PIECE):
                        pass
                with suppress(HTTPError):
                    self.ready.add((await http.get("/readyz")).status_code)
                await asyncio.sleep(0.1)
        filler.unlink()


async def prove(folder: Path, seconds: float, seed: int, *, few: bool = False) -> list[str]:
    """Prints the table; the faults. Raises NotRun."""
    luck = random.Random(seed)
    async with small_disk(folder / "disk") as place:
        server = Served(place / "data", LOG_LEVEL="error", PROCESSES="1" if few else "2")
        try:
            await server.start()
            async with web() as http:
                there = await crew([server.origin], [server.origin], http, luck, **(FEW if few else MANY))
                disk = Disk(place, server.origin, there, luck)
                end = time.perf_counter() + seconds
                outcome = await trial(there, folder_of(server.data_dir).url(), lambda: disk.trouble(end))
        finally:
            await server.stop()
    said = Table(f"A full disk, {outcome.seconds:.0f} s, seed {seed}", ("what", "figure"))
    said.add("times it was full", len(disk.healed))
    said.add("until changes went on, s: at most", f"{max(disk.healed, default=0):.1f}")
    said.add("`/readyz` while it was full", ", ".join(map(str, sorted(disk.ready))))
    verdict.add(said, outcome)
    said.print()
    return [f"full disk: {fault}" for fault in flat(outcome.faults)]
