"""HTTP with limits: uvicorn's protocol, which has none on sizes, numbers and times, gets them here.

Each refusal is a small JSON answer in the shape of a GraphQL error, after which the connection is closed. What an
ordinary request costs extra is a few comparisons: timers are set only for what has not arrived as a whole.
"""

import asyncio
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.refusals import (
    FULL,
    LARGE_BODY,
    LARGE_HEADERS,
    LONG_TARGET,
    MALFORMED,
    SLOW_BODY,
    SLOW_HEADERS,
    Refusal,
    answer,
)

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


class RefusedError(Exception):
    """Ends the parsing of a request, from within one of the parser's callbacks."""


class Phase(Enum):
    """What of a request we wait for."""

    NOTHING = auto()
    HEADERS = auto()
    BODY = auto()


NOTHING, HEADERS, BODY = Phase  # looked up for every piece of every request


class LimitedProtocol(HttpToolsProtocol):
    """One connection. `limited` makes the class for given limits."""

    limits: ClassVar[HttpLimits] = HttpLimits()

    phase = NOTHING
    refusal: Refusal | None = None
    _piece = 0
    _raw_bytes = 0
    _begun: int = 0
    _body_bytes = 0
    _timed = NOTHING
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
        was, self._begun, self._piece = self.phase, 0, len(data)
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
        if was is NOTHING and self._begun < 2 and self.phase is not NOTHING:
            self._raw_bytes = len(data)  # all of it belongs to the request that began with it
        self._look_after_what_is_missing()

    def _look_after_what_is_missing(self) -> None:
        """After each piece: limits on what the parser keeps to itself, and the deadline of the phase."""
        if self.phase is not NOTHING or self._is_answering():
            self._unset_keepalive_if_required()
        if self.phase is HEADERS and self._raw_bytes > self.limits.header_bytes + self.limits.target_bytes:
            self.refuse(LARGE_HEADERS if self.headers else LONG_TARGET)
        elif self.phase is BODY and self._raw_bytes > self.limits.raw_body_bytes:
            self.refuse(LARGE_BODY)
        elif self.phase is BODY and len(self.headers) > self.limits.headers:
            self.refuse(LARGE_HEADERS)
        elif self.phase is not self._timed:
            self._set_timer()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete  # pyright: ignore[reportUnnecessaryComparison] - None before the first

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._timed = self.phase
        if self.phase is not NOTHING:
            seconds = self.limits.header_seconds if self.phase is HEADERS else self.limits.body_seconds
            self._timer = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._timed = NOTHING
        if self.phase is BODY and self.flow.read_paused:
            self._set_timer()  # it is us who do not read
        else:
            self.refuse(SLOW_HEADERS if self.phase is HEADERS else SLOW_BODY)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.phase = HEADERS
        self._timed = NOTHING
        self._begun += 1
        self._raw_bytes = self._body_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self.limits.target_bytes:
            raise RefusedError(LONG_TARGET)

    def on_headers_complete(self) -> None:
        if self._are_too_large():
            raise RefusedError(LARGE_HEADERS)
        names = [name for name, _ in self.headers]
        hosts = names.count(b"host")
        if self.parser is None or hosts > 1:
            raise RefusedError(MALFORMED)
        old = self.parser.get_http_version() != "1.1"
        if (hosts == 0 and not old) or (b"transfer-encoding" in names and old):  # 1.0 knows no chunks (RFC 9112, 6.1)
            raise RefusedError(MALFORMED)
        if b"content-length" in names:
            length = dict(self.headers)[b"content-length"]
            if not length.isdigit() or len(length) > 18 or int(length) > self.limits.body_bytes:
                raise RefusedError(LARGE_BODY if length.isdigit() else MALFORMED)
        self.phase = BODY
        self.scope["headers"] = self.headers.copy()  # what comes behind a body is no header of it (RFC 9110, 6.5.1)
        super().on_headers_complete()
        if self._last or self.parser.should_upgrade():
            self.cycle.keep_alive = False  # after an upgrade the parser may not be fed again

    def _are_too_large(self) -> bool:
        """The headers; counted only where all that came of the request so far is larger."""
        if len(self.headers) > self.limits.headers:
            return True
        if self._raw_bytes + self._piece <= self.limits.header_bytes:
            return False
        return sum(len(name) + len(value) + 4 for name, value in self.headers) > self.limits.header_bytes

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        if self._body_bytes > self.limits.body_bytes:
            raise RefusedError(LARGE_BODY)
        super().on_body(body)

    def on_message_complete(self) -> None:
        if len(self.headers) > self.limits.headers:  # with those that came behind the body
            raise RefusedError(LARGE_HEADERS)
        self.phase = NOTHING
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
        ours = not self._is_answering() or (self.phase is BODY and not self.cycle.response_started)
        alone = not self.pipeline
        self.phase = NOTHING
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


def limited(limits: HttpLimits) -> type[LimitedProtocol]:
    """A protocol class for `uvicorn.Config(http=…)`."""
    return type("LimitedProtocol", (LimitedProtocol,), {"limits": limits})
