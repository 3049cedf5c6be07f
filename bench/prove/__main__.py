"""`python -m bench.prove`: the long forms, each with its table; exit code 1 when there is a single fault."""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.prove import garbage, writers
from bench.prove.storm import storm
from bench.tables import machine


def main() -> int:
    """Each part gets its share of the time."""
    asked = arguments()
    print(machine(), "\n", flush=True)
    faults: list[str] = []
    for name in asked.only or PARTS:
        faults += PARTS[name](asked)
    for fault in faults[:50]:
        print(f"- {fault}")
    print(f"\n{len(faults)} faults", flush=True)
    return 1 if faults else 0


def arguments() -> argparse.Namespace:
    """What may be asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.prove", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="for all parts together (10)")
    parser.add_argument("--kills", type=int, default=10_000, help="at most so many (10,000)")
    parser.add_argument("--changes", type=int, default=1_000_000, help="of the writers, at most (1,000,000)")
    parser.add_argument("--cases", type=int, default=2_000_000, help="of the fuzzer, at most (2,000,000)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance begins")
    parser.add_argument("--keep", type=Path, help="an empty folder for the storm's data, kept afterwards")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; may be repeated")
    return parser.parse_args()


def prove_kills(asked: argparse.Namespace) -> list[str]:
    """Half of the time: servers and PostgreSQL die under customers."""
    with tempfile.TemporaryDirectory(prefix="fermata-storm-") as made:
        folder = (asked.keep or Path(made)) / "data"
        found = asyncio.run(storm(folder, kills=asked.kills, seconds=asked.minutes * 30, seed=asked.seed))
    found.table(asked.seed).print()
    return [f"{kind}: {fault}" for kind, some in found.faults.items() for fault in some]


def prove_writers(asked: argparse.Namespace) -> list[str]:
    """A fifth: writers that commit out of order, and replicas."""
    return asyncio.run(writers.prove(asked.changes, asked.minutes * 12, asked.seed))


def prove_garbage(asked: argparse.Namespace) -> list[str]:
    """A fifth: whatever bytes."""
    return asyncio.run(garbage.prove(asked.cases, asked.minutes * 12, asked.seed))


def prove_work(asked: argparse.Namespace) -> list[str]:
    """A tenth: workers die, embedded and over Celery; bench/prove_work.py kills one every 2.75 s, on average, in each."""
    kills = max(1, int(asked.minutes * 6 / (2 * 2.75)))
    done = subprocess.run(
        [sys.executable, "-m", "bench.prove_work", str(kills)], stdout=subprocess.PIPE, text=True, check=False
    )
    print(f"### Workers that are killed\n\n```\n{done.stdout.strip()}\n```\n", flush=True)
    return [f"workers: {done.stdout.strip()[:1000]}"] if done.returncode else []


PARTS = {"kills": prove_kills, "writers": prove_writers, "garbage": prove_garbage, "work": prove_work}

if __name__ == "__main__":
    sys.exit(main())
