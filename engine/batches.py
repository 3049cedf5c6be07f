"""Gathers what is asked at the same time into one statement: while one is under way, the next fills.

Alone, a question is asked at once; a thousand at a time cost a few round trips.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Batches(Generic[Q, A]):
    """`ask` answers many questions in their order, in one go; at most `largest` at a time."""

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], largest: int = 500) -> None:
        self._ask, self._largest = ask, largest
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def put(self, question: Q) -> A:
        """The answer. Raises what the batch raised that the question was in."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
            try:
                answers = await self._ask([question for question, _ in taken])
            except BaseException as error:
                for _, future in taken:
                    if not future.done():
                        future.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
                if not isinstance(error, Exception):
                    raise
            else:
                for (_, future), answer in zip(taken, answers, strict=True):
                    if not future.done():
                        future.set_result(answer)
