"""One request and its answer without input or output: what is sent, and what the answer means.

Mutations carry an Idempotency-Key, so that a try after a lost answer changes nothing twice.
"""

import json
import random
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from fermata_client.errors import Busy, NoAnswer, error_of

TRIES = 5
LONGEST_WAIT = 30.0
_JSON = "application/graphql-response+json, application/json"


@dataclass
class Exchange:
    """A document with its variables, tried up to `tries` times while the server is busy or does not answer."""

    document: str
    variables: dict[str, Any]
    token: str | None
    tries: int = TRIES
    key: str = field(default_factory=lambda: uuid4().hex)
    failures: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the request."""
        headers = {"Accept": _JSON, "Content-Type": "application/json"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.document.lstrip().startswith("mutation"):
            headers["Idempotency-Key"] = self.key
        return headers

    @property
    def body(self) -> bytes:
        """The body of the request."""
        return json.dumps({"query": self.document, "variables": self.variables}).encode()

    def answer(self, status: int, content_type: str, body: bytes) -> dict[str, Any]:
        """The data of an answer. Raises FermataError, or NoAnswer where it is none of a Fermata."""
        if "json" not in content_type:
            raise NoAnswer(f"the answer is not one of a Fermata (HTTP {status}, {content_type or 'no type'})")
        answer = json.loads(body)
        if answer.get("errors"):
            raise error_of(answer)
        return answer["data"]

    def wait(self, error: Exception) -> float:
        """Seconds to wait before the next try. Raises `error` where another try does not help."""
        self.failures += 1
        if self.failures >= self.tries or not isinstance(error, Busy | ConnectionError):
            raise error
        asked = error.details.get("retryAfterMs", 0) / 1000 if isinstance(error, Busy) else 0.0
        return min(LONGEST_WAIT, max(asked, 0.1 * 2**self.failures) * random.uniform(1.0, 1.3))  # noqa: S311
