"""The executor for more than one machine: sends (task id, epoch) over Celery to whoever runs `fermata worker`.

The message is a hint (what traces need goes beside it, where they are on). Lease, progress, pause and cancel stay in our tables,
so that what Celery doubles, delays or loses does no harm; the row itself is the outbox, and what nobody has claimed is sent again.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from celery import Celery
from celery.exceptions import OperationalError

from engine.hints import Hints
from engine.leases import Pair, Timing, dispatchable
from engine.repeating import Repeating
from engine.sweeper import Sweeper
from engine.witness import Nobody, Witness
from models.database import Database, Unavailable

QUEUE = "fermata"
TASK = "fermata.work"
LOOK = "fermata_look"  # the broadcast that says: something may be wished of this task
AT_ONCE = 50  # messages between two looks at the table
# So many messages wait in the broker at most. What is not sent waits in the table, which is the truth anyway, and who has become
# free goes on with that; without a bound, what waits for hours would be sent again and again, and an urgent task would wait
# behind all of it.
BACKLOG = 100
LOOK_SECONDS = 0.05  # until the next look while more is due than was sent; doubled while the workers take none of it
BROKER_SECONDS = 5.0

App = Any  # Celery has no types


def make_app(broker_url: str) -> App:
    """Celery as we use it: acknowledged when it arrives, one message ahead, no results, no times in messages."""
    app: App = Celery("fermata", broker=broker_url, set_as_current=False)
    app.conf.update(
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_acks_late=False,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_disable_rate_limits=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"socket_connect_timeout": BROKER_SECONDS},
        control_queue_ttl=60.0,
    )
    return app


class CeleryExecutor:
    """Sends what is due when a hint says so, and at least once a `poll`; sweeps as well."""

    def __init__(
        self, db: Database, broker_url: str, hints: Hints, timing: Timing | None = None, witness: Witness | None = None
    ) -> None:
        self._db, self._timing, self.witness = db, timing or Timing(), witness or Nobody()
        self._app = make_app(broker_url)
        self._sweeper = Sweeper(db, hints, self._timing)
        self._wake = asyncio.Event()
        self._wished: set[str] = set()
        self._unsent: list[Pair] = []
        self._backlog = BACKLOG  # how many messages wait in the broker, as far as is known: it is asked first
        self._broker = ThreadPoolExecutor(1, thread_name_prefix="broker")  # kombu's connections block
        self._look = LOOK_SECONDS
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to send and to sweep."""
        poll, away = self._timing.poll, (Unavailable, OperationalError, OSError)
        sending = Repeating("sending work", self._send_due, poll, longest=poll, wake=self._wake, away=away)
        self._loops = [asyncio.create_task(sending.run()), asyncio.create_task(self._sweeper.sweep_on())]

    def dispatch(self, task_id: UUID, epoch: int) -> None:
        """Look at once."""
        self._wake.set()

    def signal(self, task_id: UUID, epoch: int) -> None:
        """Have the workers look at once."""
        self._wished.add(str(task_id))
        self._wake.set()

    async def close(self) -> None:
        """Send nothing more; the work of the workers goes on."""
        for loop in self._loops:
            loop.cancel()
        if self._loops:
            await asyncio.wait(self._loops)
        await asyncio.get_running_loop().run_in_executor(self._broker, self._app.close)
        self._broker.shutdown()

    async def _send_due(self) -> None:
        loop = asyncio.get_running_loop()
        wished, self._wished = self._wished, set()
        if wished:
            await loop.run_in_executor(self._broker, self._broadcast, sorted(wished))
        if self._backlog > BACKLOG // 2:
            self._backlog = await loop.run_in_executor(self._broker, self._send, ())
        if self._backlog > BACKLOG // 2:
            self._look_again(min(self._timing.poll, 2 * self._look))
            return  # the workers have enough to do until the next look
        self._unsent = self._unsent or await dispatchable(self._db, self._timing, AT_ONCE)
        if self._unsent:
            self._backlog = await loop.run_in_executor(self._broker, self._send, self._unsent)
        if len(self._unsent) == AT_ONCE:
            self._look_again(LOOK_SECONDS)
        self._unsent = []

    def _look_again(self, seconds: float) -> None:
        self._look = seconds
        asyncio.get_running_loop().call_later(seconds, self._wake.set)

    def _send(self, pairs: Sequence[Pair]) -> int:
        """How many messages wait in the broker then."""
        with self._app.producer_pool.acquire(block=True, timeout=BROKER_SECONDS) as producer:
            queue = self._app.amqp.queues[QUEUE].bind(producer.channel)
            queue.declare()  # a broker that was emptied knows no queue
            waiting = queue.queue_declare().message_count
            for task_id, epoch in pairs:
                self._app.send_task(
                    TASK,
                    args=(str(task_id), epoch),
                    headers=dict(self.witness.headers(task_id)),
                    producer=producer,
                    retry=False,
                    ignore_result=True,
                )
        return waiting + len(pairs)

    def _broadcast(self, ids: Sequence[str]) -> None:
        self._app.control.broadcast(LOOK, arguments={"ids": list(ids)})
