"""The history of tasks and the audit log: the same rows."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from engine.events import EventPage
from gql.context import Info
from gql.ids import NodeType, encode
from gql.slices import Part
from gql.types.enums import Status
from gql.types.node import PageInfo
from models.event import Event as Record

if TYPE_CHECKING:
    from gql.types.task import Task
    from gql.types.user import User


@strawberry.type(description="A line of the history, written in the transaction of the change itself.")
class Event:
    """Never changed and never deleted before its retention ends."""

    task_key: strawberry.Private[UUID | None]
    subject_key: strawberry.Private[UUID | None]
    actor_key: strawberry.Private[UUID | None]

    id: strawberry.ID = strawberry.field(description="Opaque.")
    action: str = strawberry.field(description="What was done: RUN, PAUSE, CREATED, COMPLETED, MEMBER_ROLE_SET, ...")
    task_id: strawberry.ID | None = strawberry.field(description="The task; null for what is not about one.")
    from_status: Status | None = strawberry.field(description="Where the task stood before.")
    to_status: Status | None = strawberry.field(description="Where it stood after.")
    elapsed_ms: int | None = strawberry.field(description="Its active time in ms, after the change.")
    version: int | None = strawberry.field(description="Its version after the change: 1, 2, 3, ... without a gap.")
    detail: JSON | None = strawberry.field(description="What else changed: fields with before and after.")
    via: str | None = strawberry.field(description="The name of the API token that was used.")
    reason: str | None = strawberry.field(description="Why, in the words of who did it.")
    at: datetime = strawberry.field(description="When.")

    @strawberry.field(description="The task; null when it was deleted, or when this is not about one.")
    async def task(self, info: Info) -> Annotated["Task", strawberry.lazy("gql.types.task")] | None:
        return None if self.task_key is None else await info.context.loaders.task(self.task_key)

    @strawberry.field(description="Whom a change of members, tokens or accounts is about.")
    async def subject(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")] | None:
        return await info.context.loaders.user(self.subject_key)

    @strawberry.field(description="Who did it; null: the engine itself.")
    async def actor(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")] | None:
        return await info.context.loaders.user(self.actor_key)

    @classmethod
    def of(cls, row: Record) -> "Event":
        """The record as it is served."""
        return cls(
            task_key=row.task_id,
            subject_key=row.subject_id,
            actor_key=row.actor_id,
            id=encode(NodeType.EVENT, row.id),
            action=row.action,
            task_id=None if row.task_id is None else encode(NodeType.TASK, row.task_id),
            from_status=row.from_status,
            to_status=row.to_status,
            elapsed_ms=row.elapsed_ms,
            version=row.version,
            detail=row.detail,
            via=row.via,
            reason=row.reason,
            at=row.at,
        )


@strawberry.type(description="A line, and where in the history.")
class EventEdge:
    """Of `Workspace.events` and `Task.events`."""

    node: Event = strawberry.field(description="The line.")
    cursor: str = strawberry.field(description="Opaque; pass it as `after`.")


@strawberry.type(description="A page of the history, the latest line first.")
class EventConnection:
    """Of `Workspace.events` and `Task.events`."""

    edges: list[EventEdge] = strawberry.field(description="The lines with their cursors.")
    nodes: list[Event] = strawberry.field(description="The same lines without.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the history.")

    @classmethod
    def of(cls, page: EventPage | Part[Record]) -> "EventConnection":
        """A page that has been read."""
        nodes = [Event.of(row) for row in page.rows]
        return cls(
            edges=[EventEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)],
            nodes=nodes,
            page_info=PageInfo.of(page.has_next, page.has_previous, page.cursors),
        )
