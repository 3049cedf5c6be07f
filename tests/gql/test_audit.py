"""The audit of the npm package graphql-http: all of its 61 checks, with no error and no warning."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fixtures.small import endpoint

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
AUDIT = ROOT / "tests" / "node" / "audit.mjs"


async def test_the_audit_of_graphql_over_http_finds_nothing() -> None:
    async with serving(endpoint(may_introspect=lambda _: True)) as url:
        process = await asyncio.create_subprocess_exec(
            NODE, AUDIT, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, problems = await process.communicate()
    assert process.returncode == 0, problems.decode()
    results = [json.loads(line) for line in out.splitlines()]
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 61


@asynccontextmanager
async def serving(app: Any) -> AsyncGenerator[str]:
    """An ASGI application on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
    finally:
        server.should_exit = True
        await running
        listener.close()
