"""Work that is a Python function which is not async: it runs in a process of its own, which can be killed.

engine/kinds/child_main.py is the other end of the line.
"""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.kinds.context import Context, PutDown
from engine.kinds.errors import WorkError
from engine.kinds.session import Program, Session

MAIN = Path(__file__).with_name("child_main.py")
LAST_WORDS_SECONDS = 5
LONGEST_MESSAGE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class InChild:
    """`function` is `package.module:function`; it is called with a context of its own process."""

    function: str

    async def run(self, ctx: Context) -> Any:
        """Start the process, and follow what it says until it is done. Killed when cancelled."""
        ours, theirs = socket.socketpair()
        with theirs:
            session = await Session.start(self._program(theirs.fileno()), _heard(ctx), ctx.orphanage)
        reader, writer = await asyncio.open_connection(sock=ours, limit=LONGEST_MESSAGE)
        try:
            return await _Conversation(ctx, session, reader, writer).follow()
        finally:
            writer.close()
            await session.end()

    def _program(self, descriptor: int) -> Program:
        return Program(
            argv=(sys.executable, "-P", str(MAIN), str(descriptor), self.function),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUNBUFFERED": "1"},
            cwd=Path.cwd(),
            files=(descriptor,),
        )


def _heard(ctx: Context) -> Callable[[str, str], None]:
    return lambda stream, line: ctx.log(line, stream)


@dataclass(slots=True)
class _Conversation:
    ctx: Context
    session: Session
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def follow(self) -> Any:
        journal, facts = self.ctx.journal, self.ctx.facts
        self._say(input=facts.input, state=journal.state, cursors=journal.cursors, key=facts.key)
        asking = asyncio.create_task(self._pass_wishes_on())
        try:
            async for text in self.reader:
                message = json.loads(text)
                if message["is"] in _ENDS:
                    await self._last_words()
                    return _ENDS[message["is"]](self._kept(message))
                await self._take(message)
        except (ConnectionError, ValueError, asyncio.IncompleteReadError) as error:
            raise WorkError(f"the function's process could not be followed: {error}") from error
        finally:
            asking.cancel()
        status = await self.session.wait()
        raise WorkError(f"the function's process {_ending(status)} before it was done")

    async def _take(self, message: Any) -> None:
        match message["is"]:
            case "log":
                self.ctx.log(message["text"], message["stream"])
            case "progress":
                self.ctx.progress(message["fraction"], message["note"])
            case "passed":
                self._kept(message)
                if message["total"]:
                    self.ctx.progress(
                        message["cursor"] / message["total"], f"{message['cursor']:,} of {message['total']:,}"
                    )
            case "checkpoint":
                self._kept(message)
                with suppress(PutDown):  # the function hears of it from us
                    await self.ctx.checkpoint(message["state"])
                self._say(**{"is": "saved"})
            case _:
                pass

    def _kept(self, message: Any) -> Any:
        self.ctx.journal.cursors = message["cursors"]
        self.ctx.journal.keep(message["state"])
        return message

    async def _pass_wishes_on(self) -> None:
        while True:
            await self.ctx.asked()
            self._say(**{"is": "stop"})
            await self.ctx.withdrawn()
            self._say(**{"is": "go"})

    async def _last_words(self) -> None:
        """What it printed last is read before it ends."""
        with suppress(TimeoutError):  # threads of its own may keep it from ending
            await asyncio.wait_for(self.session.wait(), LAST_WORDS_SECONDS)

    def _say(self, **message: Any) -> None:
        self.writer.write((json.dumps(message) + "\n").encode())


def _done(message: Any) -> Any:
    return message["result"]


def _stopped(message: Any) -> Any:
    raise PutDown


def _failed(message: Any) -> Any:
    raise WorkError(message["message"], final=message["final"])


_ENDS = {"done": _done, "stopped": _stopped, "failed": _failed}


def _ending(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
