"""What follows a task: past a server that goes away and comes back, and until Ctrl-C; but a server that never answered fails."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from typing import cast

import pytest
import typer
from fermata_client import Busy, NoAnswer, Unauthenticated
from fixtures.terminal import Terminal
from rich.console import Console

from cli.follow import INTERRUPTED, LONGEST, Line, until_interrupted
from cli.profiles import Profile
from cli.talk import Talk

AWAY = [ConnectionError("gone"), NoAnswer("502"), Busy("later", "UNAVAILABLE", {}), *(ConnectionError("gone"),) * 6]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("cli.follow.time.sleep", found.append)
    return found


@pytest.fixture
def line() -> Line:
    fermata = SimpleNamespace(tries=5)
    talk = cast("Talk", SimpleNamespace(fermata=fermata, profile=Profile("https://one", "t")))
    return Line(talk, Console(file=StringIO(), width=200))


def said(line: Line) -> list[str]:
    return cast("StringIO", line.where.file).getvalue().splitlines()


def answering(*answers: object) -> Callable[[], object]:
    left = iter(answers)

    def ask() -> object:
        found = next(left)
        if isinstance(found, Exception):
            raise found
        return found

    return ask


def test_a_server_that_goes_away_is_waited_for_with_a_word_and_greeted_when_it_is_back(
    line: Line, waits: list[float]
) -> None:
    question = answering("first", *AWAY, "second", ConnectionError("gone"), "third")
    assert (line.ask(question), said(line), waits) == ("first", [], [])
    assert line.talk.fermata.tries == 1
    assert line.ask(question) == "second"
    assert said(line) == [
        "https://one does not answer: waiting until it does (Ctrl-C ends this) …",
        "https://one is back.",
    ]
    assert (len(waits), waits[:3], max(waits)) == (len(AWAY), [0.5, 1.0, 2.0], LONGEST)
    assert line.ask(question) == "third"
    assert (len(said(line)), waits[-1]) == (4, 0.5)


@pytest.mark.parametrize("error", AWAY[:3])
def test_a_server_that_has_never_answered_is_not_waited_for(error: Exception, line: Line, waits: list[float]) -> None:
    with pytest.raises(type(error)):
        line.ask(answering(error))
    assert (said(line), waits) == ([], [])


def test_a_token_that_ends_meanwhile_ends_the_following(line: Line, waits: list[float]) -> None:
    question = answering("first", ConnectionError("gone"), Unauthenticated("", "UNAUTHENTICATED", {}))
    line.ask(question)
    with pytest.raises(Unauthenticated):
        line.ask(question)
    assert waits == [0.5]


def test_an_interruption_is_a_word_and_the_exit_code_of_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, until_interrupted("No longer watching; the task goes on."):
        raise KeyboardInterrupt
    assert (ended.value.exit_code, capsys.readouterr().err) == (
        INTERRUPTED,
        "No longer watching; the task goes on.\n",
    )


async def test_ctrl_c_at_a_terminal_ends_the_watching_and_leaves_the_task_running(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    (id,) = await terminal.tasks("Bake")
    await terminal.done("tasks", "run", id)
    ours, theirs = os.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "tasks", "watch", id, "--every", "0.2"),
        env={
            **os.environ,
            "XDG_CONFIG_HOME": str(terminal.home),
            "TERM": "xterm",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while b"in progress" not in seen:  # the end of the program ends this as well
        seen += await asyncio.to_thread(os.read, ours, 4096)
    process.send_signal(signal.SIGINT)
    rest = await asyncio.to_thread(_all, ours)
    assert (await process.wait(), b"No longer watching; the task goes on." in rest, b"Traceback" in rest) == (
        130,
        True,
        False,
    )
    assert '"status": "IN_PROGRESS"' in await terminal.done("tasks", "show", id, "--json")


def _all(handle: int) -> bytes:
    found = b""
    try:
        while more := os.read(handle, 4096):
            found += more
    except OSError:  # the other end is closed
        return found
    finally:
        os.close(handle)
    return found
