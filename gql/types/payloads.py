"""What comes back from a change of one task, and of many."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from auth.policy import Right
from engine.answers import RESUME_AT, RESUME_AT_MESSAGE
from engine.outcomes import Bulk, Item, Moved, Why
from gql.errors import ErrorCode, InvalidInput, NotFound
from gql.ids import NodeType, encode
from gql.types.enums import Action, Status
from gql.types.event import Event
from gql.types.permission import role_reason, status_reason
from gql.types.task import Task
from models.authority import Reach

MAX_OUTCOMES = 10_000
_CHANGED_SINCE = "It has changed since you read it: read it again, then decide."

FirstOutcomes = Annotated[int | None, strawberry.argument(description="How many at most: 1 to 10,000.")]


@strawberry.type(description="A task after a change, and the line that the change has left in the history.")
class TaskPayload:
    """Written in one transaction."""

    task: Task = strawberry.field(description="The task as it is now.")
    event: Event = strawberry.field(description="What was written into its history.")

    @classmethod
    def of(cls, moved: Moved) -> "TaskPayload":
        """What was done, for the one who did it."""
        return cls(task=Task.of(moved.task, moved.role), event=Event.of(moved.event))


@strawberry.type(description="A deletion.")
class DeletePayload:
    """The task's history stays."""

    deleted_id: strawberry.ID = strawberry.field(description="The id of the task that is gone.")


@strawberry.type(description="What came of an action, or of a deletion, for one of many tasks.")
class BulkOutcome:
    """In a dry run: what would come of it."""

    task_id: strawberry.ID = strawberry.field(description="The task.")
    title: str | None = strawberry.field(
        description="What it is called; null when it is not yours to see, or not yours to change."
    )
    changed: bool = strawberry.field(description="Whether it was done.")
    status: Status | None = strawberry.field(
        description="Where the task stands, or stood when it was deleted; null when it is not yours to see."
    )
    code: ErrorCode | None = strawberry.field(description="Why it was not done; null when it was.")
    message: str | None = strawberry.field(description="The same in words, with what to do about it.")

    @classmethod
    def of(cls, item: Item, action: Action | None, reach: Reach) -> "BulkOutcome":
        """The engine's answer for one task."""
        code, message = _refusal(item, action, reach)
        return cls(
            task_id=encode(NodeType.TASK, item.task_id),
            title=item.task.title if item.task else None,
            changed=item.changed,
            status=item.status,
            code=code,
            message=message,
        )


@strawberry.type(
    description="What came of an action, or of a deletion, for many tasks: one transaction, one outcome each."
)
class BulkPayload:
    """In the order of the tasks' ids."""

    items: strawberry.Private[Sequence[Item]]
    action: strawberry.Private[Action | None]
    reach: strawberry.Private[Reach]

    matched: int = strawberry.field(description="How many tasks were meant.")
    changed: int = strawberry.field(description="For how many it was done.")
    refused: int = strawberry.field(description="For how many it was not.")

    @strawberry.field(description="The outcomes, one a task.")
    def outcomes(self, first: FirstOutcomes = 100) -> list[BulkOutcome]:
        most = 100 if first is None else first
        if not 1 <= most <= MAX_OUTCOMES:
            raise InvalidInput(fields={"first": f"must lie between 1 and {MAX_OUTCOMES}"})
        return [BulkOutcome.of(item, self.action, self.reach) for item in self.items[:most]]

    @classmethod
    def of(cls, bulk: Bulk, action: Action | None, reach: Reach) -> "BulkPayload":
        """The engine's answer; `action` None: they were to be deleted."""
        return cls(
            items=bulk.outcomes,
            action=action,
            reach=reach,
            matched=bulk.matched,
            changed=bulk.changed,
            refused=bulk.refused,
        )


def _refusal(item: Item, action: Action | None, reach: Reach) -> tuple[ErrorCode | None, str | None]:
    if item.changed:
        return None, None
    if item.why is Why.VERSION:
        return ErrorCode.VERSION_CONFLICT, _CHANGED_SINCE
    if item.why is Why.INPUT:
        return ErrorCode.INVALID_INPUT, f"{RESUME_AT} {RESUME_AT_MESSAGE}."
    if item.why is not None and item.status is not None:
        return ErrorCode.ILLEGAL_TRANSITION, status_reason(action, item.status)
    if item.role is not None:
        return ErrorCode.FORBIDDEN, role_reason(action or Right.DELETE, item.role, reach.least)
    return ErrorCode.NOT_FOUND, NotFound().message
