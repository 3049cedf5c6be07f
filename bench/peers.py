"""What polls are measured against, each in a process of its own: a bare 304, and a list that is read and sent every time."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.mutation import listening
from bench.served import free_port
from bench.turns import below
from server.postgres_files import Folder

ROOT = Path(__file__).resolve().parents[1]
LIST = "select id, title, description, labels, kind, status, duration_ms, elapsed_ms, version, created_at, updated_at"
ALL = f"{LIST} from tasks order by created_at desc limit 1000"


@dataclass(frozen=True)
class Peer:
    """Where a server listens, and its processes."""

    port: int
    pids: list[int]


async def unchanged(request: Request) -> Response:
    """The least that an answer can be."""
    return Response(status_code=304, headers={"etag": '"1"', "cache-control": "private, no-cache"})


async def every_task(request: Request) -> Response:
    """As a REST endpoint without revisions does it: read all, send all."""
    rows = await request.app.state.pool.fetch(ALL)
    body = json.dumps([dict(row) for row in rows], default=str)
    return Response(body, media_type="application/json")


def create() -> Starlette:
    """Both routes."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        make: Any = asyncpg.create_pool  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # no types
        async with make(os.environ["PEER_DATABASE"], min_size=2, max_size=10) as pool:
            app.state.pool = pool
            yield

    return Starlette(routes=[Route("/unchanged", unchanged), Route("/tasks", every_task)], lifespan=lifespan)


@asynccontextmanager
async def peer(database_url: str) -> AsyncGenerator[Peer]:
    """A uvicorn with both, set up as ours is."""
    port = free_port()
    options = ("--factory", "--port", str(port), "--no-access-log", "--log-level", "error")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "uvicorn", "bench.peers:create", *options),
        cwd=ROOT,
        env={**os.environ, "PEER_DATABASE": database_url},
    )
    try:
        async with asyncio.timeout(60), httpx2.AsyncClient() as http:
            while not await _answers(http, port):  # noqa: ASYNC110 - another process, which says nothing
                await asyncio.sleep(0.1)
        yield Peer(port, [process.pid])
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def express(folder: Path, database: Folder) -> AsyncGenerator[Peer | None]:
    """The list on Node: express and pg; None where `npm ci` was not run in bench/peers."""
    peers, port = ROOT / "bench" / "peers", free_port()
    if not (peers / "node_modules").is_dir():
        yield None
        return
    password = database.password_file.read_text().strip()
    server = {"host": str(database.sockets), "user": "fermata", "database": "fermata", "password": password}
    order = folder / "express.json"
    order.write_text(json.dumps({"port": port, "database": server, "list": ALL}))
    environment = {**os.environ, "PEER_ORDER": str(order), "NODE_ENV": "production"}
    process = await asyncio.create_subprocess_exec(
        "node", "tasks.mjs", cwd=peers, env=environment, start_new_session=True
    )
    try:
        await listening(port)
        yield Peer(port, [process.pid, *below(process.pid)])
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the wheel's node is a child of what was started
        await process.wait()


async def _answers(http: httpx2.AsyncClient, port: int) -> bool:
    try:
        return (await http.get(f"http://127.0.0.1:{port}/unchanged")).status_code == 304
    except httpx2.HTTPError:
        return False
