"""`python -m bench.prove`: the long forms, each with its table; exit code 1 when there is a single fault."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import IO, cast

from bench.prove import beside, clock, cuts, disk, garbage, verdict, writers
from bench.prove.faults import flat
from bench.prove.storm import storm
from bench.tables import machine


@dataclass(frozen=True)
class Part:
    """What proves it, and how many minutes it is given: usually, and for a look."""

    prove: Callable[[argparse.Namespace, float], list[str]]
    minutes: float
    quick_seconds: float
    alone: float  # seconds that a look takes beside others, at load 6: those that take long begin first


def main() -> int:
    """One part after the other."""
    asked = arguments()
    print(machine(), "\n", flush=True)
    if asked.quick and not asked.only:
        return look(asked)
    return run(asked.only or list(PARTS), asked)


def run(names: list[str], asked: argparse.Namespace) -> int:
    """These parts; 1 when there is a single fault."""
    faults, skipped = list[str](), list[str]()
    whole = sum(PARTS[name].minutes for name in names)
    for name in names:
        part = PARTS[name]
        minutes = asked.minutes * part.minutes / whole if asked.minutes else part.minutes
        try:
            faults += part.prove(asked, part.quick_seconds if asked.quick else 60 * minutes)
        except clock.NotRun as reason:
            skipped.append(name)
            print(f"### {name}\n\n**Not run**: {reason}.\n", flush=True)
    for fault in faults[:50]:
        print(f"- {fault}")
    print(f"\n{len(faults)} faults; parts that were not run: {', '.join(skipped) or 'none'}", flush=True)
    return 1 if faults else 0


def look(asked: argparse.Namespace) -> int:
    """A look at every part, some at a time: most of it is starting servers, and waiting for them. How many had a fault.

    Each is a fork of this process, which has imported everything once: three seconds of a processor that each would take.
    """
    left = sorted(PARTS, key=lambda name: PARTS[name].alone)
    going, faulty = dict[int, tuple[str, ForkProcess, IO[str]]](), 0
    while left or going:
        while left and len(going) < AT_ONCE:
            name, said = left.pop(), tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when it was read
            process = FORK.Process(target=look_at, args=(name, asked, said.fileno()))
            process.start()
            going[process.sentinel] = name, process, said
        for ended in cast("list[int]", wait(list(going))):
            name, process, said = going.pop(ended)
            process.join()
            faulty += process.exitcode != 0
            said.seek(0)
            print(f"## {name}\n\n{said.read().strip()}\n", flush=True)
            said.close()
    return faulty


def look_at(name: str, asked: argparse.Namespace, said: int) -> None:
    """One part, in a process of its own that writes to the file `said`."""
    os.dup2(said, sys.stdout.fileno())
    sys.exit(run([name], asked))


def arguments() -> argparse.Namespace:
    """What may be asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.prove", description=__doc__)
    usual = ", ".join(f"{name} {part.minutes:g}" for name, part in PARTS.items())
    parser.add_argument("--minutes", type=float, help=f"for all parts together, at most (usually: {usual})")
    parser.add_argument("--quick", action="store_true", help="a look at each part, of a minute or so together")
    parser.add_argument("--kills", type=int, default=10_000, help="at most so many (10,000)")
    parser.add_argument("--changes", type=int, default=1_000_000, help="of the writers, at most (1,000,000)")
    parser.add_argument("--cases", type=int, default=2_000_000, help="of the fuzzer, at most (2,000,000)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance begins")
    parser.add_argument("--beside", metavar="COMMIT", help="an earlier version than the released one, for that part")
    parser.add_argument("--keep", type=Path, help="an empty folder for the storm's data, kept afterwards")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; may be repeated")
    return parser.parse_args()


def prove_storm(asked: argparse.Namespace, seconds: float) -> list[str]:
    """Servers and PostgreSQL die under customers, and lines are cut."""
    with tempfile.TemporaryDirectory(prefix="fermata-storm-") as made:
        folder = (asked.keep or Path(made)) / "data"
        kills = QUICK_KILLS if asked.quick else asked.kills
        found = asyncio.run(storm(folder, kills=kills, seconds=seconds, seed=asked.seed, few=asked.quick))
        faults = flat(found.outcome.faults)
        told = verdict.logged(folder, faults)
    verdict.table(found, asked.seed).print()
    verdict.delays(found).print()
    return faults + told


