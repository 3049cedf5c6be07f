"""The errors that a client may see: one class for each ErrorCode of the contract; everything else is masked as INTERNAL.

The docstring of a class is its default message, and says what to do about it. What stands in `extensions` beside the code
is named by the constructor's parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, TypeAlias

# `object` would force every reader of an extension to narrow it; these are the values that JSON can carry.
JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"


class ErrorCode(StrEnum):
    """What `extensions.code` of an error can be."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID_INPUT = "INVALID_INPUT"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CONFLICT = "CONFLICT"
    RATE_LIMITED = "RATE_LIMITED"
    TOO_COMPLEX = "TOO_COMPLEX"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class FermataError(Exception):
    """The request failed."""

    code: ClassVar[ErrorCode] = ErrorCode.INTERNAL

    def __init__(self, message: str | None = None, **extensions: JsonValue) -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self._extensions = extensions
        super().__init__(self.message)

    @property
    def extensions(self) -> dict[str, JsonValue]:
        """What goes into `extensions` of the GraphQL error; graphql-core takes it over from here by this very name."""
        return {"code": self.code.value, **self._extensions}


class Unauthenticated(FermataError):
    """You are not signed in, or your session has ended: sign in, or refresh the access token."""

    code = ErrorCode.UNAUTHENTICATED


class Forbidden(FermataError):
    """Your role does not allow this: ask an admin of the workspace for a higher one."""

    code = ErrorCode.FORBIDDEN

    def __init__(
        self, message: str | None = None, *, required_role: str | None = None, role: str | None = None
    ) -> None:
        super().__init__(message, requiredRole=required_role, role=role)


class NotFound(FermataError):
    """There is nothing of this name here that you may see: check the id and the workspace."""

    code = ErrorCode.NOT_FOUND


class InvalidInput(FermataError):
    """The request holds a value that cannot be used: correct the fields that are named and send it again."""

    code = ErrorCode.INVALID_INPUT

    def __init__(self, message: str | None = None, *, fields: Mapping[str, str] | None = None) -> None:
        """`fields` maps the path of each value that is refused ("input.title") to what is wrong with it."""
        listed = [{"path": path, "message": reason} for path, reason in (fields or {}).items()]
        super().__init__(message, fields=listed)


class IllegalTransition(FermataError):
    """The task cannot do this in its present state: choose one of the allowed actions."""

    code = ErrorCode.ILLEGAL_TRANSITION

    def __init__(self, message: str | None = None, *, status: str, allowed_actions: Sequence[str]) -> None:
        super().__init__(message, status=status, allowedActions=list(allowed_actions))


class VersionConflict(FermataError):
    """Someone else has changed this since you read it: read it again, then decide."""

    code = ErrorCode.VERSION_CONFLICT

    def __init__(
        self, message: str | None = None, *, current_version: int, task: Mapping[str, JsonValue] | None = None
    ) -> None:
        """`task` is the task as it is now, so that a client need not ask again."""
        shown = {} if task is None else {"task": task}
        super().__init__(message, currentVersion=current_version, **shown)


class IdempotencyConflict(FermataError):
    """This Idempotency-Key belongs to another request, or its first use is still running: wait, or use a new key."""

    code = ErrorCode.IDEMPOTENCY_CONFLICT


class Conflict(FermataError):
    """This clashes with what exists already: choose another value."""

    code = ErrorCode.CONFLICT


class RateLimited(FermataError):
    """Too many requests: wait for the time that retryAfterMs says, then try again."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, message: str | None = None, *, retry_after_ms: int) -> None:
        super().__init__(message, retryAfterMs=retry_after_ms)


class TooComplex(FermataError):
    """The document is larger than a server can promise to answer: ask for less, or in several requests."""

    code = ErrorCode.TOO_COMPLEX

    def __init__(self, message: str | None = None, *, limit: str, allowed: int, found: int) -> None:
        super().__init__(message, limit=limit, allowed=allowed, found=found)


class Unavailable(FermataError):
    """The server cannot answer at the moment: nothing was changed by this request; try again shortly."""

    code = ErrorCode.UNAVAILABLE

    def __init__(self, message: str | None = None, *, retry_after_ms: int = 1000) -> None:
        super().__init__(message, retryAfterMs=retry_after_ms)


class OutcomeUnknown(Unavailable):
    """The database went away meanwhile: a query may be asked again; of a change, look first whether it was made."""

    def __init__(self) -> None:
        super().__init__()
        self._extensions["outcomeUnknown"] = True


class Internal(FermataError):
    """Something went wrong on the server: try again, and quote the errorId when you report it."""

    code = ErrorCode.INTERNAL

    def __init__(self, message: str | None = None, *, error_id: str) -> None:
        super().__init__(message, errorId=error_id)
