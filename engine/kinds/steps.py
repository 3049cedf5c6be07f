"""The steps of an http task: what its input may say, and each request as it goes out."""

import json
from dataclasses import dataclass
from typing import Any

OURS = ("host", "content-length", "transfer-encoding", "connection", "idempotency-key", "webhook-")


def _any_case(name: str) -> str:
    """A pattern for a name in capitals or not, in the dialect that Python and browsers share."""
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in name)


_REQUEST: dict[str, Any] = {
    "url": {"type": "string", "title": "Address", "pattern": "^https?://[^/@\\s]+(/\\S*)?$", "maxLength": 2000},
    "method": {
        "type": "string",
        "title": "Method",
        "enum": ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"],
        "default": "POST",
    },
    "headers": {
        "type": "object",
        "title": "Headers",
        "maxProperties": 50,
        "propertyNames": {
            "pattern": "^[A-Za-z0-9-]{1,100}$",
            "not": {"pattern": f"^({'|'.join(_any_case(name) for name in OURS)})"},
        },
        "additionalProperties": {"type": "string", "pattern": "^[\\x20-\\x7e\\t]*$", "maxLength": 4000},
    },
    "body": {"title": "Body", "description": "Text, or anything else to be sent as JSON"},
}
INPUT: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_REQUEST,
        "requests": {
            "type": "array",
            "title": "Requests",
            "description": "Several requests, one after the other",
            "minItems": 1,
            "maxItems": 1000,
            "items": {"type": "object", "properties": _REQUEST, "required": ["url"], "additionalProperties": False},
        },
    },
    "oneOf": [{"required": ["url"]}, {"required": ["requests"]}],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One request."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        return f"{self.method} {self.url}"


def steps(value: Any) -> list[Step]:
    """The requests that an input asks for, in their order."""
    return [_step(request) for request in value.get("requests", [value])]


def _step(request: Any) -> Step:
    body, headers = request.get("body"), dict(request.get("headers", {}))
    if body is None:
        content = b""
    elif isinstance(body, str):
        content = body.encode()
    else:
        content = json.dumps(body).encode()
        headers = {"content-type": "application/json"} | {name.lower(): text for name, text in headers.items()}
    return Step(request.get("method", "POST"), request["url"], headers, content)
