"""How answers go out: their headers; and the answer to a poll that finds nothing new, of which little is made anew."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple, TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gql.answer import Answer
from gql.media import Media
from gql.reading import Pair, Visitor
from models.role import Role

SETTLED = "settled"  # of scope["state"]: `Settled`, where the answer has a tag that can be asked about

VARY = ("Vary", "Authorization, Cookie, Accept, Accept-Encoding")
_CACHE = ("Cache-Control", "private, no-cache")

_ALWAYS = tuple((name.lower().encode(), value.encode()) for name, value in (_CACHE, VARY))
_TYPES = {media: (b"content-type", media.content_type.encode()) for media in Media}

Headers: TypeAlias = list[tuple[bytes, bytes]]


class Settled(NamedTuple):
    """What the endpoint found out of a request and has answered: enough to answer the same one again, if all is as it was."""

    visitor: Visitor
    role: Role | None  # of the visitor in the workspace that the answer was read from, where that was found out
    question: bytes
    media: Media
    tag: str
    pairs: tuple[Pair, ...]


def unchanged(tag: str) -> Headers:
    """The headers of 304."""
    return [(b"etag", tag.encode("latin-1")), *_ALWAYS]


def shown(body: bytes, tag: str, media: Media) -> Headers:
    """The headers of 200 with an answer that was kept."""
    return [(b"content-length", b"%d" % len(body)), *unchanged(tag), _TYPES[media]]


class NotModified:
    """304 with the tag that still holds (RFC 9110 section 15.4.5)."""

    __slots__ = ("_tag",)

    def __init__(self, tag: str) -> None:
        self._tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application. The message is made anew, as layers around us add to its headers."""
        status = int(HTTPStatus.NOT_MODIFIED)
        await send({"type": "http.response.start", "status": status, "headers": unchanged(self._tag)})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Shown:
    """200 with an answer that was kept for many, and the tag of who asks; for HEAD without its body. As `sent` would send it."""

    __slots__ = ("_body", "_media", "_tag")

    def __init__(self, body: bytes, tag: str, media: Media) -> None:
        self._body = body
        self._tag = tag
        self._media = media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application. The message is made anew, as layers around us add to its headers."""
        headers = shown(self._body, self._tag, self._media)
        await send({"type": "http.response.start", "status": int(HTTPStatus.OK), "headers": headers})
        body = b"" if scope["method"] == "HEAD" else self._body
        await send({"type": "http.response.body", "body": body, "more_body": False})


def cached(tag: str) -> list[tuple[str, str]]:
    """The headers of an answer with a tag."""
    return [("ETag", tag), _CACHE, VARY]


def hinted(hints: Response) -> list[tuple[str, str]]:
    """What resolvers set on the response that they were given, cookies above all."""
    ours = ("content-length", "content-type")
    return [(name, value) for name, value in hints.headers.items() if name.lower() not in ours]


def sent(request: Request, found: Answer, media: Media) -> Response:
    """The response of an answer: its headers, and no body for HEAD."""
    response = Response(b"" if request.method == "HEAD" else found.body, found.status)
    for name, value in found.headers:
        response.headers.append(name, value)
    if found.status != HTTPStatus.NOT_MODIFIED:
        response.headers["Content-Type"] = (Media.JSON if media is Media.EVENTS else media).content_type
        response.headers["Content-Length"] = str(len(found.body))
    if "cache-control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
        response.headers.append(*VARY)
    return response
