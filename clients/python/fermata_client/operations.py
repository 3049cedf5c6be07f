"""The operations of the API, typed. Written by `python -m scripts.python_client`: do not edit.

Dictionaries are as they come over the wire: points in time are ISO 8601 strings in UTC, durations milliseconds.
"""

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict


TaskStatus = Literal[
    "CANCELLED", "CANCELLING", "COMPLETED", "FAILED", "IN_PROGRESS", "NOT_STARTED", "PAUSED", "PAUSING", "QUEUED"
]

TaskAction = Literal["CANCEL", "PAUSE", "RESUME", "RUN"]


class TaskFieldsCreatedBy(TypedDict):
    id: str
    displayName: str


class TaskFields(TypedDict):
    id: str
    title: str
    description: str
    labels: list[str]
    kind: str
    input: Any
    status: TaskStatus
    durationMs: int | None
    elapsedMs: int
    progress: float | None
    progressNote: str | None
    result: str | None
    error: str | None
    priority: int
    timeoutMs: int | None
    maxAttempts: int
    version: int
    createdAt: str
    updatedAt: str
    lastRunAt: str | None
    dueAt: str | None
    resumeAt: str | None
    completedAt: str | None
    attempt: int
    worker: str | None
    unheardSince: str | None
    waitingFor: str | None
    allowedActions: list[TaskAction]
    createdBy: TaskFieldsCreatedBy | None


class EventFieldsActor(TypedDict):
    id: str
    displayName: str


class EventFields(TypedDict):
    id: str
    action: str
    taskId: str | None
    fromStatus: TaskStatus | None
    toStatus: TaskStatus | None
    elapsedMs: int | None
    version: int | None
    detail: Any
    via: str | None
    reason: str | None
    at: str
    actor: EventFieldsActor | None


Role = Literal["ADMIN", "EDITOR", "OPERATOR", "VIEWER"]


class ViewerViewerWorkspacesWorkspace(TypedDict):
    id: str
    slug: str
    name: str


class ViewerViewerWorkspaces(TypedDict):
    role: Role
    workspace: ViewerViewerWorkspacesWorkspace


class ViewerViewer(TypedDict):
    id: str
    displayName: str
    email: str
    workspaces: list[ViewerViewerWorkspaces]


class ViewerData(TypedDict):
    viewer: ViewerViewer | None


class WhoamiViewerWorkspacesWorkspace(TypedDict):
    id: str
    slug: str
    name: str


class WhoamiViewerWorkspaces(TypedDict):
    role: Role
    workspace: WhoamiViewerWorkspacesWorkspace


class WhoamiViewer(TypedDict):
    id: str
    displayName: str
    email: str
    workspaces: list[WhoamiViewerWorkspaces]


class WhoamiApiToken(TypedDict):
    id: str
    name: str
    role: Role
    expiresAt: str | None


class WhoamiData(TypedDict):
    version: str
    viewer: WhoamiViewer | None
    apiToken: WhoamiApiToken | None


class VersionData(TypedDict):
    version: str


class WorkspaceWorkspaceCounts(TypedDict):
    status: TaskStatus
    count: int


Pausability = Literal["BETWEEN_STEPS", "IN_PLACE", "NO", "PORTABLE"]


class WorkspaceWorkspaceKinds(TypedDict):
    name: str
    label: str
    description: str
    pausability: Pausability
    inputSchema: Any
    minimumRole: Role


class WorkspaceWorkspace(TypedDict):
    id: str
    slug: str
    name: str
    viewerRole: Role
    revision: str
    counts: list[WorkspaceWorkspaceCounts]
    kinds: list[WorkspaceWorkspaceKinds]


class WorkspaceData(TypedDict):
    workspace: WorkspaceWorkspace | None


class MembersWorkspaceMembersUser(TypedDict):
    id: str
    displayName: str


class MembersWorkspaceMembers(TypedDict):
    role: Role
    since: str
    user: MembersWorkspaceMembersUser


class MembersWorkspace(TypedDict):
    members: list[MembersWorkspaceMembers]


class MembersData(TypedDict):
    workspace: MembersWorkspace | None


class TasksWorkspaceTasksPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class TasksWorkspaceTasks(TypedDict):
    nodes: list[TaskFields]
    pageInfo: TasksWorkspaceTasksPageInfo


class TasksWorkspace(TypedDict):
    revision: str
    tasks: TasksWorkspaceTasks


class TasksData(TypedDict):
    workspace: TasksWorkspace | None


class TaskFilter(TypedDict):
    createdAfter: NotRequired[str | None]
    createdBefore: NotRequired[str | None]
    createdBy: NotRequired[str | None]
    kind: NotRequired[Sequence[str] | None]
    labels: NotRequired[Sequence[str] | None]
    search: NotRequired[str | None]
    status: NotRequired[Sequence[TaskStatus] | None]
    updatedAfter: NotRequired[str | None]


OrderDirection = Literal["ASC", "DESC"]

TaskOrderField = Literal["CREATED_AT", "PRIORITY", "TITLE", "UPDATED_AT"]


class TaskOrder(TypedDict):
    direction: OrderDirection
    field: TaskOrderField


class ChangesWorkspaceChanges(TypedDict):
    revision: str
    hasMore: bool
    reset: bool
    deletedIds: list[str]
    tasks: list[TaskFields]


class ChangesWorkspace(TypedDict):
    changes: ChangesWorkspaceChanges


class ChangesData(TypedDict):
    workspace: ChangesWorkspace | None


class TaskData(TypedDict):
    task: TaskFields | None


class TaskHistoryTaskEventsPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class TaskHistoryTaskEvents(TypedDict):
    nodes: list[EventFields]
    pageInfo: TaskHistoryTaskEventsPageInfo


class TaskHistoryTask(TypedDict):
    events: TaskHistoryTaskEvents


class TaskHistoryData(TypedDict):
    task: TaskHistoryTask | None


class TaskLogsTaskLogsNodes(TypedDict):
    at: str
    stream: str
    text: str


class TaskLogsTaskLogsPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class TaskLogsTaskLogs(TypedDict):
    nodes: list[TaskLogsTaskLogsNodes]
    pageInfo: TaskLogsTaskLogsPageInfo


class TaskLogsTask(TypedDict):
    logs: TaskLogsTaskLogs


class TaskLogsData(TypedDict):
    task: TaskLogsTask | None


class AuditWorkspaceEventsPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class AuditWorkspaceEvents(TypedDict):
    nodes: list[EventFields]
    pageInfo: AuditWorkspaceEventsPageInfo


class AuditWorkspace(TypedDict):
    events: AuditWorkspaceEvents


class AuditData(TypedDict):
    workspace: AuditWorkspace | None


class EventFilter(TypedDict):
    action: NotRequired[Sequence[str] | None]
    actor: NotRequired[str | None]
    after: NotRequired[str | None]
    before: NotRequired[str | None]
    taskId: NotRequired[str | None]


class CreateTaskCreateTask(TypedDict):
    task: TaskFields


class CreateTaskData(TypedDict):
    createTask: CreateTaskCreateTask


class TaskInput(TypedDict):
    description: NotRequired[str | None]
    durationMs: NotRequired[int | None]
    input: NotRequired[Any]
    kind: NotRequired[str | None]
    labels: NotRequired[Sequence[str] | None]
    maxAttempts: NotRequired[int | None]
    priority: NotRequired[int | None]
    timeoutMs: NotRequired[int | None]
    title: str


class CreateTasksData(TypedDict):
    createTasks: list[TaskFields]


class UpdateTaskUpdateTask(TypedDict):
    task: TaskFields


class UpdateTaskData(TypedDict):
    updateTask: UpdateTaskUpdateTask


class TaskPatch(TypedDict):
    description: NotRequired[str | None]
    durationMs: NotRequired[int | None]
    labels: NotRequired[Sequence[str] | None]
    maxAttempts: NotRequired[int | None]
    priority: NotRequired[int | None]
    timeoutMs: NotRequired[int | None]
    title: NotRequired[str | None]


class DeleteTaskDeleteTask(TypedDict):
    deletedId: str


class DeleteTaskData(TypedDict):
    deleteTask: DeleteTaskDeleteTask


class RunTaskRunTask(TypedDict):
    task: TaskFields


