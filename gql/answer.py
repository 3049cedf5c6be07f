"""How results and errors are told: which code an error has, what is masked, and with which status a response goes out."""

from __future__ import annotations

import json
import math
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

import orjson
import structlog
from graphql import ExecutionResult, GraphQLError

from gql.errors import ErrorCode, FermataError, Internal, InvalidInput, OutcomeUnknown, Unavailable
from gql.media import Media
from models.database import Unavailable as DatabaseAway

_log = structlog.get_logger("gql")

_PLAIN = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME  # JSON, and nothing that is only like it
# A result whose root is null for one of these reasons goes out with the status of the reason.
_AS_A_WHOLE = {
    ErrorCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
# Errors from before the execution, by those who say who asks and whether they may.
STATUS = _AS_A_WHOLE | {
    ErrorCode.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ErrorCode.NOT_FOUND: HTTPStatus.NOT_FOUND,
    ErrorCode.IDEMPOTENCY_CONFLICT: HTTPStatus.CONFLICT,
    ErrorCode.CONFLICT: HTTPStatus.CONFLICT,
    ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
# "Variable '$input' has invalid value at .labels[1]: Expected …"
_NAMED = re.compile(r"(?:Variable '\$|Argument ')(\w+)' has invalid value(?: at (\S+))?: (.*)", re.DOTALL)
# What of GraphQL's words repeats a value that was sent: it may be a password, and answers end up in logs of clients.
_VALUE = re.compile(r"(?:, found:|(?<=String) '|(?<=non string value):).*", re.DOTALL)


@dataclass(slots=True)
class Answer:
    """A response without its transport: status, headers and a JSON body."""

    body: bytes
    status: int = HTTPStatus.OK
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    failed: bool = False  # holds errors: not to be taken for the state of anything
    unknown: bool = False  # whether it was done is not known
    lasting: bool = False  # it was executed: the same request sent again should hear the same, not do the same again


def ours(error: BaseException) -> FermataError:
    """An error that may be told. What nobody foresaw is logged under an id, and only the id is told."""
    if isinstance(error, FermataError):
        return error
    if isinstance(error, DatabaseAway):
        return OutcomeUnknown() if error.begun else Unavailable()
    error_id = secrets.token_hex(8)
    _log.error("graphql.internal", error_id=error_id, exc_info=error)
    return Internal(error_id=error_id)


def refusal(error: FermataError, status: int | None = None, headers: dict[str, str] | None = None) -> Answer:
    """The answer to a request that is not executed. Without a status, the one of the error's code."""
    described = {"message": error.message, "extensions": error.extensions}
    code = status or STATUS.get(error.code, HTTPStatus.BAD_REQUEST)
    all_headers = [*(headers or {}).items(), *_retry([described])]
    if code == HTTPStatus.UNAUTHORIZED:
        all_headers.append(("WWW-Authenticate", "Bearer"))
    return Answer(encode({"errors": [described]}), code, all_headers, failed=True)


def rejection(errors: Sequence[GraphQLError], media: Media) -> Answer:
    """The answer to a document that is not valid: 200 for clients of application/json, as they have always had it."""
    status = HTTPStatus.OK if media is Media.JSON else HTTPStatus.BAD_REQUEST
    return Answer(encode({"errors": [describe(error, executed=False) for error in errors]}), status, failed=True)


def answered(result: ExecutionResult) -> Answer:
    """The answer that an execution gives."""
    told = tell(result)
    errors = cast("list[dict[str, Any]]", told.get("errors", []))
    status = HTTPStatus.OK
    if errors and told.get("data") is None:
        codes = [error["extensions"]["code"] for error in errors]
        status = next((_AS_A_WHOLE[code] for code in codes if code in _AS_A_WHOLE), status)
    retry = _retry(errors) if status != HTTPStatus.OK else []
    unknown = any(error["extensions"].get("outcomeUnknown") for error in errors)
    lasting = status == HTTPStatus.OK and not unknown
    return Answer(encode(told), status, retry, failed=bool(errors), unknown=unknown, lasting=lasting)


def refused(result: ExecutionResult) -> list[GraphQLError]:
    """The errors of a request that was not executed: its variables do not fit. Errors of fields have a path."""
    errors = result.errors or []
    return errors if result.data is None and all(error.path is None for error in errors) else []


def tell(result: ExecutionResult) -> dict[str, Any]:
    """A result as the specification writes it; errors come first, as it recommends (section 7.1)."""
    errors = {"errors": [describe(error, executed=True) for error in result.errors]} if result.errors else {}
    return {**errors, "data": result.data}


def describe(error: GraphQLError, *, executed: bool) -> dict[str, Any]:
    """An error with its code. GraphQL's own messages about a request are kept, they hold nothing of ours."""
    root = error
    while isinstance(root.original_error, GraphQLError):
        root = root.original_error
    cause = root.original_error
    if not executed and not isinstance(cause, FermataError):
        known: FermataError = _invalid(error.message)
    else:
        known = ours(cause or _of_graphql(root))
    return {**error.formatted, "message": known.message, "extensions": known.extensions}


def _of_graphql(error: GraphQLError) -> BaseException:
    """What graphql-core itself raised: about an argument, or a resolver of ours that broke the schema's promise."""
    if error.message.startswith("Argument "):
        return _invalid(error.message)
    return RuntimeError(error.message)


def _invalid(message: str) -> InvalidInput:
    """GraphQL's own words without what was sent, with the variable or argument that they are about as a field."""
    message = _VALUE.sub(".", message)
    named = _NAMED.match(message)
    return InvalidInput(message, fields={named[1] + (named[2] or ""): named[3]} if named else None)


def encode(value: object) -> bytes:
    """JSON in UTF-8, as short as it can be; null for NaN. Raises TypeError for what JSON cannot hold."""
    try:
        return orjson.dumps(value, option=_PLAIN)
    except orjson.JSONEncodeError:  # a whole number of more than 64 bits, above all, which the json of Python can write
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_read).encode()


def _read(value: object) -> Any:
    """What was written before (gql/written.py), for who has to write it anew."""
    if isinstance(value, orjson.Fragment):
        return json.loads(orjson.dumps(value))
    raise TypeError(type(value).__name__)


def outcome(found: Answer) -> str:
    """In one word, for the metrics: `ok`, or the code of the first error."""
    return json.loads(found.body)["errors"][0]["extensions"]["code"] if found.failed else "ok"


def _retry(errors: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Retry-After in whole seconds, where an error says when to try again (RFC 9110 section 10.2.3)."""
    waits = [wait for error in errors if (wait := error["extensions"].get("retryAfterMs")) is not None]
    return [("Retry-After", str(max(1, math.ceil(max(waits) / 1000))))] if waits else []
