"""Whether this process makes traces: it does where there is somewhere to send them."""

import os
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from server.tracing import Tracing

TRACES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

log = structlog.stdlib.get_logger("process")


def traces() -> "Tracing | None":
    """What makes the spans of this process; None where there is nowhere to send them, or OpenTelemetry is not installed."""
    if not any(os.environ.get(name) for name in TRACES):
        return None
    try:
        from server.tracing import Tracing  # takes its time to be imported, for what few ask for
    except ImportError:
        log.warning("no traces are sent: OpenTelemetry is not installed, see docs/operations.md")
        return None
    return Tracing()
