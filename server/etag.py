"""Entity tags of answers: which question, for whom, from which state; and whether that state is still the same.

A sealed tag holds the workspaces that an answer was made from and their revisions, and a seal over these, the asker, the
asker's rights and the question. Who presents it is told "unchanged" after one probe of an index, before the document is
even parsed. A tag that somebody else presents, or with another question, does not open. Tags are weak, as the server
compresses (RFC 9110 section 8.8.1).
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias
from uuid import UUID

from gql.reading import Watched
from server.coalescer import Coalescer

Pair: TypeAlias = tuple[UUID, str]
# Whether anything changed in any of the workspaces since the revision beside it; True where that cannot be told.
Probe: TypeAlias = Callable[[Sequence[Pair]], Awaitable[bool]]

_LONGEST = 2_000  # of what a tag holds: a proxy may refuse headers of 4 kB
_MOST_TAGS = 8
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')


class Seal:
    """Makes and opens what no one else can make."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def close(self, pairs: Sequence[Pair], viewer: Watched, question: bytes) -> str | None:
        """The inside of a tag; None when it would be too long for a header."""
        held = json.dumps([[str(workspace), revision] for workspace, revision in pairs], separators=(",", ":")).encode()
        if len(held) > _LONGEST:
            return None
        return f"s.{_text(held)}.{_text(self._sign(b'state', held, viewer, question))}"

    def of_body(self, body: bytes, viewer: Watched, question: bytes) -> str:
        """The inside of a tag that says nothing about a state: it can only be compared with the next answer's."""
        return f"b.{_text(self._sign(b'body', body, viewer, question))}"

    def open(self, tag: str, viewer: Watched, question: bytes) -> tuple[Pair, ...] | None:
        """What was sealed, for the same viewer with the same rights and the same question; None for anything else."""
        kind, _, rest = tag.partition(".")
        held, _, signature = rest.partition(".")
        if kind != "s" or len(held) > 2 * _LONGEST:
            return None
        try:
            raw, signed = _bytes(held), _bytes(signature)
        except ValueError:
            return None
        if not hmac.compare_digest(signed, self._sign(b"state", raw, viewer, question)):
            return None
        return tuple((UUID(workspace), revision) for workspace, revision in json.loads(raw))

    def _sign(self, purpose: bytes, held: bytes, viewer: Watched, question: bytes) -> bytes:
        who = "" if viewer.principal_key is None else f"={viewer.principal_key}"
        parts = (b"etag", purpose, who.encode(), viewer.rights.encode(), question, held)
        signed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hmac.digest(self._secret, signed, "sha256")


class Etags:
    """The tags of the endpoint (gql.reading.Conditional). Probes that wait at the same time share one query."""

    def __init__(self, secret: bytes, probe: Probe) -> None:
        self._seal = Seal(secret)
        self._probe = probe
        self._changed = Coalescer(self._ask)

    async def unchanged(self, tags: str, viewer: Watched, question: bytes) -> str | None:
        """The first tag of an If-None-Match header that opens and whose state is still the same, as a header."""
        for tag in _TAG.findall(tags)[:_MOST_TAGS]:
            pairs = self._seal.open(tag, viewer, question)
            if pairs and not await self._changed(pairs):
                return _header(tag)
        return None

    def tag(self, viewer: Watched, question: bytes, body: bytes) -> str:
        """The tag of an answer: sealed where all that it was made from is tracked, else the hash of its body."""
        reading = viewer.reading
        if reading.tracked:
            pairs = sorted(reading.workspaces.items())
            sealed = self._seal.close(pairs, viewer, question)
            if sealed is not None:
                return _header(sealed)
        return _header(self._seal.of_body(body, viewer, question))

    async def _ask(self, questions: Sequence[tuple[Pair, ...]]) -> list[bool]:
        """One probe for all; only when something changed somewhere is it asked for whom."""
        if len(questions) > 1:
            together = sorted({pair for pairs in questions for pair in pairs})
            if not await self._probe(together):
                return [False] * len(questions)
        return [await self._probe(pairs) for pairs in questions]


def _header(inside: str) -> str:
    return f'W/"{inside}"'


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
