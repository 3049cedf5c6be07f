"""Spans of work: one for each run of a task, from the claim to its end, linked to the request that asked for it where it is known.

It is known in the process that was asked, and goes to workers elsewhere with Celery's message. A run is a trace of its own: it
may begin long after its request, and be tried again.
"""

from collections import OrderedDict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from engine.endings import How
from engine.hints import Hint
from engine.leases import Lease
from engine.witness import Told
from models.database import Database
from models.lifecycle import Nature
from models.lifecycle import Status as TaskStatus
from models.task import Task
from models.watched import Told as Statement

REMEMBERED = 10_000  # requests that asked for work; who asked before them is forgotten
LOST = "LOST"  # the outcome of a run whose lease was gone, or that was broken off
FAILED = frozenset({How.FAIL, How.RETRY})
_WIRE = TraceContextTextMapPropagator()
_RUNNING = ContextVar("fermata_running", default=False)  # a run that queues its task again has not asked for it


class WorkTraces:
    """The witness (engine/witness.py) of the work of a process."""

    def __init__(self, tracer: Tracer, statement: Statement) -> None:
        self._tracer, self._statement = tracer, statement
        self._asked: OrderedDict[UUID, SpanContext] = OrderedDict()

    def heard(self, told: Sequence[Hint]) -> None:
        """What has been committed: whoever does so at this moment has asked for the work that is queued by it."""
        asking = trace.get_current_span().get_span_context()
        for hint in told if asking.is_valid and not _RUNNING.get() else ():
            task = hint.task
            if task is not None and task.nature is Nature.WORK and task.status is TaskStatus.QUEUED:
                self._remember(task.id, asking)

    def follow(self, database: Database) -> None:
        """Statements of a run are spans within its own."""
        database.watch(self._statement)

    def headers(self, task_id: UUID) -> Mapping[str, str]:
        """`traceparent` of the request that asked for it."""
        carrier: dict[str, str] = {}
        if asked := self._asked.get(task_id):
            _WIRE.inject(carrier, trace.set_span_in_context(NonRecordingSpan(asked), Context()))
        return carrier

    def sent(self, task_id: UUID, headers: Mapping[str, str]) -> None:
        """The same at the other end."""
        found = trace.get_current_span(_WIRE.extract(headers, Context())).get_span_context()
        if found.is_valid:
            self._remember(task_id, found)

    @contextmanager
    def run(self, lease: Lease) -> Generator[Told]:
        """Around a run. No error's text is in the span: it may hold what the work was given."""
        asked, attributes = self._asked.get(lease.id), _attributes(lease)
        links = [Link(asked)] if asked else []
        with self._tracer.start_as_current_span(
            f"work {lease.task.kind}",
            Context(),
            SpanKind.CONSUMER,
            attributes,
            links,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            outcome, running = _Outcome(span), _RUNNING.set(True)
            try:
                yield outcome
            finally:
                _RUNNING.reset(running)
                outcome.write()

    def _remember(self, task_id: UUID, asked: SpanContext) -> None:
        self._asked[task_id] = asked
        self._asked.move_to_end(task_id)
        while len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)


class _Outcome:
    """How it ended, once that is told."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._how: How | None = None
        self._outcome = LOST

    def __call__(self, how: How | None, task: Task | None) -> None:
        self._how, self._outcome = how, LOST if task is None else task.status.value

    def write(self) -> None:
        """Into the span."""
        self._span.set_attributes({"fermata.outcome": self._outcome, "fermata.ending": self._how or LOST})
        if self._outcome == LOST or self._how in FAILED:
            self._span.set_status(Status(StatusCode.ERROR, self._outcome))


def _attributes(lease: Lease) -> dict[str, str | int]:
    task = lease.task
    return {
        "fermata.task_id": str(task.id),
        "fermata.kind": task.kind,
        "fermata.attempt": task.attempt,
        "fermata.lease_epoch": lease.epoch,
        "fermata.worker": task.lease_owner or "",
    }
