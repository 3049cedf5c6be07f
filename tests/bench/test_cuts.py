"""Lines to PostgreSQL that break at any byte: what the sweep is made of, a slice of it, and that it finds what is planted."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from fixtures.cluster import Cluster

import auth.ground
from bench.prove.cuts import sweep
from bench.prove.cutter import Cut, Cutter, Way
from bench.prove.messages import SSL_REQUEST, Messages
from models import database

SLICE = 16  # of some hundred edges of messages
ASKED = ("a new task", "a page")


def message(type: bytes, size: int) -> bytes:
    return type + (size + 4).to_bytes(4) + b"x" * size


def ends(messages: Messages, data: bytes, pieces: int) -> list[int]:
    """The ends in all of it, given in pieces of that size."""
    found: list[int] = []
    for start in range(0, len(data), pieces):
        found += [start + end for end in messages.ends(data[start : start + pieces])]
    return found


@pytest.mark.parametrize("pieces", [1, 3, 1000])
def test_where_messages_end_is_told_however_they_are_cut_into_pieces(pieces: int) -> None:
    tls, start = (8).to_bytes(4) + SSL_REQUEST.to_bytes(4), (12).to_bytes(4) + (196608).to_bytes(4) + b"user"
    driver = tls + start + message(b"p", 3) + message(b"Q", 0)
    assert ends(Messages(of_driver=True), driver, pieces) == [8, 20, 28, 33]
    assert ends(Messages(of_driver=False), b"N" + message(b"R", 4) + message(b"Z", 1), pieces) == [1, 10, 16]


@asynccontextmanager
async def cutting(url: str) -> AsyncGenerator[Cutter]:
    cutter = Cutter(url)
    await cutter.start()
    try:
        yield cutter
    finally:
        await cutter.stop()


async def test_a_line_to_postgresql_carries_everything_until_it_is_cut(cluster: Cluster) -> None:
    async with cutting(cluster.address) as cutter:
        driver = await asyncpg.connect(cutter.url)
        cutter.arm(None)
        assert await driver.fetchval("select 1") == 1
        sent, answer = cutter.carried[Way.TO], cutter.carried[Way.FROM]
        assert (cutter.ends[Way.TO][-1], cutter.ends[Way.FROM][-1], cutter.cuts) == (sent, answer, 0)
        cutter.arm(Cut(Way.FROM, 3))
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await driver.fetchval("select 1")
        assert cutter.cuts == 1
        again = await asyncpg.connect(cutter.url)
        assert await again.fetchval("select 2") == 2
        cutter.arm(Cut(Way.TO, 1, reset=True))
        with pytest.raises((asyncpg.ConnectionDoesNotExistError, ConnectionError)):
            await again.fetchval("select 2")


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep makes it small; put back afterwards."""
    monkeypatch.setattr(auth.ground, "Passwords", auth.ground.Passwords)


@pytest.mark.usefixtures("hasher")
async def test_wherever_a_line_breaks_the_answer_is_unavailable_and_the_next_one_is_well(
    database_url: str, tmp_path: Path
) -> None:
    async with asyncio.timeout(300):
        found = await sweep(database_url, tmp_path, random.Random(1), cases=SLICE, seconds=200, only=ASKED)
    assert found.faults == []
    assert (found.cases, found.cut.total(), found.edges.total() > 50) == (SLICE, SLICE, True)
    assert {"UNAVAILABLE"} <= set(found.answers) <= {"done", "UNAVAILABLE", "UNAVAILABLE, outcome unknown"}


@pytest.mark.usefixtures("hasher")
async def test_an_error_that_nobody_takes_for_an_absence_is_found(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "away", lambda _error, *, begun: False)
    async with asyncio.timeout(300):
        found = await sweep(database_url, tmp_path, random.Random(1), cases=4, seconds=200, only=ASKED)
    assert any("INTERNAL" in fault for fault in found.faults)
