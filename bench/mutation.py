"""One transition over HTTP: the mutation of the whole server beside a bare endpoint, mercurius on Node, and pgbench.

    python -m bench.mutation [--quick]

All send the same statement to the same PostgreSQL, and all but pgbench look at the same access token and session first. Rounds
take turns. Milliseconds of processor time are the server process's own, without PostgreSQL's.
"""

import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from httpx2 import AsyncClient

from auth.keys import load as load_keys
from bench.alone import VERBS, pgbench, plain
from bench.bare import SESSION
from bench.ground import ALL
from bench.served import ROOT, Member, Served, ask, free_port, join, served
from bench.tables import Table, load
from bench.turns import Rate, answers, below, post
from engine.rows import EVENT_WIDTH, TASK_WIDTH
from engine.statements import statement
from engine.transition import Ask, parameters
from models.authority import Authority
from models.driver import compiled
from models.lifecycle import Action
from server.connection import connection
from server.postgres_files import folder_of

CONNECTIONS = 16
PEERS = ROOT / "bench" / "peers"
MUTATION = "mutation ($id: ID!) { %sTask(id: $id) { task { id status version elapsedMs } event { id action } } }"
MAKE = """mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"""
RUN = "mutation ($id: ID!) { runTask(id: $id) { task { id } } }"


@dataclass(frozen=True)
class Contender:
    """A server, its processes, and what each connection sends it."""

    port: int
    pids: list[int]
    requests: list[list[bytes]]


async def main(quick: bool) -> None:
    """Measure and print."""
    rounds, seconds = (3, 1.0) if quick else (7, 2.0)
    found: dict[str, list[Rate]] = {}
    with tempfile.TemporaryDirectory(prefix="fermata-mutation-") as folder:
        async with served(Path(folder) / "data", LOG_LEVEL="error") as server:
            member = await join(server.origin)
            ids = await running(server.origin, member, 4 * CONNECTIONS)
            shares = [ids[start::4] for start in range(4)]  # nobody waits for another's lock
            person, session = await who(server)
            async with (
                bare(server, member, shares[1]) as bare_one,
                mercurius(server, Path(folder), member, shares[2]) as node,
            ):
                contenders = {
                    "bare: Starlette + asyncpg": bare_one,
                    "Fermata, by GraphQL": ours(server, member, shares[0]),
                    "mercurius (Node, JIT) + pg": node,
                }
                for turn in range(rounds + 1):
                    for name, one in contenders.items():
                        rate = await answers(one.port, one.requests, seconds, one.pids)
                        found.setdefault(name, []).extend([rate] if turn else [])  # the first round warms up
                    rate = await pgbench(server, Path(folder), person, session, shares[3], seconds)
                    found.setdefault("pgbench: the statement alone", []).extend([rate] if turn else [])
    report(found)


def report(found: Mapping[str, list[Rate]]) -> None:
    """The medians, and the ratio to the bare endpoint."""
    rates = {name: statistics.median(rate.a_second for rate in rounds) for name, rounds in found.items()}
    spent = {name: statistics.median(rate.cpu_ms for rate in rounds) for name, rounds in found.items()}
    first = next(iter(rates))
    title = f"One transition over HTTP, {CONNECTIONS} connections, load {load()}"
    table = Table(title, ("asked", "answers/s", "of bare", "ms of processor time", "of bare's"))
    for name, rate in rates.items():
        cpu, of = (f"{spent[name]:.2f}", f"{spent[name] / spent[first]:.2f}") if spent[name] else ("–", "–")
        table.add(name, rate, f"{rate / rates[first]:.2f}", cpu, of)
    table.note = "Aim: at least half of the bare endpoint's answers."
    table.print()


