"""The snapshot of a request: taken once, before its first read, and shared by all that is read for it.

What a later statement sees in addition is sent again next time, never missed (design.md §4).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class Revision:
    """The first caller takes the snapshot; everyone else waits for that one, so that no read comes before it."""

    def __init__(self, take: Callable[[], Awaitable[str]]) -> None:
        self._take = take
        self._lock = asyncio.Lock()
        self._taken: str | None = None

    async def __call__(self) -> str:
        """The revision, taken before this returns and before anything that is read after it."""
        if self._taken is None:
            async with self._lock:
                if self._taken is None:
                    self._taken = await self._take()
        return self._taken

    async def of(self, read: Callable[[], Awaitable[T]], revision: Callable[[T], str | None]) -> T:
        """What `read` gives. When it is the first read, the snapshot of its own statement is that of the request."""
        if self._taken is not None:
            return await read()
        async with self._lock:
            found = await read()
            if self._taken is None:
                self._taken = revision(found)
            return found
