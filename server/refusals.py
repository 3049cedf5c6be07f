"""What is refused of HTTP before any application sees it: in which words, and the bytes that go out."""

import json
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import STATUS_LINE


@dataclass(frozen=True)
class Refusal:
    """A status, a code of the contract, what to do, and after how many seconds."""

    status: int
    code: str
    message: str
    retry_after: int | None = None


MALFORMED = Refusal(400, "INVALID_INPUT", "This is not a well-formed HTTP/1.1 request.")
SLOW_HEADERS = Refusal(408, "INVALID_INPUT", "The headers of the request took too long to arrive. Send it again.")
SLOW_BODY = Refusal(408, "INVALID_INPUT", "The body of the request took too long to arrive. Send it again.")
LARGE_BODY = Refusal(413, "INVALID_INPUT", "The body of the request is too large. Send less at once.")
LONG_TARGET = Refusal(414, "INVALID_INPUT", "The address is too long. Send the document by POST, or its documentId.")
LARGE_HEADERS = Refusal(431, "INVALID_INPUT", "The request has too many headers, or too large ones.")
FULL = Refusal(503, "UNAVAILABLE", "The server has as many connections as it can take. Try again in a moment.", 1)


def answer(refusal: Refusal) -> bytes:
    """A whole answer, after which the connection is closed."""
    body = json.dumps({"errors": [{"message": refusal.message, "extensions": {"code": refusal.code}}]}).encode()
    head = [
        STATUS_LINE[refusal.status],
        b"content-type: application/json\r\n",
        b"content-length: %d\r\n" % len(body),
        b"cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n",
        b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
        b"" if refusal.retry_after is None else b"retry-after: %d\r\n" % refusal.retry_after,
        b"\r\n",
    ]
    return b"".join([*head, body])
