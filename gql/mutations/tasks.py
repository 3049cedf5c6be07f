"""Tasks: making, editing and deleting them, and the four actions; one at a time or many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from auth.policy import Right, reach
from engine.errors import InvalidInput as EngineInvalid
from engine.outcomes import Forbidden, Moved
from gql.arguments import ExpectedVersion, Reason, ResumeAt, TaskId, WorkspaceId
from gql.context import Info
from gql.fields import mutation
from gql.ids import NodeType, encode, key_of
from gql.mapping import moved, refuse, told
from gql.types.enums import Action
from gql.types.inputs import TaskInput, TaskPatch, TaskTarget
from gql.types.payloads import BulkPayload, DeletePayload, TaskPayload
from gql.types.task import Task
from models.authority import Reach, Scope

NewTask = Annotated[TaskInput, strawberry.argument(description="What is to be done.")]
NewTasks = Annotated[
    list[TaskInput], strawberry.argument(description="What is to be done: 1 to 1000 tasks, all or none.")
]
Edit = Annotated[TaskPatch, strawberry.argument(description="What is to be different.")]
Asked = Annotated[Action, strawberry.argument(description="What is asked of each.")]
Target = Annotated[TaskTarget, strawberry.argument(description="Which tasks.")]
DryRun = Annotated[bool | None, strawberry.argument(description="Whether only to say what would happen.")]


async def _ask(
    info: Info,
    id: str,
    action: Action,
    expected_version: int | None,
    reason: str | None,
    resume_at: datetime | None = None,
) -> TaskPayload:
    """One action on one task, in one statement."""
    outcome = await info.context.services.tasks.transition(
        info.context.authority,
        None,
        key_of(NodeType.TASK, id, "id"),
        action,
        reach(Right.OPERATE),
        expected_version=expected_version,
        reason=reason,
        resume_at=resume_at,
    )
    return TaskPayload.of(moved(outcome, action))


async def _create(info: Info, workspace_id: str, inputs: Sequence[TaskInput]) -> list[Moved]:
    """Make tasks, all or none. Raises `Forbidden`, `NotFound`, the engine's `InvalidInput`."""
    made = await info.context.services.tasks.create(
        info.context.authority,
        key_of(NodeType.WORKSPACE, workspace_id, "workspaceId"),
        [one.draft() for one in inputs],
        reach(Right.CREATE),
    )
    return made if isinstance(made, list) else refuse(made, Right.CREATE)


async def _allowed(info: Info, workspace_id: UUID, right: Right, action: Action | None = None) -> Reach:
    """How far a right goes in a workspace, for many tasks at once. Raises `NotFound`, `Forbidden` for who has none of it."""
    may, role = reach(right), (await info.context.loaders.workspace_of(workspace_id)).viewer_role
    if may.scopes[role] is Scope.NONE:
        refuse(Forbidden(role, may.least), action or right)
    return may


@strawberry.type(description="What can be done about tasks.")
class TaskMutations:
    """Each change is one transaction with its line of history."""

    @mutation("createTask", "Make a task.")
    async def create_task(self, info: Info, workspace_id: WorkspaceId, input: NewTask) -> TaskPayload:
        try:
            made = await _create(info, workspace_id, [input])
        except EngineInvalid as error:
            raise told(error, "input.", cut="0.") from error
        return TaskPayload.of(made[0])

    @mutation("updateTask", "Edit a task: one's own as an EDITOR, any as an ADMIN.", "input.")
    async def update_task(
        self, info: Info, id: TaskId, input: Edit, expected_version: ExpectedVersion = None
    ) -> TaskPayload:
        outcome = await info.context.services.tasks.update(
            info.context.authority,
            None,
            key_of(NodeType.TASK, id, "id"),
            input.patch(),
            reach(Right.EDIT),
            expected_version=expected_version,
        )
        return TaskPayload.of(moved(outcome, Right.EDIT, "input."))

    @mutation(
        "deleteTask", "Delete a task that is not running: one's own as an EDITOR, any as an ADMIN. Its history stays."
    )
    async def delete_task(
        self, info: Info, id: TaskId, expected_version: ExpectedVersion = None, reason: Reason = None
    ) -> DeletePayload:
        outcome = await info.context.services.tasks.delete(
            info.context.authority,
            None,
            key_of(NodeType.TASK, id, "id"),
            reach(Right.DELETE),
            expected_version=expected_version,
            reason=reason,
        )
        return DeletePayload(deleted_id=encode(NodeType.TASK, moved(outcome, Right.DELETE).task.id))

    @mutation("runTask", "Start a task from the beginning.")
    async def run_task(
        self, info: Info, id: TaskId, expected_version: ExpectedVersion = None, reason: Reason = None
    ) -> TaskPayload:
        return await _ask(info, id, Action.RUN, expected_version, reason)

    @mutation("pauseTask", "Stop a task and keep its progress; work says itself when it has stopped.")
    async def pause_task(
        self,
        info: Info,
        id: TaskId,
        expected_version: ExpectedVersion = None,
        reason: Reason = None,
        resume_at: ResumeAt = None,
    ) -> TaskPayload:
        return await _ask(info, id, Action.PAUSE, expected_version, reason, resume_at)

    @mutation("resumeTask", "Let a paused task go on from where it was.")
    async def resume_task(
        self, info: Info, id: TaskId, expected_version: ExpectedVersion = None, reason: Reason = None
    ) -> TaskPayload:
        return await _ask(info, id, Action.RESUME, expected_version, reason)

    @mutation("cancelTask", "Stop a task and drop its progress.")
    async def cancel_task(
        self, info: Info, id: TaskId, expected_version: ExpectedVersion = None, reason: Reason = None
    ) -> TaskPayload:
        return await _ask(info, id, Action.CANCEL, expected_version, reason)

    @mutation("transitionTasks", "One action on many tasks, in one transaction, with one outcome a task.")
    async def transition_tasks(
        self,
        info: Info,
        workspace_id: WorkspaceId,
        action: Asked,
        target: Target,
        reason: Reason = None,
        dry_run: DryRun = False,
        resume_at: ResumeAt = None,
    ) -> BulkPayload:
        key, (ids, filter) = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId"), target.parts()
        operate = await _allowed(info, key, Right.OPERATE, action)
        bulk = await info.context.services.tasks.transition_many(
            info.context.authority,
            key,
            action,
            operate,
            ids=ids,
            filter=filter,
            reason=reason,
            resume_at=resume_at,
            dry_run=bool(dry_run),
        )
        return BulkPayload.of(bulk, action, operate)

    @mutation(
        "deleteTasks",
        "Delete many tasks that are not running, in one transaction, with one outcome a task: one's own as an EDITOR, any as"
        " an ADMIN. Their history stays.",
    )
    async def delete_tasks(
        self, info: Info, workspace_id: WorkspaceId, target: Target, reason: Reason = None, dry_run: DryRun = False
    ) -> BulkPayload:
        key, (ids, filter) = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId"), target.parts()
        may = await _allowed(info, key, Right.DELETE)
        bulk = await info.context.services.tasks.delete_many(
            info.context.authority, key, may, ids=ids, filter=filter, reason=reason, dry_run=bool(dry_run)
        )
        return BulkPayload.of(bulk, None, may)

    @mutation("createTasks", "Make many tasks, all or none.", "inputs.")
    async def create_tasks(self, info: Info, workspace_id: WorkspaceId, inputs: NewTasks) -> list[Task]:
        return [Task.of(one.task, one.role) for one in await _create(info, workspace_id, inputs)]
