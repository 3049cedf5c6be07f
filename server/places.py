"""How many requests a process works on at once: who comes when there are as many is sent away at once, instead of kept waiting.

All would be slower by each one more, and those who gave up waiting would be worked for in vain. A request takes its place
when all of it has arrived, so that those who drip their bodies take none, and a stream gives it back when it has begun.
"""

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gql.answer import refusal
from gql.errors import Unavailable


class Places:
    """Lets `most` in at once; the others hear 503 with `Retry-After`. How long a body may be is seen to before us."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0
        self._away = turned_away()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        arrived = await _arrived(receive) if scope["method"] in ("POST", "PUT", "PATCH") else []
        if self._inside >= self._most:
            return await self._turn_away(send)
        self._inside += 1
        inside = True

        def leave() -> None:
            nonlocal inside
            self._inside -= inside
            inside = False

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

    async def _turn_away(self, send: Send) -> None:
        """Always the same words, made once: who sends many away has little time for each."""
        headers = list(self._away.raw_headers)  # each its own: layers around us add theirs
        await send({"type": "http.response.start", "status": self._away.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": self._away.body})


async def _arrived(receive: Receive) -> list[Message]:
    """All of a body, or that nobody waits any more."""
    messages = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def turned_away() -> Response:
    """Nothing was done; a second later there may be room."""
    told = refusal(Unavailable())
    return Response(told.body, told.status, dict(told.headers), "application/json")
