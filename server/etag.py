"""Entity tags of answers: which question, for whom, from which state.

A sealed tag holds the workspaces that an answer was made from, their revisions and for whom it was made, and a seal over
these and the question. What is in it can be asked about (server/admission.py) before the document is even parsed; a tag with
another question does not open, and one that somebody else presents is not confirmed. Tags are weak, as the server compresses
(RFC 9110 section 8.8.1).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from gql.reading import Held, Pair, Reading, Viewer
from models.remembered import Remembered

_LONGEST = 2_000  # of what a tag holds: a proxy may refuse headers of 4 kB
_MOST_TAGS = 8
_MOST_OPENED = 8_000_000  # bytes of tags that were opened, roughly; and again of those that were made
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e]*)"')


class Seal:
    """Makes and opens what no one else can make."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def close(self, pairs: Sequence[Pair], viewer: Viewer, question: bytes) -> str | None:
        """The inside of a tag; None when it would be too long for a header."""
        state = [[str(workspace), revision] for workspace, revision in pairs]
        held = json.dumps([_whom(viewer).hex(), state], separators=(",", ":")).encode()
        if len(held) > _LONGEST:
            return None
        return f"s.{_text(held)}.{_text(self._sign(b'state', held, question))}"

    def of_body(self, body: bytes, viewer: Viewer, question: bytes) -> str:
        """The inside of a tag that says nothing about a state: it can only be compared with the next answer's."""
        return f"b.{_text(self._sign(b'body', body, question + _whom(viewer)))}"

    def open(self, tag: str, question: bytes) -> Held | None:
        """What was sealed, for the same question; None for anything else."""
        kind, _, rest = tag.partition(".")
        held, _, signature = rest.partition(".")
        if kind != "s" or len(held) > 2 * _LONGEST:
            return None
        try:
            raw, signed = _bytes(held), _bytes(signature)
        except ValueError:
            return None
        if not hmac.compare_digest(signed, self._sign(b"state", raw, question)):
            return None
        whom, state = json.loads(raw)
        pairs = tuple((UUID(workspace), revision) for workspace, revision in state)
        return Held(_header(tag), pairs, bytes.fromhex(whom))

    def _sign(self, purpose: bytes, held: bytes, question: bytes) -> bytes:
        return hmac.digest(self._secret, _joined(b"etag", purpose, question, held), "sha256")


class Etags:
    """The tags of the endpoint (gql.reading.Conditional). A tag that is shown again is not opened again, nor made again."""

    def __init__(self, secret: bytes) -> None:
        self._seal = Seal(secret)
        self._opened = Remembered[tuple[str, bytes], tuple[Held, ...]](_MOST_OPENED)
        self._made = Remembered[tuple[object, ...], str](_MOST_OPENED)

    def opened(self, tags: str, question: bytes) -> Sequence[Held]:
        """Those of an If-None-Match header's first tags that open."""
        known = self._opened.get((tags, question))
        if known is not None:
            return known
        opened = (self._seal.open(tag, question) for tag in _TAG.findall(tags)[:_MOST_TAGS])
        found = tuple(held for held in opened if held is not None)
        return self._opened.keep((tags, question), found, 4 * len(tags) + 500) if found else ()

    def confirms(self, held: Held, viewer: Viewer) -> bool:
        """Whether the tag was sealed for the same viewer with the same rights."""
        return hmac.compare_digest(held.viewer, _whom(viewer))

    def tag(self, viewer: Viewer, reading: Reading, question: bytes, body: bytes) -> str:
        """The tag of an answer: sealed where all that it was made from is tracked, else the hash of its body."""
        if reading.tracked:
            pairs = tuple(sorted(reading.workspaces.items()))
            whose = (viewer.principal_key, viewer.rights, question, pairs)
            known = self._made.get(whose)
            if known is not None:
                return known
            sealed = self._seal.close(pairs, viewer, question)
            if sealed is not None:
                return self._made.keep(whose, _header(sealed), 4 * len(sealed) + 500)
        return _header(self._seal.of_body(body, viewer, question))


def _whom(viewer: Viewer) -> bytes:
    """The same for the same asker with the same rights, and for no other."""
    return _digest(viewer.principal_key, viewer.rights)


@lru_cache(maxsize=10_000)
def _digest(key: str | None, rights: str) -> bytes:
    who = "" if key is None else f"={key}"
    return hashlib.sha256(_joined(who.encode(), rights.encode())).digest()[:16]


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _header(inside: str) -> str:
    return f'W/"{inside}"'


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
