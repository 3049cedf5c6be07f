"""What the floors below answer or raise, in the words of the contract: outcomes become data or errors, refusals get their code."""

import math
import re
from typing import NoReturn

from auth import errors as auth
from auth.errors import AuthError
from auth.policy import Right
from engine.errors import InvalidInput as EngineInvalid
from engine.outcomes import Forbidden, Missing, Moved, Outcome, Refused, Why
from gql.errors import (
    Conflict,
    FermataError,
    IllegalTransition,
    InvalidInput,
    NotFound,
    RateLimited,
    Unauthenticated,
    VersionConflict,
)
from gql.errors import Forbidden as ForbiddenError
from gql.ids import NodeType, encode
from gql.types.permission import role_reason, status_reason
from models.lifecycle import Action, possible
from models.task import Task

ASK = "ask an admin of the workspace."
_INVALID = "Some values cannot be used: correct the fields that are named and send it again."


def told(error: AuthError | EngineInvalid, prefix: str = "", cut: str = "") -> FermataError:
    """The error of the contract for what auth or engine raised; `prefix` takes the place of `cut` before their paths."""
    match error:
        case EngineInvalid():
            return InvalidInput(
                _INVALID, fields={path(prefix, one.path.removeprefix(cut)): one.message for one in error.problems}
            )
        case auth.Invalid():
            return InvalidInput(error.message, fields={path(prefix, name): text for name, text in error.fields.items()})
        case auth.Forbidden():
            return ForbiddenError(error.message, required_role=error.needed, role=error.role)
        case auth.Throttled():
            return RateLimited(error.message, retry_after_ms=math.ceil(error.retry_after * 1000))
        case auth.Taken() | auth.LastAdmin():
            return Conflict(error.message)
        case auth.NotFound() | auth.UnknownInvitation() | auth.UnknownReset() | auth.UnknownProvider():
            return NotFound(error.message)
        case _:
            return Unauthenticated(error.message)


def path(prefix: str, name: str) -> str:
    """The path of a value as the schema names it: camelCase, with what stands before it."""
    words = re.sub(r"_([a-z])", lambda match: match[1].upper(), name)
    return (prefix + words).rstrip(".")


def moved(outcome: Outcome, asked: Action | Right, prefix: str = "") -> Moved:
    """What was done. Raises the error of the contract for every other outcome of what was asked."""
    match outcome:
        case Moved():
            return outcome
        case Refused():
            raise refused(outcome, asked if isinstance(asked, Action) else None, prefix)
        case Forbidden() | Missing():
            return refuse(outcome, asked)


def refuse(outcome: Forbidden | Missing, asked: Action | Right) -> NoReturn:
    """Raise the error for what the viewer may not do, or not see: which rule it is, and whom to ask."""
    if isinstance(outcome, Missing):
        raise NotFound
    message = f"{role_reason(asked, outcome.role, outcome.needed).rstrip('.')}: {ASK}"
    raise told(auth.Forbidden(message, needed=outcome.needed, role=outcome.role))


def refused(outcome: Refused, action: Action | None, prefix: str = "") -> FermataError:
    """Why it was not done, although the right to it is there."""
    task = outcome.task
    match outcome.why:
        case Why.VERSION:
            return VersionConflict(current_version=task.version, task=short(task))
        case Why.INPUT:
            return InvalidInput(_INVALID, fields={path(prefix, outcome.path): outcome.message})
        case Why.STATUS:
            ways = possible(task.status, task.nature)
            return IllegalTransition(status_reason(action, task.status), status=task.status, allowed_actions=ways)


def short(task: Task) -> dict[str, str | int]:
    """As much of the task as it takes to decide anew."""
    return {
        "id": encode(NodeType.TASK, task.id),
        "title": task.title,
        "status": task.status,
        "version": task.version,
        "elapsedMs": task.elapsed_ms,
    }