async def running(origin: str, member: Member, count: int) -> list[str]:
    """Timers that run for a day, by their ids."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        inputs = [{"title": f"Task {n}", "durationMs": 86_400_000} for n in range(count)]
        made = await ask(http, member.headers, MAKE, id=member.workspace_id, inputs=inputs)
        ids = [task["id"] for task in made["createTasks"]]
        for id in ids:
            await ask(http, member.headers, RUN, id=id)
    return ids


async def who(server: Served) -> tuple[UUID, UUID]:
    """The only person, and the session."""
    async with connection(folder_of(server.data_dir).url(), timeout=30) as found:
        person = await found.fetchval("select user_id from sessions")
        session = await found.fetchval("select id from sessions")
    return UUID(str(person)), UUID(str(session))


def ours(server: Served, member: Member, ids: list[str]) -> Contender:
    """The whole server."""
    assert server.process is not None
    pids = [pid for pid in below(server.process.pid) if b"server.child" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return Contender(server.port, pids, graphql(member, ids))


def graphql(member: Member, ids: list[str]) -> list[list[bytes]]:
    """What each connection sends to a GraphQL server: pause and resume its task in turn."""
    documents = [MUTATION % verb.value.lower() for verb in VERBS]
    bodies = [[json.dumps({"query": text, "variables": {"id": id}}).encode() for text in documents] for id in ids]
    return [[post("/graphql", body, **by(member)) for body in pair] for pair in bodies]


def by(member: Member) -> dict[str, str]:
    """Headers of who asks."""
    return {"Authorization": f"Bearer {member.access}", "Accept": "application/json"}


@asynccontextmanager
async def bare(server: Served, member: Member, ids: list[str]) -> AsyncGenerator[Contender]:
    """The endpoint that is written by hand, on a uvicorn as ours is."""
    port = free_port()
    options = ("--factory", "--port", str(port), "--no-access-log", "--log-level", "error")
    command = (sys.executable, "-m", "uvicorn", "bench.bare:create", *options)
    environment = {"PEER_DATABASE": folder_of(server.data_dir).url(), "PEER_KEY": key(server)}
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={**os.environ, **environment})
    try:
        await listening(port)
        paths = [[f"/tasks/{plain(id)}/{verb}" for verb in VERBS] for id in ids]
        yield Contender(port, [process.pid], [[post(path, b"{}", **by(member)) for path in pair] for pair in paths])
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def mercurius(server: Served, folder: Path, member: Member, ids: list[str]) -> AsyncGenerator[Contender]:
    """The same mutation on Node (`npm ci` in bench/peers comes first)."""
    query, names = compiled(statement("transition"))
    values = {verb.value: [plainly(value) for value in ordered(verb, names)] for verb in VERBS}
    order = {
        "transition": query,
        "values": values,
        "places": {name: names.index(name) for name in ("ids", "event_ids", "user_id", "session_id")},
        "answer": TASK_WIDTH + EVENT_WIDTH + 1,
        "event": TASK_WIDTH,
    }
    async with on_node("transition.mjs", order, server, folder / "order.json", graphql(member, ids)) as contender:
        yield contender


def write_order(file: Path, order: Mapping[str, object], server: Served) -> None:
    """What a peer is to do, and where the rows are."""
    database = folder_of(server.data_dir)
    password = database.password_file.read_text().strip()
    where = {"host": str(database.sockets), "user": "fermata", "database": "fermata", "password": password}
    file.write_text(json.dumps({"database": where, **order}))


@asynccontextmanager
async def on_node(
    script: str, order: Mapping[str, object], server: Served, file: Path, requests: list[list[bytes]]
) -> AsyncGenerator[Contender]:
    """A server of bench/peers on Node, over the database of `server`. What it is to do is in `file`."""
    port = free_port()
    write_order(file, {"port": port, "key": key(server), "session": SESSION, **order}, server)
    environment = {**os.environ, "PEER_ORDER": str(file), "NODE_ENV": "production"}
    process = await asyncio.create_subprocess_exec("node", script, cwd=PEERS, env=environment, start_new_session=True)
    try:
        await listening(port)
        yield Contender(port, [process.pid, *below(process.pid)], requests)
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the wheel's node is a child of what was started
        await process.wait()


def ordered(verb: Action, names: tuple[str, ...]) -> list[object]:
    """The values of the statement in their order; who and which are put in by whoever sends it."""
    absent = dict.fromkeys(("workspace_id", "ids", "event_ids"))
    values = parameters(Authority(UUID(int=0)), ALL, Ask(verb)) | absent
    return [values[name] for name in names]


def plainly(value: object) -> object:
    """A value as JSON."""
    return str(value) if isinstance(value, UUID) else value


def key(server: Served) -> str:
    """What access tokens are signed with."""
    return load_keys(server.data_dir / "secret").jwt.hex()


async def listening(port: int) -> None:
    """Until somebody listens there."""
    async with asyncio.timeout(60):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
