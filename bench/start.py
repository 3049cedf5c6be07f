"""How long `fermata run` takes until it says that it is ready: into an empty folder, and again into the same.

    python -m bench.start [--quick]

Beside it, the start of a Python that imports the same libraries: what no server in Python can be faster than.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.served import Served
from bench.tables import Table, load

FLOOR = "import strawberry, starlette.applications, uvicorn, sqlalchemy.ext.asyncio, asyncpg, pydantic_settings"


async def main(quick: bool) -> None:
    """Measure and print."""
    times = 2 if quick else 5
    found: dict[str, list[float]] = {"first": [], "again": [], "floor": []}
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="fermata-start-") as folder:
            server = Served(Path(folder) / "data")
            for name in ("first", "again"):
                found[name].append(await server.start())
                await server.stop()
        found["floor"].append(await asyncio.to_thread(imported))
    table = Table(f"Seconds to ready, median of {times}, load {load()}", ("what", "seconds", "best"))
    names = {
        "first": "empty folder: makes the cluster, migrates, serves",
        "again": "the same folder again",
        "floor": "a Python that only imports the libraries",
    }
    for name, words in names.items():
        table.add(words, statistics.median(found[name]), min(found[name]))
    table.note = "Aim: 5 s for every start after the first."
    table.print()


def imported() -> float:
    """Seconds."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FLOOR], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
