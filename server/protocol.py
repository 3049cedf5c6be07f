"""HTTP with limits: uvicorn's protocol, which has none on sizes, numbers and times, gets them here.

Each refusal is a small JSON answer in the shape of a GraphQL error, after which the connection is closed. What an
ordinary request costs extra is a few comparisons: timers are set only for what has not arrived as a whole.
"""

import asyncio
import json
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

LINGER_SECONDS = 2.0  # closing at once would reset the connection before the answer was read (RFC 9112, 9.6)


@dataclass(frozen=True)
class HttpLimits:
    """Sizes in bytes, times in seconds."""

    header_bytes: int = 16_384
    headers: int = 64
    target_bytes: int = 8_192
    body_bytes: int = 1_000_000
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    idle_seconds: float = 15.0
    stalled_seconds: float = 30.0  # a client that does not read what it asked for
    connections: int = 2000

    @property
    def raw_body_bytes(self) -> int:
        """With the frames of a chunked body, which may be longer than what they hold."""
        return 8 * self.body_bytes + 65_536


@dataclass(frozen=True)
class Refusal:
    status: int
    code: str
    message: str
    retry_after: int | None = None


MALFORMED = Refusal(400, "INVALID_INPUT", "This is not a well-formed HTTP/1.1 request.")
SLOW_HEADERS = Refusal(408, "INVALID_INPUT", "The headers of the request took too long to arrive. Send it again.")
SLOW_BODY = Refusal(408, "INVALID_INPUT", "The body of the request took too long to arrive. Send it again.")
LARGE_BODY = Refusal(413, "INVALID_INPUT", "The body of the request is too large. Send less at once.")
LONG_TARGET = Refusal(414, "INVALID_INPUT", "The address is too long. Send the document by POST, or its documentId.")
LARGE_HEADERS = Refusal(431, "INVALID_INPUT", "The request has too many headers, or too large ones.")
FULL = Refusal(503, "UNAVAILABLE", "The server has as many connections as it can take. Try again in a moment.", 1)


class RefusedError(Exception):
    """Ends the parsing of a request, from within one of the parser's callbacks."""


class Phase(Enum):
    """What of a request we wait for."""

    NOTHING = auto()
    HEADERS = auto()
    BODY = auto()


