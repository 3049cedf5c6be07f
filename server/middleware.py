"""What happens around every request: its id, its line in the log, headers that browsers heed, and the last resort.

Pure ASGI; server/app.py lists them, the first one outermost.
"""

import asyncio
import logging
import random
import re
import time
from uuid import uuid4

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.answer import refusal
from gql.errors import OutcomeUnknown

TOLD = ("request_id", "who", "operation", "outcome")  # of scope["state"], where a request came so far
REQUEST_ID = b"x-request-id"
_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
UNWATCHED = frozenset({"/healthz", "/readyz", "/metrics"})

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Mantine sets its colours and sizes as styles of elements
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",  # the editor of the explorer
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",  # links to a reset or an invitation hold a token
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_RAW = tuple((name.encode(), value.encode()) for name, value in SECURITY.items())
_YEAR = b"max-age=31536000"

log = structlog.stdlib.get_logger("http")
_standard = logging.getLogger("http")  # of the same name: its level says what is heard


class RequestIds:
    """Gives each request an id: the caller's `X-Request-Id` where it is harmless, else one of ours.

    The id is bound for every line that is logged meanwhile, and is a header of the answer. What other layers
    raise is answered by `unforeseen`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = id_of(header(scope, REQUEST_ID)).decode()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id)
        began = time.perf_counter()
        try:
            await self.app(scope, receive, answer.send)
        except asyncio.CancelledError:  # the process leaves, and has waited for as long as it may
            if not answer.status:
                await leaving()(scope, receive, answer.send)
            raise
        except Exception as error:
            if answer.complete:
                return None  # `unforeseen` has answered it; Starlette raises it again for whom it may concern
            if answer.status:
                log.exception("unforeseen error within an answer", error_id=uuid4().hex)
                raise  # all that is left is to break it off
            await unforeseen(Request(scope), error)(scope, receive, answer.send)
        finally:
            write_line(scope, answer.status, time.perf_counter() - began)
        return None


class _Answer:
    """What has been sent so far."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._id = request_id.encode()
        self.status = 0
        self.complete = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), (REQUEST_ID, self._id)]
        await self._send(message)
        self.complete = message["type"] == "http.response.body" and not message.get("more_body", False)


def unforeseen(_request: Request, error: Exception) -> Response:
    """For `Starlette(exception_handlers={Exception: unforeseen})`: the trace for the log, an id for the caller."""
    error_id = uuid4().hex
    log.error("unforeseen error", error_id=error_id, exc_info=error)
    said = "Something went wrong on the server. Try again; if it stays, give this id to whoever runs the server."
    return JSONResponse({"errors": [{"message": said, "extensions": {"code": "INTERNAL", "errorId": error_id}}]}, 500)


def leaving() -> Response:
    """For who is under way when the process has to leave: nobody knows how far it came."""
    told = refusal(OutcomeUnknown())
    return Response(told.body, int(told.status), dict(told.headers), "application/json")


def id_of(asked: bytes | None) -> bytes:
    """The id of a request: what the caller asked for where it is harmless, else one of ours."""
    if asked and _ID.fullmatch(asked):
        return asked
    return b"%032x" % random.getrandbits(128)  # no secret: it tells requests apart


def write_line(scope: Scope, status: int, seconds: float) -> None:
    """The query is left out: it may hold what is only for the asker. Who asked for what, and was refused why, is in it."""
    quiet = status == 304 or scope["path"] in UNWATCHED
    if quiet and not _standard.isEnabledFor(logging.DEBUG):
        return  # polls are many: nothing is made up that nobody reads
    client, state = scope.get("client"), scope.get("state", {})
    write = log.debug if quiet else log.info
    write(
        "request",
        method=scope["method"],
        path=scope["path"],
        status=status,
        ms=round(seconds * 1000, 1),
        client=client[0] if client else None,
        **{name: state[name] for name in TOLD if name in state},
    )


class Protections:
    """What answers tell browsers. `https`: our own address begins so. `subdomains`: all of its subdomains are to be asked by
    https as well (RFC 6797, 6.1.2)."""

    def __init__(self, *, https: bool = False, subdomains: bool = False) -> None:
        strict = _YEAR + b"; includeSubDomains" if subdomains else _YEAR
        self._by_https = (*_RAW, (b"strict-transport-security", strict))
        self._https = https

    def of(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
        """Of the answer to that request: over plain http nobody may say what holds for https (RFC 6797, 7.2)."""
        return self._by_https if self._https or scope.get("scheme") == "https" else _RAW


class SecurityHeaders:
    """Headers that browsers heed. An answer that sets one itself keeps its own."""

    def __init__(self, app: ASGIApp, protections: Protections) -> None:
        self.app = app
        self._protections = protections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        ours = self._protections.of(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                named = {name.lower() for name, _ in given}
                message["headers"] = given + [pair for pair in ours if pair[0] not in named]
            await send(message)

        return await self.app(scope, receive, send_with_headers)


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first header of that name (in lower case), as it came; None where there is none."""
    return next((value for key, value in scope["headers"] if key == name), None)
