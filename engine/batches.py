"""Gathers what is asked at the same time into one statement: while one is under way, the next fills.

Alone, a question is asked at once; a thousand at a time cost a few round trips.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

LONGEST_PAUSE = 0.005  # seconds

Q = TypeVar("Q")
A = TypeVar("A")


class Batches(Generic[Q, A]):
    """`ask` answers many questions in their order, in one go; at most `largest` at a time.

    `patience`: for this part of what the last one took the next one waits for more. Who is answered together asks together
    again: without it two groups that once came one after the other would go on so for ever, each with statements of its own.
    """

    def __init__(
        self, ask: Callable[[Sequence[Q]], Awaitable[Sequence[A]]], largest: int = 500, patience: float = 0.0
    ) -> None:
        self._ask, self._largest, self._patience = ask, largest, patience
        self._took = 0.0
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
            if pause := min(LONGEST_PAUSE, self._patience * self._took):
                await asyncio.sleep(pause)
            began = time.monotonic()
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
                self._took = time.monotonic() - began
                for (_, future), answer in zip(taken, answers, strict=True):
                    if not future.done():
                        future.set_result(answer)
