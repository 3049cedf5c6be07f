"""A poll that finds nothing new, against a bare 304 and against a list that is sent every time: whole processes, side by side.

    python -m bench.polling [--quick]

The rounds take turns, so that a busy machine slows all alike; the ratios count, not the figures.
"""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from httpx2 import AsyncClient

from bench.peers import peer
from bench.served import Member, ask, join, served
from bench.tables import Table, load
from bench.wire import answers_a_second, get
from server.postgres_files import folder_of

TASKS = 1000
PAGE = """query ($slug: String!) { workspace(slug: $slug) { counts { status count } tasks(first: 50) { nodes {
 id title status durationMs elapsedMs version labels createdAt updatedAt dueAt allowedActions } } } }"""
MAKE = """mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"""


async def main(quick: bool) -> None:
    """Measure and print."""
    rounds, seconds = (3, 1.0) if quick else (9, 2.0)
    with tempfile.TemporaryDirectory(prefix="fermata-polling-") as folder:
        async with served(Path(folder) / "data", LOG_LEVEL="error") as server:
            member = await join(server.origin)
            path = await fill(server.origin, member)
            async with peer(folder_of(server.data_dir).url()) as other:
                by_session, by_token = (by(credential) for credential in (member.access, member.token))
                session_tag, token_tag = [await look(server.origin, path, who) for who in (by_session, by_token)]
                asked = {
                    "a bare 304 (Starlette)": (other, get("/unchanged", If_None_Match=session_tag), 304),
                    "nothing new (Fermata), by session": (
                        server.port,
                        get(path, If_None_Match=session_tag, **by_session),
                        304,
                    ),
                    "nothing new (Fermata), by API token": (
                        server.port,
                        get(path, If_None_Match=token_tag, **by_token),
                        304,
                    ),
                    "50 tasks of 11 fields (Fermata)": (server.port, get(path, **by_session), 200),
                    f"{TASKS:,} tasks, all sent (Starlette + asyncpg)": (other, get("/tasks"), 200),
                }
                found: dict[str, list[float]] = {name: [] for name in asked}
                for turn in range(rounds + 1):
                    for name, (port, request, status) in asked.items():
                        rate = await answers_a_second(port, request, status=status, seconds=seconds)
                        found[name] += [rate] if turn else []  # the first round warms up
    report({name: statistics.median(rates) for name, rates in found.items()})


def report(rates: dict[str, float]) -> None:
    """Answers a second, and the ratio to each of the peers."""
    bare, ours, _, _, rest = rates.values()
    table = Table(f"An unchanged poll, load {load()}", ("asked", "answers/s", "of a bare 304"))
    for name, rate in rates.items():
        table.add(name, rate, rate / bare)
    table.note = (
        f"Nothing new is {ours / bare:.2f} of a bare 304 (aim: 0.6) and {ours / rest:.0f} times the list"
        f" of {TASKS:,} (aim: 100, against Express; this peer is Python)."
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


async def look(origin: str, path: str, who: dict[str, str]) -> str:
    """The tag of the poll's answer."""
    async with AsyncClient(base_url=origin, timeout=60) as http:
        answer = await http.get(path, headers=who)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


if __name__ == "__main__":
    asyncio.run(main("--quick" in sys.argv))
