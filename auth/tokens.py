"""Access tokens: short-lived JWTs (RFC 9068, HS256) that say who and which session, and nothing of what one may.

They are signed and read with the host's clock, which the few seconds of `auth.jws.LEEWAY` forgive; sessions, refresh
tokens and everything that is stored live by PostgreSQL's.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from jose import jwt

from auth import jws
from auth.keys import Keys
from models.base import new_id

LIFETIME = 600  # seconds
TYPE = "at+jwt"
ISSUER = "fermata"
AUDIENCE = "fermata"
_HEADER = {"alg": "HS256", "typ": TYPE}


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a client sends as `Authorization: Bearer …` until `expires_at`."""

    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Identified:
    """Who an access token speaks for."""

    user_id: UUID
    session_id: UUID
    ends: int = field(default=0, compare=False)  # seconds since 1970, by the host's clock


def issue(keys: Keys, user_id: UUID, session_id: UUID) -> AccessToken:
    """An access token of ten minutes."""
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "sid": str(session_id),
        "jti": new_id().hex,
        "iat": now,
        "exp": now + LIFETIME,
    }
    text = jwt.encode(claims, keys.jwt, algorithm="HS256", headers={"typ": TYPE})
    return AccessToken(text, datetime.fromtimestamp(now + LIFETIME, UTC))


def read(keys: Keys, token: str) -> Identified | None:
    """Who the token speaks for; None for whatever is not one of ours, or is over."""
    if jws.header(token) != _HEADER:
        return None
    claims = jws.verified(token, keys.jwt, algorithm="HS256", audience=AUDIENCE, issuer=ISSUER, required=("jti",))
    if claims is None or claims.get("aud") != AUDIENCE or not _short(claims):
        return None
    person, session = _identifier(claims, "sub"), _identifier(claims, "sid")
    return Identified(person, session, claims["exp"]) if person and session else None


def _short(claims: jws.Claims) -> bool:
    """Whether the token lives no longer than we would have let it."""
    begins, ends = jws.integer(claims, "iat"), jws.integer(claims, "exp")
    return begins is not None and ends is not None and 0 < ends - begins <= LIFETIME


def _identifier(claims: jws.Claims, name: str) -> UUID | None:
    text = jws.string(claims, name)
    try:
        found = UUID(text) if text else None
    except ValueError:
        return None
    return found if found and str(found) == text else None
