"""Tells the log that a sign-in with an identity provider failed: which one, and what was wrong with it; nothing that was sent."""

import logging
from collections.abc import Generator
from contextlib import contextmanager

from auth.errors import AuthError, ProviderFailed

# What providers may say (RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0 §3.1.2.6); anything else is not repeated.
CODES = frozenset(
    {
        "access_denied",
        "account_selection_required",
        "consent_required",
        "interaction_required",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "login_required",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)
_log = logging.getLogger(__name__)


@contextmanager
def noted(issuer: str | None) -> Generator[None]:
    """Around a sign-in with a provider, by the issuer of its settings; None where there is no such provider.

    The request's id and the time are in every line of the log.
    """
    try:
        yield
    except AuthError as error:
        why = error.why if isinstance(error, ProviderFailed) and error.why else "no further reason"
        _log.warning(
            "a sign-in with an identity provider failed: %s, %s (issuer %s)",
            type(error).__name__,
            why,
            issuer or "unknown",
        )
        raise


def said(code: object) -> str:
    """What a provider said, as far as it can be repeated."""
    return str(code) if code in CODES else "something else"