def prove_cuts(asked: argparse.Namespace, seconds: float) -> list[str]:
    """Lines to PostgreSQL break at any byte."""
    return asyncio.run(cuts.prove(asked.cases, seconds, asked.seed))


def prove_beside(asked: argparse.Namespace, seconds: float) -> list[str]:
    """The released version and this one on one database."""
    with tempfile.TemporaryDirectory(prefix="fermata-beside-") as made:
        return asyncio.run(beside.prove(Path(made), seconds, asked.seed, asked.beside, few=asked.quick))


def prove_clock(asked: argparse.Namespace, seconds: float) -> list[str]:
    """The clocks of the host and of PostgreSQL jump."""
    with tempfile.TemporaryDirectory(prefix="fermata-clock-") as made:
        return asyncio.run(clock.prove(Path(made), seconds, asked.seed, few=asked.quick))


def prove_disk(asked: argparse.Namespace, seconds: float) -> list[str]:
    """The disk is full."""
    with tempfile.TemporaryDirectory(prefix="fermata-disk-") as made:
        return asyncio.run(disk.prove(Path(made), seconds, asked.seed, few=asked.quick))


def prove_writers(asked: argparse.Namespace, seconds: float) -> list[str]:
    """Writers that commit out of order, and replicas."""
    return asyncio.run(writers.prove(asked.changes, seconds, asked.seed))


def prove_garbage(asked: argparse.Namespace, seconds: float) -> list[str]:
    """Whatever bytes."""
    return asyncio.run(garbage.prove(asked.cases, seconds, asked.seed, few=asked.quick))


def prove_work(asked: argparse.Namespace, seconds: float) -> list[str]:
    """Workers die, embedded and over Celery; bench/prove_work.py kills one in about 1.2 s, in each."""
    kills = str(max(1, int(seconds / (2 * 1.2))))
    command = [sys.executable, "-m", "bench.prove_work", kills]
    sides = (("--only", "embedded"), ("--only", "celery")) if asked.quick else ((),)  # side by side: they mostly wait
    begun = [subprocess.Popen([*command, *side], stdout=subprocess.PIPE, text=True) for side in sides]
    said = [one.communicate()[0].strip() for one in begun]
    print("### Workers that are killed\n\n```\n" + "\n".join(said) + "\n```\n", flush=True)
    return [f"workers: {told[:1000]}" for one, told in zip(begun, said, strict=True) if one.returncode]


def prove_plans(asked: argparse.Namespace, seconds: float) -> list[str]:
    """The hot statements over a million tasks: what tests/engine/test_plans.py asks of a few thousand."""
    del seconds
    rows = 20_000 if asked.quick else 1_000_000
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "--timeout", "0", "tests/engine/test_plans.py"],
        env={**os.environ, "FERMATA_TEST_ROWS": str(rows)},
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    said = done.stdout.strip()
    print(f"### Plans over {rows:,} tasks\n\n```\n{said.splitlines()[-1]}\n```\n", flush=True)
    return [f"plans: {said[-1000:]}"] if done.returncode else []


QUICK_KILLS = 6  # one of each kind
AT_ONCE = 5  # parts of a look
FORK = get_context("fork")
PARTS = {
    "storm": Part(prove_storm, 25, 600, 45),
    "cuts": Part(prove_cuts, 10, 3, 20),
    "beside": Part(prove_beside, 3, 2, 60),
    "clock": Part(prove_clock, 4, 3, 30),
    "disk": Part(prove_disk, 3, 1, 25),
    "writers": Part(prove_writers, 5, 3, 9),
    "garbage": Part(prove_garbage, 20, 3, 40),
    "plans": Part(prove_plans, 5, 5, 25),
    "work": Part(prove_work, 5, 3, 55),
}

if __name__ == "__main__":
    sys.exit(main())
