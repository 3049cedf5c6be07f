"""A registry of alarms on the event loop's clock: at most one a key; set again moves it, drop forgets it.

It knows nothing of tasks or PostgreSQL. Alarms stand in buckets of ten milliseconds and ring at their bucket's end, never
early; one timer handle of the loop serves them all (a million `call_later` take 356 MB, this a fraction: bench/timers.py).
"""

import asyncio
import heapq
import math
from collections.abc import Hashable
from typing import Generic, TypeVar

BUCKETS_A_SECOND = 100
_COMPACT_FROM = 1024

K = TypeVar("K", bound=Hashable)


class Timers(Generic[K]):
    """Alarms of one event loop. Whoever waits in `rung` gets all that rang meanwhile, at once."""

    def __init__(self) -> None:
        self._bucket_of: dict[K, list[K]] = {}  # the bucket itself: a number would be one more object a key
        self._buckets: dict[int, list[K]] = {}  # may hold keys that were moved or dropped: `_bucket_of` decides
        self._order: list[int] = []  # a heap of the buckets' numbers
        self._stale = 0
        self._rung: list[K] = []
        self._some = asyncio.Event()
        self._handle: asyncio.TimerHandle | None = None
        self._handle_for = 0

    def __len__(self) -> int:
        return len(self._bucket_of)

    def __contains__(self, key: K) -> bool:
        return key in self._bucket_of

    def set(self, key: K, seconds: float) -> None:
        """Ring `key` in `seconds` (at once when they are over), and only then."""
        number = math.ceil((asyncio.get_running_loop().time() + max(0.0, seconds)) * BUCKETS_A_SECOND)
        bucket, before = self._buckets.get(number), self._bucket_of.get(key)
        if bucket is None:
            bucket = self._buckets[number] = []
            heapq.heappush(self._order, number)
        elif before is bucket:
            return
        if before is not None:
            self._stale += 1
        self._bucket_of[key] = bucket
        bucket.append(key)
        self._compact()
        self._wake()

    def drop(self, key: K) -> None:
        """Forget the alarm, if there is one."""
        if self._bucket_of.pop(key, None) is not None:
            self._stale += 1
            self._compact()

    async def rung(self) -> list[K]:
        """Wait until something rings; all keys that have rung since the last answer, each once."""
        await self._some.wait()
        self._some.clear()
        keys, self._rung = list(dict.fromkeys(self._rung)), []
        return keys

    def close(self) -> None:
        """Forget everything."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = None
        self._bucket_of.clear()
        self._buckets.clear()
        self._order.clear()

    def _wake(self) -> None:
        """Make sure that the loop calls when the first bucket ends."""
        if not self._order or (self._handle is not None and self._handle_for <= self._order[0]):
            return
        if self._handle is not None:
            self._handle.cancel()
        self._handle_for = self._order[0]
        self._handle = asyncio.get_running_loop().call_at(self._handle_for / BUCKETS_A_SECOND, self._ring)

    def _ring(self) -> None:
        self._handle = None
        now = asyncio.get_running_loop().time() * BUCKETS_A_SECOND
        while self._order and self._order[0] <= now + 1e-6:
            bucket = self._buckets.pop(heapq.heappop(self._order))
            for key in bucket:
                if self._bucket_of.get(key) is bucket:
                    del self._bucket_of[key]
                    self._rung.append(key)
                else:
                    self._stale -= 1
        if self._rung:
            self._some.set()
        self._wake()

    def _compact(self) -> None:
        """Throw out what was moved or dropped, once it is the greater part."""
        if self._stale < _COMPACT_FROM or self._stale < len(self._bucket_of):
            return
        for number, bucket in list(self._buckets.items()):
            bucket[:] = dict.fromkeys(key for key in bucket if self._bucket_of.get(key) is bucket)
            if not bucket:
                del self._buckets[number]
        self._order = list(self._buckets)
        heapq.heapify(self._order)
        self._stale = 0
