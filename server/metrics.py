"""What Prometheus may read at /metrics. Counts come in through methods; nothing here looks at a task.

With several processes each writes to files in PROMETHEUS_MULTIPROC_DIR (set by server/supervisor.py before this
library is imported), and whichever is asked sums them.
"""

import asyncio
import hmac
import itertools
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cache
from ipaddress import ip_address

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from models.database import Unavailable
from server.figures import MULTIPROCESS

SAMPLE_SECONDS = 0.5
QUEUE_TURNS = 10  # samples between two counts of what waits
MOST_OPERATIONS = 200  # names come from clients: beyond this many they are counted as "other"
FAST = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    def __init__(self) -> None:
        registry = self._own = CollectorRegistry()
        self._operations: set[str] = set()
        self._requests = Counter(
            "fermata_requests", "GraphQL requests by operation and outcome", ("operation", "outcome"), registry=registry
        )
        self._labelled = cache(self._requests.labels)
        self._seconds = Histogram("fermata_request_seconds", "Time to answer", buckets=FAST, registry=registry)
        self._polls = Counter(
            "fermata_polls", "Conditional requests by outcome: modified, not_modified", ("outcome",), registry=registry
        )
        self._polled = {True: self._polls.labels("modified"), False: self._polls.labels("not_modified")}
        self._transitions = Counter(
            "fermata_transitions", "Transitions by action and outcome", ("action", "outcome"), registry=registry
        )
        self._late = Histogram(
            "fermata_timer_lateness_seconds", "From due to completed", buckets=(*FAST, 30, 60), registry=registry
        )
        self._queue = Gauge(
            "fermata_queued_tasks", "Works that wait for a worker", multiprocess_mode="mostrecent", registry=registry
        )
        self._pool = Gauge(
            "fermata_connections_in_use",
            "Database connections lent out",
            ("pool",),
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._lag = Gauge(
            "fermata_loop_lag_seconds", "How late the event loop is", multiprocess_mode="livemax", registry=registry
        )
        self.loop_lag = 0.0
        self._uncounted: dict[tuple[str, str], int] = {}
        self._unpolled = {True: 0, False: 0}

    def request(self, operation: str, outcome: str, seconds: float) -> None:
        """`seconds` from when it came. What is counted most often is added up here until somebody reads it, see `settle`."""
        key = (operation, outcome)
        self._uncounted[key] = self._uncounted.get(key, 0) + 1
        self._seconds.observe(seconds)

    def poll(self, *, modified: bool) -> None:
        self._unpolled[modified] += 1

    def settle(self) -> None:
        """Count what has been added up. Also done with every sample, for the processes beside, and at the end."""
        uncounted, self._uncounted = self._uncounted, {}
        for (operation, outcome), count in uncounted.items():
            self._labelled(self._known(operation), outcome).inc(count)
        for modified, count in self._unpolled.items():
            self._unpolled[modified] = 0
            self._polled[modified].inc(count)

    def transition(self, action: str, outcome: str, count: int = 1) -> None:
        self._transitions.labels(action, outcome).inc(count)

    def timer_completed(self, late: float) -> None:
        """`late` seconds after it was due."""
        self.transition("COMPLETE", "moved")
        self._late.observe(max(late, 0.0))

    def _known(self, operation: str) -> str:
        if operation in self._operations or len(self._operations) < MOST_OPERATIONS:
            self._operations.add(operation)
            return operation
        return "other"

    async def sample(self, pools: Mapping[str, Callable[[], int]], queued: Callable[[], Awaitable[int]]) -> None:
        """Measures for ever how late the event loop is, how many connections are lent out and how much work waits."""
        for turn in itertools.count():
            before = time.monotonic()
            await asyncio.sleep(SAMPLE_SECONDS)
            self.settle()
            self.loop_lag = max(time.monotonic() - before - SAMPLE_SECONDS, 0.0)
            self._lag.set(self.loop_lag)
            for name, in_use in pools.items():
                self._pool.labels(name).set(in_use())
            if turn % QUEUE_TURNS == 0:
                with suppress(Unavailable):
                    self._queue.set(await queued())

    def render(self) -> bytes:
        self.settle()
        registry = self._own
        if os.environ.get(MULTIPROCESS):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)
        return generate_latest(registry)

    def route(self, token: str | None) -> Route:
        async def metrics(request: Request) -> Response:
            if not may_read(request, token):
                said = "For this machine alone, or with FERMATA_METRICS_TOKEN as the bearer token.\n"
                return PlainTextResponse(said, 403)
            kind = "text/plain; version=0.0.4; charset=utf-8"
            return Response(self.render(), media_type=kind, headers={"cache-control": "no-store"})

        return Route("/metrics", metrics, methods=["GET"])


def may_read(request: Request, token: str | None) -> bool:
    """The token, or a program on this machine: not one that came through a proxy on this machine."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token is not None and hmac.compare_digest(given.encode(), token.encode()):
        return True
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
