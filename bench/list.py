"""A page of 50 tasks with 11 fields over HTTP: ours beside what else one could write or take, whole processes, in turn.

    python -m bench.list [--quick]      (`npm ci` in bench/peers comes first; without it Node's servers are left out)

All read the same rows of the same PostgreSQL and look at the same access token and session first. Every twentieth of a second one
of the page's 50 tasks changes, whoever is measured (bench/writer.py), so that nobody profits from a page that stays. Every POST
is executed: none asks whether something changed; ours writes what did not change as it wrote it before (decision 0040). Ours by
GET is not: while nothing changes, the page that was made for the first is sent to all with the same rights (gql/shared.py), so
that it stands apart from the others. Milliseconds of processor time are the server process's own, without PostgreSQL's.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from httpx2 import AsyncClient

from bench.hand import PAGE
from bench.mutation import CONNECTIONS, MAKE, PEERS, Contender, by, key, listening, on_node
from bench.served import ROOT, Member, Served, ask, free_port, join, served
from bench.tables import Table, load
from bench.turns import Rate, answers, below, post
from bench.wire import get
from bench.writer import A_SECOND, writing
from models.lifecycle import Nature, Status, possible
from server.postgres_files import folder_of

TASKS = 1000
DOCUMENT = """query ($slug: String!) { workspace(slug: $slug) { tasks(first: 50) { nodes {
 id title status durationMs elapsedMs version labels createdAt updatedAt dueAt allowedActions } } } }"""
HAND = "by hand: Starlette + asyncpg + orjson"
OURS = "Fermata, by session"
STOCK = "stock Strawberry + asyncpg"
YOGA, MERCURIUS = "graphql-yoga (Node) + pg", "mercurius (Node, JIT) + pg"


async def main(quick: bool) -> None:
    """Measure and print."""
    rounds, seconds = (3, 1.0) if quick else (7, 2.0)
    found: dict[str, list[Rate]] = {}
    with tempfile.TemporaryDirectory(prefix="fermata-list-") as folder:
        async with served(Path(folder) / "data", LOG_LEVEL="error") as server, AsyncExitStack() as stack:
            member = await join(server.origin)
            await fill(server.origin, member)
            contenders = {
                HAND: await stack.enter_async_context(python(server, "bench.hand:create", hand(member))),
                **ours(server, member),
                STOCK: await stack.enter_async_context(python(server, "bench.stock:create", graphql(member))),
            }
            for name, kind in ((YOGA, "yoga"), (MERCURIUS, "mercurius")):
                if (PEERS / "node_modules").is_dir():
                    started = node(server, Path(folder), kind, graphql(member))
                    contenders[name] = await stack.enter_async_context(started)
            await stack.enter_async_context(writing(server))
            for turn in range(rounds + 1):
                for name, one in contenders.items():
                    rate = await answers(one.port, one.requests, seconds, one.pids)
                    found.setdefault(name, []).extend([rate] if turn else [])  # the first round warms up
    report(found)


def report(found: Mapping[str, list[Rate]]) -> None:
    """The medians, and the ratios to what is written by hand."""
    rates = {name: statistics.median(rate.a_second for rate in rounds) for name, rounds in found.items()}
    spent = {name: statistics.median(rate.cpu_ms for rate in rounds) for name, rounds in found.items()}
    title = f"50 tasks × 11 fields over HTTP, {CONNECTIONS} connections, load {load()}"
    table = Table(title, ("asked", "answers/s", "of by hand", "ms of processor time", "by hand's, of it"))
    for name, rate in rates.items():
        of, cheap = rate / rates[HAND], spent[HAND] / spent[name]
        table.add(name, rate, f"{of:.2f}", f"{spent[name]:.2f}", f"{cheap:.2f}")
    others = [f"{rates[OURS] / rates[name]:.2f} times {name}" for name in (STOCK, YOGA, MERCURIUS) if name in rates]
    table.note = (
        f"Fermata answers {rates[OURS] / rates[HAND]:.2f} of what is written by hand, {', '.join(others)}. Aims: 0.7; 3 times stock"
        f" Strawberry; 1.3 times yoga; level with mercurius. {A_SECOND} tasks of it change a second."
        f" By GET the page is shared, not made anew. {versions()}."
    )
    table.print()


def versions() -> str:
    """Of everything that is compared."""
    node = json.loads((PEERS / "package.json").read_text())["dependencies"]
    ours = [f"{name} {version(name)}" for name in ("orjson", "asyncpg", "starlette", "strawberry-graphql")]
    return ", ".join([*ours, *(f"{name} {node[name]}" for name in ("graphql-yoga", "mercurius", "fastify", "pg"))])


async def fill(origin: str, member: Member) -> None:
    """Tasks that have not been run."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        inputs = [{"title": f"Task {n}", "durationMs": 60_000, "labels": ["one", "two"]} for n in range(TASKS)]
        await ask(http, member.headers, MAKE, id=member.workspace_id, inputs=inputs)


def hand(member: Member) -> list[list[bytes]]:
    """What each connection sends to the endpoint that is written by hand."""
    return [[get(f"/tasks/{member.slug}", **by(member))]] * CONNECTIONS


def graphql(member: Member) -> list[list[bytes]]:
    """What each connection sends to a GraphQL server."""
    body = json.dumps({"query": " ".join(DOCUMENT.split()), "variables": {"slug": member.slug}}).encode()
    return [[post("/graphql", body, **by(member))]] * CONNECTIONS


def ours(server: Served, member: Member) -> dict[str, Contender]:
    """The whole server: by session and by API token as POST, and by GET, whose answer is shared and has an entity tag."""
    assert server.process is not None
    pids = [pid for pid in below(server.process.pid) if b"server.child" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    token = by(member) | {"Authorization": f"Bearer {member.token}"}
    body = json.dumps({"query": " ".join(DOCUMENT.split()), "variables": {"slug": member.slug}}).encode()
    variables = quote(json.dumps({"slug": member.slug}))
    path = f"/graphql?query={quote(' '.join(DOCUMENT.split()))}&variables={variables}"
    return {
        OURS: Contender(server.port, pids, graphql(member)),
        "Fermata, by API token": Contender(server.port, pids, [[post("/graphql", body, **token)]] * CONNECTIONS),
        "Fermata, by session, GET": Contender(server.port, pids, [[get(path, **by(member))]] * CONNECTIONS),
    }


@asynccontextmanager
async def python(server: Served, factory: str, requests: list[list[bytes]]) -> AsyncGenerator[Contender]:
    """An application on a uvicorn as ours is."""
    port = free_port()
    options = ("--factory", "--port", str(port), "--no-access-log", "--log-level", "error")
    environment = {"PEER_DATABASE": folder_of(server.data_dir).url(), "PEER_KEY": key(server)}
    command = (sys.executable, "-m", "uvicorn", factory, *options)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={**os.environ, **environment})
    try:
        await listening(port)
        yield Contender(port, [process.pid], requests)
    finally:
        process.terminate()
        await process.wait()


def node(
    server: Served, folder: Path, kind: str, requests: list[list[bytes]]
) -> AbstractAsyncContextManager[Contender]:
    """A server on Node."""
    actions = {status.value: possible(status, Nature.TIMER) for status in Status}
    order: dict[str, object] = {"kind": kind, "page": PAGE, "actions": actions}
    return on_node("list.mjs", order, server, folder / f"{kind}.json", requests)


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
