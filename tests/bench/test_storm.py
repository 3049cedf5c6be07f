"""What a storm is made of: who dies in it, lines that are cut, and a verdict that takes every kind of fault into account."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from uuid import UUID

from bench.prove.caller import Acknowledged, Tally
from bench.prove.faults import faults, flat
from bench.prove.killer import BACKEND, SHARES, plan
from bench.prove.link import Cuts, Link
from bench.prove.truth import Row, Truth
from bench.prove.verdict import logged

ANSWER = b"HTTP/1.1 200 OK\r\n\r\n"


def test_of_ten_thousand_kills_each_kind_has_its_share_and_of_a_few_each_its_one() -> None:
    many, few = Counter(plan(10_000, random.Random(1))), Counter(plan(9, random.Random(1)))
    assert many == SHARES | {BACKEND: 10_000 - sum(SHARES.values())}
    assert few == dict.fromkeys(SHARES, 1) | {BACKEND: 4}


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that has done what it was asked for, and says so."""
    await reader.read(100)
    writer.write(ANSWER)
    await writer.drain()
    writer.close()


async def asked(cuts: Cuts) -> tuple[bytes, Counter[str]]:
    """What comes back through a line that is cut with these chances, and what was cut."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    line = Link(server.sockets[0].getsockname()[1], random.Random(1), Counter(), cuts)
    await line.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(line.origin.rsplit(":", 1)[1]))
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    try:
        async with asyncio.timeout(30):
            got = await reader.read()
    except ConnectionError:
        got = b""
    writer.close()
    await line.stop()
    server.close()
    return got, line.cuts


async def test_a_line_carries_what_it_is_given() -> None:
    assert await asked(Cuts(0, 0)) == (ANSWER, Counter())


async def test_a_line_can_be_cut_when_the_server_has_answered_and_nobody_has_heard_it() -> None:
    assert await asked(Cuts(1, 0)) == (b"", Counter({"as the answer came": 1}))


async def test_a_request_that_is_under_way_can_be_cut_off() -> None:
    _, cut = await asked(Cuts(0, 1))
    assert cut == Counter({"while the request was under way": 1})


def test_the_log_is_asked_about_errors_whose_ids_customers_were_told(tmp_path: Path) -> None:
    (tmp_path / "server-1.log").write_text('{"error_id": "aa", "exception": "why"}\n{"error_id": "bb"}\n')
    faults = ['one was answered with 500: {"errors":[{"extensions":{"code":"INTERNAL","errorId":"aa"}}]}', "another"]
    assert logged(tmp_path, faults) == ['the log: {"error_id": "aa", "exception": "why"}']
    assert logged(tmp_path, ["another"]) == []


def test_every_kind_of_fault_is_in_the_verdict() -> None:
    task = UUID(int=1)
    tally = Tally([Acknowledged(task, 1, "CREATED", key) for key in ("a", "b")], faults=["answered with 500"])
    truth = Truth({UUID(int=2): Row("a", 1, 1, "NOT_STARTED")}, {})
    found = faults(truth, tally, {}, ["it went back"], ["it never came back"])
    assert {kind: len(some) for kind, some in found.items()} == {
        "lost": 2,
        "done twice": 1,
        "impossible, early, out of order": 1,
        "stuck": 1,
        "seen wrongly by the watcher": 2,
        "answered with a failure of ours": 1,
    }
    assert len(flat(found)) == 8
    assert flat(faults(Truth({}, {}), Tally(), {}, [], [])) == []
