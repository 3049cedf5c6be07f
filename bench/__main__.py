"""`python -m bench [--quick] [name ...]`: every measurement, one after the other, as one report in markdown.

Each is a program of its own (`python -m bench.NAME`), so that none warms up or slows down another.
"""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bench.tables import load, machine

ROOT = Path(__file__).resolve().parents[1]
# name → what it measures; whether it knows --quick.
MEASUREMENTS: dict[str, tuple[str, bool]] = {
    "start": ("Start", True),
    "polling": ("Polls", True),
    "growth": ("Growth", True),
    "transition": ("Transitions", False),
    "mutation": ("Transitions over HTTP", True),
    "timers": ("Timers", False),
    "list": ("Lists", True),
    "feed": ("Revisions", False),
    "plan": ("The execution of lists", False),
    "limits": ("Judging documents", False),
    "alike": ("What is not yours does not exist, in time", True),
    "guard": ("The second line: row-level security", False),
    "overload": ("Overload", True),
    "connections": ("Connections that hold on, and overload", True),
    "work": ("Work", True),
    "scroll": ("Scrolling 10,000 tasks", True),
    "scale": ("What one PostgreSQL carries", True),
    "rolling": ("A rolling restart under load", True),
}


def main() -> int:
    """The number of those that failed."""
    there = [name for name in MEASUREMENTS if find_spec(f"bench.{name}")]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter rounds: for a look, not for the documents")
    parser.add_argument("names", nargs="*", metavar="name", help=f"only these, of {', '.join(there)}")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(there):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    print(f"# What was measured\n\n{machine()}\n", flush=True)
    return sum(measure(name, asked.quick) for name in asked.names or there)


def measure(name: str, quick: bool) -> bool:
    """Run one and print it under its heading; whether it failed. What is no table of markdown is set as it is."""
    title, knows_quick = MEASUREMENTS[name]
    command = [sys.executable, "-m", f"bench.{name}", *(["--quick"] if quick and knows_quick else [])]
    print(f"## {title}\n\n`python -m bench.{name}`, load {load()}\n", flush=True)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    said = done.stdout.strip()
    print(said if "\n| ---" in said or not said else f"```\n{said}\n```", end="\n\n", flush=True)
    if done.returncode:
        print(f"**It failed with code {done.returncode}.**\n", flush=True)
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
