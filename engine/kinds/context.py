"""What a running piece of work sees of the world: its input, what it has put down, and whether it is asked to stop.

It knows nothing of the database: the runner takes from it what is to be written, and tells it what is asked.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sized
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from engine.kinds.journal import Journal
from engine.kinds.orphans import Orphanage

T = TypeVar("T")


class Wish(StrEnum):
    """What the work is asked to do; the later ones overrule the earlier ones."""

    PAUSE = "PAUSE"  # put it down, it will go on
    DRAIN = "DRAIN"  # put it down, another worker goes on at once
    CANCEL = "CANCEL"  # stop, it will not go on
    TIME_OUT = "TIME_OUT"  # it has taken too long
    LOST = "LOST"  # the lease is someone else's: stop at once, write nothing


WISHES = tuple(Wish)
HARD = frozenset({Wish.TIME_OUT, Wish.LOST})  # no time to put anything down


class PutDown(Exception):
    """The work was asked to stop and has stopped. Let it pass: whoever catches it must raise it again."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change while it runs. `key` is the same whenever this run is tried again: an idempotency key."""

    task_id: UUID
    attempt: int
    input: Any  # JSON: what the kind's schema allows
    key: str


LOOK_SECONDS = 1.0  # how often an answer is looked for that is called back


async def _nothing() -> None:
    """What a context does that nobody serves."""


async def _no_answer(step: int) -> str | None:
    return None


class Context:
    """Given to every piece of work. `state` is what `checkpoint` was last given, here or on another worker; None at first."""

    def __init__(self, facts: Facts, journal: Journal, orphanage: Orphanage | None = None) -> None:
        self.facts, self.journal, self.orphanage = facts, journal, orphanage
        self.wish: Wish | None = None
        self._save: Callable[[], Awaitable[None]] = _nothing
        self._hold: Callable[[], Awaitable[None]] = _nothing
        self._find: Callable[[int], Awaitable[str | None]] = _no_answer
        self._asked, self._withdrawn = asyncio.Event(), asyncio.Event()
        self._iterating = False

    def serve(
        self,
        *,
        save: Callable[[], Awaitable[None]],
        hold: Callable[[], Awaitable[None]],
        find: Callable[[int], Awaitable[str | None]] = _no_answer,
    ) -> None:
        """Who writes the journal down, who waits while the work stands still in place, and who finds answers called back."""
        self._save, self._hold, self._find = save, hold, find

    @property
    def input(self) -> Any:
        """The task's input, valid by the kind's schema."""
        return self.facts.input

    @property
    def state(self) -> Any:
        """What the last checkpoint holds; None when there is none."""
        return self.journal.state

    def key(self, step: object = "") -> str:
        """An idempotency key for a step: the same when the step is done again after a crash."""
        return f"{self.facts.key}:{step}" if step != "" else self.facts.key

    @property
    def stopping(self) -> bool:
        """Whether the work is asked to stop."""
        return self.wish is not None

    def progress(self, fraction: float | None, note: str | None = None) -> None:
        """How far it is: 0 to 1, and a few words. Written at most once a second."""
        self.journal.advance(fraction, note)

    def log(self, text: str, stream: str = "log") -> None:
        """One line, or several, for the task's log."""
        self.journal.log(text, stream)

    async def checkpoint(self, state: Any) -> None:
        """Keep `state` (JSON) for good. Raises PutDown when the work is asked to stop, inside a loop at the end of its item."""
        self.journal.keep(state)
        await self._save()
        if not self._iterating:
            self.stop_if_asked()

    def remember(self, state: Any) -> None:
        """Keep `state` (JSON) with the next cursor that is written, within about a second."""
        self.journal.keep(state)

    async def iterate(self, items: Iterable[T]) -> AsyncIterator[T]:
        """The items that are not done yet. An item counts as done when the next one is asked for.

        Loops are told apart by their order, so that they may follow each other, but not hold each other.
        """
        if self._iterating:
            raise RuntimeError("a loop of ctx.iterate inside another one has no cursor of its own")
        loop, total = self.journal.next_loop(), len(items) if isinstance(items, Sized) else None
        self._iterating = True
        try:
            for index, item in enumerate(items):
                if index < loop.cursor:
                    continue
                self.stop_if_asked()
                yield item
                self.journal.passed(loop, index + 1, total)
                await asyncio.sleep(0)  # a loop that never waits would keep everything else from running
        finally:
            self._iterating = False
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Raises PutDown when the work is asked to stop."""
        if self.wish is not None:
            raise PutDown

    async def asked(self) -> Wish:
        """Wait until the work is asked to stop, and how."""
        while self.wish is None:
            await self._asked.wait()
        return self.wish

    async def withdrawn(self) -> None:
        """Wait until the work is no longer asked to stop."""
        while self.wish is not None:
            await self._withdrawn.wait()

    async def called_back(self, step: int) -> str:
        """Wait for the answer that is called back for a step. Raises PutDown when the work is asked to stop."""
        while (answer := await self._find(step)) is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.asked(), LOOK_SECONDS)
            self.stop_if_asked()
        return answer

    async def hold(self) -> None:
        """Say that the work stands still where it is, and wait until it may go on, or something else is wished."""
        await self._hold()

    def ask(self, wish: Wish) -> None:
        """Ask the work to stop. A weaker wish does not replace a stronger one."""
        if self.wish is None or WISHES.index(wish) > WISHES.index(self.wish):
            self.wish = wish
            self._asked.set()
            self._withdrawn.clear()

    def withdraw(self) -> None:
        """A pause is no longer asked for. What is stronger stays."""
        if self.wish is Wish.PAUSE:
            self.wish = None
            self._asked.clear()
            self._withdrawn.set()
