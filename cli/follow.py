"""`fermata tasks watch` and `logs`: what goes on until a task has ended, also past a server that goes away and comes back."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Annotated, TypeVar

import typer
from fermata_client import Busy, NoAnswer
from fermata_client.operations import TaskLogsTaskLogs, TaskLogsTaskLogsNodes
from rich.console import Console
from rich.live import Live
from rich.text import Text

from cli.filters import Json, Profile
from cli.show import as_json, lay, out, printable, table
from cli.talk import REFUSED, Talk, errors, fail, one, talking

app = typer.Typer()
ENDED = {"COMPLETED", "FAILED", "CANCELLED"}
INTERRUPTED = 130  # as a shell has it: 128 and the number of SIGINT
LONGEST = 10.0  # seconds between two tries of a server that is away
Answer = TypeVar("Answer")


class Line:
    """Asks a server again and again. Once it has answered it is waited for when it goes away, with a word on `where`."""

    def __init__(self, talk: Talk, where: Console = errors) -> None:
        self.talk, self.where = talk, where
        self._answered = False

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """The answer. Raises what `question` does for a refusal, and for a server that has never answered."""
        pause, away = 0.5, False
        while True:
            try:
                found = question()
            except (ConnectionError, NoAnswer, Busy):
                if not self._answered:
                    raise
                if not away:
                    self._say("does not answer: waiting until it does (Ctrl-C ends this) …")
                away = True
                time.sleep(pause)
                pause = min(LONGEST, pause * 2)
                continue
            if away:
                self._say("is back.")
            self._answered, self.talk.fermata.tries = True, 1  # who waits here needs no tries below
            return found

    def _say(self, words: str) -> None:
        self.where.print(Text(f"{self.talk.profile.url} {words}", style="yellow"), soft_wrap=True)


@contextmanager
def until_interrupted(ending: str) -> Generator[None]:
    """Ctrl-C ends the following, and only that: said in words, with the exit code of a shell."""
    try:
        yield
    except KeyboardInterrupt:
        errors.print(ending, soft_wrap=True)
        raise typer.Exit(INTERRUPTED) from None


@app.command()
def logs(
    id: str,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="go on until the task has ended")] = False,
    profile: Profile = None,
    as_data: Json = False,
) -> None:
    """Print what the work of a task has written, the oldest first."""
    lines, after = list[TaskLogsTaskLogsNodes](), None
    with until_interrupted("No longer following; the task goes on."), talking(profile, "-") as talk:
        line = Line(talk)
        while True:
            # Asked before its last lines are, so that none is left out.
            ended = line.ask(lambda: one(talk, id))["status"] in ENDED
            for page in written(line, id, after):
                after = page["pageInfo"]["endCursor"] or after
                lines += page["nodes"] if as_data else []
                for written_ in () if as_data else page["nodes"]:
                    print(printable(written_["text"]), flush=follow)
            if ended or not follow:
                break
            time.sleep(1.0)
    if as_data:
        as_json(lines)


@app.command()
def watch(
    id: str,
    every: Annotated[float, typer.Option("--every", min=0.2, help="seconds between two looks")] = 1.0,
    profile: Profile = None,
    as_data: Json = False,
) -> None:
    """Follow a task until it has ended; the exit code says how: 0 completed, 1 anything else."""
    live = Live(console=out, auto_refresh=False) if out.is_terminal and not as_data else None
    with (
        until_interrupted("No longer watching; the task goes on."),
        talking(profile, "-") as talk,
        live or nullcontext(),
    ):
        line = Line(talk, live.console if live else errors)
        while True:
            task = line.ask(lambda: one(talk, id))
            if live:
                # Without the id, which was typed: what is drawn over again must not be longer than a line.
                live.update(table([task], ids=False), refresh=True)
            if task["status"] in ENDED:
                break
            time.sleep(every)
    if as_data:
        as_json(task)
    elif not live:
        lay(table([task]))
    raise typer.Exit(0 if task["status"] == "COMPLETED" else REFUSED)


def written(line: Line, id: str, after: str | None) -> Iterator[TaskLogsTaskLogs]:
    """The pages of a log from a place on; ends the command where the task is gone."""
    more = True
    while more:
        task = line.ask(partial(line.talk.fermata.task_logs, id, first=1000, after=after))["task"]
        if task is None:
            fail("The task is gone.", REFUSED)
        yield task["logs"]
        after = task["logs"]["pageInfo"]["endCursor"] or after
        more = task["logs"]["pageInfo"]["hasNextPage"]
