"""The functions of bench/work.py: one that does nothing, one that says when it began."""

import time

from engine.kinds import Context


async def nothing(ctx: Context) -> None:
    """Does nothing."""


async def stamp(ctx: Context) -> str:
    """The machine's monotonic clock at the first line of the function, in nanoseconds: the same for all processes."""
    return str(time.clock_gettime_ns(time.CLOCK_MONOTONIC))
