"""What is read once for many: whoever gives up leaves it to the others, and a failure that nobody waits for is silent."""

import asyncio
import gc
from typing import Any

import pytest

from gql.once import Once


async def test_what_is_asked_for_twice_is_read_once() -> None:
    once, reads = Once(), []

    async def read() -> int:
        reads.append(1)
        return len(reads)

    assert await asyncio.gather(once("a", read), once("a", read)) == [1, 1]
    assert await once("b", read) == 2


async def test_one_who_gives_up_does_not_take_it_from_the_others() -> None:
    once, may = Once(), asyncio.Event()

    async def read() -> str:
        await may.wait()
        return "read"

    first, second = (asyncio.ensure_future(once("a", read)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    may.set()
    assert await second == "read"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_failure_that_nobody_waits_for_any_more_is_not_complained_of() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    once, may, failed = Once(), asyncio.Event(), asyncio.Event()

    async def read() -> str:
        await may.wait()
        failed.set()
        raise PermissionError

    alone = asyncio.ensure_future(once("a", read))
    await asyncio.sleep(0)
    alone.cancel()
    await asyncio.wait([alone])
    may.set()
    await failed.wait()
    await asyncio.sleep(0)
    del once, alone
    gc.collect()
    assert complaints == []
