"""Sessions that outlived their worker: noted in a file of the worker while they run, killed by the next one that starts.

Each worker holds a lock on its file; a file without a lock belongs to a worker that is gone.
"""

import fcntl
import json
import os
import signal
from contextlib import suppress
from pathlib import Path

from engine.kinds.processes import boot_id, members, process, send

SUFFIX = ".sessions"


class Orphanage:
    """Notes the sessions of one worker in `folder`; `reap` ends those of workers that are gone."""

    def __init__(self, folder: Path, worker: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._path = folder / f"{_plain(worker)}-{os.getpid()}{SUFFIX}"
        self._sessions: dict[int, int] = {}
        self._file = self._path.open("w+")
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def note(self, pid: int) -> None:
        """A session with this leader runs from now on."""
        leader = process(pid)
        self._sessions[pid] = leader.started if leader else 0
        self._write()

    def forget(self, pid: int) -> None:
        """It is over."""
        self._sessions.pop(pid, None)
        self._write()

    @property
    def sessions(self) -> list[int]:
        """The leaders of the sessions that run now."""
        return list(self._sessions)

    def reap(self) -> int:
        """Kill what workers that are gone have left running on this machine since its start; how many sessions."""
        return sum(self._reap(path) for path in self._folder.glob(f"*{SUFFIX}") if path != self._path)

    def close(self) -> None:
        """Nothing runs any more."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        json.dump({"boot": boot_id(), "sessions": self._sessions}, self._file)
        self._file.flush()

    def _reap(self, path: Path) -> int:
        with suppress(OSError), path.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            killed = sum(_end(int(pid), started) for pid, started in _noted(file.read()).items())
            path.unlink(missing_ok=True)
            return killed
        return 0


def _noted(text: str) -> dict[str, int]:
    with suppress(ValueError, KeyError, TypeError):
        kept = json.loads(text)
        if kept["boot"] == boot_id():
            return dict(kept["sessions"])
    return {}


def _end(leader: int, started: int) -> bool:
    """Kill the session if it is the one that was noted: while a session lives, its number is given to nobody else."""
    now = process(leader)
    if now is not None and now.started != started:
        return False
    living = members(leader)
    if any(member.started < started for member in living) or not living:
        return False
    send(leader, signal.SIGKILL)
    return True


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in name)
