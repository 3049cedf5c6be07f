"""A poll that finds nothing new, against a bare 304 and against a list that is sent every time: whole processes, side by side.

    python -m bench.polling [--quick]      (`npm ci` in bench/peers comes first; without it Express is left out)

The rounds take turns, so that a busy machine slows all alike; the ratios count, not the figures. Microseconds of processor
time are the server process's own, without PostgreSQL's.
"""

import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

from httpx2 import AsyncClient

from bench.peers import ROOT, Peer, express, peer
from bench.served import Member, Served, ask, join, served
from bench.tables import Table, load
from bench.turns import below, processor_seconds
from bench.wire import answers_a_second, get
from server.postgres_files import folder_of

TASKS = 1000
PROGRAMS = 16
CONNECTIONS = (16, 64, 256)
PAGE = """query ($slug: String!) { workspace(slug: $slug) { counts { status count } tasks(first: 50) { nodes {
 id title status durationMs elapsedMs version labels createdAt updatedAt dueAt allowedActions } } } }"""
MAKE = """mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"""
TOKEN = (
    """mutation ($id: ID!, $name: String!) { createApiToken(workspaceId: $id, name: $name, role: VIEWER) { secret } }"""
)
BARE, SESSION, TOKENS = "a bare 304 (Starlette)", "nothing new, one session", f"nothing new, {PROGRAMS} API tokens"
SHARED, PYTHON, NODE = (
    "changed: a page of 50 tasks that others asked for",
    f"{TASKS:,} tasks, all sent (Starlette + asyncpg)",
    f"{TASKS:,} tasks, all sent (Express + pg)",
)


@dataclass(frozen=True)
class Question:
    """Whom one asks, what each connection repeats, and the status of the answer."""

    of: Peer
    requests: list[bytes]
    status: int


async def main(quick: bool) -> None:
    """Measure and print."""
    rounds, seconds = (3, 1.0) if quick else (9, 2.0)
    with tempfile.TemporaryDirectory(prefix="fermata-polling-") as folder:
        async with served(Path(folder) / "data", LOG_LEVEL="error") as server:
            database = folder_of(server.data_dir)
            async with peer(database.url()) as python, express(Path(folder), database) as node:
                asked = await questions(server, python, node)
                for connections in CONNECTIONS[: 2 if quick else 3]:
                    report(connections, *await measure(asked, connections, rounds, seconds))


async def questions(server: Served, python: Peer, node: Peer | None) -> dict[str, Question]:
    """Everything that is asked."""
    member = await join(server.origin)
    path, secrets = await fill(server.origin, member), await programs(server.origin, member)
    assert server.process is not None
    ours = Peer(server.port, serving(server.process.pid))
    polls = [get(path, If_None_Match=await look(server.origin, path, by(one)), **by(one)) for one in secrets]
    tag = await look(server.origin, path, by(member.access))
    found = {
        BARE: Question(python, [get("/unchanged", If_None_Match=tag)], 304),
        SESSION: Question(ours, [get(path, If_None_Match=tag, **by(member.access))], 304),
        TOKENS: Question(ours, polls, 304),
        SHARED: Question(ours, [get(path, **by(one)) for one in secrets], 200),
        PYTHON: Question(python, [get("/tasks")], 200),
    }
    return found | ({NODE: Question(node, [get("/tasks")], 200)} if node else {})


def serving(pid: int) -> list[int]:
    """The processes of a server that answer requests."""
    return [one for one in below(pid) if b"server.child" in Path(f"/proc/{one}/cmdline").read_bytes()]


async def measure(
    asked: Mapping[str, Question], connections: int, rounds: int, seconds: float
) -> tuple[dict[str, float], dict[str, float]]:
    """Answers a second, and µs of processor time for one: the medians of rounds that take turns."""
    rates: dict[str, list[float]] = {name: [] for name in asked}
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(rounds + 1):
        for name, one in asked.items():
            before = processor_seconds(one.of.pids)
            requests = list(islice(cycle(one.requests), connections))
            rate = await answers_a_second(one.of.port, requests, status=one.status, seconds=seconds)
            if turn:  # the first round warms up
                rates[name].append(rate)
                spent[name].append((processor_seconds(one.of.pids) - before) * 1e6 / (rate * seconds))
    return ({n: statistics.median(v) for n, v in rates.items()}, {n: statistics.median(v) for n, v in spent.items()})


def report(connections: int, rates: Mapping[str, float], spent: Mapping[str, float]) -> None:
    """Answers a second and processor time, and the ratios to the peers."""
    title = f"An unchanged poll, {connections} connections, load {load()}"
    table = Table(title, ("asked", "answers/s", "of a bare 304", "µs of processor time", "a bare 304's, of it"))
    for name, rate in rates.items():
        of, cheap = f"{rate / rates[BARE]:.3f}", f"{spent[BARE] / spent[name]:.3f}"
        table.add(name, rate, of, spent[name], cheap)
    lists = [f"{rates[SESSION] / rates[name]:.0f} times {name}" for name in (PYTHON, NODE) if name in rates]
    versions = json.loads((ROOT / "bench" / "peers" / "package.json").read_text())["dependencies"]
    table.note = (
        f"Nothing new is {rates[SESSION] / rates[BARE]:.2f} of a bare 304, by processor time {spent[BARE] / spent[SESSION]:.2f}"
        f" (aim: 0.6), and {', '.join(lists)} (aim: 100 times Express). A shared page: {rates[SHARED]:,.0f}/s (aim: 5,000)."
        f" express {versions['express']}, pg {versions['pg']}."
    )
    table.print()


def by(credential: str) -> dict[str, str]:
    """Headers of who asks."""
    return {"Authorization": f"Bearer {credential}", "Accept": "application/json"}


async def fill(origin: str, member: Member) -> str:
    """Fill the workspace; the path of the poll."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        inputs = [{"title": f"Task {n}", "durationMs": 60_000, "labels": ["one", "two"]} for n in range(TASKS)]
        await ask(http, member.headers, MAKE, id=member.workspace_id, inputs=inputs)
    variables = f'{{"slug":"{member.slug}"}}'
    return f"/graphql?query={quote(' '.join(PAGE.split()))}&variables={quote(variables)}"


async def programs(origin: str, member: Member) -> list[str]:
    """API tokens of as many programs."""
    headers = {"Authorization": f"Bearer {member.access}", "Content-Type": "application/json"}
    async with AsyncClient(base_url=origin, timeout=60) as http:
        made = [
            await ask(http, headers, TOKEN, id=member.workspace_id, name=f"bench {number}")
            for number in range(PROGRAMS)
        ]
    return [one["createApiToken"]["secret"] for one in made]


async def look(origin: str, path: str, who: dict[str, str]) -> str:
    """The tag of the poll's answer."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        answer = await http.get(path, headers=who)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
