"""A program in a session of its own: its lines as they come, stopping it where it is, and an end that leaves nothing behind."""

import asyncio
import fcntl
import json
import os
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.kinds.orphans import Orphanage
from engine.kinds.processes import members, send, sleeps_in_kernel, stands_still

LAUNCHER = Path(__file__).with_name("launcher.py")
LOOK_SECONDS = 0.005
LAST_WORDS_SECONDS = 2
STOP_TRIES = 20
CHUNK = 65_536
LONGEST_LINE = 4_096  # what is longer is kept as several lines


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: never a shell string. `limits` are names of the resource module with their values."""

    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    files: tuple[int, ...] = ()  # descriptors that it inherits


class Session:
    """A started program. `start` gives one; `end` must be called whatever happens."""

    def __init__(self, child: asyncio.subprocess.Process, readers: list["_Lines"], orphanage: Orphanage | None) -> None:
        self._child, self._readers, self._orphanage = child, readers, orphanage
        self.pid = child.pid
        if orphanage is not None:
            orphanage.note(self.pid)

    @classmethod
    async def start(
        cls, program: Program, heard: Callable[[str, str], None], orphanage: Orphanage | None = None
    ) -> "Session":
        """Start it; `heard(stream, line)` is called with each line. A program that cannot be run ends with 127."""
        readers = [_Lines("out", heard), _Lines("err", heard)]
        launch = (sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(dict(program.limits)), str(os.getpid()))
        try:
            child = await asyncio.create_subprocess_exec(
                *launch,
                *program.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=readers[0].writer,
                stderr=readers[1].writer,
                env=dict(program.env),
                cwd=program.cwd,
                pass_fds=program.files,
                start_new_session=True,
            )
        finally:
            for reader in readers:
                os.close(reader.writer)
        for reader in readers:
            reader.begin()
        return cls(child, readers, orphanage)

    async def wait(self) -> int:
        """The exit status of the program (negative: the signal that killed it), when all that it printed has been read."""
        status = await self._child.wait()
        send(self.pid, signal.SIGKILL)  # what it has left running does not outlive it
        for reader in self._readers:
            with suppress(TimeoutError):  # something that left the session may hold the pipe for ever
                await asyncio.wait_for(reader.over(), LAST_WORDS_SECONDS)
        return status

    async def stop(self) -> None:
        """Every process of the session stands still when this returns, and what it had printed has been read."""
        for left in reversed(range(STOP_TRIES)):
            await self._stop_once()
            if not left or not sleeps_in_kernel(self.pid):
                break
            self.go_on()  # a stopped child of vfork would keep its parent in the kernel for ever
            await asyncio.sleep(LOOK_SECONDS)
        for reader in self._readers:
            await reader.caught_up()

    async def _stop_once(self) -> None:
        send(self.pid, signal.SIGSTOP)
        while not stands_still(self.pid):
            await asyncio.sleep(LOOK_SECONDS)
            send(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run again."""
        send(self.pid, signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to end; a stopped session hears that only when it goes on."""
        send(self.pid, signal.SIGTERM)
        send(self.pid, signal.SIGCONT)

    async def end(self) -> None:
        """Kill what is left of it."""
        while members(self.pid) or self._child.returncode is None:
            send(self.pid, signal.SIGKILL)
            if self._child.returncode is None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._child.wait(), 1)
            else:
                await asyncio.sleep(LOOK_SECONDS)
        for reader in self._readers:
            reader.close()
        if self._orphanage is not None:
            self._orphanage.forget(self.pid)


class _Lines:
    """One stream of the program, cut into lines."""

    def __init__(self, stream: str, heard: Callable[[str, str], None]) -> None:
        self._stream, self._heard = stream, heard
        self._reader, self.writer = os.pipe()
        self._rest = b""
        self._over = asyncio.Event()
        os.set_blocking(self._reader, False)

    def begin(self) -> None:
        """Read from now on."""
        asyncio.get_running_loop().add_reader(self._reader, self._ready)

    def close(self) -> None:
        """Read no further."""
        if not self._over.is_set():
            self._finish()

    async def over(self) -> None:
        """Wait until the other end is closed and everything is read."""
        await self._over.wait()

    async def caught_up(self) -> None:
        """Wait until nothing is left in the pipe."""
        while not self._over.is_set() and _waiting(self._reader):  # the loop reads it  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)

    def _ready(self) -> None:
        try:
            chunk = os.read(self._reader, CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            self._finish()
            return
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._say(line)
        while len(self._rest) > LONGEST_LINE:
            self._say(self._rest[:LONGEST_LINE])
            self._rest = self._rest[LONGEST_LINE:]

    def _say(self, line: bytes) -> None:
        self._heard(self._stream, line.decode("utf-8", "replace").rstrip("\r"))

    def _finish(self) -> None:
        asyncio.get_running_loop().remove_reader(self._reader)
        os.close(self._reader)
        if self._rest:
            self._say(self._rest)
        self._over.set()


def _waiting(pipe: int) -> int:
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
