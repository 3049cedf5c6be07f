"""The functions of bench/work.py and bench/prove_work.py."""

import asyncio
import os
import signal
import time
from pathlib import Path

from engine.kinds import Context


async def nothing(ctx: Context) -> None:
    """Does nothing."""


async def stamp(ctx: Context) -> str:
    """The machine's monotonic clock at the first line of the function, in nanoseconds: the same for all processes."""
    return str(time.clock_gettime_ns(time.CLOCK_MONOTONIC))


async def marks(ctx: Context) -> str:
    """Writes that it begins, and then the number of each item, into a file of the task's own."""
    file = Path(ctx.input["folder"]) / str(ctx.facts.task_id)
    with file.open("a") as mark:
        mark.write("begin\n")
    async for number in ctx.iterate(range(ctx.input["count"])):
        await asyncio.sleep(0.02)
        with file.open("a") as mark:
            mark.write(f"{number}\n")
    return "all done"


async def fatal(ctx: Context) -> None:
    """Ends the worker that it runs on, as code that crashes does."""
    os.kill(os.getpid(), signal.SIGKILL)
