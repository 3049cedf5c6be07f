"""A refusal waits the longer the more there are, never for long, and never for somebody who has gone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Message

from server.brake import LONGEST, Brake, Word

HOUR = 3600.0


class Client:
    """One whose request has arrived; `go` hangs up."""

    def __init__(self) -> None:
        self._gone = asyncio.Event()

    def go(self) -> None:
        self._gone.set()

    async def receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}


def ask(brake: Brake, client: Client | None = None) -> "asyncio.Task[Word]":
    return asyncio.create_task(brake.hold((client or Client()).receive))


@asynccontextmanager
async def held(brake: Brake, count: int, client: Client | None = None) -> AsyncGenerator["list[asyncio.Task[Word]]"]:
    """So many who wait, at last released."""
    waiting = [ask(brake, client) for _ in range(count)]
    async with asyncio.timeout(30):
        while len(brake) < count:
            await asyncio.sleep(0)
        yield waiting
        brake.release()
        await asyncio.gather(*waiting)


async def test_the_first_few_hear_it_at_once_and_the_next_one_waits() -> None:
    brake = Brake(pace=1 / HOUR, at_once=3, longest=HOUR)
    assert [await ask(brake) for _ in range(3)] == [Word.SAY] * 3
    async with held(brake, 1) as (waiting,):
        assert not waiting.done()


async def test_nobody_waits_longer_than_the_longest() -> None:
    brake = Brake(pace=1 / HOUR, at_once=0, longest=0.01)
    async with asyncio.timeout(30):
        assert await asyncio.gather(*(ask(brake) for _ in range(50))) == [Word.SAY] * 50
    assert len(brake) == 0
    assert LONGEST < 1  # "within a second"


async def test_they_go_out_in_the_order_in_which_they_came() -> None:
    brake, said = Brake(pace=1000, at_once=0, longest=HOUR), list[int]()

    async def one(number: int) -> None:
        assert await brake.hold(Client().receive) is Word.SAY
        said.append(number)

    async with asyncio.timeout(30):
        await asyncio.gather(*(one(number) for number in range(20)))
    assert said == list(range(20))


async def test_who_goes_away_is_forgotten_at_once() -> None:
    brake, client = Brake(at_once=0, longest=HOUR, pace=1 / HOUR), Client()
    async with held(brake, 5, client) as waiting:
        client.go()
        assert await asyncio.gather(*waiting) == [Word.DROP] * 5
        assert len(brake) == 0


async def test_when_too_many_wait_the_next_one_hears_it_at_once_and_is_closed() -> None:
    brake = Brake(at_once=0, longest=HOUR, pace=1 / HOUR, most=3)
    async with held(brake, 3) as waiting:
        assert await ask(brake) is Word.SAY_AND_CLOSE
        assert len(brake) == 3
    assert [one.result() for one in waiting] == [Word.SAY] * 3


async def test_a_process_that_leaves_lets_all_go_and_holds_nobody_any_more() -> None:
    brake = Brake(at_once=0, longest=HOUR, pace=1 / HOUR)
    async with held(brake, 5) as waiting:
        brake.release()
        assert await asyncio.gather(*waiting) == [Word.SAY] * 5
        assert await ask(brake) is Word.SAY


async def test_some_may_be_due_at_the_moment_of_leaving() -> None:
    brake = Brake(at_once=0, longest=0.001, pace=1 / HOUR)
    client, loop = Client(), asyncio.get_running_loop()
    async with held(brake, 3, client) as waiting:
        until = loop.time() + 0.002
        while loop.time() < until:
            pass  # all are due, and none has been told so
        loop.call_soon(brake.release)
        assert await asyncio.gather(*waiting) == [Word.SAY] * 3


@pytest.mark.parametrize("body", [True, False])
async def test_an_empty_body_that_is_yet_to_be_read_is_not_taken_for_the_end(body: bool) -> None:
    brake, client = Brake(at_once=0, longest=HOUR, pace=1 / HOUR), Client()
    first: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}] if body else []

    async def receive() -> Message:
        return first.pop() if first else await client.receive()

    waiting = asyncio.create_task(brake.hold(receive))
    async with held(brake, 1):
        pass
    assert await waiting is Word.SAY
