"""Garbage: workers that fuzz the whole application in process (bench/prove/fuzz.py), and bytes on the socket of a real server.

Beside the bytes, that server has hundreds of connections that only hold on, more than it could open files when it was started.
"""

import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.connections import held
from bench.served import Served
from bench.tables import Table, load

SITE = Path(__file__).resolve().parents[2] / "frontend" / "dist"
TOGETHER = 8
LOOK, LOOK_AT_BYTES, LOOK_SECONDS = 400, 100, 60.0  # cases of either kind in a look, and what they may take at the most
HELD, FILES = 600, 256  # connections, and the files that the server may open when it is started
TOLD = {"silent": {0}, "slow in the headers": {408}, "dripping the body": {408}}
QUERY = '{"query": "{ viewer { id } signInOptions { signUp } }"}'
VALID = (
    f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(QUERY)}\r\n\r\n{QUERY}",
    f"GET /graphql?query={quote('{ viewer { id } }')} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: refresh=abc\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "HEAD /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n",
    "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    f"{len(QUERY):x}\r\n{QUERY}\r\n0\r\n\r\n",
    "OPTIONS /graphql HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\r\n",
)
PIECES = (
    *(b"\r\n", b"\r", b"\n", b"\0", b":", b" ", b"\t", b"%00", b"%ff", b"../", b"HTTP/9.9", b"HTTP/1.0", b"\xff\xfe"),
    *(
        b"Content-Length: 5\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Expect: 100-continue\r\n",
    ),
    *(
        b"Host: y\r\n",
        b"Upgrade: websocket\r\nConnection: Upgrade\r\n",
        b"A" * 300,
        b"{" * 200,
        b'"\\ud800"',
        b"9" * 400,
    ),
)


def mutated(luck: random.Random) -> bytes:
    """A valid request with some of its bytes changed, lost, repeated or put in; or no request at all."""
    raw = bytearray(luck.choice(VALID).encode())
    for _ in range(luck.choice((0, 1, 1, 2, 5, 30))):
        at = luck.randrange(len(raw) + 1)
        end = at + luck.choice((0, 0, 1, 4))
        raw[at:end] = luck.choice((b"", bytes([luck.randrange(256)]), luck.choice(PIECES), bytes(raw[at : at + 20])))
    return luck.randbytes(luck.randrange(1, 400)) if luck.random() < 0.02 else bytes(raw)


async def thrown(server: Served, luck: random.Random) -> tuple[str, str | None]:
    """Send one, say that there is no more, read all. The status (or "closed"), and what is wrong with it."""
    raw = mutated(luck)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    with suppress(ConnectionError):
        writer.write(raw)
        writer.write_eof()
    answer = b""
    with suppress(ConnectionError):
        answer = await asyncio.wait_for(reader.read(2_000_000), 60)
    writer.close()
    if not answer:
        return "closed", None
    words = answer.split(b"\r\n", 1)[0].split(b" ")
    status = words[1].decode() if len(words) > 1 and words[0].startswith(b"HTTP/1.") else "?"
    unbuilt = b"\r\nretry-after:" in answer and not SITE.is_dir()  # pages that `make run` would have made first
    bad = not status.isdigit() or (int(status) >= 500 and status not in ("501", "505") and not unbuilt)
    leaks = b"Traceback" in answer or b"asyncpg" in answer
    return status, f"{raw[:300]!r} was answered with {answer[:200]!r}" if bad or leaks else None


@contextmanager
def few_files() -> Generator[None]:
    """What is started meanwhile may open few, until it takes more by itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def on_the_socket(cases: int, seconds: float, seed: int) -> tuple[Counter[str], list[str], str]:
    """Against a server process of its own; in the end it must still be the same process, and well. The statuses, the faults, and
    how long those who only held on were kept."""
    statuses, faults, end = Counter[str](), list[str](), 0.0
    with tempfile.TemporaryDirectory(prefix="fermata-garbage-") as folder:
        server = Served(Path(folder) / "data")
        with few_files():
            await server.start()
        try:
            end = time.perf_counter() + seconds

            async def throw(luck: random.Random) -> None:
                while statuses.total() < cases and time.perf_counter() < end:
                    status, fault = await thrown(server, luck)
                    statuses[status] += 1
                    faults.extend([fault] if fault else [])

            holding = asyncio.create_task(held(server.port, HELD))
            await asyncio.gather(*(throw(random.Random(f"{seed}-{place}")) for place in range(TOGETHER)))
            kept = await holding
        finally:
            await server.stop()
        log = (Path(folder) / "data" / f"server-{server.port}.log").read_text()
    faults += [
        f"the log of the server: {line[:300]}" for line in log.splitlines() if "Traceback" in line or '"error"' in line
    ]
    told = {kind: {status for _, status in ended} for kind, ended in kept.items()}
    faults += [] if told == TOLD else [f"who only held on was told {told}"]
    times = sorted(after for ended in kept.values() for after, _ in ended)
    return statuses, faults, f"{times[len(times) // 2]:.1f}; {times[-1]:.1f}"


async def in_process(cases: int, seconds: float, seed: int, workers: int) -> tuple[Counter[str], list[str], float]:
    """So many workers. What they were answered, the faults, and the most processor seconds that a case took."""
    told = await asyncio.gather(
        *(_worker(f"{seed + number}", f"{cases // workers}", f"{seconds}") for number in range(workers))
    )
    statuses, faults = Counter[str](), list[str]()
    for found, errors in told:
        statuses.update(found["statuses"])
        faults += found["faults"] + errors
    return statuses, faults, max(found["slowest"] for found, _ in told)


async def _worker(*arguments: str) -> tuple[dict[str, Any], list[str]]:
    """What a worker has found, and the errors that the application has logged in it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.prove.fuzz", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, logged = await process.communicate()
    errors = [f"the log of a worker: {line[:600]}" for line in logged.decode(errors="replace").splitlines()[:20]]
    if process.returncode:
        return {"statuses": {}, "faults": [f"a worker ended with code {process.returncode}"], "slowest": 0.0}, errors
    return json.loads(said), errors


async def prove(cases: int, seconds: float, seed: int, *, few: bool = False) -> list[str]:
    """Four fifths of the time in process, by one worker a processor; then the socket. Prints the table; the faults.

    `few`: for a look, as many cases by one worker as that takes, however long.
    """
    began = time.perf_counter()
    if few:
        cases, seconds = LOOK, LOOK_SECONDS
    inside, faults, slowest = await in_process(cases, seconds * 0.8, seed, 1 if few else os.cpu_count() or 1)
    left = LOOK_AT_BYTES if few else max(cases - inside.total(), cases // 100)
    statuses, more, kept = await on_the_socket(left, seconds * 0.2, seed)
    table = Table(f"Garbage for {time.perf_counter() - began:.0f} s, seed {seed}, load {load()}", ("what", "figure"))
    table.add("requests made from valid ones, the whole application in process, every role", inside.total())
    table.add("answered with", _listed(inside))
    table.add("the slowest, processor seconds", slowest)
    table.add("requests of mutated bytes, on the socket", statuses.total())
    table.add("answered with", _listed(statuses))
    table.add(f"{HELD} connections beside them that only hold on: closed after s, half; all", kept)
    table.add("**answered with a failure of ours, or with anything of the inside**", len(faults) + len(more))
    table.print()
    return faults + more


def _listed(statuses: Counter[str]) -> str:
    return ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
