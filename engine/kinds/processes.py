"""Who lives in a session of processes, by /proc: to stop, continue and kill all of it, and nobody else.

A pid alone names nobody for long: a process is told by boot id, pid and start time.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
DEAD = frozenset("ZX")
STOPPED = frozenset("Tt")
IN_KERNEL = frozenset("D")


@dataclass(frozen=True, slots=True)
class Process:
    """A line of /proc/<pid>/stat: `state` is R, S, D, T (stopped), Z (zombie), …; `started` in ticks since the boot."""

    pid: int
    state: str
    session: int
    started: int


def boot_id() -> str:
    """Changes with every start of the machine; empty where there is no /proc."""
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def process(pid: int) -> Process | None:
    """The process with that pid now; None when there is none."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    after_name = stat.rpartition(")")[2].split()  # the name may hold spaces and brackets
    return Process(pid, after_name[0], int(after_name[3]), int(after_name[19]))


def members(session: int) -> list[Process]:
    """The living processes of a session."""
    return [found for found in _all() if found.session == session and found.state not in DEAD]


def send(session: int, signum: signal.Signals) -> None:
    """Signal every process of the session; who forks meanwhile is caught by asking again."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(session, signum)
    for found in members(session):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(found.pid, signum)


def stands_still(session: int) -> bool:
    """Whether no process of the session runs: each is stopped, or will be before it is back from the kernel."""
    return all(found.state in STOPPED | IN_KERNEL for found in members(session))


def sleeps_in_kernel(session: int) -> bool:
    """Whether one waits where no signal reaches it: for a disk, or (vfork) for a child that has not become its program."""
    return any(found.state in IN_KERNEL for found in members(session))


def _all() -> Iterator[Process]:
    if not PROC.is_dir():
        return
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (found := process(int(entry.name))):
            yield found
