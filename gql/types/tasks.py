"""Pages of tasks."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import strawberry

from engine import lists
from engine.filters import ALL, Filter
from engine.lists import Order
from engine.rows import some_columns
from gql.columns import Columnar, Origin
from gql.context import Context, Info
from gql.fields import told_field
from gql.types.enums import Role
from gql.types.node import PageInfo
from gql.types.task import Task, Tasks


@dataclass(frozen=True, slots=True)
class Listing:
    """Which tasks of a workspace, in which order, and which part of them: as Relay's arguments say it."""

    workspace: UUID
    filter: Filter
    order: Order
    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The same for the same listing."""
        narrow = "" if self.filter is ALL else repr(self.filter)  # it holds lists; to write it costs more than a column
        return self.workspace, narrow, self.order.name, self.first, self.after, self.last, self.before


DEFAULT_PAGE = 50
# Fields of a task that need columns which a page does not read otherwise (engine/rows.py); what is not named needs none.
TEXTS = frozenset({"description", "input"})
REST = frozenset(
    {"progress", "progressNote", "result", "error", "timeoutMs", "maxAttempts", "lastRunAt", "resumeAt", "completedAt"}
    | {"attempt", "worker", "unheardSince", "waitingFor", "createdBy"}
)


@strawberry.type(description="A task, and where in the list.")
class TaskEdge:
    """Of `Workspace.tasks`."""

    node: Task = strawberry.field(description="The task.")
    cursor: str = strawberry.field(description="Opaque; pass it as `after` or `before`.")


class Edges(Columnar[TaskEdge]):
    """Of a page."""

    def __init__(self, nodes: Tasks, page: lists.Page) -> None:
        self._nodes = nodes
        self._page = page

    def __len__(self) -> int:
        return len(self._nodes)

    def column(self, name: str) -> Sequence[Any]:
        """As gql/columns.py asks for it."""
        return self._nodes if name == "node" else self._page.cursors

    def make(self) -> list[TaskEdge]:
        """One by one."""
        pairs = zip(self._nodes, self._page.cursors, strict=True)
        return [TaskEdge(node=node, cursor=cursor) for node, cursor in pairs]

    def sample(self) -> Sequence[TaskEdge]:
        """The first."""
        pairs = zip(self._nodes.sample(), self._page.ends, strict=False)
        return [TaskEdge(node=node, cursor=cursor) for node, cursor in pairs]

    def origin(self) -> Origin | None:
        """The rows of the tasks: a cursor follows from the row and the order."""
        nodes = self._nodes.origin()
        if nodes is None:
            return None
        return Origin((self._page.order.name, nodes.view), nodes.rows, self._pick)

    def _pick(self, places: Sequence[int]) -> "Edges":
        return Edges(self._nodes.pick(places), self._page.pick(places))


@strawberry.type(description="A page of tasks.")
class TaskConnection:
    """Of `Workspace.tasks`."""

    listing: strawberry.Private[Listing]

    page: strawberry.Private[lists.Page]

    nodes: Sequence[Task] = strawberry.field(description="The same tasks without.")

    @strawberry.field(description="The tasks with their cursors.")
    def edges(self) -> Sequence[TaskEdge]:
        return Edges(cast("Tasks", self.nodes), self.page)

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        return PageInfo.of(self.page.has_next, self.page.has_previous, self.page.ends)

    @told_field(description="How many tasks match on all pages; counted only when it is asked for.")
    async def total_count(self, info: Info) -> int:
        context, workspace, filter = info.context, self.listing.workspace, self.listing.filter
        return await context.loaders.once(
            ("total", workspace, repr(filter)),
            lambda: lists.total(context.services.db, context.authority, workspace, filter),
        )

    @classmethod
    async def of(cls, context: Context, listing: Listing, role: Role) -> "TaskConnection":
        """A page of the tasks of a workspace in which the viewer is `role`."""
        neither = listing.first is None and listing.last is None
        page = await lists.page(
            context.services.db,
            context.authority,
            listing.workspace,
            first=DEFAULT_PAGE if neither else listing.first,
            after=listing.after,
            last=listing.last,
            before=listing.before,
            filter=listing.filter,
            order=listing.order,
            columns=columns_of(context.reading.fields),
            packed=context.reading.packed,
        )
        return cls.showing(page, listing, role)

    @classmethod
    def showing(cls, page: lists.Page, listing: Listing, role: Role) -> "TaskConnection":
        """A page that was read, to a viewer who is `role`."""
        return cls(listing=listing, page=page, nodes=Tasks(page.found, role))


def columns_of(fields: Collection[str] | None) -> tuple[str, ...]:
    """By the fields of the whole document, so that all of it shares one page."""
    return some_columns(
        texts=fields is None or not TEXTS.isdisjoint(fields), rest=fields is None or not REST.isdisjoint(fields)
    )
