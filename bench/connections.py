"""Connections that only hold on, and too many who ask: how soon they are sent away, and what honest clients notice.

    python -m bench.connections [--quick]

2,000 connections are silent, slow in their headers or drip their body, while one honest client works; then a server that is full
turns others away; then eight to five hundred ask at once for as long as each.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from httpx2 import AsyncClient, HTTPError, Limits

from bench.served import Member, Served, join, served
from bench.tables import Table, load

COUNT = 200 if "--quick" in sys.argv else 2000
SECONDS = 2.0 if "--quick" in sys.argv else 10.0
FULL = 50  # connections of the server that is full
HEAD = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
KINDS = {
    "silent": (b"", b""),
    "slow in the headers": (HEAD + b"X-Slow: ", b"x"),
    "dripping the body": (HEAD + b"Content-Length: 9000\r\n\r\n{", b" "),
}
LIST = "query ($slug: String!) { workspace(slug: $slug) { tasks(first: 10) { nodes { id title status } } } }"


async def hold(port: int, count: int) -> None:
    """So many connections, of each kind in turn, in a process of their own; prints of each how many seconds it was kept, and
    what it was told (a status, 0 for nothing)."""
    kept: dict[str, list[tuple[float, int]]] = {name: [] for name in KINDS}

    async def one(name: str) -> None:
        first, drip = KINDS[name]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began = time.perf_counter()
        writer.write(first)
        ended = asyncio.ensure_future(reader.read())
        while not ended.done():
            await asyncio.wait([ended], timeout=0.5)
            if drip and not ended.done():
                writer.write(drip)
        (said,) = await asyncio.gather(ended, return_exceptions=True)
        status = int(said.split(b" ", 2)[1]) if isinstance(said, bytes) and said else 0
        kept[name].append((time.perf_counter() - began, status))
        writer.close()

    held: list[asyncio.Task[None]] = []
    for number in range(count):
        held.append(asyncio.create_task(one(list(KINDS)[number % len(KINDS)])))
        await asyncio.sleep(
            0 if number % 20 else 0.02
        )  # a thousand a second: who floods the queue of the system waits in it
    await asyncio.gather(*held)
    print(json.dumps(kept))


async def held(port: int, count: int) -> dict[str, list[tuple[float, int]]]:
    """What became of so many connections, by their kind: the seconds, and the status."""
    holders = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.connections", "hold", str(port), str(count)), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await holders.communicate()
    return json.loads(said)


async def ask(http: AsyncClient, member: Member, told: Counter[str], times: list[float]) -> None:
    """One list; its status and its milliseconds."""
    began = time.perf_counter()
    body = {"query": LIST, "variables": {"slug": member.slug}}
    try:
        answer = await http.post("/graphql", json=body, headers=member.headers)
        told[str(answer.status_code)] += 1
        if answer.status_code == 503:
            await asyncio.sleep(0.05)
    except HTTPError as error:
        told[type(error).__name__] += 1
    times.append(1000 * (time.perf_counter() - began))


async def asking(server: Served, member: Member, askers: int, over: asyncio.Event) -> tuple[Counter[str], list[float]]:
    """So many who ask, one request after the other, until it is over."""
    told, times = Counter[str](), list[float]()
    limits = Limits(max_connections=askers, max_keepalive_connections=askers)
    async with AsyncClient(base_url=server.origin, timeout=60, limits=limits) as http:

        async def again() -> None:
            while not over.is_set():
                await ask(http, member, told, times)

        await asyncio.gather(*(again() for _ in range(askers)))
    return told, times


async def for_a_while(server: Served, member: Member, askers: int) -> tuple[Counter[str], list[float]]:
    """The same for some seconds."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(SECONDS, over.set)
    return await asking(server, member, askers, over)


async def holding(folder: Path) -> None:
    """Connections that only hold on, beside one honest client."""
    said = Table(f"{COUNT:,} connections that only hold on, load {load()}", ("what", "figure"))
    async with served(folder, MAX_CONNECTIONS=str(2 * COUNT), LOG_LEVEL="warning") as server:
        member = await join(server.origin)
        _, alone = await for_a_while(server, member, 1)
        over = asyncio.Event()
        honest = asyncio.create_task(asking(server, member, 1, over))
        kept = await held(server.port, COUNT)
        over.set()
        told, beside = await honest
    for name, ended in kept.items():
        seconds = [after for after, _ in ended]
        said.add(f"{name}: closed after s: half, all", f"{median(seconds):.1f}; {max(seconds):.1f}")
    said.add("an honest client alone, ms: half, 99 of 100", _times(alone))
    said.add("beside them, ms: half, 99 of 100", _times(beside))
    said.add("what it was answered", _told(told))
    said.print()


async def full(folder: Path) -> None:
    """A server that has all the connections that it takes."""
    said = Table(f"A server that is full, load {load()}", ("what", "figure"))
    async with served(folder, MAX_CONNECTIONS=str(FULL), LOG_LEVEL="warning") as server:
        taken = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(FULL)]
        times, told = list[float](), Counter[str]()
        for _ in range(COUNT // 10):
            began = time.perf_counter()
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            head = (await reader.read()).split(b"\r\n\r\n")[0].lower()
            times.append(1000 * (time.perf_counter() - began))
            told[f"{head.split(b' ')[1].decode()}{' with Retry-After' if b'retry-after' in head else ''}"] += 1
            writer.close()
        for _, writer in taken:
            writer.close()
    said.add("those who came then were answered", _told(told))
    said.add("within ms: half, 99 of 100", _times(times))
    said.print()


async def crowded(folder: Path) -> None:
    """More and more who ask at once."""
    said = Table(f"Who asks at once, load {load()}", ("askers", "answers a second", "ms: half, 99 of 100", "answered"))
    async with served(folder, LOG_LEVEL="warning") as server:
        member = await join(server.origin)
        for askers in (8, 64, 256, 500):
            began = time.perf_counter()
            told, times = await for_a_while(server, member, askers)
            said.add(askers, told["200"] / (time.perf_counter() - began), _times(times), _told(told))
    said.print()


def _times(times: list[float]) -> str:
    cuts = quantiles([0.0, *times], n=100)
    return f"{cuts[49]:.0f}; {cuts[98]:.0f}"


def _told(told: Counter[str]) -> str:
    return ", ".join(f"{what}: {count:,}" for what, count in sorted(told.items()))


async def measure(folder: Path) -> None:
    """All three."""
    await holding(folder / "holding")
    await full(folder / "full")
    await crowded(folder / "crowded")


def main(arguments: list[str]) -> None:
    """In a folder that is gone afterwards; or only the connections that hold on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 3 * COUNT + 500)), hard))
    if arguments[:1] == ["hold"]:
        asyncio.run(hold(int(arguments[1]), int(arguments[2])))
        return
    with tempfile.TemporaryDirectory(prefix="fermata-connections-") as made:
        asyncio.run(measure(Path(made)))


if __name__ == "__main__":
    main(sys.argv[1:])
