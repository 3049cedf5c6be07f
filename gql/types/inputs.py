"""What people write about a task, and by what they pick tasks; limits are judged by the engine, which names each path."""

from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from engine.drafts import NewTask
from engine.drafts import TaskPatch as Patch
from engine.events import ANYTHING
from engine.events import EventFilter as Events
from engine.filters import ALL, Filter
from engine.lists import NEWEST, Order
from gql.ids import NodeType, key_of
from gql.types.enums import OrderDirection, OrderField, Status
from models.lifecycle import TIMER_KIND

_LABELS = "Words to find it by: at most 20, of at most 50 characters; spaces around them are dropped."


def tidy(labels: list[str]) -> list[str]:
    """Labels without spaces around them, each once, in the order given."""
    return list(dict.fromkeys(label.strip() for label in labels))


@strawberry.input(description="A task to be made.")
class TaskInput:
    """All but the title has a default; a timer needs a duration."""

    title: str = strawberry.field(description="What it is called: 1 to 200 characters.")
    description: str | None = strawberry.field(default="", description="What it is about, up to 10,000 characters.")
    labels: list[str] | None = strawberry.field(default_factory=list, description=_LABELS)
    kind: str | None = strawberry.field(
        default=TIMER_KIND, description="What is to run: the name of a kind of the workspace."
    )
    input: JSON | None = strawberry.field(
        default=None, description="What the kind is to work on, as its `inputSchema` says."
    )
    duration_ms: int | None = strawberry.field(
        default=None, description="Expected active time in ms; required for a timer, which completes after it."
    )
    priority: int | None = strawberry.field(default=0, description="A greater number is more urgent.")
    timeout_ms: int | None = strawberry.field(
        default=None, description="Active time in ms after which an attempt fails."
    )
    max_attempts: int | None = strawberry.field(default=1, description="How often work that fails is tried: 1 to 100.")

    def draft(self) -> NewTask:
        """The task as the engine takes it; null is the default."""
        return NewTask(
            title=self.title.strip(),
            description=self.description or "",
            labels=tidy(self.labels or []),
            kind=self.kind or TIMER_KIND,
            input={} if self.input is None else self.input,
            duration_ms=self.duration_ms,
            priority=self.priority or 0,
            timeout_ms=self.timeout_ms,
            max_attempts=1 if self.max_attempts is None else self.max_attempts,
        )


@strawberry.input(description="What is to be edited of a task: only the fields that are given change.")
class TaskPatch:
    """Null takes a time away; for the others it says nothing."""

    title: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is called: 1 to 200 characters."
    )
    description: str | None = strawberry.field(default=strawberry.UNSET, description="What it is about.")
    labels: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_LABELS)
    duration_ms: int | None = strawberry.field(
        default=strawberry.UNSET, description="Expected active time in ms; a running timer is then due at another time."
    )
    priority: int | None = strawberry.field(default=strawberry.UNSET, description="A greater number is more urgent.")
    timeout_ms: int | None = strawberry.field(
        default=strawberry.UNSET, description="Active time in ms after which an attempt fails; null: never."
    )
    max_attempts: int | None = strawberry.field(
        default=strawberry.UNSET, description="How often work that fails is tried."
    )

    def patch(self) -> Patch:
        """The edit as the engine takes it."""
        given = {name: value for name, value in vars(self).items() if value is not strawberry.UNSET}
        fields: dict[str, Any] = {name: one for name, one in given.items() if one is not None or name in _CLEARED}
        if "title" in fields:
            fields["title"] = fields["title"].strip()
        if "labels" in fields:
            fields["labels"] = tidy(fields["labels"])
        return cast("Patch", fields)


_CLEARED = ("duration_ms", "timeout_ms")


