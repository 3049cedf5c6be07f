"""What runs beside the requests of a process: each part on its own, started again when it falls, stopped with the process."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager

import structlog

Part = Callable[[], Coroutine[None, None, None]]

FIRST_WAIT = 0.5  # seconds before a part that fell is started again; doubled each time
LONGEST_WAIT = 30.0

log = structlog.get_logger(__name__)


@asynccontextmanager
async def running(parts: Mapping[str, Part]) -> AsyncGenerator[None]:
    """Run the parts, by name, until the end; then cancel them and wait until they have left."""
    tasks = [asyncio.create_task(_keep(name, part), name=name) for name, part in parts.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep(name: str, part: Part) -> None:
    wait = FIRST_WAIT
    while True:
        try:
            await part()
            return
        except Exception:
            log.exception("a part of the server fell", part=name, again_in_seconds=wait)
        await asyncio.sleep(wait)
        wait = min(LONGEST_WAIT, wait * 2)
