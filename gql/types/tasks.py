"""Pages of tasks."""

from dataclasses import dataclass
from uuid import UUID

import strawberry

from engine import lists
from engine.filters import Filter
from engine.lists import Order
from gql.context import Context, Info
from gql.types.enums import Role
from gql.types.node import PageInfo
from gql.types.task import Task


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: as Relay's arguments say it."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


DEFAULT_PAGE = 50


@strawberry.type(description="A task, and where in the list.")
class TaskEdge:
    """Of `Workspace.tasks`."""

    node: Task = strawberry.field(description="The task.")
    cursor: str = strawberry.field(description="Opaque; pass it as `after` or `before`.")


@strawberry.type(description="A page of tasks.")
class TaskConnection:
    """Of `Workspace.tasks`."""

    workspace: strawberry.Private[UUID]
    filter: strawberry.Private[Filter]

    edges: list[TaskEdge] = strawberry.field(description="The tasks with their cursors.")
    nodes: list[Task] = strawberry.field(description="The same tasks without.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")

    @strawberry.field(description="How many tasks match on all pages; counted only when it is asked for.")
    async def total_count(self, info: Info) -> int:
        return await lists.total(info.context.services.db, info.context.authority, self.workspace, self.filter)

    @classmethod
    async def of(
        cls, context: Context, workspace: UUID, role: Role, window: Window, filter: Filter, order: Order
    ) -> "TaskConnection":
        """A page of the tasks of a workspace in which the viewer is `role`."""
        if window.first is None and window.last is None:
            window = Window(DEFAULT_PAGE, window.after, None, window.before)
        page = await lists.page(
            context.services.db,
            context.authority,
            workspace,
            first=window.first,
            after=window.after,
            last=window.last,
            before=window.before,
            filter=filter,
            order=order,
        )
        nodes = [Task.of(row, role) for row in page.rows]
        return cls(
            workspace=workspace,
            filter=filter,
            edges=[TaskEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)],
            nodes=nodes,
            page_info=PageInfo.of(page.has_next, page.has_previous, page.cursors),
        )
