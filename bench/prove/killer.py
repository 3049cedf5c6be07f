"""Chooses who dies: a server and what it started, one of its processes, PostgreSQL, one of its backends, or its keeper.

Linux only: what belongs to whom is read from /proc, and a pid is looked at again right before it is killed.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.served import Served
from server.postgres_files import folder_of, processes_in

WEIGHTS = {"server": 6, "server process": 6, "backend": 4, "PostgreSQL": 3, "keeper of PostgreSQL": 1}


@dataclass
class Killer:
    """Kills with SIGKILL, nothing gentler, and counts."""

    servers: Sequence[Served]
    data_dir: Path
    luck: random.Random
    kills: Counter[str] = field(default_factory=Counter[str])

    async def kill(self) -> str:
        """One victim, named; whoever has to be started again by people is."""
        while True:
            kind = self.luck.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            if kind == "server":
                server = self.luck.choice(self.servers)
                await server.kill()
                await server.start()
            elif not self._strike(kind):
                continue  # it is being started again at this moment: somebody else, then
            self.kills[kind] += 1
            return kind

    def _strike(self, kind: str) -> bool:
        find: dict[str, Callable[[], list[int]]] = {
            "server process": self._server_processes,
            "backend": lambda: [pid for pid in self._postgres() if _line(pid).startswith("postgres: fermata fermata")],
            "PostgreSQL": lambda: [pid for pid in self._postgres() if not _line(pid).startswith("postgres:")],
            "keeper of PostgreSQL": self._keeper,
        }
        found = find[kind]()
        if not found:
            return False
        with suppress(ProcessLookupError):
            os.kill(self.luck.choice(found), signal.SIGKILL)
            return True
        return False

    def _postgres(self) -> list[int]:
        return processes_in(folder_of(self.data_dir).data)

    def _server_processes(self) -> list[int]:
        parents = {server.process.pid for server in self.servers if server.process}
        return [pid for pid in _pids() if _parent(pid) in parents and "server.child" in _line(pid)]

    def _keeper(self) -> list[int]:
        with suppress(OSError, ValueError):
            pid = int(folder_of(self.data_dir).keeper_lock.read_text())
            if "server.postgres_keeper" in _line(pid):
                return [pid]
        return []


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
