"""What runs beside the requests of a process: each part on its own, started again when it falls, stopped with the process."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager

from engine.repeating import Repeating

Part = Callable[[], Coroutine[None, None, None]]


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
    async def through() -> None:
        await part()
        keeping.finish()

    keeping = Repeating(f"the part {name}", through)
    await keeping.run()