class LimitedProtocol(HttpToolsProtocol):
    """One connection. `limited` makes the class for given limits."""

    limits: ClassVar[HttpLimits] = HttpLimits()

    phase = Phase.NOTHING
    refusal: Refusal | None = None
    _header_bytes = 0
    _raw_bytes = 0
    _begun: int = 0
    _body_bytes = 0
    _timed = Phase.NOTHING
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _last = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self.refuse(FULL)
        else:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.limits.header_seconds, self.timeout_keep_alive_handler
            )

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._timer, self._stalled, self.timeout_keep_alive_task):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.refusal is not None or self.parser is None:
            return
        was, self._begun = self.phase, 0
        self._raw_bytes += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # we speak HTTP/1.1 only, and may ignore the wish (RFC 9110, 7.8)
        except httptools.HttpParserError as error:
            told = error.__context__
            refusal = told.args[0] if isinstance(told, RefusedError) else MALFORMED
            self.refuse(refusal)
            return
        if was is Phase.NOTHING and self._begun < 2 and self.phase is not Phase.NOTHING:
            self._raw_bytes = len(data)  # all of it belongs to the request that began with it
        self._look_after_what_is_missing()

    def _look_after_what_is_missing(self) -> None:
        """After each piece: limits on what the parser keeps to itself, and the deadline of the phase."""
        if self.phase is not Phase.NOTHING or self._is_answering():
            self._unset_keepalive_if_required()
        if self.phase is Phase.HEADERS and self._raw_bytes > self.limits.header_bytes + self.limits.target_bytes:
            self.refuse(LONG_TARGET if not self.headers and self._header_bytes == 0 else LARGE_HEADERS)
        elif self.phase is Phase.BODY and self._raw_bytes > self.limits.raw_body_bytes:
            self.refuse(LARGE_BODY)
        elif self.phase is not self._timed:
            self._set_timer()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison] - None before the first

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._timed = self.phase
        if self.phase is not Phase.NOTHING:
            seconds = self.limits.header_seconds if self.phase is Phase.HEADERS else self.limits.body_seconds
            self._timer = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._timed = Phase.NOTHING
        if self.phase is Phase.BODY and self.flow.read_paused:
            self._set_timer()  # it is us who do not read
        else:
            self.refuse(SLOW_HEADERS if self.phase is Phase.HEADERS else SLOW_BODY)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.phase = Phase.HEADERS
        self._timed = Phase.NOTHING
        self._begun += 1
        self._header_bytes = self._raw_bytes = self._body_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self.limits.target_bytes:
            raise RefusedError(LONG_TARGET)

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._header_bytes += len(name) + len(value) + 4
        if self._header_bytes > self.limits.header_bytes or len(self.headers) > self.limits.headers:
            raise RefusedError(LARGE_HEADERS)

    def on_headers_complete(self) -> None:
        named = dict(self.headers)
        hosts = sum(name == b"host" for name, _ in self.headers)
        if self.parser is None or hosts > 1:
            raise RefusedError(MALFORMED)
        old = self.parser.get_http_version() != "1.1"
        if (hosts == 0 and not old) or (b"transfer-encoding" in named and old):  # 1.0 knows no chunks (RFC 9112, 6.1)
            raise RefusedError(MALFORMED)
        length = named.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 18 or int(length) > self.limits.body_bytes:
            raise RefusedError(LARGE_BODY if length.isdigit() else MALFORMED)
        self.phase = Phase.BODY
        super().on_headers_complete()
        if self._last or self.parser.should_upgrade():
            self.cycle.keep_alive = False  # after an upgrade the parser may not be fed again

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        if self._body_bytes > self.limits.body_bytes:
            raise RefusedError(LARGE_BODY)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.phase = Phase.NOTHING
        super().on_message_complete()

    def close_after_answer(self) -> None:
        """The next answer, or the one under way, says `Connection: close`. An idle connection stays open for it: closing
        it could cross a request on its way, which a client may not send again by itself (RFC 9112, 9.3.1)."""
        self._last = True
        if self._is_answering():
            self.cycle.keep_alive = False

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.limits.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        super().resume_writing()

    def refuse(self, refusal: Refusal) -> None:
        """Answers, unless an answer is under way; drops whatever else arrives; closes."""
        self.refusal = refusal
        ours = not self._is_answering() or (self.phase is Phase.BODY and not self.cycle.response_started)
        alone = not self.pipeline
        self.phase = Phase.NOTHING
        self._set_timer()
        if self._is_answering():
            self.cycle.disconnected = True
            self.cycle.waiting_for_100_continue = False  # it would be written behind the answer
            self.cycle.message_event.set()
        self.pipeline.clear()
        if self.transport.is_closing() or not (ours and alone):
            self.transport.close()
            return
        self.flow.resume_reading()
        self.transport.write(answer(refusal))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._timer = self.loop.call_later(LINGER_SECONDS, self.transport.close)


def answer(refusal: Refusal) -> bytes:
    body = json.dumps({"errors": [{"message": refusal.message, "extensions": {"code": refusal.code}}]}).encode()
    head = [
        STATUS_LINE[refusal.status],
        b"content-type: application/json\r\n",
        b"content-length: %d\r\n" % len(body),
        b"cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n",
        b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
        b"" if refusal.retry_after is None else b"retry-after: %d\r\n" % refusal.retry_after,
        b"\r\n",
    ]
    return b"".join([*head, body])


def limited(limits: HttpLimits) -> type[LimitedProtocol]:
    """A protocol class for `uvicorn.Config(http=…)`."""
    return type("LimitedProtocol", (LimitedProtocol,), {"limits": limits})
