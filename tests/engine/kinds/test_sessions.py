"""Programs in sessions of their own: stopped, continued, ended, and reaped when their worker is gone."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest

from engine.kinds import Context, PutDown, WorkError
from engine.kinds.command import Command
from engine.kinds.context import Facts, Wish
from engine.kinds.journal import Journal
from engine.kinds.orphans import Orphanage
from engine.kinds.processes import members, process
from engine.kinds.session import Program, Session

Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]
TICKS = "import time,itertools\nfor n in itertools.count(): print(n, flush=True); time.sleep(0.01)"
FAMILY = f"import subprocess,sys\nsubprocess.Popen([sys.executable,'-c',{TICKS!r}])\nprint('born', flush=True)\n{TICKS}"
STUBBORN = (
    "import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('ready', flush=True)\ntime.sleep(600)"
)


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def program(code: str, **limits: int) -> Program:
    return Program(python(code), dict(os.environ), Path("/"), limits)


class Ears:
    """Hears lines, and can wait for one."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.news = asyncio.Event()

    def __call__(self, stream: str, line: str) -> None:
        self.lines.append((stream, line))
        self.news.set()

    async def more(self, count: int = 1) -> None:
        wanted = len(self.lines) + count
        async with asyncio.timeout(60):
            while len(self.lines) < wanted:
                self.news.clear()
                await self.news.wait()


async def test_lines_of_both_streams_are_heard_and_the_status_is_told() -> None:
    ears = Ears()
    code = "import sys\nprint('one'); print('two', file=sys.stderr); sys.stdout.write('x'*5000); sys.exit(3)"
    session = await Session.start(program(code), ears)
    assert await session.wait() == 3
    await session.end()
    assert sorted(ears.lines) == sorted([("out", "one"), ("err", "two"), ("out", "x" * 4096), ("out", "x" * 904)])


async def test_stop_makes_the_whole_session_stand_still_and_its_output_with_it() -> None:
    ears = Ears()
    session = await Session.start(program(FAMILY), ears)
    await ears.more(5)
    await session.stop()
    heard = len(ears.lines)
    assert [member.state for member in members(session.pid)] == ["T", "T"]
    await asyncio.sleep(0)
    assert len(ears.lines) == heard
    session.go_on()
    await ears.more(2)
    await session.end()
    assert members(session.pid) == []


async def test_a_shell_that_starts_one_program_after_the_other_is_stopped_at_any_moment() -> None:
    """The shell waits in the kernel while a child of vfork has not become its program: where that one is stopped, for ever."""
    everywhere = {"PATH": os.environ["PATH"]}
    session = await Session.start(Program(["sh", "-c", "while :; do /bin/true; done"], everywhere, Path("/")), Ears())
    async with asyncio.timeout(120):
        for _ in range(40):
            await session.stop()
            assert {member.state for member in members(session.pid)} == {"T"}
            session.go_on()
    await session.end()


async def test_end_kills_what_does_not_listen_and_what_stands_still() -> None:
    ears = Ears()
    session = await Session.start(program(STUBBORN), ears)
    await ears.more()
    await session.stop()
    session.terminate()
    await session.end()
    assert members(session.pid) == []


async def test_a_program_that_cannot_be_run_says_so() -> None:
    ears = Ears()
    session = await Session.start(Program(["/nowhere/at-all"], {}, Path("/")), ears)
    assert await session.wait() == 127
    await session.end()
    assert ears.lines == [("err", "/nowhere/at-all: No such file or directory")]


async def test_limits_hold() -> None:
    ears = Ears()
    session = await Session.start(
        program("import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE))", RLIMIT_NOFILE=33), ears
    )
    await session.wait()
    await session.end()
    assert ears.lines == [("out", "(33, 33)")]