class RunTaskData(TypedDict):
    runTask: RunTaskRunTask


class PauseTaskPauseTask(TypedDict):
    task: TaskFields


class PauseTaskData(TypedDict):
    pauseTask: PauseTaskPauseTask


class ResumeTaskResumeTask(TypedDict):
    task: TaskFields


class ResumeTaskData(TypedDict):
    resumeTask: ResumeTaskResumeTask


class CancelTaskCancelTask(TypedDict):
    task: TaskFields


class CancelTaskData(TypedDict):
    cancelTask: CancelTaskCancelTask


ErrorCode = Literal[
    "CONFLICT",
    "FORBIDDEN",
    "IDEMPOTENCY_CONFLICT",
    "ILLEGAL_TRANSITION",
    "INTERNAL",
    "INVALID_INPUT",
    "NOT_FOUND",
    "RATE_LIMITED",
    "TOO_COMPLEX",
    "UNAUTHENTICATED",
    "UNAVAILABLE",
    "VERSION_CONFLICT",
]


class TransitionTasksTransitionTasksOutcomes(TypedDict):
    taskId: str
    title: str | None
    changed: bool
    status: TaskStatus | None
    code: ErrorCode | None
    message: str | None


class TransitionTasksTransitionTasks(TypedDict):
    matched: int
    changed: int
    refused: int
    outcomes: list[TransitionTasksTransitionTasksOutcomes]


class TransitionTasksData(TypedDict):
    transitionTasks: TransitionTasksTransitionTasks


class TaskTarget(TypedDict):
    filter: NotRequired[TaskFilter | None]
    ids: NotRequired[Sequence[str] | None]


class MatchingTasksTransitionTasksOutcomes(TypedDict):
    taskId: str


class MatchingTasksTransitionTasks(TypedDict):
    outcomes: list[MatchingTasksTransitionTasksOutcomes]


class MatchingTasksData(TypedDict):
    transitionTasks: MatchingTasksTransitionTasks


class DeleteTasksDeleteTasksOutcomes(TypedDict):
    taskId: str
    title: str | None
    changed: bool
    status: TaskStatus | None
    code: ErrorCode | None
    message: str | None


class DeleteTasksDeleteTasks(TypedDict):
    matched: int
    changed: int
    refused: int
    outcomes: list[DeleteTasksDeleteTasksOutcomes]


class DeleteTasksData(TypedDict):
    deleteTasks: DeleteTasksDeleteTasks


class InviteMemberInviteMemberInvitation(TypedDict):
    id: str
    role: Role
    expiresAt: str


class InviteMemberInviteMember(TypedDict):
    url: str
    invitation: InviteMemberInviteMemberInvitation


class InviteMemberData(TypedDict):
    inviteMember: InviteMemberInviteMember


class CreateApiTokenCreateApiTokenApiToken(TypedDict):
    id: str
    name: str
    role: Role
    expiresAt: str | None


class CreateApiTokenCreateApiToken(TypedDict):
    secret: str
    apiToken: CreateApiTokenCreateApiTokenApiToken


class CreateApiTokenData(TypedDict):
    createApiToken: CreateApiTokenCreateApiToken


VIEWER = """\
query Viewer {
  viewer {
    id
    displayName
    email
    workspaces {
      role
      workspace {
        id
        slug
        name
      }
    }
  }
}"""

WHOAMI = """\
query Whoami {
  version
  viewer {
    id
    displayName
    email
    workspaces {
      role
      workspace {
        id
        slug
        name
      }
    }
  }
  apiToken {
    id
    name
    role
    expiresAt
  }
}"""

VERSION = """\
query Version {
  version
}"""

WORKSPACE = """\
query Workspace($slug: String!) {
  workspace(slug: $slug) {
    id
    slug
    name
    viewerRole
    revision
    counts {
      status
      count
    }
    kinds {
      name
      label
      description
      pausability
      inputSchema
      minimumRole
    }
  }
}"""

MEMBERS = """\
query Members($slug: String!) {
  workspace(slug: $slug) {
    members {
      role
      since
      user {
        id
        displayName
      }
    }
  }
}"""

TASKS = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

