"""The registry of alarms: at most one a key, never early, moved and dropped; it knows nothing of tasks."""

import asyncio
import random

from engine.timers import Timers


async def gather(timers: Timers[int], count: int) -> list[tuple[int, float]]:
    loop, found = asyncio.get_running_loop(), list[tuple[int, float]]()
    async with asyncio.timeout(30):
        while len(found) < count:
            rung = await timers.rung()
            found += [(key, loop.time()) for key in rung]
    return found


async def test_alarms_ring_in_the_order_of_their_times_and_never_early() -> None:
    timers, loop = Timers[int](), asyncio.get_running_loop()
    due: dict[int, float] = {}
    for key in random.Random(1).sample(range(200), 200):
        due[key] = loop.time() + key / 1000
        timers.set(key, due[key] - loop.time())
    number_of = {key: number for number, bucket in timers._buckets.items() for key in bucket}
    rang = await gather(timers, 200)
    assert all(at >= due[key] for key, at in rang)
    assert sorted(key for key, _ in rang) == list(range(200))
    buckets = [number_of[key] for key, _ in rang]
    assert buckets == sorted(buckets)
    assert len(timers) == 0


async def test_what_is_over_already_rings_at_once() -> None:
    timers = Timers[int]()
    timers.set(1, -5)
    timers.set(2, 3600)
    assert [key for key, _ in await gather(timers, 1)] == [1]
    assert 2 in timers
    assert 1 not in timers
    timers.close()


async def test_an_alarm_that_is_set_again_rings_once_at_its_last_time() -> None:
    timers = Timers[int]()
    for seconds in (3600, 0.001, 3600, 0.02):
        timers.set(1, seconds)
    timers.set(2, 0.05)
    assert [key for key, _ in await gather(timers, 2)] == [1, 2]
    assert len(timers) == 0


async def test_an_earlier_alarm_overtakes_one_that_was_set_before() -> None:
    timers = Timers[int]()
    timers.set(1, 0.05)
    timers.set(2, 0.01)
    assert [key for key, _ in await gather(timers, 2)] == [2, 1]


async def test_a_dropped_alarm_does_not_ring() -> None:
    timers = Timers[int]()
    timers.set(1, 0.01)
    timers.set(2, 0.02)
    timers.drop(1)
    timers.drop(7)
    assert [key for key, _ in await gather(timers, 1)] == [2]


async def test_moving_alarms_for_ever_does_not_pile_up() -> None:
    timers = Timers[int]()
    for turn in range(20_000):
        timers.set(turn % 10, 1000 + turn)
    assert len(timers) == 10
    assert sum(map(len, timers._buckets.values())) < 3_000
    for key in range(10):
        timers.set(key, 0.01)
    assert sorted(key for key, _ in await gather(timers, 10)) == list(range(10))
