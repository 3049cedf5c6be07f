"""Questions that come at the same time are asked in one go, and whoever was answered together is waited for."""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from engine import batches
from engine.batches import LONGEST_PAUSE, Batches


class Desk:
    """Doubles numbers, and remembers which were asked together. Each answer takes `seconds` by its own clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float, patience: float) -> None:
        self.asked: list[list[int]] = []
        self.pauses: list[float] = []
        self.late: list[asyncio.Task[int]] = []
        self._now, self._seconds = 0.0, seconds
        self.batches = Batches(self._answer, patience=patience)
        monkeypatch.setattr(batches, "time", SimpleNamespace(monotonic=lambda: self._now))
        monkeypatch.setattr(batches.asyncio, "sleep", self._pause)

    async def _answer(self, questions: Sequence[int]) -> list[int]:
        self.asked.append(list(questions))
        self._now += self._seconds
        return [2 * question for question in questions]

    async def _pause(self, seconds: float) -> None:
        """Somebody comes while it is waited."""
        self.pauses.append(seconds)
        self.late.append(asyncio.ensure_future(self.batches.put(9)))
        turn = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(turn.set_result, None)
        await turn


async def test_the_first_question_waits_for_nobody_and_the_next_a_part_of_what_that_took(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, seconds=0.004, patience=0.5)
    assert await desk.batches.put(1) == 2
    assert (desk.asked, desk.pauses) == ([[1]], [])
    assert await desk.batches.put(2) == 4
    assert desk.pauses == [0.002]
    assert desk.asked == [[1], [2, 9]]
    assert await asyncio.gather(*desk.late) == [18]


async def test_patience_has_an_end_however_long_the_last_one_took(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, seconds=60.0, patience=0.5)
    await desk.batches.put(1)
    await desk.batches.put(2)
    assert desk.pauses == [LONGEST_PAUSE]
    await asyncio.gather(*desk.late)


async def test_without_patience_a_question_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, seconds=0.004, patience=0.0)
    assert await asyncio.gather(*map(desk.batches.put, (1, 2))) == [2, 4]
    assert await desk.batches.put(3) == 6
    assert (desk.asked, desk.pauses) == ([[1, 2], [3]], [])


async def test_a_failure_is_told_to_all_who_were_asked_together_and_the_next_is_asked_again() -> None:
    asked: list[list[int]] = []

    async def answer(questions: Sequence[int]) -> list[int]:
        asked.append(list(questions))
        if len(asked) == 1:
            raise ValueError("broken")
        return list(questions)

    both = Batches(answer)
    assert [str(one) for one in await asyncio.gather(both.put(1), both.put(2), return_exceptions=True)] == [
        "broken"
    ] * 2
    assert await both.put(3) == 3
    assert asked == [[1, 2], [3]]
