"""Who asks the same question again and again is answered here, without the endpoint: that nothing has changed, or with a page
that was made for others with the same rights.

Whatever of an answer follows from these bytes alone (what is asked, who it is whose credential this is, for whom a tag was
sealed) was found out by the endpoint when it answered the first one, and is remembered. What may have become another since is
asked each time: whether the credential still holds, with which rights, and whether anything has changed. If that cannot be
told, or is not enough for an answer, the request goes on to the endpoint as if nobody had looked.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

from auth.backend import Credential
from gql.media import Media
from gql.reading import Conditional, Pair, Reading
from gql.responses import SETTLED, Settled, shown, unchanged
from gql.shared import Alike, Page, Shared
from models.remembered import Remembered
from server.outside import Answer, Outside, headers_of
from server.probes import Probe, Probes, Standing, state_of
from server.requests import Visitor

_PATH = "/graphql"
_METHODS = ("GET", "HEAD")
_MOST = 50_000_000  # bytes, roughly, of who asks what
_WEIGHT = 3000  # of each, without what is asked
_TAGS = 3  # of each: several programs may ask the same with one credential, each as of another moment


Key: TypeAlias = tuple[bytes, bytes, bytes | None]


class Known(NamedTuple):
    """An answer that somebody has got: from which state it was made, with which rights, and what confirms it."""

    pairs: tuple[Pair, ...]
    rights: str
    probe: Probe
    confirmed: Answer

    def holds(self, standing: Standing) -> bool:
        """Whether the same would be answered again."""
        return standing.rights == self.rights and standing.news.isdisjoint(self.probe.states)


class Holder(NamedTuple):
    """As in gql.reading.Viewer."""

    principal_key: str
    rights: str


class Offer(NamedTuple):
    """A page that others were given, for one who asks with a certain tag or without one; and what has to be asked first."""

    page: Page
    tag: bytes | None
    probe: Probe


@dataclass(slots=True)
class Watch:
    """Somebody who asks one question: what is known of them and of the answers that they have got."""

    credential: Credential
    principal_key: str
    question: bytes
    media: Media
    alike: Alike | None = None  # whose pages are theirs, as far as it is known
    known: dict[bytes | None, Known] = field(default_factory=dict[bytes | None, Known])  # by tag
    offer: Offer | None = None
    ready: tuple[Page, Answer] | None = None

    def learn(self, tag: str, pairs: tuple[Pair, ...], rights: str) -> None:
        """They have got an answer with that tag."""
        name, confirmed = tag.encode("latin-1"), Answer(304, unchanged(tag), b"", "none", "not_modified")
        self.known.pop(name, None)
        self.known[name] = Known(pairs, rights, Probe(self.credential, pairs), confirmed)
        while len(self.known) > _TAGS:
            del self.known[next(iter(self.known))]

    def offered(self, page: Page, tag: bytes | None) -> Offer | None:
        """The page that they may be given instead of the answer that they have; None where they have it, or nobody knows."""
        known, offer = self.known.get(tag), self.offer
        if known is None and tag is not None:  # nobody knows what they have
            return None
        if known is not None and known.pairs == (page.pair,):  # it is this page
            return None
        if offer is None or offer.page is not page or offer.tag != tag:
            pairs = (*known.pairs, page.pair) if known else (page.pair,)
            offer = self.offer = Offer(page, tag, Probe(self.credential, pairs, page.pair[0]))
        return offer


class Polls:
    """A layer around the application: answers what it knows."""

    def __init__(self, app: ASGIApp, probes: Probes, outside: Outside, shared: Shared, tags: Conditional) -> None:
        self._app = app
        self._probes = probes
        self._outside = outside
        self._shared = shared
        self._tags = tags
        self._watches = Remembered[Key, Watch](_MOST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != _PATH or scope["method"] not in _METHODS:
            return await self._app(scope, receive, send)
        began, state = time.perf_counter(), scope.setdefault("state", {})
        given = headers_of(scope)
        authorization = given.get(b"authorization")
        if authorization is None:
            return await self._app(scope, receive, send)
        key = _key(scope["query_string"], authorization, given.get(b"accept"))
        watch = self._watches.get(key)
        if watch is not None:
            answer = await self._look(watch, given.get(b"if-none-match"), scope, receive, send)
            if answer is not None:
                return await self._send(answer, given, scope, send, began)
        await self._app(scope, receive, send)
        settled: Settled | None = state.get(SETTLED)
        return None if settled is None else self._remember(key, settled)

    def _remember(self, key: Key, settled: Settled) -> None:
        visitor = settled.visitor
        if not isinstance(visitor, Visitor) or visitor.credential is None or visitor.principal_key is None:
            return
        watch = self._watches.get(key)
        if watch is None:
            watch = Watch(visitor.credential, visitor.principal_key, settled.question, settled.media)
            self._watches.keep(key, watch, len(key[1]) + _WEIGHT)
        if settled.role is not None:
            watch.alike = (visitor.rights, settled.role)
        watch.learn(settled.tag, settled.pairs, visitor.rights)

    async def _look(self, watch: Watch, tag: bytes | None, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """The answer, if it can be told without the endpoint, for which then is left what was found out."""
        known, page = watch.known.get(tag), self._shared.page(watch.question, watch.alike)
        offer = None if page is None else watch.offered(page, tag)
        probe = offer.probe if offer else known.probe if known else None
        if probe is None or time.time() > watch.credential.ends:
            return None
        try:
            standing = await self._probes.ask(probe)
        except asyncio.CancelledError:  # the process leaves, and has waited for as long as it may
            await self._outside.leave(scope, receive, send)
            raise
        except Exception:
            return None  # the endpoint says it in its own words, if it is still so
        if standing is None:
            return None
        if known is not None and known.holds(standing):
            return known.confirmed
        if offer is None or standing[:2] != watch.alike or state_of(offer.page.pair) in standing.news:
            return None
        return self._shown(watch, offer.page, standing.rights)

    def _shown(self, watch: Watch, page: Page, rights: str) -> Answer:
        """A page with their own tag, as the endpoint would show it."""
        if watch.ready is None or watch.ready[0] is not page:
            tag = self._tags.tag(
                Holder(watch.principal_key, rights), Reading(dict([page.pair])), watch.question, page.body
            )
            headers = shown(page.body, tag, watch.media)
            watch.ready = (page, Answer(200, headers, page.body, page.operation, "ok"))
            watch.learn(tag, (page.pair,), rights)
        return watch.ready[1]

    async def _send(self, answer: Answer, given: dict[bytes, bytes], scope: Scope, send: Send, began: float) -> None:
        await self._outside.send(answer, given, scope, send)
        self._outside.count(answer, given, began)
        self._outside.write(answer, scope, began)


def _key(query: bytes, authorization: bytes, accept: bytes | None) -> Key:
    """All that an answer to GET depends on with an Authorization header, beside the tag that is shown. Of the credential only
    the digest: it does not stay in memory."""
    return hashlib.sha256(authorization).digest(), query, accept