@strawberry.input(description="Which tasks: those for which everything that is given holds.")
class TaskFilter:
    """Null and absent are the same: no condition."""

    status: list[Status] | None = strawberry.field(default=None, description="Where they stand: one of these.")
    kind: list[str] | None = strawberry.field(default=None, description="What runs: one of these kinds.")
    labels: list[str] | None = strawberry.field(default=None, description="Labels that they have: all of these.")
    created_by: strawberry.ID | None = strawberry.field(default=None, description="Who made them: the id of a user.")
    search: str | None = strawberry.field(
        default=None, description="Words in the title or the description: all of these."
    )
    updated_after: datetime | None = strawberry.field(default=None, description="Changed after this moment.")
    created_after: datetime | None = strawberry.field(default=None, description="Made after this moment.")
    created_before: datetime | None = strawberry.field(default=None, description="Made before this moment.")

    def conditions(self, path: str) -> Filter:
        """The filter as the engine takes it, named `path` in errors. Raises `InvalidInput` for an id that is none."""
        return Filter(
            status=self.status,
            kind=self.kind,
            labels=self.labels,
            created_by=key_of(NodeType.USER, self.created_by, f"{path}.createdBy") if self.created_by else None,
            search=self.search,
            updated_after=self.updated_after,
            created_after=self.created_after,
            created_before=self.created_before,
        )


@strawberry.input(description="In which order tasks are listed; ties are broken by id.")
class TaskOrder:
    """Without one: the latest made first."""

    field: OrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(description="Which end comes first.")

    def order(self) -> Order:
        """The order as the engine takes it."""
        return Order(self.field, descending=self.direction is OrderDirection.DESC)


@strawberry.input(one_of=True, description="On which tasks: exactly one of these.")
class TaskTarget:
    """An id that is not found is answered for as missing; a filter finds at most 10,000."""

    ids: list[strawberry.ID] | None = strawberry.field(default=strawberry.UNSET, description="The tasks of these ids.")
    filter: TaskFilter | None = strawberry.field(default=strawberry.UNSET, description="The tasks that match.")

    def parts(self) -> tuple[list[UUID] | None, Filter | None]:
        """Keys of tasks, or a filter: the other is None. Raises `InvalidInput`, `NotFound` for an id of another type."""
        if self.filter:
            return None, self.filter.conditions("target.filter")
        return [key_of(NodeType.TASK, id, f"target.ids.{place}") for place, id in enumerate(self.ids or ())], None


@strawberry.input(description="Which lines of the history: those for which everything that is given holds.")
class EventFilter:
    """Null and absent are the same: no condition."""

    actor: strawberry.ID | None = strawberry.field(default=None, description="Who did it: the id of a user.")
    action: list[str] | None = strawberry.field(default=None, description="What was done: one of these.")
    task_id: strawberry.ID | None = strawberry.field(default=None, description="To which task: its id.")
    after: datetime | None = strawberry.field(default=None, description="Done after this moment.")
    before: datetime | None = strawberry.field(default=None, description="Done before this moment.")

    def conditions(self) -> Events:
        """The filter as the engine takes it. Raises `InvalidInput` for an id that is none."""
        return Events(
            actor=key_of(NodeType.USER, self.actor, "filter.actor") if self.actor else None,
            action=self.action,
            task_id=key_of(NodeType.TASK, self.task_id, "filter.taskId") if self.task_id else None,
            after=self.after,
            before=self.before,
        )


def conditions(filter: TaskFilter | None, path: str = "filter") -> Filter:
    """The filter as the engine takes it; none lets everything through."""
    return filter.conditions(path) if filter else ALL


def ordered(order: TaskOrder | None) -> Order:
    """The order as the engine takes it."""
    return order.order() if order else NEWEST


def audited(filter: EventFilter | None) -> Events:
    """The filter of a history as the engine takes it; none lets everything through."""
    return filter.conditions() if filter else ANYTHING


TaskFilterArgument = Annotated[TaskFilter | None, strawberry.argument(description="Only tasks that match.")]
TaskOrderArgument = Annotated[
    TaskOrder | None, strawberry.argument(description="In which order; the latest made first.")
]
EventFilterArgument = Annotated[EventFilter | None, strawberry.argument(description="Only lines that match.")]
