"""What a browser carries for us and can neither read nor change: AES-256-GCM, for a purpose, until a time."""

import json
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes, as NIST SP 800-38D says; random ones are good for 2^32 messages a key
_LONGEST = 4000  # characters: what a cookie holds


def seal(key: bytes, purpose: str, values: Mapping[str, str], *, seconds: int) -> str:
    """Text for a cookie that `unseal` opens with the same key and purpose for so many seconds."""
    nonce = os.urandom(_NONCE)
    body = json.dumps({"until": int(time.time()) + seconds, "values": dict(values)}).encode()
    sealed = nonce + AESGCM(key).encrypt(nonce, body, purpose.encode())
    return urlsafe_b64encode(sealed).rstrip(b"=").decode()


def unseal(key: bytes, purpose: str, text: str) -> dict[str, str] | None:
    """What was sealed; None for whatever was changed, made for something else, or is over."""
    if len(text) > _LONGEST:
        return None
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        body = json.loads(AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode()))
    except (ValueError, InvalidTag):
        return None
    if body["until"] < time.time():
        return None
    return cast("dict[str, str]", body["values"])
