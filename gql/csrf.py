"""Whether another site's page may have sent a request with our cookies (OWASP: Cross-Site Request Forgery Prevention)."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from starlette.requests import Request

from gql.cookies import given
from gql.errors import Forbidden
from gql.request import Refusal


def guard(request: Request, *, cookies: Collection[str], origin: str | None) -> None:
    """Refuse what a foreign page could have sent: 403. `cookies` are the names of those that hold a credential.

    A request with Authorization cannot be forged, as no browser adds that by itself. With a cookie alone it must come
    from a page of ours, by Sec-Fetch-Site or Origin; without both it is not from a browser, as long as its content type
    is one that no form can send. `origin` is our public one, where it is known.
    """
    if "authorization" in request.headers or not given(request.headers).keys() & set(cookies):
        return
    site, source = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        # "none": typed into the address bar, and that can only be a GET
        allowed = site == "same-origin" or (site == "none" and request.method != "POST")
    elif source is not None:
        allowed = source == origin or _is_asked(source, request.headers.get("host"), origin)
    else:
        allowed = request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    if not allowed:
        message = (
            "A request with a cookie and without Authorization must come from a page of this server:"
            " send Authorization: Bearer, or Content-Type: application/json from a program."
        )
        raise Refusal(Forbidden(message), HTTPStatus.FORBIDDEN)


def _is_asked(source: str, host: str | None, origin: str | None) -> bool:
    """Whether a page is of the host that it asks; at our public one its scheme must be ours too, as on http anyone can be it."""
    return source.partition("://")[2] == host and (origin is None or host != origin.partition("://")[2])