async def test_what_a_killed_worker_leaves_behind_is_reaped_and_nothing_else(tmp_path: Path, until: Until) -> None:
    ears = Ears()
    session = await Session.start(program(FAMILY), ears)
    await ears.more(3)
    noted = process(session.pid)
    assert noted is not None
    left = tmp_path / "gone-1.sessions"
    here = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    left.write_text(f'{{"boot": "{here}", "sessions": {{"{session.pid}": {noted.started + 1}}}}}')
    orphanage = Orphanage(tmp_path, "next")
    assert orphanage.reap() == 0  # the pid is the same, the process is another
    left.write_text(f'{{"boot": "another", "sessions": {{"{session.pid}": {noted.started}}}}}')
    assert orphanage.reap() == 0  # noted before the machine started anew
    left.write_text(f'{{"boot": "{here}", "sessions": {{"{session.pid}": {noted.started}}}}}')
    assert orphanage.reap() == 1
    orphanage.close()
    await session.end()
    assert (members(session.pid), list(tmp_path.iterdir())) == ([], [])


async def test_a_living_worker_keeps_its_sessions(tmp_path: Path) -> None:
    living, other = Orphanage(tmp_path, "living"), Orphanage(tmp_path, "other")
    ears = Ears()
    session = await Session.start(program(TICKS), ears, living)
    await ears.more()
    assert other.reap() == 0
    await ears.more()
    await session.end()
    living.close()
    other.close()


async def no_save() -> None:
    raise AssertionError("a command saves nothing")


def context(value: dict[str, object]) -> Context:
    return Context(Facts(UUID(int=1), 1, value, "key"), Journal())


async def test_a_command_gets_its_parameters_as_whole_arguments_and_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FERMATA_DATABASE_URL", "secret")
    code = "import os,sys; print(sys.argv[1:], os.environ.get('FERMATA_DATABASE_URL'), os.environ['WHO'])"
    command = Command(
        [*python(code), "--name={name}", "{loud}", "--times={times}", "{left_out}"],
        Path("/"),
        env={"WHO": "for {name}"},
        defaults={"times": 2},
        flags={"loud": "--loud"},
    )
    ctx = context({"name": "a b; rm -rf {times}", "loud": True})
    assert (
        await command.run(ctx) == "['--name=a b; rm -rf {times}', '--loud', '--times=2'] None for a b; rm -rf {times}"
    )


async def test_a_command_that_fails_says_how() -> None:
    command = Command(python("import sys; print('no disk', file=sys.stderr); sys.exit(4)"), Path("/"))
    with pytest.raises(WorkError, match="the command ended with status 4: no disk"):
        await command.run(context({}))


COUNTS = "import time\nfor n in range(20): print(n, flush=True); time.sleep(0.02)"


class Watched(Context):
    """A context that tells of the first line, and while the command is held lets `meanwhile` happen to its session."""

    def __init__(self, orphanage: Orphanage, meanwhile: Callable[["Watched", int], None]) -> None:
        async def hold() -> None:
            meanwhile(self, orphanage.sessions[0])

        super().__init__(Facts(UUID(int=1), 1, {}, "key"), Journal(), orphanage)
        self.serve(save=no_save, hold=hold)
        self.first_line = asyncio.Event()

    def log(self, text: str, stream: str = "log") -> None:
        self.first_line.set()
        super().log(text, stream)


async def test_a_command_is_held_where_it_is_and_goes_on(tmp_path: Path) -> None:
    states: list[str] = []

    def meanwhile(ctx: Watched, leader: int) -> None:
        states.extend(member.state for member in members(leader))
        ctx.withdraw()

    orphanage = Orphanage(tmp_path, "w1")
    ctx = Watched(orphanage, meanwhile)
    running = asyncio.create_task(Command(python(COUNTS), Path("/")).run(ctx))
    await ctx.first_line.wait()
    ctx.ask(Wish.PAUSE)
    assert await running == "19"
    assert (states, orphanage.sessions) == (["T"], [])
    orphanage.close()


async def test_a_command_that_is_cancelled_while_it_is_held_is_terminated(tmp_path: Path) -> None:
    leaders: list[int] = []

    def meanwhile(ctx: Watched, leader: int) -> None:
        leaders.append(leader)
        ctx.ask(Wish.CANCEL)

    orphanage = Orphanage(tmp_path, "w1")
    ctx = Watched(orphanage, meanwhile)
    running = asyncio.create_task(Command(python(TICKS), Path("/")).run(ctx))
    await ctx.first_line.wait()
    ctx.ask(Wish.PAUSE)
    with pytest.raises(PutDown):
        await running
    assert members(leaders[0]) == []
    orphanage.close()
