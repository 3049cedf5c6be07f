"""`fermata worker`: a Celery worker whose tasks are ours. Celery hands messages over; an event loop in a thread does the work.

Celery's threads wait until the work is done, so that a busy worker takes no more messages than it can work on.
"""

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import structlog
from celery import signals
from celery.worker import control

from engine.celery import LOOK, QUEUE, TASK, App, make_app
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.leases import Timing
from engine.witness import Nobody, Witness
from engine.worker import Worker, worker_name
from models.database import Database, Unavailable

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Joining:
    """What a machine needs to join: `slots` is how many tasks it works on at a time."""

    database_url: str
    broker_url: str
    slots: int = 8
    name: str | None = None
    folder: Path | None = None
    timing: Timing | None = None
    witness: Witness | None = None


class Loop:
    """An event loop in a thread of its own; Celery's threads ask it for things and wait."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="work", daemon=True)
        self._thread.start()

    def ask(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run it there, and wait for what comes of it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def tell(self, coroutine: Coroutine[Any, Any, object]) -> None:
        """Run it there, and do not wait."""
        asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def consume(joining: Joining, catalogue: Catalogue) -> None:
    """Work on what Celery's queue brings, until SIGTERM: then everything is put down and released."""
    loop, name = Loop(), joining.name or worker_name()
    worker, db = loop.ask(_begin(joining, catalogue, name))
    app = make_app(joining.broker_url)
    _register(app, loop, worker)
    try:
        app.Worker(
            hostname=f"fermata@{name}",
            pool="threads",
            concurrency=joining.slots,
            queues=[QUEUE],
            loglevel="WARNING",
            optimization="fair",
            without_gossip=True,
            without_mingle=True,
            quiet=True,  # its banner; ours is a line of the log
        ).start()
    finally:
        loop.ask(_leave(worker, db))
        loop.close()


async def _begin(joining: Joining, catalogue: Catalogue, name: str) -> tuple[Worker, Database]:
    db = Database(joining.database_url, size=8, timeout=10, application="fermata worker")
    witness = joining.witness or Nobody()
    witness.follow(db)
    worker = Worker(
        db,
        catalogue,
        Hints(),
        slots=joining.slots,
        name=name,
        folder=joining.folder,
        timing=joining.timing,
        witness=witness,
    )
    await worker.start()
    return worker, db


async def _leave(worker: Worker, db: Database) -> None:
    await worker.close()
    await db.close()


def _register(app: App, loop: Loop, worker: Worker) -> None:
    """What Celery calls: the task, the broadcast that says look at once, and the notice that it is to leave."""

    @app.task(name=TASK, bind=True)
    def work(message: App, task_id: str, epoch: int) -> None:
        worker.witness.sent(UUID(task_id), message.request.headers or {})
        try:
            loop.ask(worker.work_on((UUID(task_id), epoch)))
        except Unavailable:
            log.warning("the database is away; the message is sent again", task_id=task_id)

    def look(state: object, ids: Sequence[str]) -> None:
        for task_id in ids:
            loop.tell(_hurry(worker, UUID(task_id)))

    def leave(**_: object) -> None:
        loop.tell(worker.drain())

    def ready(**_: object) -> None:
        log.info("the worker is ready", worker=worker.name, kinds=worker.leases.known)

    celery: Any = control  # Celery has no types
    celery.control_command(name=LOOK, args=[("ids", list)])(look)
    notices: Any = signals
    notices.worker_shutting_down.connect(leave, weak=False)
    notices.worker_ready.connect(ready, weak=False)
    log.debug("a worker is registered", task=work.name)


async def _hurry(worker: Worker, task_id: UUID) -> None:
    worker.hurry(task_id)
