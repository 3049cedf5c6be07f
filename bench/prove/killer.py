"""Chooses who dies, and kills: a server and what it started, one of its processes, PostgreSQL, its backends, its keeper.

Linux only: what belongs to whom is read from /proc, and a pid is looked at again right before it is killed. Most kills are
backends that are ended by `pg_terminate_backend`, which cost little; the others are SIGKILL, nothing gentler.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bench.prove.hand import Hand
from bench.served import Served
from server.postgres_files import folder_of, processes_in

BACKEND = "backend, by pg_terminate_backend"
SHARES = {"server process": 240, "backend, by SIGKILL": 60, "PostgreSQL": 40, "server": 15, "keeper of PostgreSQL": 10}
OF = 10_000  # kills; what is left of them are backends


def plan(kills: int, luck: random.Random) -> list[str]:
    """Who dies, in which order: each kind by its share, and once at least."""
    hard = {kind: max(1, round(kills * share / OF)) for kind, share in SHARES.items()}
    wanted = Counter(hard | {BACKEND: max(0, kills - sum(hard.values()))})
    order = list(wanted.elements())
    luck.shuffle(order)
    return order[:kills]


class Killer:
    """Kills, and counts. A server that people would have to start again is started again, while the storm goes on."""

    def __init__(self, servers: Sequence[Served], data_dir: Path, hand: Hand, luck: random.Random) -> None:
        self.servers, self.data_dir, self.hand, self.luck = servers, data_dir, hand, luck
        self.kills = Counter[str]()
        self.deaths: list[tuple[float, str]] = []  # seconds of the epoch, and who; of a connection by its name
        self._starting: asyncio.Task[float] | None = None

    async def kill(self, kind: str) -> bool:
        """Whether there was one to kill: it may be being started again at this moment."""
        who = kind
        if kind == BACKEND:
            name = await self.hand.terminate()
            who, done = f"a connection of {name}", name is not None
        elif kind == "server":
            done = await self._kill_server()
        else:
            done = self._strike(self._found(kind))
        self.kills[kind] += done
        if done:
            self.deaths.append((time.time(), who))
        return done

    async def settle(self) -> None:
        """Until every server is there again."""
        if self._starting is not None:
            await self._starting

    async def _kill_server(self) -> bool:
        if self._starting is not None and not self._starting.done():
            return False
        server = self.luck.choice(self.servers)
        await server.kill()
        self._starting = asyncio.create_task(server.start())
        return True

    def _strike(self, pids: list[int]) -> bool:
        if pids:
            with suppress(ProcessLookupError):
                os.kill(self.luck.choice(pids), signal.SIGKILL)
                return True
        return False

    def _found(self, kind: str) -> list[int]:
        find: dict[str, Callable[[], Iterable[int]]] = {
            "server process": self._server_processes,
            "backend, by SIGKILL": lambda: (pid for pid in self._postgres() if _is_backend(pid)),
            "PostgreSQL": lambda: (pid for pid in self._postgres() if not _line(pid).startswith("postgres:")),
            "keeper of PostgreSQL": lambda: _keeper(self.data_dir),
        }
        return list(find[kind]())

    def _postgres(self) -> list[int]:
        return processes_in(folder_of(self.data_dir).data)

    def _server_processes(self) -> list[int]:
        parents = {server.process.pid for server in self.servers if server.process}
        return [pid for pid in _pids() if _parent(pid) in parents and "server.child" in _line(pid)]


async def kill_everything(server: Served, data_dir: Path) -> list[int]:
    """SIGKILL at once to a server, all that it has started, its PostgreSQL and that one's keeper: who died.

    PostgreSQL comes first, as the others would let it stop in order. A process goes some time after its signal: that is waited for,
    30 s at the most.
    """
    assert server.process is not None
    postgres = processes_in(folder_of(data_dir).data)
    victims = [*postgres, *_keeper(data_dir), server.process.pid, *_offspring(server.process.pid)]
    for pid in victims:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    await server.kill()  # and wait for it
    for _ in range(3000):
        if not processes_in(folder_of(data_dir).data):
            break
        await asyncio.sleep(0.01)
    return victims


def _keeper(data_dir: Path) -> list[int]:
    with suppress(OSError, ValueError):
        pid = int(folder_of(data_dir).keeper_lock.read_text())
        if "server.postgres_keeper" in _line(pid):
            return [pid]
    return []


def _offspring(pid: int) -> list[int]:
    children = [child for child in _pids() if _parent(child) == pid]
    return [*children, *(one for child in children for one in _offspring(child))]


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _is_backend(pid: int) -> bool:
    return _line(pid).startswith("postgres: fermata fermata")


def _line(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


def _parent(pid: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
