"""The answer to a poll that finds nothing new: a status, a tag, and nothing else that has to be made anew each time."""

from __future__ import annotations

from http import HTTPStatus

from starlette.types import Receive, Scope, Send

CONFIRMED = "confirmed"  # of scope["state"]: who asked, and the tag that was found to hold

VARY = ("Vary", "Authorization, Cookie, Accept, Accept-Encoding")
_CACHE = ("Cache-Control", "private, no-cache")

_ALWAYS = tuple((name.lower().encode(), value.encode()) for name, value in (_CACHE, VARY))
_END = {"type": "http.response.body", "body": b"", "more_body": False}


class NotModified:
    """304 with the tag that still holds (RFC 9110 section 15.4.5)."""

    __slots__ = ("_tag",)

    def __init__(self, tag: str) -> None:
        self._tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application. The message is made anew, as layers around us add to its headers."""
        headers = [(b"etag", self._tag.encode("latin-1")), *_ALWAYS]
        await send({"type": "http.response.start", "status": int(HTTPStatus.NOT_MODIFIED), "headers": headers})
        await send(_END)


def cached(tag: str) -> list[tuple[str, str]]:
    """The headers of an answer with a tag."""
    return [("ETag", tag), _CACHE, VARY]
