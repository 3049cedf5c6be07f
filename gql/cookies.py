"""The cookie that holds a browser's refresh token: out of reach of scripts, never sent across sites.

Over https its name begins with `__Host-`, so that no subdomain can set it (RFC 6265bis §4.1.3.2); over plain http, which
browsers accept on loopback only, the same without what needs https.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response

SECURE_NAME = "__Host-fermata"
PLAIN_NAME = "fermata"
MAX_AGE = 30 * 24 * 3600  # seconds: as long as a session lives without use


def name(*, secure: bool) -> str:
    """The cookie's name; `secure` where the public address is https."""
    return SECURE_NAME if secure else PLAIN_NAME


def given(headers: Headers) -> dict[str, str]:
    """The cookies of a request, as they came; the last of a name counts, which browsers send for the widest path.

    Python's own reading of quoted ones takes time by the square of their length before 3.11.10 and 3.12.6 (CVE-2024-7592): 16 kB
    took half a second. None of ours is quoted.
    """
    pairs = (pair.partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def refresh_token(cookies: Mapping[str, str], *, secure: bool) -> str | None:
    """The refresh token that a request brings."""
    return cookies.get(name(secure=secure)) or None


def write(response: Response, refresh_token: str | None, *, secure: bool) -> None:
    """Give the browser a refresh token, or with None take it away."""
    response.set_cookie(
        name(secure=secure),
        refresh_token or "",
        max_age=MAX_AGE if refresh_token else 0,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )
