"""A function that is not async, in a process of its own."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from engine.kinds import Context, PutDown, WorkError
from engine.kinds.child import InChild
from engine.kinds.context import Facts, Wish
from engine.kinds.journal import Journal
from engine.kinds.orphans import Orphanage
from engine.kinds.processes import members

JOBS = """
import sys, time
from engine.kinds import WorkError

def whole(ctx):
    print("printed")
    print("complained", file=sys.stderr)
    ctx.log("logged")
    ctx.progress(0.5, "half")
    return {"n": ctx.input["n"], "key": ctx.key(1), "state": ctx.state}

def loop(ctx):
    for item in ctx.iterate(["a", "b", "c", "d"]):
        ctx.log(item)
        if item == ctx.input.get("wait_at"):
            while not ctx._line.stopping.wait(0.01):
                pass
        ctx.remember({"last": item})
    return ctx.state

def saves(ctx):
    ctx.checkpoint({"page": 1})
    ctx.checkpoint({"page": 2})
    return "saved"

def fails(ctx):
    raise WorkError("no such file", final=True)

def breaks(ctx):
    return 1 / 0

def dies(ctx):
    import os
    os._exit(9)

def sleeps(ctx):
    print("asleep", flush=True)
    time.sleep(600)
"""


class Watched(Context):
    """Tells of each line that it is given, and of what is saved."""

    def __init__(self, value: Any, checkpoint: Any = None, orphanage: Orphanage | None = None) -> None:
        journal = Journal(checkpoint)
        self.saves: list[Any] = []

        async def save() -> None:
            self.saves.append(json.loads(journal.checkpoint() or "null"))

        super().__init__(Facts(UUID(int=1), 1, value, "task:1"), journal, orphanage)
        self.serve(save=save, hold=save)
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    def log(self, text: str, stream: str = "log") -> None:
        self.heard.put_nowait(text)
        super().log(text, stream)

    async def hears(self, line: str) -> None:
        async with asyncio.timeout(60):
            while await self.heard.get() != line:
                pass


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], InChild]:
    (tmp_path / "fermata_child_jobs.py").write_text(JOBS)
    monkeypatch.syspath_prepend(str(tmp_path))
    return lambda function: InChild(f"fermata_child_jobs:{function}")


Job = Callable[[str], InChild]


async def test_what_it_says_and_returns_arrives(job: Job) -> None:
    ctx = Watched({"n": 7}, {"cursors": {}, "state": "kept"})
    assert await job("whole").run(ctx) == {"n": 7, "key": "task:1:1", "state": "kept"}
    assert sorted((line.stream, line.text) for line in ctx.journal.take_lines()) == [
        ("err", "complained"),
        ("log", "logged"),
        ("out", "printed"),
    ]
    assert (ctx.journal.fraction, ctx.journal.note) == (0.5, "half")


async def test_it_is_put_down_at_its_cursor_and_goes_on_in_another_process(job: Job) -> None:
    ctx = Watched({"wait_at": "b"})
    running = asyncio.create_task(job("loop").run(ctx))
    await ctx.hears("b")
    ctx.ask(Wish.PAUSE)
    with pytest.raises(PutDown):
        await running
    kept = json.loads(ctx.journal.checkpoint() or "null")
    assert kept == {"cursors": {"0": 2}, "state": {"last": "b"}}
    again = Watched({}, kept)
    assert await job("loop").run(again) == {"last": "d"}
    assert [line.text for line in again.journal.take_lines()] == ["c", "d"]


async def test_a_checkpoint_is_saved_while_the_function_waits(job: Job) -> None:
    ctx = Watched({})
    assert await job("saves").run(ctx) == "saved"
    assert [saved["state"] for saved in ctx.saves] == [{"page": 1}, {"page": 2}]


async def test_failures_say_what_happened(job: Job) -> None:
    with pytest.raises(WorkError, match=r"^no such file$") as final:
        await job("fails").run(Watched({}))
    with pytest.raises(WorkError, match=r"^ZeroDivisionError: division by zero$") as broken:
        await job("breaks").run(Watched({}))
    with pytest.raises(WorkError, match="ended with status 9 before it was done"):
        await job("dies").run(Watched({}))
    assert (final.value.final, broken.value.final) == (True, False)


async def test_a_function_that_does_not_listen_is_killed(job: Job, tmp_path: Path) -> None:
    orphanage = Orphanage(tmp_path / "run", "w1")
    ctx = Watched({}, orphanage=orphanage)
    running = asyncio.create_task(job("sleeps").run(ctx))
    await ctx.hears("asleep")
    leader = orphanage.sessions[0]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (members(leader), orphanage.sessions) == ([], [])
    orphanage.close()
