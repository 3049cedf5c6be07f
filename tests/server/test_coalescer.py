"""Questions that wait at the same time share a round, and no answer is older than its question."""

import asyncio
from collections.abc import Sequence

import pytest

from server.coalescer import Coalescer


class Rounds:
    """Answers each question with itself doubled, when the test lets it."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.gate = asyncio.Event()
        self.started = asyncio.Event()
        self.failure: Exception | None = None

    async def __call__(self, questions: Sequence[int]) -> list[int]:
        self.asked.append(list(questions))
        self.started.set()
        await self.gate.wait()
        if self.failure:
            raise self.failure
        return [2 * question for question in questions]


async def test_questions_of_the_same_moment_are_one_round_and_equal_ones_are_asked_once() -> None:
    rounds = Rounds()
    rounds.gate.set()
    ask = Coalescer(rounds)
    assert await asyncio.gather(ask(1), ask(2), ask(1)) == [2, 4, 2]
    assert rounds.asked == [[1, 2]]


async def test_who_comes_while_a_round_runs_waits_for_one_that_starts_afterwards() -> None:
    rounds = Rounds()
    ask = Coalescer(rounds)
    first = asyncio.create_task(ask(1))
    await rounds.started.wait()
    later = [asyncio.create_task(ask(number)) for number in (1, 3)]
    await asyncio.sleep(0)
    assert rounds.asked == [[1]]
    rounds.gate.set()
    assert [await first, *[await task for task in later]] == [2, 2, 6]
    assert rounds.asked == [[1], [1, 3]]


async def test_a_round_that_fails_fails_only_for_those_who_waited_for_it() -> None:
    rounds = Rounds()
    rounds.failure = ConnectionError("away")
    ask = Coalescer(rounds)
    first = [asyncio.create_task(ask(number)) for number in (1, 2)]
    await rounds.started.wait()
    later = asyncio.create_task(ask(3))
    await asyncio.sleep(0)
    rounds.gate.set()
    for task in first:
        with pytest.raises(ConnectionError):
            await task
    with pytest.raises(ConnectionError):
        await later
    rounds.failure = None
    assert await ask(4) == 8


async def test_who_gives_up_does_not_take_the_others_along() -> None:
    rounds = Rounds()
    ask = Coalescer(rounds)
    impatient, patient = asyncio.create_task(ask(1)), asyncio.create_task(ask(1))
    await rounds.started.wait()
    impatient.cancel()
    rounds.gate.set()
    assert await patient == 2
    with pytest.raises(asyncio.CancelledError):
        await impatient
