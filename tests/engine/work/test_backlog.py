"""What is sent to the broker, and what waits in the table until there is room."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import redis
from fixtures.desk import TIMING, Desk

from engine import celery
from engine.celery import QUEUE, CeleryExecutor


async def until(question: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not question():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_no_more_waits_in_the_broker_than_the_bound_however_often_it_is_sent_again(
    desk: Desk, valkey: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(celery, "AT_ONCE", 5)
    monkeypatch.setattr(celery, "BACKLOG", 10)
    address = valkey.replace("/0", "/1")
    await desk.queued(*[0] * 40)
    executor = CeleryExecutor(desk.db, address, desk.hints, replace(TIMING, resend=0.01, poll=0.01))
    with redis.Redis.from_url(address) as broker:
        await executor.start()
        try:
            await until(lambda: broker.llen(QUEUE) == 10)
            broker.lpop(QUEUE, 4)
            assert [broker.llen(QUEUE) for _ in range(3) if not await asyncio.sleep(0.05)] == [6, 6, 6]
            broker.lpop(QUEUE, 2)  # now it is half of the bound
            await until(lambda: broker.llen(QUEUE) == 9)
            broker.flushdb()
            await until(lambda: broker.llen(QUEUE) == 10)
        finally:
            await executor.close()
