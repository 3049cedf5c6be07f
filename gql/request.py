"""What a request asks for: read from a query string or a JSON body, strictly, so that no bytes can do harm later on.

Everything that is wrong here is a `Refusal` with its status; GraphQL itself has not been looked at yet.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request

from gql import strict_json
from gql.errors import FermataError, InvalidInput, TooComplex
from gql.limits import Limits
from models.remembered import Remembered

_PARAMETERS = ("query", "documentId", "variables", "operationName", "extensions")
_DOCUMENT_ID = re.compile(r"sha256:([0-9a-f]{64})")


class Refusal(Exception):
    """A request that is answered without executing anything; without a status, with that of the error's code."""

    def __init__(self, error: FermataError, status: int | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request: a document by its text or, when `text` is None, by the SHA-256 of a text that we know."""

    digest: str
    text: str | None
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    operation_name: str | None = None

    def fingerprint(self, *extra: str) -> bytes:
        """The same for the same question, and for no other."""
        parts = [self.digest, self.operation_name, self.variables, *extra]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).digest()


class Questions:
    """Reads what requests ask for. A GET that was sent before is not taken apart again: polls repeat their query string.

    `capacity`: bytes that are kept of them, with their variables.
    """

    def __init__(self, limits: Limits, capacity: int = 4_000_000) -> None:
        self._limits = limits
        self._known = Remembered[tuple[bytes, str], tuple[Asked, bytes]](capacity)

    async def read(self, request: Request, media: str) -> tuple[Asked, bytes]:
        """What a GET, HEAD or POST asks for, and of the first two the fingerprint. Raises `Refusal`: 400, 413 or 415."""
        try:
            if request.method == "POST":  # its answer is neither shared nor confirmed
                return _asked(await _posted(request, self._limits)), b""
            return self._queried(request.scope["query_string"], media)
        except InvalidInput as error:
            raise Refusal(error) from error

    def _queried(self, raw: bytes, media: str) -> tuple[Asked, bytes]:
        known = self._known.get((raw, media))
        if known is not None:
            return known
        asked = _asked(_queried(raw, self._limits))
        weight = 3 * len(raw) + 500 + _bytes(asked.variables)
        return self._known.keep((raw, media), (asked, asked.fingerprint(media)), weight)


def _bytes(value: object) -> int:
    """About what a value of JSON takes in memory beside its text: one of brackets alone takes thirty times its text."""
    match value:
        case dict():
            return 250 + sum(100 + _bytes(inner) for inner in cast("dict[str, object]", value).values())
        case list():
            return 100 + sum(10 + _bytes(inner) for inner in cast("list[object]", value))
        case _:
            return 60


async def _posted(request: Request, limits: Limits) -> dict[str, Any]:
    _require_json(request.headers)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limits.body_bytes:
            error = TooComplex(
                f"The body is larger than {limits.body_bytes} bytes: send less, or in several requests.",
                limit="body_bytes",
                allowed=limits.body_bytes,
                found=len(body),
            )
            raise Refusal(error, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"Connection": "close"})
    if not body:
        raise InvalidInput("The body is empty: send a JSON object with `query` or `documentId`.")
    posted = strict_json.loads(bytes(body), depth=limits.variables_depth + 1)
    if isinstance(posted, list):
        raise InvalidInput("Batches are not served: send one request for each operation.")
    if not isinstance(posted, dict):
        raise InvalidInput("The body must be a JSON object with `query` or `documentId`.")
    return cast("dict[str, Any]", posted)


def _require_json(headers: Headers) -> None:
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = re.search(r"charset=\"?([^\";\s]+)", parameters)
    if kind.strip() != "application/json" or (charset and charset[1] not in ("utf-8", "utf8")):
        error = InvalidInput("A POST must have the header Content-Type: application/json, in UTF-8.")
        raise Refusal(error, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"Accept": "application/json"})
    if headers.get("content-encoding", "identity").lower() != "identity":
        error = InvalidInput("The body must not be compressed.")
        raise Refusal(error, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"Accept-Encoding": "identity"})


def _queried(raw: bytes, limits: Limits) -> dict[str, Any]:
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=20
        )
    except ValueError as error:
        raise InvalidInput(
            "The query string is not one of UTF-8 in percent encoding, or has too many fields."
        ) from error
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidInput("The query string holds the same name twice.")
        found[strict_json.clean(name)] = strict_json.clean(value)
    for name in ("variables", "extensions"):
        if name in found:
            found[name] = strict_json.loads(found[name].encode(), depth=limits.variables_depth) if found[name] else None
    return found


def _asked(given: dict[str, Any]) -> Asked:
    query, document_id, variables, name, extensions = (given.get(parameter) for parameter in _PARAMETERS)
    for parameter, value in (("query", query), ("documentId", document_id), ("operationName", name)):
        if value is not None and not isinstance(value, str):
            raise InvalidInput(f"`{parameter}` must be a string.")
    for parameter, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise InvalidInput(f"`{parameter}` must be an object.")
    digest = _digest(query, document_id)
    return Asked(digest, query, variables or {}, name or None)


def _digest(query: str | None, document_id: str | None) -> str:
    if query is not None and document_id is not None:
        raise InvalidInput("Send either `query` or `documentId`, not both.")
    if query is not None:
        return hashlib.sha256(query.encode()).hexdigest()
    if document_id is None:
        raise InvalidInput("`query` is missing: send the text of a document, or the `documentId` of one that we know.")
    matched = _DOCUMENT_ID.fullmatch(document_id)
    if matched is None:
        raise InvalidInput("`documentId` must be sha256: and 64 hexadecimal digits in lower case.")
    return matched[1]
