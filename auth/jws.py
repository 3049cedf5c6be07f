"""Reading a signed token (RFC 7515, compact form) as strictly as it was written: python-jose behind a narrow gate.

python-jose alone accepts tokens without `exp` or `aud`, ignores `crit` and `typ`, takes encodings that are not
canonical and raises what it likes on crafted ones. Here each of these is no credential: None, never an exception.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, cast

from jose import jwt

MAX_BYTES = 4096
FORBIDDEN_HEADERS = frozenset({"crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc"})
LEEWAY = 10  # seconds that the clocks of two machines may differ
Claims = Mapping[str, Any]  # JSON: each reader checks the type of what it takes


def header(token: str, *, longest: int = MAX_BYTES) -> Claims | None:
    """The header of a token in canonical form, without anything that would lead to other keys; None otherwise."""
    if len(token) > longest or not token.isascii() or token.count(".") != 2:
        return None
    parts = [_canonical(part) for part in token.split(".")]
    if any(not part for part in parts):
        return None
    found = _object(cast("bytes", parts[0]))
    if found is None or FORBIDDEN_HEADERS & found.keys():
        return None
    return found


def verified(
    token: str,
    key: bytes | Mapping[str, Any],
    *,
    algorithm: str,
    audience: str,
    issuer: str,
    required: tuple[str, ...],
    longest: int = MAX_BYTES,
) -> Claims | None:
    """The claims of a token that `key` signed for `audience` and that is not over; None otherwise.

    `algorithm` is the caller's literal; the header's must be the same. `key` is a secret or one JWK.
    """
    found = header(token, longest=longest)
    if found is None or found.get("alg") != algorithm:
        return None
    options: dict[str, Any] = {f"require_{claim}": True for claim in ("exp", "iat", "aud", "iss", "sub", *required)}
    options |= {"leeway": LEEWAY, "verify_at_hash": False}
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm], audience=audience, issuer=issuer, options=options)
    except Exception:  # JWTError, RecursionError, OverflowError, JWKError, …: all of them mean "no credential"
        return None
    return claims if _sound(claims) else None


def integer(claims: Claims, name: str) -> int | None:
    """A claim that is a whole number of 53 bits (RFC 8259 §6), and neither a truth value nor a fraction."""
    value = claims.get(name)
    return value if type(value) is int and abs(value) < 2**53 else None


def string(claims: Claims, name: str) -> str | None:
    """A claim that is a text, and not an empty one."""
    value = claims.get(name)
    return value if isinstance(value, str) and value else None


def _sound(claims: Claims) -> bool:
    return None not in (integer(claims, "exp"), integer(claims, "iat"), string(claims, "sub"), string(claims, "iss"))


def _canonical(part: str) -> bytes | None:
    """The bytes of a base64url part, if encoding them again gives the same text (no padding, no stray bits)."""
    try:
        decoded = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return None
    return decoded if urlsafe_b64encode(decoded).rstrip(b"=").decode() == part else None


def _object(raw: bytes) -> Claims | None:
    try:
        found = json.loads(raw, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return None
    return cast("Claims", found) if isinstance(found, dict) else None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)
