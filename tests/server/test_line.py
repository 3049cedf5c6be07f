"""Who finds no place waits for one in the order of coming, never for long, and not for somebody who has gone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from starlette.types import Message

from server.line import LONGEST, Line, Word

HOUR = 3600.0


class Client:
    """One whose request has arrived, with so many bytes of a body; `go` hangs up."""

    def __init__(self, body: int = 0) -> None:
        self._gone = asyncio.Event()
        self.arrived: list[Message] = [{"type": "http.request", "body": b"x" * body, "more_body": False}]

    def go(self) -> None:
        self._gone.set()

    async def receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def enter(self, line: Line) -> "asyncio.Task[Word]":
        return asyncio.create_task(line.enter(self.arrived, self.receive))


@asynccontextmanager
async def waiting(line: Line, *clients: Client) -> AsyncGenerator["list[asyncio.Task[Word]]"]:
    """The places are taken and these wait; at last they are let go."""
    for _ in range(line.places):
        assert await Client().enter(line) is Word.ENTER
    tasks = [one.enter(line) for one in clients]
    async with asyncio.timeout(30):
        while len(line) < len(clients):
            await asyncio.sleep(0)
        yield tasks
        line.release()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_there_are_as_many_places_as_it_says_and_the_next_one_waits() -> None:
    line = Line(3, longest=HOUR)
    async with waiting(line, Client()) as (task,):
        assert (line._taken, task.done()) == (3, False)
    assert task.result() is Word.REFUSE


async def test_a_place_that_is_given_back_is_that_of_who_has_waited_the_longest() -> None:
    line, entered = Line(1, longest=HOUR), list[int]()
    async with waiting(line, *(Client() for _ in range(20))) as tasks:
        for number, task in enumerate(tasks):
            task.add_done_callback(lambda _, number=number: entered.append(number))
        for task in tasks:
            line.leave()
            assert await task is Word.ENTER
            assert line._taken == 1
    assert entered == list(range(20))
    line.leave()
    assert line._taken == 0


async def test_nobody_comes_between_a_place_and_who_waits_for_it() -> None:
    line, first, late = Line(1, longest=HOUR), Client(), Client()
    async with waiting(line, first) as (task,):
        line.leave()
        other = late.enter(line)
        assert await task is Word.ENTER
        assert not other.done()
        line.leave()
        assert await other is Word.ENTER


async def test_nobody_waits_longer_than_the_longest_and_nothing_of_them_stays() -> None:
    line, clients = Line(0, longest=0.01), [Client(1000) for _ in range(50)]
    async with asyncio.timeout(30):
        assert await asyncio.gather(*(one.enter(line) for one in clients)) == [Word.REFUSE] * 50
    assert (len(line), line._bytes, [one.arrived for one in clients]) == (0, 0, [[]] * 50)
    assert LONGEST <= 0.5  # so that "within a second" also holds where the process is late


async def test_who_goes_away_is_forgotten_at_once() -> None:
    line, gone, stays = Line(1, longest=HOUR), Client(10), Client(10)
    async with waiting(line, gone, stays) as (first, second):
        gone.go()
        assert await first is Word.DROP
        assert (len(line), line._bytes, gone.arrived) == (1, 10, [])
        line.leave()
        assert await second is Word.ENTER


@pytest.mark.parametrize("cancelled", [False, True])
async def test_who_goes_at_the_moment_of_getting_a_place_hands_it_on(cancelled: bool) -> None:
    line, gone, stays = Line(1, longest=HOUR), Client(), Client()
    async with waiting(line, gone, stays) as (first, second):
        gone.go()
        line.leave()  # it has gone, and has not been told yet that it has a place
        if cancelled:
            first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert first.cancelled() if cancelled else first.result() is Word.DROP
        assert await second is Word.ENTER
        assert line._taken == 1


async def test_when_too_many_wait_the_next_one_hears_it_at_once_and_is_closed() -> None:
    line = Line(0, longest=HOUR, most=3)
    async with waiting(line, Client(), Client(), Client()):
        assert await Client().enter(line) is Word.REFUSE_AND_CLOSE
        assert len(line) == 3


async def test_who_brings_more_than_the_line_keeps_waits_in_vain_and_the_next_one_does_not() -> None:
    line, much, more, little = Line(1, longest=HOUR, most_bytes=1000), Client(990), Client(11), Client(10)
    async with waiting(line, much, more, little) as tasks:
        assert (line._bytes, more.arrived) == (1000, [])
        line.leave()
        line.leave()
        assert [await tasks[0], await tasks[2], tasks[1].done()] == [Word.ENTER, Word.ENTER, False]
        assert [len(one.arrived) for one in (much, little)] == [1, 1]
        assert line._bytes == 0
    assert tasks[1].result() is Word.REFUSE


async def test_a_process_that_leaves_lets_all_go_and_holds_nobody_any_more() -> None:
    line = Line(0, longest=HOUR, most_bytes=10)
    async with waiting(line, *(Client(4) for _ in range(5))) as tasks:
        line.release()
        assert await asyncio.gather(*tasks) == [Word.REFUSE] * 5
        assert await Client().enter(line) is Word.REFUSE
    assert (len(line), line._bytes) == (0, 0)


async def test_some_may_be_due_at_the_moment_of_leaving() -> None:
    line, loop = Line(1, longest=0.001), asyncio.get_running_loop()
    async with waiting(line, *(Client() for _ in range(3))) as tasks:
        until = loop.time() + 0.002
        while loop.time() < until:
            pass  # all are due, and none has been told so
        loop.call_soon(line.leave)
        loop.call_soon(line.release)
        assert set(await asyncio.gather(*tasks)) <= {Word.REFUSE, Word.ENTER}
    assert line._taken == [task.result() for task in tasks].count(Word.ENTER)


async def test_the_empty_body_of_a_request_that_has_none_is_not_its_end_and_is_handed_on() -> None:
    line, client = Line(1, longest=HOUR), Client()
    first, arrived = client.arrived, list[Message]()

    async def receive() -> Message:
        return first.pop() if first else await client.receive()

    async with waiting(line):
        task = asyncio.create_task(line.enter(arrived, receive))
        async with asyncio.timeout(30):
            while not arrived:
                await asyncio.sleep(0)
        line.leave()
        assert await task is Word.ENTER
    assert arrived == [{"type": "http.request", "body": b"", "more_body": False}]
