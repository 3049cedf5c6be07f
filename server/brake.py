"""How long a refusal waits until it is said: those who ask again at once, instead of when they were told to, are slowed down by it.

A refusal that is said at once costs little, but whoever asks again as soon as it is heard makes thousands a second of them. So
they go out at a pace, the first few at once, and each within `LONGEST` seconds; what waits is a timer, a connection and 4 kB.
"""

import asyncio
from enum import Enum, auto

from starlette.types import Receive

PACE = 100  # a second
AT_ONCE = 20  # before the pace counts
LONGEST = 0.6  # seconds; within a second everyone has heard, also where the process is late
MOST = 4000  # that wait at once


class Word(Enum):
    """What is to be done with a refusal now."""

    SAY = auto()
    SAY_AND_CLOSE = auto()  # too many wait: a connection that is not kept asks nothing again by itself
    DROP = auto()  # the client has gone


class Brake:
    """Holds refusals back."""

    def __init__(
        self, *, pace: float = PACE, at_once: int = AT_ONCE, longest: float = LONGEST, most: int = MOST
    ) -> None:
        self._gap = 1 / pace
        self._credit = at_once / pace
        self._longest = longest
        self._most = most
        self._due = 0.0  # of the loop's clock: when the last one was or will be said, by the pace
        self._held: set[asyncio.Timeout] = set()
        self._released = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._held)

    async def hold(self, receive: Receive) -> Word:
        """Wait until this one may be said. `receive`: of a request that has arrived as a whole, so that only its end may come."""
        now = asyncio.get_running_loop().time()
        self._due = min(max(now - self._credit, self._due) + self._gap, now + self._longest)
        if self._due <= now or self._released:
            return Word.SAY
        if len(self._held) >= self._most:
            return Word.SAY_AND_CLOSE
        timer = asyncio.timeout_at(self._due)
        try:
            async with timer:
                self._held.add(timer)
                while (await receive())["type"] != "http.disconnect":
                    pass  # an empty body of a request that has none
        except TimeoutError:
            return Word.SAY
        finally:
            self._held.discard(timer)
        return Word.DROP

    def release(self) -> None:
        """Let all be said now, and from now on at once: the process leaves."""
        self._released = True
        for timer in self._held:
            if not timer.expired():
                timer.reschedule(0.0)
