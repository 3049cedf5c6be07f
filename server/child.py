"""One server process: gets its order from the supervisor, serves on the shared sockets, leaves when told to."""

import asyncio
import gc
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

import structlog
import uvicorn
from starlette.applications import Starlette

from auth.keys import SecretFileError
from auth.oidc_file import OidcFileError
from engine.kinds.errors import KindsError
from server.logs import configure
from server.protocol import HttpLimits, LimitedProtocol, limited
from server.settings import Settings
from server.settings_source import read_settings

Create = Callable[[Settings, str], Starlette]

DEADLINES = HttpLimits()
OTHER_FILES = 256  # besides those of connections: pools, children, logs
FINISH_SECONDS = 6  # for requests under way; the rest of the 10 s is for giving work back
GARBAGE = 10_000  # new objects between two looks at them: some tens of requests
HAND_OVER_SECONDS, LOOK_SECONDS = 2.0, 0.02
TURNS = 5  # of the loop, in which a socket that was accepted becomes a connection: three at most
HAND_OVER = "hand over"  # of the supervisor, on the standard input: another process has taken our place

log = structlog.stdlib.get_logger("process")


class Server(uvicorn.Server):
    """Says `ready` when it serves; tells the app when it is about to leave (`app.state.drain`, if there is one)."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app
        self.handing_over = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            settle()
            try:
                os.write(1, b"ready\n")
            except BrokenPipeError:
                self.leave()  # the supervisor was killed meanwhile; whoever has asked already is answered
            os.dup2(2, 1)  # nobody reads further: whatever is printed belongs into the log

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.handing_over:
            await self.hand_over()
        drain = cast("Callable[[], None] | None", getattr(self._app.state, "drain", None))
        if drain is not None:
            drain()
        await super().shutdown(sockets)

    async def hand_over(self) -> None:
        """Take no new connections, and end each open one with an answer; those that ask nothing for a while are closed later."""
        loop = asyncio.get_running_loop()
        for listener in self.servers:
            for accepting in listener.sockets:
                loop.remove_reader(accepting.fileno())
        for _ in range(TURNS):  # asyncio drops what it has accepted when it is closed before that is a connection
            self._end_with_an_answer()
            await asyncio.sleep(0)
        for listener in self.servers:
            listener.close()
        deadline = time.monotonic() + HAND_OVER_SECONDS
        while self.server_state.connections and time.monotonic() < deadline:
            self._end_with_an_answer()
            await asyncio.sleep(LOOK_SECONDS)

    def _end_with_an_answer(self) -> None:
        for connection in self.server_state.connections:
            cast("LimitedProtocol", connection).close_after_answer()

    def leave(self, *, hand_over: bool = False) -> None:
        self.handing_over = hand_over
        self.should_exit = True


def settle() -> None:
    """What is there at the start stays: the collector need not look through it again and again.

    Modules and the schema are half a million objects; a page of tasks cost a third more with them (`python -m bench.list`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)


def configuration(app: Starlette, settings: Settings, limits: HttpLimits = DEADLINES) -> uvicorn.Config:
    """How uvicorn serves it. `limits`: the deadlines, and whatever else the settings do not say."""
    limits = replace(limits, connections=settings.max_connections, body_bytes=settings.max_body_bytes)
    return uvicorn.Config(
        app,
        http=limited(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=FINISH_SECONDS,
    )


def allow_files(connections: int) -> None:
    """Each connection is an open file, and a shell often allows 1,024: take what is needed, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + OTHER_FILES
    if soft not in (resource.RLIM_INFINITY, hard) and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def load(path: str) -> Create:
    """`package.module:function`."""
    module, name = path.split(":")
    return getattr(import_module(module), name)


def main() -> int:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    order = json.loads(sys.stdin.readline())
    settings = read_settings()
    configure(settings.log_format, settings.log_level)
    structlog.contextvars.bind_contextvars(process=order["number"])
    allow_files(settings.max_connections)
    try:
        app = load(order["app"])(settings, order["database_url"])
    except (SecretFileError, KindsError, OidcFileError) as error:
        print(str(error).replace("\n", " "), flush=True)
        return 2
    server = Server(configuration(app, settings), app)
    threading.Thread(target=_leave_with_the_supervisor, args=(server,), daemon=True).start()
    server.run([socket.socket(fileno=number) for number in order["sockets"]])
    return 0 if server.started else 1


def _leave_with_the_supervisor(server: Server) -> None:
    """Its word, or the end of its input: so we never outlive it."""
    server.leave(hand_over=sys.stdin.readline().strip() == HAND_OVER)


if __name__ == "__main__":
    sys.exit(main())
