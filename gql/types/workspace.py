"""A shared system of tasks, and everything in it."""

from datetime import datetime
from uuid import UUID

import strawberry

from engine import events
from gql.arguments import After, Before, First, First50, FirstChanges, Last, Since, given
from gql.context import Info
from gql.fields import told_field
from gql.ids import NodeType, encode
from gql.types.changes import TaskChanges
from gql.types.enums import Role, Status
from gql.types.event import EventConnection
from gql.types.inputs import EventFilterArgument, TaskFilterArgument, TaskOrderArgument, audited, conditions, ordered
from gql.types.kind import TaskKind
from gql.types.membership import ApiToken, Invitation, Membership
from gql.types.node import Node
from gql.types.tasks import Listing, TaskConnection
from models.workspace import Workspace as Record


@strawberry.type(description="How many tasks of a workspace stand somewhere.")
class StatusCount:
    """Zero for a status that no task has."""

    status: Status = strawberry.field(description="Where they stand.")
    count: int = strawberry.field(description="How many there are.")


@strawberry.type(description="A shared system of tasks: people and programs with roles, and the tasks that they share.")
class Workspace(Node):
    """Made by gql/loaders.py, for a viewer who is a member."""

    key: strawberry.Private[UUID]

    slug: str = strawberry.field(description="Its name in addresses; it stays when the workspace is renamed.")
    name: str = strawberry.field(description="Its name for people.")
    created_at: datetime = strawberry.field(description="When it was made.")
    viewer_role: Role = strawberry.field(description="What you may do here: the lower of membership and credential.")
    revision: str = strawberry.field(description="Opaque: the state that this answer was read in; `changes` takes it.")

    @told_field(description="How many tasks have each status.")
    async def counts(self, info: Info) -> list[StatusCount]:
        found = await info.context.loaders.counts(self.key)
        return [StatusCount(status=status, count=count) for status, count in found.items()]

    @told_field(description="Its tasks, a page at a time; the latest made first unless `orderBy` says otherwise.")
    async def tasks(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: TaskFilterArgument = None,
        order_by: TaskOrderArgument = None,
    ) -> TaskConnection:
        listing = Listing(self.key, conditions(filter), ordered(order_by), first, after, last, before)
        read = info.context.loaders.ahead.get(listing.key)
        if read is not None:
            return TaskConnection.showing(read, listing, self.viewer_role)
        return await info.context.loaders.once(
            ("tasks", *listing.key), lambda: TaskConnection.of(info.context, listing, self.viewer_role)
        )

    @told_field(description="What changed since a revision, for clients that can only POST.")
    async def changes(self, info: Info, since: Since, first: FirstChanges = 100) -> TaskChanges:
        size = given(first, 100)
        return await info.context.loaders.once(
            ("changes", self.key, since, size),
            lambda: TaskChanges.of(info.context, self.key, self.viewer_role, since, size),
        )

    @told_field(description="The history of everything here, the latest first.")
    async def events(
        self, info: Info, first: First50 = 50, after: After = None, filter: EventFilterArgument = None
    ) -> EventConnection:
        context, size, picked = info.context, given(first, 50), audited(filter)
        context.reading.untracked()
        page = await context.loaders.once(
            ("events", self.key, size, after, repr(picked)),
            lambda: events.page(
                context.services.db,
                context.authority,
                workspace_id=self.key,
                filter=picked,
                first=size,
                after=after,
            ),
        )
        return EventConnection.of(page)

    @told_field(description="Its members, in the order in which they joined.")
    async def members(self, info: Info) -> list[Membership]:
        context = info.context
        rows = await context.loaders.once(
            ("members", self.key), lambda: context.services.workspaces.members(context.authority, self.key)
        )
        return [Membership.of(row) for row in rows]

    @told_field(description="The invitations that are neither accepted nor withdrawn: for an ADMIN.")
    async def invitations(self, info: Info) -> list[Invitation]:
        context = info.context
        rows = await context.loaders.once(
            ("invitations", self.key), lambda: context.services.workspaces.invitations(context.authority, self.key)
        )
        return [Invitation.of(row) for row in rows]

    @told_field(description="The API tokens that were not revoked: one's own, and all of them for an ADMIN.")
    async def api_tokens(self, info: Info) -> list[ApiToken]:
        context = info.context
        context.reading.untracked()  # of their last use
        rows = await context.loaders.once(
            ("tokens", self.key), lambda: context.services.workspaces.tokens(context.authority, self.key)
        )
        return [ApiToken.of(row) for row in rows]

    @told_field(description="What a task can do here.")
    async def kinds(self, info: Info) -> list[TaskKind]:
        info.context.reading.untracked()  # the catalogue is read at start: its revision is that of the process
        return [TaskKind.of(kind) for kind in info.context.services.catalogue]

    @classmethod
    def of(cls, row: Record, role: Role, revision: str) -> "Workspace":
        """The record for a viewer who is `role`, as it was in `revision`."""
        return cls(
            id=encode(NodeType.WORKSPACE, row.id),
            key=row.id,
            slug=row.slug,
            name=row.name,
            created_at=row.created_at,
            viewer_role=role,
            revision=revision,
        )
