"""How many requests a process works on at once: who comes when there are as many waits a moment (server/line.py), or is sent away.

All would be slower by each one more, and those who gave up waiting would be worked for in vain. A request takes its place
when all of it has arrived, so that those who drip their bodies take none, and a stream gives it back when it has begun.
Whoever is sent away goes through no other layer.
"""

import asyncio
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.answer import refusal
from gql.errors import Unavailable
from server.line import Line, Word
from server.outside import Answer, Outside, headers_of

PATH = "/graphql"
TELL_SECONDS = 1.0
_CLOSE = (b"connection", b"close")
_UNKEPT = (b"cache-control", b"no-store")

log = structlog.stdlib.get_logger("http")


class Places:
    """A layer that lets in who has a place; the others hear 503 with `Retry-After`. How long a body may be is seen to before us."""

    def __init__(self, app: ASGIApp, line: Line, outside: Outside) -> None:
        self._app = app
        self._line = line
        self._outside = outside
        self._away = turned_away()
        self._untold = 0  # in the log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            return await self._app(scope, receive, send)
        began = time.perf_counter()
        try:
            arrived = await _arrived(receive) if scope["method"] in ("POST", "PUT", "PATCH") else []
            word = await self._line.enter(arrived, receive)
        except asyncio.CancelledError:  # the process leaves, and has waited for as long as it may
            await self._outside.leave(scope, receive, send)
            raise
        if word is Word.ENTER:
            return await self._let_in(scope, arrived, receive, send)
        return await self._turn_away(word, scope, send, began)

    def leave(self) -> None:
        """Nobody is kept waiting any more."""
        self._line.release()

    async def _let_in(self, scope: Scope, arrived: list[Message], receive: Receive, send: Send) -> None:
        inside = True

        def leave() -> None:
            nonlocal inside
            if inside:
                inside = False
                self._line.leave()

        async def replayed() -> Message:
            return arrived.pop(0) if arrived else await receive()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                leave()
            await send(message)

        try:
            return await self._app(scope, replayed, watched)
        finally:
            leave()

    async def _turn_away(self, word: Word, scope: Scope, send: Send, began: float) -> None:
        """Always the same words, made once: who sends many away has little time for each."""
        given, away = headers_of(scope), self._away
        if word is Word.REFUSE_AND_CLOSE:
            away = away._replace(headers=[*away.headers, _CLOSE])
        if word is not Word.DROP:
            await self._outside.send(away, given, scope, send)
        self._outside.count(away, given, began)
        if not self._untold:
            asyncio.get_running_loop().call_later(TELL_SECONDS, self._tell)
        self._untold += 1

    def _tell(self) -> None:
        """One line of the log for all of a second: one for each would be most of what sending them away costs."""
        log.warning("no place for some requests", turned_away=self._untold, places=self._line.places)
        self._untold = 0


async def _arrived(receive: Receive) -> list[Message]:
    """All of a body, or that nobody waits any more."""
    messages = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def turned_away() -> Answer:
    """Nothing was done; a second later there may be room."""
    told = refusal(Unavailable())
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(told.body)), _UNKEPT]
    headers += [(name.lower().encode(), value.encode()) for name, value in told.headers]
    return Answer(int(told.status), headers, told.body, "none", "http_503")
