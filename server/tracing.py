"""Traces by OpenTelemetry: a span for each request, for the GraphQL operation in it, for each statement of that, and for work.

Spans hold names, outcomes and times: no arguments, no variables, no query of an address, no credential. Where to, how many
and under which name is said by OpenTelemetry's own variables (OTEL_…); without an endpoint nothing of this is imported.
"""

import asyncio
import threading
import time

import structlog
from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.database import Database
from server.measured import OPERATION, OUTCOME
from server.middleware import UNWATCHED
from server.statement_names import name_of
from server.work_traces import WorkTraces

CLOSE_SECONDS = 3.0  # for what has not been sent when the process leaves
GOOD = frozenset({"ok", "none"})


class Tracing:
    """What makes the spans of one process."""

    def __init__(self) -> None:
        resource = Resource.create({"service.name": "fermata"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("fermata")
        self.work = WorkTraces(self._tracer, self._statement)

    def requests(self, app: ASGIApp) -> ASGIApp:
        """A layer around everything: the request, as a child of the caller's span where it names one (`traceparent`)."""

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"] in UNWATCHED:
                return await app(scope, receive, send)
            place = (
                "/graphql" if scope["path"] == "/graphql" else "/auth" if scope["path"].startswith("/auth/") else "/"
            )
            caller = TraceContextTextMapPropagator().extract(Headers(scope=scope))
            name, attributes = (
                f"{scope['method']} {place}",
                {"http.request.method": scope["method"], "http.route": place},
            )
            with self._tracer.start_as_current_span(name, caller, SpanKind.SERVER, attributes) as span:
                identity = trace.format_trace_id(span.get_span_context().trace_id)
                structlog.contextvars.bind_contextvars(trace_id=identity)
                try:
                    await app(scope, receive, _with_status(span, send))
                finally:
                    span.set_attribute("fermata.request_id", scope.get("state", {}).get("request_id", ""))
            return None

        return traced

    def operations(self, app: ASGIApp) -> "Operations":
        """Around the endpoint."""
        return Operations(app, self._tracer)

    def follow(self, database: Database) -> None:
        """The statements that a pool sends for a request or a run of work; what runs beside has no span that they belong to."""
        database.watch(self._statement)

    def _statement(self, text: str, seconds: float, failed: bool) -> None:
        if not trace.get_current_span().is_recording() or (name := name_of(text)) is None:
            return
        now = time.time_ns()
        span = self._tracer.start_span(
            f"sql {name}",
            contexts.get_current(),
            SpanKind.CLIENT,
            {"db.system.name": "postgresql", "db.operation.name": name},
            start_time=now - int(seconds * 1e9),
        )
        if failed:
            span.set_status(Status(StatusCode.ERROR))
        span.end(now)

    async def close(self) -> None:
        """Send what is left, for a while: a receiver that is away holds nobody up."""
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, CLOSE_SECONDS)


class Operations:
    """The span of the GraphQL operation, whose name is known when it is done."""

    def __init__(self, app: ASGIApp, tracer: trace.Tracer) -> None:
        self._app, self._tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._tracer.start_as_current_span("graphql") as span:
            await self._app(scope, receive, send)
            state = scope.get("state", {})
            operation, outcome = str(state.get(OPERATION, "none")), str(state.get(OUTCOME, "none"))
            span.update_name(f"graphql {operation}")
            span.set_attributes({"graphql.operation.name": operation, "fermata.outcome": outcome})
            if outcome not in GOOD:
                span.set_status(Status(StatusCode.ERROR, outcome))


def _with_status(span: Span, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            span.set_attribute("http.response.status_code", message["status"])
            if message["status"] >= 500:
                span.set_status(Status(StatusCode.ERROR))
        await send(message)

    return sending
