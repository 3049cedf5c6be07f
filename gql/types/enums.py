"""The enums of the schema: those of the floors below, with a description for each value."""

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import TypeVar, cast

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from auth.settings import SignUp
from engine.lists import OrderField
from gql.errors import ErrorCode
from models.kind import Pausability
from models.lifecycle import Action, Status
from models.role import Role

E = TypeVar("E", bound=type[Enum])


def _described(kind: E, name: str, description: str, values: Mapping[str, str]) -> E:
    """Serve an enum of the ground; a value without a description is a KeyError at import."""
    served = strawberry.enum(kind, name=name, description=description)
    definition = cast("StrawberryEnumDefinition", vars(served)["__strawberry_definition__"])
    for value in definition.values:
        value.description = values[value.name]
    return served


class OrderDirection(StrEnum):
    """Ascending or descending."""

    ASC = "ASC"
    DESC = "DESC"


_described(
    ErrorCode,
    "ErrorCode",
    "What `extensions.code` of an error can be; each error says in `message` what to do about it.",
    {
        "UNAUTHENTICATED": "No credential, or one that is over: sign in, or refresh.",
        "FORBIDDEN": "Your role does not reach that far. Extensions: requiredRole, role.",
        "NOT_FOUND": "It does not exist, or is not yours to see: the same answer.",
        "INVALID_INPUT": "A value cannot be used. Extensions: fields [{path, message}].",
        "ILLEGAL_TRANSITION": "The task cannot do this in its present state. Extensions: status, allowedActions.",
        "VERSION_CONFLICT": "It has changed since you read it. Extensions: currentVersion, task.",
        "IDEMPOTENCY_CONFLICT": "The key was used with another body, or its first use is still running.",
        "CONFLICT": "A name or an e-mail address that is taken, the last admin, and the like.",
        "RATE_LIMITED": "Too many attempts. Extensions: retryAfterMs; HTTP 429 with Retry-After.",
        "TOO_COMPLEX": "A limit on documents. Extensions: limit, allowed, found.",
        "UNAVAILABLE": "The database is away or the server is full: try again. HTTP 503 with Retry-After.",
        "INTERNAL": "Unforeseen. Extensions: errorId, which is also in the server's log.",
    },
)
_described(
    Role,
    "Role",
    "What a member, an invitation or an API token may at most do: each holds all that the ones before it hold.",
    {
        "VIEWER": "Sees tasks, their history, their logs and the members.",
        "OPERATOR": "Runs, pauses, resumes and cancels tasks too.",
        "EDITOR": "Creates tasks too, and edits and deletes their own.",
        "ADMIN": "Edits and deletes everyone's tasks, and looks after members, invitations and tokens.",
    },
)
_described(
    Status,
    "TaskStatus",
    "Where a task stands.",
    {
        "NOT_STARTED": "It was made and never run.",
        "QUEUED": "It waits for a worker.",
        "IN_PROGRESS": "It runs.",
        "PAUSING": "A pause was asked for; the worker has not put the work down yet.",
        "PAUSED": "The work has stopped and its progress is kept.",
        "CANCELLING": "A cancellation was asked for; the worker has not stopped yet.",
        "CANCELLED": "It was stopped; a run starts it again from the beginning.",
        "COMPLETED": "It is done, for good.",
        "FAILED": "It ended with an error; a run starts it again from the beginning.",
    },
)
_described(
    Action,
    "TaskAction",
    "What people and their programs may ask of a task.",
    {
        "RUN": "Start it from the beginning.",
        "PAUSE": "Stop it and keep its progress.",
        "RESUME": "Go on from where it was paused; or withdraw a pause that has not happened yet.",
        "CANCEL": "Stop it and drop its progress.",
    },
)
_described(
    Pausability,
    "Pausability",
    "What becomes of work that is paused.",
    {
        "PORTABLE": "It is put down as a checkpoint and can go on anywhere.",
        "IN_PLACE": "It is held where it runs, and goes on there.",
        "BETWEEN_STEPS": "It stops when the present step is done.",
        "NO": "It cannot be paused.",
    },
)
_described(
    SignUp,
    "SignUpPolicy",
    "Who may make an account here.",
    {
        "OPEN": "Anyone.",
        "INVITE": "Whoever holds an invitation.",
        "CLOSED": "Nobody: accounts are made on the command line.",
    },
)
_described(
    OrderField,
    "TaskOrderField",
    "By what a list of tasks can be ordered.",
    {
        "CREATED_AT": "When the task was made.",
        "UPDATED_AT": "When anything of the task last changed.",
        "PRIORITY": "Its priority; a greater number is more urgent.",
        "TITLE": "Its title, by code point.",
    },
)
_described(
    OrderDirection,
    "OrderDirection",
    "Which end of an order comes first.",
    {"ASC": "The least first.", "DESC": "The greatest first."},
)

__all__ = ["Action", "ErrorCode", "OrderDirection", "OrderField", "Pausability", "Role", "SignUp", "Status"]
