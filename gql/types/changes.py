"""What changed in a workspace since a revision: for clients that poll by POST, and for subscriptions."""

from uuid import UUID

import strawberry

from engine import feed
from gql.context import Context
from gql.errors import NotFound
from gql.ids import NodeType, encode
from gql.types.enums import Role
from gql.types.task import Task


@strawberry.type(description="Everything that changed since a revision; unchanged: no tasks and no deleted ids.")
class TaskChanges:
    """Nothing that committed is ever missed; what changed while this was read may come twice."""

    revision: str = strawberry.field(description="The next `since`.")
    tasks: list[Task] = strawberry.field(description="Tasks that are new or changed, as they are now.")
    deleted_ids: list[strawberry.ID] = strawberry.field(description="Tasks that were deleted.")
    has_more: bool = strawberry.field(description="There is more: ask again at once with this revision.")
    reset: bool = strawberry.field(description="The revision is too old or not of this server: fetch the list afresh.")

    @classmethod
    async def of(cls, context: Context, workspace: UUID, role: Role, since: str, first: int) -> "TaskChanges":
        """What changed in a workspace in which the viewer is `role`."""
        found = await feed.changes(context.services.db, context.authority, workspace, since, first)
        if found is None:
            raise NotFound
        return cls(
            revision=found.revision,
            tasks=[Task.of(row, role) for row in found.tasks],
            deleted_ids=[encode(NodeType.TASK, key) for key in found.deleted_ids],
            has_more=found.has_more,
            reset=found.reset,
        )
