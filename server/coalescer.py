"""Questions that wait at the same time are asked together, in a round that starts after the last of them arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")


class Coalescer(Generic[Q, A]):
    """Turns a function that answers many questions at once into one that answers each.

    At most `rounds` run at a time; who arrives while all of them do waits for the next one, so that no answer is older than
    its question. Equal questions of a round are asked once. A round that fails fails for those who waited for it, and for no
    other.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], *, rounds: int = 1) -> None:
        self._ask = ask
        self._waiting: dict[Q, list[asyncio.Future[A]]] = {}
        self._free = rounds
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, question: Q) -> A:
        """The answer to one question, asked after this call."""
        return await self.ask(question)

    def ask(self, question: Q) -> asyncio.Future[A]:
        """The same as a future, which whoever asked has for themselves and may cancel."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[A] = loop.create_future()
        asked = self._waiting.get(question)
        if asked is not None:
            asked.append(answer)
            return answer
        if self._free and not self._waiting:
            self._free -= 1
            runner = loop.create_task(self._run())
            self._running.add(runner)
            runner.add_done_callback(self._running.discard)
        self._waiting[question] = [answer]
        return answer

    async def _run(self) -> None:
        """Rounds, one after the other, as long as somebody waits. The first begins when whoever is ready has asked."""
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, {}
                await self._round(batch)
        finally:
            self._free += 1

    async def _round(self, batch: dict[Q, list[asyncio.Future[A]]]) -> None:
        waiting = [future for futures in batch.values() for future in futures]
        try:
            answers = await self._ask(list(batch))
            for futures, answer in zip(batch.values(), answers, strict=True):
                for future in futures:
                    if not future.done():
                        future.set_result(answer)
        except Exception as error:  # whatever it is, it belongs to those who asked
            for future in waiting:
                if not future.done():
                    future.set_exception(error)
        finally:
            for future in waiting:
                future.cancel()  # only where the round itself was cancelled
