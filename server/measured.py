"""The GraphQL endpoint, measured: what was asked, how it went, how long it took.

gql/http.py leaves the names in the request's state.
"""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.metrics import Metrics
from server.middleware import header

OPERATION, OUTCOME = "operation", "outcome"  # of scope["state"]; absent when it came to nothing
ACTIONS = {
    "mutation.runTask": "RUN",
    "mutation.pauseTask": "PAUSE",
    "mutation.resumeTask": "RESUME",
    "mutation.cancelTask": "CANCEL",
}


class Measured:
    """Counts each request of the endpoint, each conditional poll, and each transition that people asked for."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, began = 0, time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._count(scope, status, time.perf_counter() - began)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        state = scope.get("state", {})
        operation = str(state.get(OPERATION, "none"))
        outcome = "not_modified" if status == 304 else str(state.get(OUTCOME, f"http_{status}"))
        self._metrics.request(operation, outcome, seconds)
        if header(scope, b"if-none-match") is not None:
            self._metrics.poll(modified=status != 304)
        if operation in ACTIONS:
            self._metrics.transition(ACTIONS[operation], "moved" if outcome == "ok" else outcome)
