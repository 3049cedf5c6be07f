"""Keeps server processes running on shared sockets: starts them, replaces the dead, restarts them in turn, stops them.

Knows nothing of what they serve. A process is told what it needs in one JSON line on its standard input, says
`ready` (or why it cannot be) on its standard output, and leaves when that input ends: so none outlives a supervisor
that was killed. Before that end it may be told to hand over.
"""

import asyncio
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 90.0
STOP_SECONDS = 10.0
RELIEF_SECONDS = 20.0
DYING_SECONDS = 5.0
FIRST_PAUSE, LONGEST_PAUSE, HEALTHY_SECONDS = 0.2, 10.0, 30.0

log = structlog.stdlib.get_logger("supervisor")


class ChildFailedError(Exception):
    """A process ended before it was ready: for the reason that it gave, else with an exit code and a trace in the log."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said or f"a server process ended with code {code} before it was ready; the log says why")


@dataclass(frozen=True)
class Order:
    """What every process gets: the module to run, and what it reads."""

    module: str
    message: Mapping[str, object]
    environment: Mapping[str, str]
    sockets: Sequence[socket.socket]
    ended: Callable[[int], None] = lambda pid: None  # clears up behind a process that is gone


@dataclass
class Slot:
    number: int
    process: asyncio.subprocess.Process


class Supervisor:
    def __init__(self, order: Order, count: int) -> None:
        self._order = order
        self._count = count
        self._slots: list[Slot] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._keepers: list[asyncio.Task[None]] = []
        self._rolling = asyncio.Lock()
        self._stopping = False

    async def start(self) -> None:
        """Returns when all are ready. Raises ChildFailedError."""
        processes = await asyncio.gather(*(self._begin(number) for number in range(self._count)))
        self._slots = [Slot(number, process) for number, process in enumerate(processes)]
        self._keepers = [asyncio.create_task(self._keep(slot)) for slot in self._slots]

    async def roll(self) -> None:
        """Replaces each process in turn; the old one leaves when the new one is ready."""
        async with self._rolling:
            for slot in self._slots:
                try:
                    fresh = await self._begin(slot.number)
                except ChildFailedError as error:
                    log.error("rolling restart given up, the rest goes on as it was", why=str(error))
                    return
                old, slot.process = slot.process, fresh
                await _relieve(old)
            log.info("all processes are new", count=self._count)

    async def stop(self) -> None:
        """Asks all to leave, and makes those leave that have not after 10 s."""
        self._stopping = True
        for taken in self._order.sockets:
            taken.close()
        for process in self._all:
            _signal(process)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await asyncio.gather(*(process.wait() for process in list(self._all)))
        for process in self._all:
            _signal(process, kill=True)
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, *(process.wait() for process in list(self._all)), return_exceptions=True)

    async def _begin(self, number: int) -> asyncio.subprocess.Process:
        order = self._order
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            order.module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=[shared.fileno() for shared in order.sockets],
            env={**os.environ, **order.environment, "PYTHONPATH": _path()},
            start_new_session=True,  # a Ctrl-C in the terminal is for us; we tell them
        )
        self._all.add(process)
        assert process.stdin is not None
        assert process.stdout is not None
        sockets = [shared.fileno() for shared in order.sockets]
        process.stdin.write(json.dumps({**order.message, "number": number, "sockets": sockets}).encode() + b"\n")
        said = b""
        with suppress(TimeoutError):
            async with asyncio.timeout(READY_SECONDS):
                said = await process.stdout.readline()
        if said.strip() == b"ready":
            return process
        code = await _gone(process, kill=not said)
        self._all.discard(process)
        raise ChildFailedError(said.decode().strip(), code)

    async def _keep(self, slot: Slot) -> None:
        pause = FIRST_PAUSE
        while True:
            process, began = slot.process, time.monotonic()
            code = await process.wait()
            self._all.discard(process)
            self._order.ended(process.pid)
            if self._stopping:
                return
            if slot.process is not process:
                continue  # replaced on purpose
            pause = FIRST_PAUSE if time.monotonic() - began > HEALTHY_SECONDS else pause
            log.warning("a server process ended, another one begins", number=slot.number, code=code, pause=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if slot.process is process:
                with suppress(ChildFailedError):
                    slot.process = await self._begin(slot.number)


async def _gone(process: asyncio.subprocess.Process, *, kill: bool) -> int:
    """Its code. It is dying already, mostly: a signal to one that is dead takes its code away (subprocess looks first)."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DYING_SECONDS):
            return await process.wait()
    _signal(process, kill=kill)
    return await process.wait()


async def _relieve(process: asyncio.subprocess.Process) -> None:
    """Another process serves in its place: it may take its time with the connections that it has, but not for ever."""
    assert process.stdin is not None
    process.stdin.write(b"hand over\n")
    try:
        async with asyncio.timeout(RELIEF_SECONDS):
            await process.wait()
    except TimeoutError:
        _signal(process, kill=True)
        await process.wait()


def _signal(process: asyncio.subprocess.Process, *, kill: bool = False) -> None:
    with suppress(ProcessLookupError):
        if kill:
            process.kill()
        else:
            process.terminate()


def _path() -> str:
    return os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
