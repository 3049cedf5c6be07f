"""A hand on PostgreSQL beside the servers: ends their connections, and notes when it stood and when it was away."""

import asyncio
import random
import time
from typing import Any

import asyncpg

LOOK_SECONDS = 0.05
# asyncpg raises InternalClientError on a connection that breaks at a bad moment
FAILURES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_END = """
    select pg_terminate_backend(pid), state = 'active', application_name
    from (
        select pid, state, application_name from pg_stat_activity
        where backend_type = 'client backend' and application_name like 'fermata%' and pid <> pg_backend_pid()
        order by ($1 and state = 'active') desc, random() limit 1
    ) as chosen
"""


class Hand:
    """`away` are the times, of the host's clock, in which PostgreSQL did not answer: from, to."""

    def __init__(self, url: str, luck: random.Random) -> None:
        self._url, self._luck = url, luck
        self.away: list[tuple[float, float]] = []
        self.at_work = 0  # connections ended with a statement under way
        self._down = False
        self._opened: Any = None  # asyncpg has no types
        self._busy = asyncio.Lock()

    async def watch(self, over: asyncio.Event) -> None:
        """Ask again and again whether it is there."""
        stood = time.time()
        while not over.is_set():
            if await self._ask("select 1"):
                if self._down:
                    self.away.append((stood, time.time()))
                stood, self._down = time.time(), False
            else:
                self._down = True
            await asyncio.sleep(LOOK_SECONDS)
        await self.close()

    async def terminate(self) -> str | None:
        """End one connection of a server, half of the time one that is at work, where there is one: the name that it goes by."""
        found = await self._ask(_END, self._luck.random() < 0.5)
        if not found or not found[0][0]:
            return None
        self.at_work += bool(found[0][1])
        return str(found[0][2])

    async def close(self) -> None:
        """Let go."""
        if self._opened is not None:
            await self._opened.close()

    async def _ask(self, query: str, *arguments: object) -> list[Any] | None:
        """The rows; None while it is away."""
        async with self._busy:
            try:
                if self._opened is None or self._opened.is_closed():
                    settings = {"application_name": "storm"}
                    connect: Any = asyncpg.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - no types
                    self._opened = await connect(self._url, timeout=5, server_settings=settings)
                return await self._opened.fetch(query, *arguments, timeout=10)
            except FAILURES:
                if self._opened is not None:
                    self._opened.terminate()
                self._opened = None
        return None
