"""What can go wrong when one talks to a Fermata, by the API's error codes."""

from collections.abc import Mapping
from typing import Any


class FermataError(Exception):
    """The server refused: `code` is one of the API's ErrorCode, `details` its extensions, the message says what to do."""

    def __init__(self, message: str, code: str, details: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.details = details


class Unauthenticated(FermataError):
    """No credential, or one that is over: make a new token."""


class Forbidden(FermataError):
    """The role is too low; `details["requiredRole"]` says which would do."""


class NotFound(FermataError):
    """It does not exist, or is not yours to see."""


class InvalidInput(FermataError):
    """`details["fields"]` lists each path with its message."""


class IllegalTransition(FermataError):
    """The task is not where that action begins; `details` has its status and the allowed actions."""


class VersionConflict(FermataError):
    """Somebody changed the task first; `details["currentVersion"]` is its version now."""


class Busy(FermataError):
    """RATE_LIMITED or UNAVAILABLE, still after all tries."""


class NoAnswer(Exception):
    """No answer of a Fermata: the address is wrong, or nothing listens there."""


_CLASSES: dict[str, type[FermataError]] = {
    "UNAUTHENTICATED": Unauthenticated,
    "FORBIDDEN": Forbidden,
    "NOT_FOUND": NotFound,
    "INVALID_INPUT": InvalidInput,
    "ILLEGAL_TRANSITION": IllegalTransition,
    "VERSION_CONFLICT": VersionConflict,
    "RATE_LIMITED": Busy,
    "UNAVAILABLE": Busy,
}


def error_of(answer: Mapping[str, Any]) -> FermataError:
    """The error of an answer: its first one."""
    first = answer["errors"][0]
    details: dict[str, Any] = first.get("extensions") or {}
    code = str(details.get("code", "INTERNAL"))
    return _CLASSES.get(code, FermataError)(str(first.get("message", "")), code, details)
