"""What layers that lie around all others say: an answer with what the layers that it did not go through would have added."""

import time
from typing import NamedTuple

from starlette.types import Receive, Scope, Send

from gql.responses import Headers
from server.measured import OPERATION, OUTCOME
from server.metrics import Metrics
from server.middleware import REQUEST_ID, Protections, RequestIds, SecurityHeaders, id_of, leaving, write_line


class Answer(NamedTuple):
    """What goes out, but for what is of the request alone. `operation`, `outcome`: as the metrics call them."""

    status: int
    headers: Headers
    body: bytes
    operation: str
    outcome: str


class Outside:
    """Sends answers, and counts them."""

    def __init__(self, metrics: Metrics, protections: Protections) -> None:
        self._metrics = metrics
        self._protections = protections
        self._leaving = RequestIds(SecurityHeaders(_leave, protections))

    async def send(self, answer: Answer, given: dict[bytes, bytes], scope: Scope, send: Send) -> None:
        """`given`: the headers of the request, the first of each name."""
        request_id = id_of(given.get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id.decode()
        headers = [*answer.headers, *self._protections.of(scope), (REQUEST_ID, request_id)]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def count(self, answer: Answer, given: dict[bytes, bytes], began: float) -> None:
        """`began`: of `time.perf_counter`, when the request came."""
        self._metrics.request(answer.operation, answer.outcome, time.perf_counter() - began)
        if b"if-none-match" in given:
            self._metrics.poll(modified=answer.status != 304)

    def write(self, answer: Answer, scope: Scope, began: float) -> None:
        """A line of the log."""
        if answer.operation != "none":
            scope["state"].update({OPERATION: answer.operation, OUTCOME: answer.outcome})
        write_line(scope, answer.status, time.perf_counter() - began)

    async def leave(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The process leaves, and has waited for as long as it may."""
        await self._leaving(scope, receive, send)


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """By name; the first of a name counts."""
    return dict(reversed(scope["headers"]))


async def _leave(scope: Scope, receive: Receive, send: Send) -> None:
    await leaving()(scope, receive, send)
