"""What the tasks of `make screenshots` do: much at first, then next to nothing, so that they hold still for a picture."""

import asyncio
import zlib

from engine.kinds import WorkError
from engine.kinds.context import Context

LINES = 12  # of the log, for the fast part


async def bring_in(ctx: Context) -> str:
    """As far as the name of the source says, at once; the rest takes longer than anybody looks."""
    source, records = ctx.input["source"], ctx.input["records"]
    soon = records if records < 5000 else records * (20 + zlib.crc32(source.encode()) % 70) // 100
    async for number in ctx.iterate(range(1, records + 1)):
        if number % max(1, soon // LINES) == 0:
            ctx.log(f"{number:,} of {records:,} records of {source}, 0 refused")
        if number > soon:
            await asyncio.sleep(2)
    return f"{records:,} records, 3 corrected"


async def compute(ctx: Context) -> str:
    """Begins, and is busy."""
    ctx.log(f"reading {ctx.input['period']}")
    await asyncio.sleep(3600)
    return "done"


async def fetch(ctx: Context) -> str:
    """The service is down."""
    ctx.log(f"GET {ctx.input['url']}")
    raise WorkError(f"503 from {ctx.input['url'].split('/')[2]} after 3 tries", final=True)
