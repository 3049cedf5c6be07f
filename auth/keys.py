"""The one secret of an installation and the keys that are derived from it, one for each purpose.

Nothing that is stored can be opened with it: tokens are kept as hashes. Another secret therefore signs nobody out;
access tokens and ETags of before are refused once, and clients refresh by themselves.
"""

import hmac
import os
import secrets
import stat
from base64 import urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES = 32  # 256 bits


class SecretFileError(Exception):
    """The secret file cannot be used: it must hold at least 32 bytes and be readable by the server's user alone."""


class Keys:
    """Keys for one purpose each, by HKDF-SHA256 (RFC 5869) from the secret."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < BYTES:
            raise SecretFileError(f"The secret is shorter than {BYTES} bytes.")
        self._secret = secret

    def derive(self, label: str) -> bytes:
        """32 bytes that belong to `label` and tell nothing of the secret or of other labels' keys."""
        return HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=f"fermata {label}".encode()).derive(self._secret)

    @cached_property
    def jwt(self) -> bytes:
        """Signs access tokens."""
        return self.derive("access tokens")

    @cached_property
    def etags(self) -> bytes:
        """Seals ETags."""
        return self.derive("etags")

    @cached_property
    def idempotency(self) -> bytes:
        """Encrypts the answers that are kept for repeated requests."""
        return self.derive("idempotency")

    @cached_property
    def cursors(self) -> bytes:
        """Seals cursors."""
        return self.derive("cursors")

    @cached_property
    def refresh(self) -> bytes:
        """Derives the successor of a refresh token."""
        return self.derive("refresh tokens")

    @cached_property
    def sign_in_state(self) -> bytes:
        """Seals what a browser carries while it is at an identity provider."""
        return self.derive("sign-in state")

    @cached_property
    def setup_token(self) -> str:
        """What the first sign-up must show where the address is not loopback: the same in every process."""
        return urlsafe_b64encode(self.derive("set-up token")[:18]).decode()


def load(path: Path) -> Keys:
    """Read the secret file; made on the first start, mode 0600. Raises `SecretFileError` or OSError."""
    if not path.exists():
        _make(path)
    if path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        raise SecretFileError(f"{path} can be read or written by others: chmod 600 {path}")
    secret = path.read_bytes().strip()
    if len(secret) < BYTES:
        raise SecretFileError(f"{path} holds fewer than {BYTES} bytes: delete it, a new one is made at the next start.")
    return Keys(secret)


def _make(path: Path) -> None:
    """Written aside and linked into place: whole from the first moment, and of two makers the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            return
    finally:
        aside.unlink(missing_ok=True)


def fingerprint(token: str) -> bytes:
    """What is stored of a token: SHA-256 suffices, as tokens are random and not words (OWASP Cryptographic Storage)."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def new_token(prefix: str = "") -> str:
    """A token of 256 random bits."""
    return prefix + secrets.token_urlsafe(BYTES)


def same(left: str, right: str) -> bool:
    """Whether two secrets are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
