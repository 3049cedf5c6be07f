"""Questions that wait at the same time are asked together, in a round that starts after the last of them arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")


class Coalescer(Generic[Q, A]):
    """Turns a function that answers many questions at once into one that answers each.

    One round runs at a time; who arrives meanwhile waits for the next, so that no answer is older than its question.
    Equal questions of a round are asked once. A round that fails fails for those who waited for it, and for no other.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]]) -> None:
        self._ask = ask
        self._waiting: dict[Q, list[asyncio.Future[A]]] = {}
        self._rounds: asyncio.Task[None] | None = None

    async def __call__(self, question: Q) -> A:
        """The answer to one question, asked after this call."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(question, []).append(answer)
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, {}
                await self._round(batch)
        finally:
            self._rounds = None

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
