"""What a viewer may do with a task now, and for what they may not, the reason in words.

Pure: looked up by status, nature and role. Every combination is made once and shared by all tasks.
"""

from collections.abc import Mapping
from functools import cache

import strawberry

from auth.errors import article
from auth.policy import Right, reach, scope
from gql.types.enums import Action
from models.authority import Scope
from models.lifecycle import Nature, Status, possible
from models.role import ROLES, Role

_DOING: Mapping[Action, str] = {
    Action.RUN: "running",
    Action.PAUSE: "pausing",
    Action.RESUME: "resuming",
    Action.CANCEL: "cancelling",
}
_CHANGING: Mapping[Right, str] = {Right.EDIT: "editing", Right.DELETE: "deleting"}

_STATE: Mapping[Status, str] = {
    Status.NOT_STARTED: "It has not been started yet",
    Status.QUEUED: "It waits for a worker",
    Status.IN_PROGRESS: "It is in progress",
    Status.PAUSING: "It is being paused",
    Status.PAUSED: "It is paused",
    Status.CANCELLING: "It is being cancelled",
    Status.CANCELLED: "It was cancelled",
    Status.COMPLETED: "It is completed",
    Status.FAILED: "It has failed",
}

# What to do instead, where an action does not lead anywhere from a status.
_INSTEAD: Mapping[Action, Mapping[Status, str]] = {
    Action.RUN: {
        Status.QUEUED: "it will run as soon as one is free",
        Status.IN_PROGRESS: "cancel it first to start it again",
        Status.PAUSING: "resume it to let it go on",
        Status.PAUSED: "resume it to go on, or cancel it first to start again",
        Status.CANCELLING: "wait until it has stopped",
        Status.COMPLETED: "a completed task cannot be run again; duplicate it",
    },
    Action.PAUSE: {
        Status.NOT_STARTED: "run it first",
        Status.PAUSING: "the work is being put down",
        Status.PAUSED: "there is nothing to pause",
        Status.CANCELLING: "wait until it has stopped",
        Status.CANCELLED: "run it again first",
        Status.COMPLETED: "there is nothing to pause",
        Status.FAILED: "run it again first",
    },
    Action.RESUME: {
        Status.NOT_STARTED: "run it",
        Status.QUEUED: "it will go on as soon as one is free",
        Status.IN_PROGRESS: "there is nothing to resume",
        Status.CANCELLING: "wait until it has stopped, then run it again",
        Status.CANCELLED: "run it to start again",
        Status.COMPLETED: "there is nothing to resume",
        Status.FAILED: "run it to start again",
    },
    Action.CANCEL: {
        Status.NOT_STARTED: "there is nothing to cancel",
        Status.CANCELLING: "wait until it has stopped",
        Status.CANCELLED: "there is nothing to cancel",
        Status.COMPLETED: "what is done cannot be cancelled",
        Status.FAILED: "there is nothing to cancel",
    },
}

# What to do before a task that is running can be deleted.
_UNTIL_DELETED: Mapping[Status, str] = {
    Status.QUEUED: "cancel it first, then delete it",
    Status.IN_PROGRESS: "cancel it first, then delete it",
    Status.PAUSING: "wait until it has stopped, then delete it",
    Status.CANCELLING: "wait until it has stopped, then delete it",
}


@strawberry.type(description="Whether this viewer may do something with a task now; if not, why.")
class TaskPermission:
    """One for a status, a nature, a role and an action."""

    action: Action = strawberry.field(description="What could be asked of the task.")
    allowed: bool = strawberry.field(description="Whether it would be done.")
    reason: str | None = strawberry.field(description="Why not, and what would be needed; null when it is allowed.")


def role_reason(asked: Action | Right, role: Role, needed: Role) -> str:
    """Why a role is not enough, and which one would be: the whole rule, in the words of the site."""
    you = f"You are {article(role)} {role} here"
    if isinstance(asked, Action):
        return f"{you}; {_DOING[asked]} a task needs {needed}."
    if asked is Right.CREATE:
        least = reach(Right.CREATE).least
        return f"{you}; creating {'tasks' if needed is least else 'a task of this kind'} needs {needed}."
    if scope(role, asked) is Scope.OWN:
        return f"Someone else made this task; {_CHANGING[asked]} it needs {needed}."
    own = next(one for one in ROLES if scope(one, asked) is Scope.OWN)
    return f"{you}; {_CHANGING[asked]} needs {own} for one's own tasks, {needed} for all."


def status_reason(action: Action | None, status: Status) -> str:
    """Why a status does not lead on, and what to do instead. `action` None: to delete it."""
    instead = _INSTEAD[action] if action else _UNTIL_DELETED
    return f"{_STATE[status]}: {instead.get(status, 'it cannot do this now')}."


@cache
def permissions(status: Status, nature: Nature, role: Role) -> tuple[list[Action], list[TaskPermission]]:
    """The allowed actions, and every action with its reason. The lists are shared: nobody changes them."""
    ways = possible(status, nature)
    may, needed = scope(role, Right.OPERATE) is Scope.ALL, reach(Right.OPERATE).least
    found: list[TaskPermission] = []
    for action in Action:
        reason = None
        if not may:
            reason = role_reason(action, role, needed)
        elif action not in ways:
            reason = status_reason(action, status)
        found.append(TaskPermission(action=action, allowed=reason is None, reason=reason))
    return [one.action for one in found if one.allowed], found
