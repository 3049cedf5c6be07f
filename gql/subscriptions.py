"""What can be watched: changes of a workspace's tasks, over server-sent events. Polling stays the default."""

from collections.abc import AsyncGenerator
from uuid import UUID

import strawberry

from gql.arguments import WorkspaceId
from gql.context import Context, Info
from gql.errors import Unauthenticated
from gql.guards import guard
from gql.ids import NodeType, key_of
from gql.types.changes import TaskChanges

CHECK = 15.0  # seconds after which one who watches in vain is authorised again
PIECE = 100  # tasks in one message


@strawberry.type(description="What can be watched.")
class Subscription:
    """Each message is read with the rights that hold at that moment."""

    @strawberry.subscription(
        description="What changes in a workspace's tasks, as it changes; the first message gives the revision to go on from.",
        permission_classes=guard("Subscription", "taskChanged"),
    )
    async def task_changed(self, info: Info, workspace_id: WorkspaceId) -> AsyncGenerator[TaskChanges, None]:
        workspace = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId")
        await info.context.loaders.workspace_of(workspace)  # nobody is watched for who may not see it
        async with info.context.services.watchers.watch(workspace) as watch:
            since, told = info.context.last_event_id, False
            while True:
                generation = watch.generation
                changes = await _step(info.context, workspace, since)
                since = changes.revision
                if not told or changes.tasks or changes.deleted_ids or changes.reset:
                    told, info.context.reading.position = True, since
                    yield changes
                if not changes.has_more:
                    await watch.after(generation, CHECK)
                await _again(info.context)


async def _step(context: Context, workspace: UUID, since: str | None) -> TaskChanges:
    """What changed since `since`; without one, the revision from which on changes are told. Raises `NotFound`."""
    context.renew(context)
    place = await context.loaders.workspace_of(workspace)
    if since is None:
        return TaskChanges(revision=place.revision, tasks=[], deleted_ids=[], has_more=False, reset=False)
    return await TaskChanges.of(context, workspace, place.viewer_role, since, PIECE)


async def _again(context: Context) -> None:
    """Authenticate once more what was authenticated when the stream began. Raises `Unauthenticated`."""
    if context.again is not None:
        context.principal = await context.again()
    if context.principal is None:
        raise Unauthenticated
