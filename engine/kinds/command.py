"""Work that is a command: an admin's argv template with typed parameters. Never a shell string.

A pause stops the whole session where it is (SIGSTOP), so that only this worker can go on with it.
"""

import asyncio
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.kinds.context import Context, PutDown, Wish
from engine.kinds.errors import WorkError
from engine.kinds.processes import members
from engine.kinds.session import Program, Session

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")  # nothing else of ours: our settings hold secrets


@dataclass(frozen=True, slots=True)
class Command:
    """`argv` and the values of `env` may hold {parameters}; `flags` say what a boolean parameter is written as when true."""

    argv: Sequence[str]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    flags: Mapping[str, str] = field(default_factory=dict[str, str])

    async def run(self, ctx: Context) -> Any:
        """Start it, log what it prints, and stop, continue or end it as it is wished. Its last line is the result."""
        last: dict[str, str] = {}

        def heard(stream: str, line: str) -> None:
            ctx.log(line, stream)
            if line.strip():
                last[stream] = line.strip()

        try:
            session = await Session.start(self.program(ctx), heard, ctx.orphanage)
        except OSError as error:
            raise WorkError(f"the command cannot be started: {error}") from error
        try:
            status = await _watch(session, ctx)
        finally:
            await session.end()
        return _outcome(status, last)

    def program(self, ctx: Context) -> Program:
        """What the templates say with the input of this task."""
        values = {**self.defaults, **ctx.input}
        given = {name: os.environ[name] for name in INHERITED if name in os.environ}
        own = {
            name: PLACEHOLDER.sub(lambda found: _text(values.get(found[1])), text) for name, text in self.env.items()
        }
        marks = {"FERMATA_TASK": str(ctx.facts.task_id), "FERMATA_KEY": ctx.facts.key}
        return Program(list(self._arguments(values)), {**given, **own, **marks}, self.cwd, self.limits)

    def _arguments(self, values: Mapping[str, Any]) -> list[str]:
        """An argument whose parameter was not given is left out."""
        arguments: list[str] = []
        for template in self.argv:
            names = PLACEHOLDER.findall(template)
            if len(names) == 1 and names[0] in self.flags:
                arguments += [self.flags[names[0]]] if values.get(names[0]) else []
            elif all(values.get(name) is not None for name in names):
                arguments.append(PLACEHOLDER.sub(lambda found: _text(values[found[1]]), template))
        return arguments


async def _watch(session: Session, ctx: Context) -> int:
    """The exit status; raises PutDown when it was ended as wished."""
    over = asyncio.create_task(session.wait())
    try:
        while await _asked_before(over, ctx):
            if ctx.wish is not Wish.PAUSE:
                session.terminate()
                await over
                raise PutDown
            await session.stop()
            if not members(session.pid):  # it was done before it could stop
                return await over
            await ctx.hold()
            if not ctx.stopping:
                session.go_on()
        return await over
    finally:
        over.cancel()
        with suppress(asyncio.CancelledError):
            await over


async def _asked_before(over: "asyncio.Task[int]", ctx: Context) -> bool:
    """Whether something is wished before the command is over."""
    asked = asyncio.create_task(ctx.asked())
    try:
        await asyncio.wait({over, asked}, return_when=asyncio.FIRST_COMPLETED)
        return asked.done() and not over.done()
    finally:
        asked.cancel()


def _outcome(status: int, last: Mapping[str, str]) -> str:
    if status == 0:
        return last.get("out", "")
    how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    words = last.get("err") or last.get("out")
    raise WorkError(f"the command {how}{': ' + words if words else ''}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
