"""Processes beside a measurement of work: two workers of plain Celery, what they do a second, and what processes have spent."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import plain

SLOTS, WORKERS = 16, 2
OPTIONS = ("worker", "--pool", "threads", "-c", str(SLOTS), "--without-gossip", "--without-mingle")
Process = subprocess.Popen[bytes]


class Plain:
    """The queue of plain Celery, when its workers have begun."""

    def __init__(self, broker: str, workers: int) -> None:
        self._app: Any = plain.app  # Celery has no types
        self._app.conf.broker_url = broker
        self._workers, self._done = workers, 0
        self.throughput(workers)

    def throughput(self, tasks: int) -> float:
        """Tasks a second, from the first message sent to the last task done."""
        began = time.perf_counter()
        with self._app.producer_pool.acquire(block=True) as producer:
            for number in range(tasks):
                plain.nothing.apply_async((number,), producer=producer)
        self._done += tasks
        self._await_done()
        return tasks / (time.perf_counter() - began)

    def _await_done(self) -> None:
        with self._app.connection_for_read() as connection:
            while connection.default_channel.client.llen("plain"):
                time.sleep(0.005)
        while True:
            found: dict[str, Any] = self._app.control.inspect(timeout=1, limit=self._workers).stats() or {}
            if sum(sum(worker["total"].values()) for worker in found.values()) >= self._done:
                return


def start_plain(broker: str) -> list[Process]:
    """Two workers of plain Celery."""
    names = [f"plain{number}" for number in range(WORKERS)]
    return [start("celery", "-A", "bench.plain", *OPTIONS, "-n", name, PLAIN_BROKER=broker) for name in names]


def start(*arguments: str, **environment: str) -> Process:
    """A process of this Python in this checkout."""
    root = Path(__file__).resolve().parents[1]
    env = {**os.environ, "PYTHONPATH": str(root), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=root, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def end(crew: Sequence[Process]) -> None:
    """SIGTERM, and wait."""
    for process in crew:
        process.terminate()
    for process in crew:
        process.wait()


def processor_seconds(crew: Sequence[Process]) -> float:
    """What these processes have spent of the processors so far, in seconds (proc(5): utime and stime)."""
    ticks = 0
    for process in crew:
        stat = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(stat[11]) + int(stat[12])
    return ticks / os.sysconf("SC_CLK_TCK")
