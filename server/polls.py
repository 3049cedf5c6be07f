"""A poll that was answered "unchanged" is sent again byte for byte, by everyone who watches, all the time.

Whatever of the answer follows from these bytes alone (what is asked, for whom the tag was sealed, that no other site forged
it) was found out by the endpoint when it answered the first one, and is remembered. What may have become another since is
asked each time: whether the credential still holds, with which rights, and whether anything has changed. If so, or if it
cannot be told, the request goes on to the endpoint as if nobody had looked.
"""

from __future__ import annotations

import hashlib
import time
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from gql.reading import Held
from gql.responses import CONFIRMED, NotModified
from models.database import Unavailable
from models.remembered import Remembered
from server.admission import Admission, Asked
from server.metrics import Metrics
from server.middleware import header
from server.requests import Visitor

_PATH = "/graphql"
_MOST = 20_000  # polls that are remembered, of about 1 kB
# All that the endpoint looks at in a request with an Authorization header before it says "unchanged", beside the query string.
_HEADERS = (b"authorization", b"if-none-match", b"accept")


class Poll(NamedTuple):
    """What the endpoint found out: what has to be asked again, and the answer if all is as it was."""

    asked: Asked
    rights: str
    tag: str
    ends: float  # of the credential, by this host's clock


class Polls:
    """A layer around the application: answers what it knows to be unchanged."""

    def __init__(self, app: ASGIApp, admission: Admission, metrics: Metrics) -> None:
        self._app = app
        self._admission = admission
        self._metrics = metrics
        self._known = Remembered[bytes, Poll](_MOST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope) if scope["type"] == "http" and scope["path"] == _PATH else None
        if key is None:
            return await self._app(scope, receive, send)
        began = time.perf_counter()
        poll = self._known.get(key)
        if poll is not None and await self._holds(poll):
            await NotModified(poll.tag)(scope, receive, send)
            self._metrics.request("none", "not_modified", time.perf_counter() - began)
            return self._metrics.poll(modified=False)
        await self._app(scope, receive, send)
        confirmed: tuple[Visitor, Held] | None = scope["state"].get(CONFIRMED)
        if confirmed is not None:
            self._remember(key, *confirmed)
        return None

    def _remember(self, key: bytes, visitor: Visitor, held: Held) -> None:
        credential = visitor.credential
        if credential is not None:
            self._known.keep(key, Poll(Asked(credential, held.pairs), visitor.rights, held.tag, credential.ends))

    async def _holds(self, poll: Poll) -> bool:
        if time.time() > poll.ends:
            return False
        try:
            identity, news = await self._admission(poll.asked)
        except Unavailable:
            return False  # the endpoint says it in its own words, if it is still so
        unchanged = not news or news.isdisjoint(poll.asked.pairs)
        return unchanged and identity is not None and identity.rights == poll.rights


def _key(scope: Scope) -> bytes | None:
    """The digest of all that a poll consists of, so that no credential stays in memory; None for what is no poll."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    authorization, tags, accept = (header(scope, name) for name in _HEADERS)
    if authorization is None or tags is None:
        return None
    parts = (scope["query_string"], authorization, tags, b"-" if accept is None else b"=" + accept)
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in parts)).digest()
