"""Reads a thing once for all fields of an answer that ask for it."""

from asyncio import Future, ensure_future, shield
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Once:
    """Remembers what was read, by a key that says what it is."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Future[Any]] = {}  # of any result: each call types its own

    async def __call__(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """What `read` gives, the first time that it is asked for."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = ensure_future(read())
        return await lent(found)


async def lent(found: Future[T]) -> T:
    """What is read for several. One who gives up must not take it from the others; a failure that nobody waits for is no one's."""
    found.add_done_callback(_heard)
    return await shield(found)


def _heard(found: Future[Any]) -> None:
    """Else asyncio would complain of an exception that was never retrieved."""
    if not found.cancelled():
        found.exception()
