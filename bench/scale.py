"""How far one PostgreSQL goes: what each kind of request costs a server process and the database, and what that adds up to.

    python -m bench.scale [--quick]

Costs are seconds of processors, read from /proc, not of the clock: a busy machine changes them little. The second table
reckons with them (Linux only, as it reads /proc).
"""

import asyncio
import json
import math
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.mutation import CONNECTIONS
from bench.polling import by, fill, look
from bench.prove.asks import CREATE
from bench.served import Member, Served, join, served
from bench.tables import Table, load
from bench.wire import answers_a_second, get
from server.postgres_files import folder_of

TICKS = os.sysconf("SC_CLK_TCK")
FULL = 0.7  # of a processor, beyond which requests begin to wait for one another
PEOPLE, POLL_SECONDS = (100, 1_000, 10_000, 100_000), 5.0
CHANGES_AN_HOUR = 20  # that one person makes, of which a page of their workspace tells those who look at it


@dataclass(frozen=True)
class Cost:
    """Seconds of processors that one request takes."""

    server: float
    database: float


async def main(quick: bool) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="fermata-scale-") as folder:
        async with served(Path(folder) / "data", LOG_LEVEL="error", WORK_SLOTS="0") as server:
            member = await join(server.origin)
            path = await fill(server.origin, member)
            tag = await look(server.origin, path, by(member.token))
            who = by(member.token)
            asked = {
                "a poll that finds nothing new": (get(path, If_None_Match=tag, **who), 304),
                "a page of 50 tasks that was made for somebody else": (get(path, **who), 200),
                "a page of 50 tasks, made anew": (get(unshared(path), **who), 200),
                "a change (createTask)": (change(member), 200),
            }
            costs = {
                name: await cost(server, *request, seconds=2.0 if quick else 10.0) for name, request in asked.items()
            }
    tell_costs(costs)
    tell_sizes(tuple(costs.values()))


def unshared(path: str) -> str:
    """The same page with a field that is the asker's own, so that it is made for each request (gql/shared.py)."""
    own = path.replace(quote("{ workspace"), quote("{ viewer { id } workspace"), 1)
    assert own != path
    return own


def change(member: Member) -> bytes:
    """A new task, byte for byte."""
    body = json.dumps({"query": CREATE, "variables": {"id": member.workspace_id, "title": "Scale"}})
    head = "".join(f"{name}: {value}\r\n" for name, value in member.headers.items())
    return f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def cost(server: Served, request: bytes, status: int, *, seconds: float) -> Cost:
    """Ask for a while, and divide by the answers."""
    requests = [request] * CONNECTIONS
    await answers_a_second(server.port, requests, status=status, seconds=seconds / 4)
    before, began = used(server), asyncio.get_running_loop().time()
    rate = await answers_a_second(server.port, requests, status=status, seconds=seconds)
    answers = rate * (asyncio.get_running_loop().time() - began)
    after = used(server)
    return Cost(*((late - early) / answers for early, late in zip(before, after, strict=True)))


def used(server: Served) -> tuple[float, float]:
    """Seconds of processors so far: of the server's processes, and of PostgreSQL's, with those that have ended."""
    assert server.process is not None
    postmaster = int((folder_of(server.data_dir).data / "postmaster.pid").read_text().split()[0])
    return family(server.process.pid), family(postmaster)


def family(pid: int) -> float:
    """Of a process, of its children that live, and of those that it has waited for."""
    spent = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(folder.name) == pid:
            spent += sum(map(int, fields[11:15]))
        elif int(fields[1]) == pid:
            spent += sum(map(int, fields[11:13]))
    return spent / TICKS


def tell_costs(costs: dict[str, Cost]) -> None:
    """What was measured, and how many a second one processor does of it."""
    table = Table(
        f"What a request costs, load {load()}",
        (
            "asked",
            "ms of a server process",
            "ms of PostgreSQL",
            "a second for one process",
            "processes for one database processor",
        ),
    )
    for name, one in costs.items():
        row = (name, one.server * 1000, one.database * 1000, FULL / one.server, one.server / max(one.database, 1e-9))
        table.add(*row)
    table.note = (
        f"A processor counts as full at {FULL:.0%}. Commits on a disk are not in it: they wait, they do not reckon."
    )
    table.print()


def tell_sizes(costs: Sequence[Cost]) -> None:
    """What so many people need who have the board open, in workspaces of 20."""
    table = Table(
        f"People who look at a board all day (reckoned: a poll each {POLL_SECONDS:.0f} s, {CHANGES_AN_HOUR} changes an hour each)",
        ("people", "requests a second", "changes a second", "server processors", "database processors"),
    )
    for people in PEOPLE:
        table.add(people, *needs(people, costs))
    table.note = (
        "Each change makes the next poll of the 20 in its workspace a page instead of a 304, made anew for the first of them."
        " Where the last column passes"
        " what one machine has, one PostgreSQL is at its end, and the road past it begins (docs/scale.md)."
    )
    table.print()


def needs(people: int, costs: Sequence[Cost]) -> tuple[int, float, int, int]:
    """Requests and changes a second, and the processors that they fill."""
    changes = people * CHANGES_AN_HOUR / 3600
    polls = people / POLL_SECONDS
    news = min(polls, changes * 20)
    anew = min(changes, news)
    rates = (polls - news, news - anew, anew, changes)
    server, database = (
        math.ceil(sum(rate * getattr(one, part) for rate, one in zip(rates, costs, strict=True)) / FULL)
        for part in ("server", "database")
    )
    return round(polls + changes), changes, server, database


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
