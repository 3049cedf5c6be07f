"""A step that is done again and again: nothing ends it, failures slow it down, and each row of them is said once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import chain, repeat

import pytest
from structlog.testing import capture_logs

from engine import repeating
from engine.repeating import Repeating
from models.database import Unavailable


@asynccontextmanager
async def under_way(what: Repeating) -> AsyncGenerator[asyncio.Task[None]]:
    task = asyncio.create_task(what.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


class Step:
    """Raises one after the other what it was given, None is no failure."""

    def __init__(self, *failures: Exception | None) -> None:
        self.failures = chain(failures, repeat(None))
        self.through = asyncio.Event()

    async def __call__(self) -> None:
        if (failure := next(self.failures)) is not None:
            raise failure
        self.through.set()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What would have been waited between the steps; nothing is."""
    found: list[float] = []

    async def happened(event: asyncio.Event, seconds: float) -> None:
        found.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(repeating, "happened", happened)
    return found


async def reached(event: asyncio.Event) -> None:
    async with asyncio.timeout(30):
        await event.wait()


async def test_failures_make_the_wait_longer_up_to_the_longest_and_success_makes_it_short_again(
    waits: list[float],
) -> None:
    step = Step(*[Unavailable()] * 4, None, Unavailable())
    again = asyncio.Event()

    async def counted() -> None:
        try:
            await step()
        finally:
            if len(waits) >= 7:
                again.set()

    async with under_way(Repeating("it", counted, 0.25, longest=3.0)):
        await reached(again)
    assert waits[:7] == [0.5, 1.0, 2.0, 3.0, 0.25, 0.5, 0.25]


async def test_each_row_of_failures_is_logged_once_at_its_beginning_and_at_its_end(waits: list[float]) -> None:
    step = Step(Unavailable(), Unavailable(), ValueError("odd"), ValueError("odd"), None, Unavailable())
    with capture_logs() as logs:
        async with under_way(Repeating("it", step)):
            async with asyncio.timeout(30):
                while len(waits) < 9:
                    await asyncio.sleep(0)
    assert [(line["log_level"], line["event"]) for line in logs] == [
        ("warning", "it waits for what is away"),
        ("error", "it stumbled and tries again"),
        ("info", "it goes on"),
        ("warning", "it waits for what is away"),
        ("info", "it goes on"),
    ]
    assert {line["part"] for line in logs} == {"it"}
    assert isinstance(logs[1]["exc_info"], ValueError)


async def test_who_sets_the_event_has_the_next_step_at_once() -> None:
    wake, step = asyncio.Event(), Step()
    async with under_way(Repeating("it", step, 3600, wake=wake)):
        for _ in range(3):
            await reached(step.through)
            step.through.clear()
            wake.set()
        await reached(step.through)


async def test_told_to_finish_it_ends_after_the_step_that_is_under_way() -> None:
    begun, may_end, done = asyncio.Event(), asyncio.Event(), list[str]()

    async def step() -> None:
        begun.set()
        await may_end.wait()
        done.append("whole")

    what = Repeating("it", step, 3600)
    async with under_way(what) as task:
        await reached(begun)
        what.finish()
        may_end.set()
        async with asyncio.timeout(30):
            await task
    assert done == ["whole"]


async def test_a_step_that_went_well_for_long_begins_a_row_of_its_own(
    waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeating, "HEALTHY_SECONDS", -1.0)
    step = Step(Unavailable(), Unavailable(), Unavailable())
    async with under_way(Repeating("it", step)):
        await reached(step.through)
    assert waits[:3] == [0.5, 0.5, 0.5]
