"""The line before the places: who finds none free waits for one, for half a second at most, in the order of coming.

Without it those who come at the same moment would be refused at the same moment, told to come again at the same moment, and
find the places full when they come, while nobody uses them in between. The wait also slows down who asks again at once, instead
of when it was told to. It is bounded in time, in number, and in the bytes that it keeps.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto

from starlette.types import Message, Receive

LONGEST = 0.5  # seconds; within a second everyone has heard, also where the process is late
MOST = 4000  # that wait at once
MOST_BYTES = 16_000_000  # of bodies that wait at once


class Word(Enum):
    """What is to be done with a request now."""

    ENTER = auto()  # it has a place, which has to be given back
    REFUSE = auto()
    REFUSE_AND_CLOSE = auto()  # too many wait: a connection that is not kept asks nothing again by itself
    DROP = auto()  # the client has gone


@dataclass(slots=True, eq=False)
class _Waiting:
    """One request that waits."""

    timer: asyncio.Timeout
    size: int  # bytes that are kept of it
    called: bool = False  # it has a place


class Line:
    """So many places, and who waits for one."""

    def __init__(
        self, places: int, *, longest: float = LONGEST, most: int = MOST, most_bytes: int = MOST_BYTES
    ) -> None:
        self.places = places
        self._longest, self._most, self._most_bytes = longest, most, most_bytes
        self._taken = self._bytes = 0
        self._waiting: OrderedDict[_Waiting, None] = OrderedDict()  # the first has waited the longest
        self._hopeless: set[_Waiting] = set()  # their bodies were not kept
        self._released = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting) + len(self._hopeless)

    async def enter(self, arrived: list[Message], receive: Receive) -> Word:
        """A place at once, or what came of waiting. `arrived`: a request's body, to be handed on; it is emptied when nobody will
        read it. `receive`: what may still come is its end."""
        if self._taken < self.places:
            self._taken += 1
            return Word.ENTER
        if self._released or len(self) >= self._most:
            arrived.clear()
            return Word.REFUSE if self._released else Word.REFUSE_AND_CLOSE
        one = _Waiting(asyncio.timeout(self._longest), sum(len(message.get("body", b"")) for message in arrived))
        self._stand(one, arrived)
        word = Word.DROP
        try:
            async with one.timer:
                while (message := await receive())["type"] != "http.disconnect":
                    arrived.append(message)  # an empty body of a request that has none
        except TimeoutError:
            word = Word.ENTER if one.called else Word.REFUSE
        finally:
            self._go(one, keeps=word is Word.ENTER)
        if word is not Word.ENTER:
            arrived.clear()
        return word

    def leave(self) -> None:
        """A place is free: it is that of the first who waits."""
        while self._waiting:
            one, _ = self._waiting.popitem(last=False)
            self._bytes -= one.size
            if not one.timer.expired():
                one.called = True
                one.timer.reschedule(0.0)
                return
        self._taken -= 1

    def release(self) -> None:
        """Let all hear now that there is no place, and from now on at once: the process leaves."""
        self._released = True
        for one in (*self._waiting, *self._hopeless):
            if not one.timer.expired():
                one.timer.reschedule(0.0)

    def _stand(self, one: _Waiting, arrived: list[Message]) -> None:
        if self._bytes + one.size > self._most_bytes:
            arrived.clear()
            self._hopeless.add(one)
            return
        self._bytes += one.size
        self._waiting[one] = None

    def _go(self, one: _Waiting, *, keeps: bool) -> None:
        """Out of the line, for whatever reason."""
        self._hopeless.discard(one)
        if one in self._waiting:
            del self._waiting[one]
            self._bytes -= one.size
        if one.called and not keeps:
            self.leave()
