"""What polls are measured against, each in a process of its own: a bare 304, and a list that is read and sent every time."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.served import free_port

ROOT = Path(__file__).resolve().parents[1]
LIST = "select id, title, description, labels, kind, status, duration_ms, elapsed_ms, version, created_at, updated_at"


async def unchanged(request: Request) -> Response:
    """The least that an answer can be."""
    return Response(status_code=304, headers={"etag": '"1"', "cache-control": "private, no-cache"})


async def every_task(request: Request) -> Response:
    """As a REST endpoint without revisions does it: read all, send all."""
    rows = await request.app.state.pool.fetch(f"{LIST} from tasks order by created_at desc limit 1000")
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
async def peer(database_url: str) -> AsyncGenerator[int]:
    """The port of a uvicorn with both, set up as ours is."""
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
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _answers(http: httpx2.AsyncClient, port: int) -> bool:
    try:
        return (await http.get(f"http://127.0.0.1:{port}/unchanged")).status_code == 304
    except httpx2.HTTPError:
        return False