query Tasks($slug: String!, $first: Int = 50, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
  workspace(slug: $slug) {
    revision
    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      nodes {
        ...TaskFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}"""

CHANGES = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

query Changes($slug: String!, $since: String!, $first: Int = 100) {
  workspace(slug: $slug) {
    changes(since: $since, first: $first) {
      revision
      hasMore
      reset
      deletedIds
      tasks {
        ...TaskFields
      }
    }
  }
}"""

TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

query Task($id: ID!) {
  task(id: $id) {
    ...TaskFields
  }
}"""

TASK_HISTORY = """\
fragment EventFields on Event {
  id
  action
  taskId
  fromStatus
  toStatus
  elapsedMs
  version
  detail
  via
  reason
  at
  actor {
    id
    displayName
  }
}

query TaskHistory($id: ID!, $first: Int = 50, $after: String) {
  task(id: $id) {
    events(first: $first, after: $after) {
      nodes {
        ...EventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}"""

TASK_LOGS = """\
query TaskLogs($id: ID!, $first: Int = 200, $after: String) {
  task(id: $id) {
    logs(first: $first, after: $after) {
      nodes {
        at
        stream
        text
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}"""

AUDIT = """\
fragment EventFields on Event {
  id
  action
  taskId
  fromStatus
  toStatus
  elapsedMs
  version
  detail
  via
  reason
  at
  actor {
    id
    displayName
  }
}

query Audit($slug: String!, $first: Int = 50, $after: String, $filter: EventFilter) {
  workspace(slug: $slug) {
    events(first: $first, after: $after, filter: $filter) {
      nodes {
        ...EventFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}"""

CREATE_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation CreateTask($workspaceId: ID!, $input: TaskInput!) {
  createTask(workspaceId: $workspaceId, input: $input) {
    task {
      ...TaskFields
    }
  }
}"""

CREATE_TASKS = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation CreateTasks($workspaceId: ID!, $inputs: [TaskInput!]!) {
  createTasks(workspaceId: $workspaceId, inputs: $inputs) {
    ...TaskFields
  }
}"""

UPDATE_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation UpdateTask($id: ID!, $input: TaskPatch!, $expectedVersion: Int) {
  updateTask(id: $id, input: $input, expectedVersion: $expectedVersion) {
    task {
      ...TaskFields
    }
  }
}"""

DELETE_TASK = """\
mutation DeleteTask($id: ID!, $expectedVersion: Int, $reason: String) {
  deleteTask(id: $id, expectedVersion: $expectedVersion, reason: $reason) {
    deletedId
  }
}"""

RUN_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation RunTask($id: ID!, $expectedVersion: Int, $reason: String) {
  runTask(id: $id, expectedVersion: $expectedVersion, reason: $reason) {
    task {
      ...TaskFields
    }
  }
}"""

PAUSE_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation PauseTask($id: ID!, $expectedVersion: Int, $reason: String, $resumeAt: DateTime) {
  pauseTask(
    id: $id
    expectedVersion: $expectedVersion
    reason: $reason
    resumeAt: $resumeAt
  ) {
    task {
      ...TaskFields
    }
  }
}"""

RESUME_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation ResumeTask($id: ID!, $expectedVersion: Int, $reason: String) {
  resumeTask(id: $id, expectedVersion: $expectedVersion, reason: $reason) {
    task {
      ...TaskFields
    }
  }
}"""

CANCEL_TASK = """\
fragment TaskFields on Task {
  id
  title
  description
  labels
  kind
  input
  status
  durationMs
  elapsedMs
  progress
  progressNote
  result
  error
  priority
  timeoutMs
  maxAttempts
  version
  createdAt
  updatedAt
  lastRunAt
  dueAt
  resumeAt
  completedAt
  attempt
  worker
  unheardSince
  waitingFor
  allowedActions
  createdBy {
    id
    displayName
  }
}

mutation CancelTask($id: ID!, $expectedVersion: Int, $reason: String) {
  cancelTask(id: $id, expectedVersion: $expectedVersion, reason: $reason) {
    task {
      ...TaskFields
    }
  }
}"""

TRANSITION_TASKS = """\
mutation TransitionTasks($workspaceId: ID!, $action: TaskAction!, $target: TaskTarget!, $reason: String, $resumeAt: DateTime, $dryRun: Boolean = false, $first: Int = 100) {
  transitionTasks(
    workspaceId: $workspaceId
    action: $action
    target: $target
    reason: $reason
    resumeAt: $resumeAt
    dryRun: $dryRun
  ) {
    matched
    changed
    refused
    outcomes(first: $first) {
      taskId
      title
      changed
      status
      code
      message
    }
  }
}"""

MATCHING_TASKS = """\
mutation MatchingTasks($workspaceId: ID!, $target: TaskTarget!) {
  transitionTasks(
    workspaceId: $workspaceId
    action: RUN
    target: $target
    dryRun: true
  ) {
    outcomes(first: 10000) {
      taskId
    }
  }
}"""

DELETE_TASKS = """\
mutation DeleteTasks($workspaceId: ID!, $target: TaskTarget!, $reason: String, $dryRun: Boolean = false, $first: Int = 100) {
  deleteTasks(
    workspaceId: $workspaceId
    target: $target
    reason: $reason
    dryRun: $dryRun
  ) {
    matched
    changed
    refused
    outcomes(first: $first) {
      taskId
      title
      changed
      status
      code
      message
    }
  }
}"""

INVITE_MEMBER = """\
mutation InviteMember($workspaceId: ID!, $role: Role!, $email: String) {
  inviteMember(workspaceId: $workspaceId, role: $role, email: $email) {
    url
    invitation {
      id
      role
      expiresAt
    }
  }
}"""

CREATE_API_TOKEN = """\
mutation CreateApiToken($workspaceId: ID!, $name: String!, $role: Role!, $expiresAt: DateTime) {
  createApiToken(
    workspaceId: $workspaceId
    name: $name
    role: $role
    expiresAt: $expiresAt
  ) {
    secret
    apiToken {
      id
      name
      role
      expiresAt
    }
  }
}"""


def given(variables: dict[str, Any]) -> dict[str, Any]:
    """Only what was given: a variable that is left out takes its default on the server."""
    return {name: value for name, value in variables.items() if value is not None}


class Calls:
    """Each call answers when the server has."""

    def send(self, document: str, variables: dict[str, Any]) -> Any:
        """Send a document; the client says how."""
        raise NotImplementedError

    def viewer(self) -> ViewerData:
        return self.send(VIEWER, {})

    def whoami(self) -> WhoamiData:
        return self.send(WHOAMI, {})

    def version(self) -> VersionData:
        return self.send(VERSION, {})

    def workspace(self, slug: str) -> WorkspaceData:
        return self.send(WORKSPACE, given({"slug": slug}))

    def members(self, slug: str) -> MembersData:
        return self.send(MEMBERS, given({"slug": slug}))

    def tasks(
        self,
        slug: str,
        *,
        first: int | None = None,
        after: str | None = None,
        filter: TaskFilter | None = None,
        order_by: TaskOrder | None = None,
    ) -> TasksData:
        return self.send(
            TASKS, given({"slug": slug, "first": first, "after": after, "filter": filter, "orderBy": order_by})
        )

    def changes(self, slug: str, since: str, *, first: int | None = None) -> ChangesData:
        return self.send(CHANGES, given({"slug": slug, "since": since, "first": first}))

    def task(self, id: str) -> TaskData:
        return self.send(TASK, given({"id": id}))

    def task_history(self, id: str, *, first: int | None = None, after: str | None = None) -> TaskHistoryData:
        return self.send(TASK_HISTORY, given({"id": id, "first": first, "after": after}))

    def task_logs(self, id: str, *, first: int | None = None, after: str | None = None) -> TaskLogsData:
        return self.send(TASK_LOGS, given({"id": id, "first": first, "after": after}))

    def audit(
        self, slug: str, *, first: int | None = None, after: str | None = None, filter: EventFilter | None = None
    ) -> AuditData:
        return self.send(AUDIT, given({"slug": slug, "first": first, "after": after, "filter": filter}))

    def create_task(self, workspace_id: str, input: TaskInput) -> CreateTaskData:
        return self.send(CREATE_TASK, given({"workspaceId": workspace_id, "input": input}))

    def create_tasks(self, workspace_id: str, inputs: Sequence[TaskInput]) -> CreateTasksData:
        return self.send(CREATE_TASKS, given({"workspaceId": workspace_id, "inputs": inputs}))

    def update_task(self, id: str, input: TaskPatch, *, expected_version: int | None = None) -> UpdateTaskData:
        return self.send(UPDATE_TASK, given({"id": id, "input": input, "expectedVersion": expected_version}))

    def delete_task(self, id: str, *, expected_version: int | None = None, reason: str | None = None) -> DeleteTaskData:
        return self.send(DELETE_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    def run_task(self, id: str, *, expected_version: int | None = None, reason: str | None = None) -> RunTaskData:
        return self.send(RUN_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    def pause_task(
        self, id: str, *, expected_version: int | None = None, reason: str | None = None, resume_at: str | None = None
    ) -> PauseTaskData:
        return self.send(
            PAUSE_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason, "resumeAt": resume_at})
        )

    def resume_task(self, id: str, *, expected_version: int | None = None, reason: str | None = None) -> ResumeTaskData:
        return self.send(RESUME_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    def cancel_task(self, id: str, *, expected_version: int | None = None, reason: str | None = None) -> CancelTaskData:
        return self.send(CANCEL_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    def transition_tasks(
        self,
        workspace_id: str,
        action: TaskAction,
        target: TaskTarget,
        *,
        reason: str | None = None,
        resume_at: str | None = None,
        dry_run: bool | None = None,
        first: int | None = None,
    ) -> TransitionTasksData:
        return self.send(
            TRANSITION_TASKS,
            given(
                {
                    "workspaceId": workspace_id,
                    "action": action,
                    "target": target,
                    "reason": reason,
                    "resumeAt": resume_at,
                    "dryRun": dry_run,
                    "first": first,
                }
            ),
        )

    def matching_tasks(self, workspace_id: str, target: TaskTarget) -> MatchingTasksData:
        return self.send(MATCHING_TASKS, given({"workspaceId": workspace_id, "target": target}))

    def delete_tasks(
        self,
        workspace_id: str,
        target: TaskTarget,
        *,
        reason: str | None = None,
        dry_run: bool | None = None,
        first: int | None = None,
    ) -> DeleteTasksData:
        return self.send(
            DELETE_TASKS,
            given({"workspaceId": workspace_id, "target": target, "reason": reason, "dryRun": dry_run, "first": first}),
        )

    def invite_member(self, workspace_id: str, role: Role, *, email: str | None = None) -> InviteMemberData:
        return self.send(INVITE_MEMBER, given({"workspaceId": workspace_id, "role": role, "email": email}))

    def create_api_token(
        self, workspace_id: str, name: str, role: Role, *, expires_at: str | None = None
    ) -> CreateApiTokenData:
        return self.send(
            CREATE_API_TOKEN, given({"workspaceId": workspace_id, "name": name, "role": role, "expiresAt": expires_at})
        )


class AsyncCalls:
    """Each call is awaited."""

    async def send(self, document: str, variables: dict[str, Any]) -> Any:
        """Send a document; the client says how."""
        raise NotImplementedError

    async def viewer(self) -> ViewerData:
        return await self.send(VIEWER, {})

    async def whoami(self) -> WhoamiData:
        return await self.send(WHOAMI, {})

    async def version(self) -> VersionData:
        return await self.send(VERSION, {})

    async def workspace(self, slug: str) -> WorkspaceData:
        return await self.send(WORKSPACE, given({"slug": slug}))

    async def members(self, slug: str) -> MembersData:
        return await self.send(MEMBERS, given({"slug": slug}))

    async def tasks(
        self,
        slug: str,
        *,
        first: int | None = None,
        after: str | None = None,
        filter: TaskFilter | None = None,
        order_by: TaskOrder | None = None,
    ) -> TasksData:
        return await self.send(
            TASKS, given({"slug": slug, "first": first, "after": after, "filter": filter, "orderBy": order_by})
        )

    async def changes(self, slug: str, since: str, *, first: int | None = None) -> ChangesData:
        return await self.send(CHANGES, given({"slug": slug, "since": since, "first": first}))

    async def task(self, id: str) -> TaskData:
        return await self.send(TASK, given({"id": id}))

    async def task_history(self, id: str, *, first: int | None = None, after: str | None = None) -> TaskHistoryData:
        return await self.send(TASK_HISTORY, given({"id": id, "first": first, "after": after}))

    async def task_logs(self, id: str, *, first: int | None = None, after: str | None = None) -> TaskLogsData:
        return await self.send(TASK_LOGS, given({"id": id, "first": first, "after": after}))

    async def audit(
        self, slug: str, *, first: int | None = None, after: str | None = None, filter: EventFilter | None = None
    ) -> AuditData:
        return await self.send(AUDIT, given({"slug": slug, "first": first, "after": after, "filter": filter}))

    async def create_task(self, workspace_id: str, input: TaskInput) -> CreateTaskData:
        return await self.send(CREATE_TASK, given({"workspaceId": workspace_id, "input": input}))

    async def create_tasks(self, workspace_id: str, inputs: Sequence[TaskInput]) -> CreateTasksData:
        return await self.send(CREATE_TASKS, given({"workspaceId": workspace_id, "inputs": inputs}))

    async def update_task(self, id: str, input: TaskPatch, *, expected_version: int | None = None) -> UpdateTaskData:
        return await self.send(UPDATE_TASK, given({"id": id, "input": input, "expectedVersion": expected_version}))

    async def delete_task(
        self, id: str, *, expected_version: int | None = None, reason: str | None = None
    ) -> DeleteTaskData:
        return await self.send(DELETE_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    async def run_task(self, id: str, *, expected_version: int | None = None, reason: str | None = None) -> RunTaskData:
        return await self.send(RUN_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    async def pause_task(
        self, id: str, *, expected_version: int | None = None, reason: str | None = None, resume_at: str | None = None
    ) -> PauseTaskData:
        return await self.send(
            PAUSE_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason, "resumeAt": resume_at})
        )

    async def resume_task(
        self, id: str, *, expected_version: int | None = None, reason: str | None = None
    ) -> ResumeTaskData:
        return await self.send(RESUME_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    async def cancel_task(
        self, id: str, *, expected_version: int | None = None, reason: str | None = None
    ) -> CancelTaskData:
        return await self.send(CANCEL_TASK, given({"id": id, "expectedVersion": expected_version, "reason": reason}))

    async def transition_tasks(
        self,
        workspace_id: str,
        action: TaskAction,
        target: TaskTarget,
        *,
        reason: str | None = None,
        resume_at: str | None = None,
        dry_run: bool | None = None,
        first: int | None = None,
    ) -> TransitionTasksData:
        return await self.send(
            TRANSITION_TASKS,
            given(
                {
                    "workspaceId": workspace_id,
                    "action": action,
                    "target": target,
                    "reason": reason,
                    "resumeAt": resume_at,
                    "dryRun": dry_run,
                    "first": first,
                }
            ),
        )

    async def matching_tasks(self, workspace_id: str, target: TaskTarget) -> MatchingTasksData:
        return await self.send(MATCHING_TASKS, given({"workspaceId": workspace_id, "target": target}))

    async def delete_tasks(
        self,
        workspace_id: str,
        target: TaskTarget,
        *,
        reason: str | None = None,
        dry_run: bool | None = None,
        first: int | None = None,
    ) -> DeleteTasksData:
        return await self.send(
            DELETE_TASKS,
            given({"workspaceId": workspace_id, "target": target, "reason": reason, "dryRun": dry_run, "first": first}),
        )

    async def invite_member(self, workspace_id: str, role: Role, *, email: str | None = None) -> InviteMemberData:
        return await self.send(INVITE_MEMBER, given({"workspaceId": workspace_id, "role": role, "email": email}))

    async def create_api_token(
        self, workspace_id: str, name: str, role: Role, *, expires_at: str | None = None
    ) -> CreateApiTokenData:
        return await self.send(
            CREATE_API_TOKEN, given({"workspaceId": workspace_id, "name": name, "role": role, "expiresAt": expires_at})
        )
