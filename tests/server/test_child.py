"""A server process that hands over leaves no connection that it has accepted without an answer; it may open what it needs."""

import asyncio
import resource
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.child import OTHER_FILES, Server, allow_files
from server.protocol import HttpLimits, limited


async def answer(_request: Request) -> Response:
    return PlainTextResponse("done")


@asynccontextmanager
async def listening() -> AsyncGenerator[tuple[Server, int]]:
    """A server without the process around it: what it says to its supervisor would go to that of the tests."""
    app = Starlette(routes=[Route("/", answer)])
    config = uvicorn.Config(app, http=limited(HttpLimits()), ws="none", lifespan="off", log_config=None)
    server = Server(config, app)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await uvicorn.Server.startup(server, [held := socket.create_server(("127.0.0.1", 0))])
    try:
        yield server, held.getsockname()[1]
    finally:
        await server.shutdown([held])


async def test_a_connection_that_is_accepted_while_the_process_hands_over_is_answered_and_told_so() -> None:
    async with listening() as (server, port):
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # now it is accepted, and not yet among the connections
            assert not server.server_state.connections
            await server.hand_over()
            client.settimeout(30)
            said = b"".join(iter(lambda: client.recv(4096), b"")).lower()
    assert said.startswith(b"http/1.1 200 ok\r\n")
    assert said.endswith(b"\r\nconnection: close\r\n\r\ndone")


def test_a_process_may_open_as_many_files_as_it_has_connections_wherever_the_system_lets_it() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = resource.RLIM_INFINITY if hard == resource.RLIM_INFINITY else hard
    try:
        for connections in (1000, 2000, 500):
            resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
            allow_files(connections)
            wanted = connections + OTHER_FILES
            assert resource.getrlimit(resource.RLIMIT_NOFILE) == (wanted if most < 0 else min(wanted, most), hard)
        allow_files(10)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 500 + OTHER_FILES  # never fewer than there were
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
