"""Signatures by the specification of Standard Webhooks (standardwebhooks.com), so that a receiver knows who calls."""

import base64
import binascii
import hashlib
import hmac
import time
from dataclasses import dataclass
from pathlib import Path

from engine.kinds.errors import KindsError

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64  # bytes of a secret, as the specification asks
TOLERANCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a shared secret, HMAC-SHA256."""

    secret: bytes

    @classmethod
    def from_text(cls, text: str) -> "Signer":
        """From `whsec_<base64>`. Raises ValueError."""
        try:
            secret = base64.b64decode(text.strip().removeprefix(PREFIX), validate=True)
        except binascii.Error as error:
            raise ValueError("it is not base64") from error
        if not SHORTEST <= len(secret) <= LONGEST:
            raise ValueError(f"it has {len(secret)} bytes; {SHORTEST} to {LONGEST} are needed")
        return cls(secret)

    @classmethod
    def from_file(cls, path: Path) -> "Signer":
        """From a file that holds `whsec_<base64>`. Raises KindsError."""
        try:
            return cls.from_text(path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise KindsError(f"secret_file: {path}: {error}") from error

    def headers(self, message_id: str, body: bytes, at: int | None = None) -> dict[str, str]:
        """The three headers for a body; `at` in seconds since 1970."""
        moment = str(int(time.time()) if at is None else at)
        return {
            "webhook-id": message_id,
            "webhook-timestamp": moment,
            "webhook-signature": f"v1,{self._mac(message_id, moment, body)}",
        }

    def holds(self, headers: dict[str, str], body: bytes, now: float | None = None) -> bool:
        """Whether the headers (lower case) sign this body, and not longer ago than five minutes."""
        try:
            message_id, moment = headers["webhook-id"], headers["webhook-timestamp"]
            given = [part.partition(",") for part in headers["webhook-signature"].split()]
            age = abs((time.time() if now is None else now) - int(moment))
        except (KeyError, ValueError):
            return False
        wanted = self._mac(message_id, moment, body).encode()
        matches = [hmac.compare_digest(mac.encode(), wanted) for version, _, mac in given if version == "v1"]
        return age <= TOLERANCE_SECONDS and any(matches)

    def _mac(self, message_id: str, moment: str, body: bytes) -> str:
        signed = f"{message_id}.{moment}.".encode() + body
        return base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
