/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What `extensions.code` of an error can be; each error says in `message` what to do about it. */
export type ErrorCode =
  /** A name or an e-mail address that is taken, the last admin, and the like. */
  | 'CONFLICT'
  /** Your role does not reach that far. Extensions: requiredRole, role. */
  | 'FORBIDDEN'
  /** The key was used with another body, or its first use is still running. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The task cannot do this in its present state. Extensions: status, allowedActions. */
  | 'ILLEGAL_TRANSITION'
  /** Unforeseen. Extensions: errorId, which is also in the server's log. */
  | 'INTERNAL'
  /** A value cannot be used. Extensions: fields [{path, message}]. */
  | 'INVALID_INPUT'
  /** It does not exist, or is not yours to see: the same answer. */
  | 'NOT_FOUND'
  /** Too many attempts. Extensions: retryAfterMs; HTTP 429 with Retry-After. */
  | 'RATE_LIMITED'
  /** A limit on documents. Extensions: limit, allowed, found. */
  | 'TOO_COMPLEX'
  /** No credential, or one that is over: sign in, or refresh. */
  | 'UNAUTHENTICATED'
  /** The database is away or the server is full: try again. HTTP 503 with Retry-After. */
  | 'UNAVAILABLE'
  /** It has changed since you read it. Extensions: currentVersion, task. */
  | 'VERSION_CONFLICT';

/** Which lines of the history: those for which everything that is given holds. */
export type EventFilter = {
  /** What was done: one of these. */
  action?: Array<string> | null | undefined;
  /** Who did it: the id of a user. */
  actor?: string | number | null | undefined;
  /** Done after this moment. */
  after?: string | null | undefined;
  /** Done before this moment. */
  before?: string | null | undefined;
  /** To which task: its id. */
  taskId?: string | number | null | undefined;
};

/** Which end of an order comes first. */
export type OrderDirection =
  /** The least first. */
  | 'ASC'
  /** The greatest first. */
  | 'DESC';

/** What becomes of work that is paused. */
export type Pausability =
  /** It stops when the present step is done. */
  | 'BETWEEN_STEPS'
  /** It is held where it runs, and goes on there. */
  | 'IN_PLACE'
  /** It cannot be paused. */
  | 'NO'
  /** It is put down as a checkpoint and can go on anywhere. */
  | 'PORTABLE';

/** What a member, an invitation or an API token may at most do: each holds all that the ones before it hold. */
export type Role =
  /** Edits and deletes everyone's tasks, and looks after members, invitations and tokens. */
  | 'ADMIN'
  /** Creates tasks too, and edits and deletes their own. */
  | 'EDITOR'
  /** Runs, pauses, resumes and cancels tasks too. */
  | 'OPERATOR'
  /** Sees tasks, their history, their logs and the members. */
  | 'VIEWER';

/** An account's address and password. */
export type SignInInput = {
  /** The e-mail address. */
  email: string;
  /** The password. */
  password: string;
  /** Whether the refresh token travels in an HttpOnly cookie, as browsers should. */
  useCookie?: boolean | null | undefined;
};

/** A new account. */
export type SignUpInput = {
  /** The name that others see. */
  displayName: string;
  /** The e-mail address; compared without case. */
  email: string;
  /** The secret of an invitation, to join at once. */
  invitation?: string | null | undefined;
  /** 8 to 256 characters that are not easy to guess. */
  password: string;
  /** For the first account, where the server is not on loopback: printed at its start. */
  setupToken?: string | null | undefined;
  /** Whether the refresh token travels in an HttpOnly cookie, as browsers should. */
  useCookie?: boolean | null | undefined;
};

/** Who may make an account here. */
export type SignUpPolicy =
  /** Nobody: accounts are made on the command line. */
  | 'CLOSED'
  /** Whoever holds an invitation. */
  | 'INVITE'
  /** Anyone. */
  | 'OPEN';

/** What people and their programs may ask of a task. */
export type TaskAction =
  /** Stop it and drop its progress. */
  | 'CANCEL'
  /** Stop it and keep its progress. */
  | 'PAUSE'
  /** Go on from where it was paused; or withdraw a pause that has not happened yet. */
  | 'RESUME'
  /** Start it from the beginning. */
  | 'RUN';

/** Which tasks: those for which everything that is given holds. */
export type TaskFilter = {
  /** Made after this moment. */
  createdAfter?: string | null | undefined;
  /** Made before this moment. */
  createdBefore?: string | null | undefined;
  /** Who made them: the id of a user. */
  createdBy?: string | number | null | undefined;
  /** What runs: one of these kinds. */
  kind?: Array<string> | null | undefined;
  /** Labels that they have: all of these. */
  labels?: Array<string> | null | undefined;
  /** Words in the title or the description: all of these. */
  search?: string | null | undefined;
  /** Where they stand: one of these. */
  status?: Array<TaskStatus> | null | undefined;
  /** Changed after this moment. */
  updatedAfter?: string | null | undefined;
};

/** A task to be made. */
export type TaskInput = {
  /** What it is about, up to 10,000 characters. */
  description?: string | null | undefined;
  /** Expected active time in ms; required for a timer, which completes after it. */
  durationMs?: number | null | undefined;
  /** What the kind is to work on, as its `inputSchema` says. */
  input?: unknown;
  /** What is to run: the name of a kind of the workspace. */
  kind?: string | null | undefined;
  /** Words to find it by: at most 20, of at most 50 characters; spaces around them are dropped. */
  labels?: Array<string> | null | undefined;
  /** How often work that fails is tried: 1 to 100. */
  maxAttempts?: number | null | undefined;
  /** A greater number is more urgent. */
  priority?: number | null | undefined;
  /** Active time in ms after which an attempt fails. */
  timeoutMs?: number | null | undefined;
  /** What it is called: 1 to 200 characters. */
  title: string;
};

/** In which order tasks are listed; ties are broken by id. */
export type TaskOrder = {
  /** Which end comes first. */
  direction: OrderDirection;
  /** By what. */
  field: TaskOrderField;
};

/** By what a list of tasks can be ordered. */
export type TaskOrderField =
  /** When the task was made. */
  | 'CREATED_AT'
  /** Its priority; a greater number is more urgent. */
  | 'PRIORITY'
  /** Its title, by code point. */
  | 'TITLE'
  /** When anything of the task last changed. */
  | 'UPDATED_AT';

/** What is to be edited of a task: only the fields that are given change. */
export type TaskPatch = {
  /** What it is about. */
  description?: string | null | undefined;
  /** Expected active time in ms; a running timer is then due at another time. */
  durationMs?: number | null | undefined;
  /** Words to find it by: at most 20, of at most 50 characters; spaces around them are dropped. */
  labels?: Array<string> | null | undefined;
  /** How often work that fails is tried. */
  maxAttempts?: number | null | undefined;
  /** A greater number is more urgent. */
  priority?: number | null | undefined;
  /** Active time in ms after which an attempt fails; null: never. */
  timeoutMs?: number | null | undefined;
  /** What it is called: 1 to 200 characters. */
  title?: string | null | undefined;
};

/** Where a task stands. */
export type TaskStatus =
  /** It was stopped; a run starts it again from the beginning. */
  | 'CANCELLED'
  /** A cancellation was asked for; the worker has not stopped yet. */
  | 'CANCELLING'
  /** It is done, for good. */
  | 'COMPLETED'
  /** It ended with an error; a run starts it again from the beginning. */
  | 'FAILED'
  /** It runs. */
  | 'IN_PROGRESS'
  /** It was made and never run. */
  | 'NOT_STARTED'
  /** The work has stopped and its progress is kept. */
  | 'PAUSED'
  /** A pause was asked for; the worker has not put the work down yet. */
  | 'PAUSING'
  /** It waits for a worker. */
  | 'QUEUED';

/** On which tasks: exactly one of these. */
export type TaskTarget =
  {   /** The tasks that match. */
  filter: TaskFilter; ids?: never; }
  |  { filter?: never;   /** The tasks of these ids. */
  ids: Array<string | number>; };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { viewer: { id: string, sessions: Array<{ id: string, createdAt: string, lastUsedAt: string, userAgent: string, current: boolean }> } | null };

export type UpdateProfileMutationVariables = Exact<{
  displayName: string;
}>;


export type UpdateProfileMutation = { updateProfile: { id: string, displayName: string } };

export type ChangePasswordMutationVariables = Exact<{
  currentPassword: string;
  newPassword: string;
}>;


export type ChangePasswordMutation = { changePassword: boolean };

export type RevokeSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeSessionMutation = { revokeSession: boolean };

export type CreateWorkspaceMutationVariables = Exact<{
  name: string;
  slug?: string | null | undefined;
}>;


export type CreateWorkspaceMutation = { createWorkspace: { id: string, slug: string, name: string } };

export type ServerUsersQueryVariables = Exact<{
  search?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type ServerUsersQuery = { users: { nodes: Array<{ id: string, displayName: string, email: string, isInstanceAdmin: boolean, disabled: boolean, createdAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SetUserDisabledMutationVariables = Exact<{
  id: string | number;
  disabled: boolean;
}>;


export type SetUserDisabledMutation = { setUserDisabled: { id: string, disabled: boolean } };

export type RunTaskMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
}>;


export type RunTaskMutation = { runTask: { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type PauseTaskMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
  resumeAt?: string | null | undefined;
}>;


export type PauseTaskMutation = { pauseTask: { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type ResumeTaskMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
}>;


export type ResumeTaskMutation = { resumeTask: { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type CancelTaskMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
}>;


export type CancelTaskMutation = { cancelTask: { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type DeleteTaskMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
}>;


export type DeleteTaskMutation = { deleteTask: { deletedId: string } };

export type BulkResultFragment = { matched: number, changed: number, refused: number, outcomes: Array<{ taskId: string, changed: boolean, status: TaskStatus | null, code: ErrorCode | null, message: string | null }> };

export type TransitionTasksMutationVariables = Exact<{
  workspaceId: string | number;
  action: TaskAction;
  target: TaskTarget;
  reason?: string | null | undefined;
  dryRun: boolean;
  first: number;
}>;


export type TransitionTasksMutation = { transitionTasks: { matched: number, changed: number, refused: number, outcomes: Array<{ taskId: string, changed: boolean, status: TaskStatus | null, code: ErrorCode | null, message: string | null }> } };

export type DeleteTasksMutationVariables = Exact<{
  workspaceId: string | number;
  target: TaskTarget;
  reason?: string | null | undefined;
  dryRun: boolean;
  first: number;
}>;


export type DeleteTasksMutation = { deleteTasks: { matched: number, changed: number, refused: number, outcomes: Array<{ taskId: string, changed: boolean, status: TaskStatus | null, code: ErrorCode | null, message: string | null }> } };

export type MeanwhileQueryVariables = Exact<{
  id: string | number;
}>;


export type MeanwhileQuery = { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, events: { nodes: Array<{ action: string, reason: string | null, at: string, actor: { id: string, displayName: string } | null }> }, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } | null };

export type TitlesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type TitlesQuery = { nodes: Array<
    | { id: string }
    | { id: string }
    | { title: string, id: string }
    | { id: string }
    | { id: string }
   | null> };

export type AuditEventFragment = { id: string, action: string, at: string, reason: string | null, via: string | null, detail: unknown, fromStatus: TaskStatus | null, toStatus: TaskStatus | null, taskId: string | null, task: { id: string, title: string } | null, subject: { id: string, displayName: string } | null, actor: { id: string, displayName: string } | null };

export type AuditQueryVariables = Exact<{
  slug: string;
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type AuditQuery = { workspace: { id: string, events: { nodes: Array<{ id: string, action: string, at: string, reason: string | null, via: string | null, detail: unknown, fromStatus: TaskStatus | null, toStatus: TaskStatus | null, taskId: string | null, task: { id: string, title: string } | null, subject: { id: string, displayName: string } | null, actor: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type AuditPeopleQueryVariables = Exact<{
  slug: string;
}>;


export type AuditPeopleQuery = { workspace: { id: string, members: Array<{ user: { id: string, displayName: string } }> } | null };

export type PauseReasonQueryVariables = Exact<{
  id: string | number;
}>;


export type PauseReasonQuery = { task: { id: string, events: { nodes: Array<{ action: string, reason: string | null, actor: { id: string, displayName: string } | null }> } } | null };

export type CreateSamplesMutationVariables = Exact<{
  workspaceId: string | number;
  inputs: Array<TaskInput> | TaskInput;
}>;


export type CreateSamplesMutation = { createTasks: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }> };

export type PeopleQueryVariables = Exact<{
  slug: string;
  admin: boolean;
}>;


export type PeopleQuery = { workspace: { id: string, members: Array<{ role: Role, since: string, user: { id: string, displayName: string, email?: string } }>, invitations?: Array<{ id: string, email: string | null, role: Role, expiresAt: string, invitedBy: { id: string, displayName: string } | null }> } | null };

export type InviteMemberMutationVariables = Exact<{
  workspaceId: string | number;
  role: Role;
  email?: string | null | undefined;
}>;


export type InviteMemberMutation = { inviteMember: { url: string, invitation: { id: string, expiresAt: string, role: Role } } };

export type RevokeInvitationMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeInvitationMutation = { revokeInvitation: boolean };

export type SetMemberRoleMutationVariables = Exact<{
  workspaceId: string | number;
  userId: string | number;
  role: Role;
}>;


export type SetMemberRoleMutation = { setMemberRole: { role: Role } };

export type RemoveMemberMutationVariables = Exact<{
  workspaceId: string | number;
  userId: string | number;
}>;


export type RemoveMemberMutation = { removeMember: boolean };

export type RenameWorkspaceMutationVariables = Exact<{
  id: string | number;
  name: string;
}>;


export type RenameWorkspaceMutation = { renameWorkspace: { id: string, name: string } };

export type DeleteWorkspaceMutationVariables = Exact<{
  id: string | number;
  slug: string;
}>;


export type DeleteWorkspaceMutation = { deleteWorkspace: boolean };

export type SignInOptionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignInOptionsQuery = { signInOptions: { setUp: boolean, signUp: SignUpPolicy, sendsMail: boolean, providers: Array<{ name: string, label: string, signInUrl: string | null }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string, expiresAt: string, user: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } } };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp: { accessToken: string, expiresAt: string, user: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } } };

export type RequestPasswordResetMutationVariables = Exact<{
  email: string;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: boolean };

export type ResetPasswordMutationVariables = Exact<{
  token: string;
  newPassword: string;
}>;


export type ResetPasswordMutation = { resetPassword: { accessToken: string, expiresAt: string, user: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } } };

export type AcceptInvitationMutationVariables = Exact<{
  token: string;
}>;


export type AcceptInvitationMutation = { acceptInvitation: { role: Role, workspace: { slug: string, name: string } } };

export type CreateTaskMutationVariables = Exact<{
  workspaceId: string | number;
  input: TaskInput;
}>;


export type CreateTaskMutation = { createTask: { task: { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type TaskEventFragment = { id: string, action: string, fromStatus: TaskStatus | null, toStatus: TaskStatus | null, elapsedMs: number | null, version: number | null, detail: unknown, via: string | null, reason: string | null, at: string, actor: { id: string, displayName: string } | null };

export type TaskDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskDetailQuery = { task: { description: string, input: unknown, timeoutMs: number | null, id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, events: { nodes: Array<{ id: string, action: string, fromStatus: TaskStatus | null, toStatus: TaskStatus | null, elapsedMs: number | null, version: number | null, detail: unknown, via: string | null, reason: string | null, at: string, actor: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } | null };

export type TaskEventsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type TaskEventsQuery = { task: { events: { nodes: Array<{ id: string, action: string, fromStatus: TaskStatus | null, toStatus: TaskStatus | null, elapsedMs: number | null, version: number | null, detail: unknown, via: string | null, reason: string | null, at: string, actor: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type TaskLogsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type TaskLogsQuery = { task: { logs: { nodes: Array<{ at: string, stream: string, text: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type UpdateTaskMutationVariables = Exact<{
  id: string | number;
  input: TaskPatch;
  expectedVersion: number;
}>;


export type UpdateTaskMutation = { updateTask: { task: { description: string, timeoutMs: number | null, id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> } } };

export type TokensQueryVariables = Exact<{
  slug: string;
}>;


export type TokensQuery = { workspace: { id: string, apiTokens: Array<{ id: string, name: string, role: Role, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, createdBy: { id: string, displayName: string } }> } | null };

export type CreateApiTokenMutationVariables = Exact<{
  workspaceId: string | number;
  name: string;
  role: Role;
  expiresAt?: string | null | undefined;
}>;


export type CreateApiTokenMutation = { createApiToken: { secret: string, apiToken: { id: string, name: string } } };

export type RevokeApiTokenMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiTokenMutation = { revokeApiToken: boolean };

export type CreateResetLinkMutationVariables = Exact<{
  userId: string | number;
}>;


export type CreateResetLinkMutation = { createResetLink: string };

export type MeFragment = { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> };

export type SignedInFragment = { accessToken: string, expiresAt: string, user: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } };

export type RefreshSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string, expiresAt: string, user: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, email: string, displayName: string, isInstanceAdmin: boolean, workspaces: Array<{ role: Role, workspace: { id: string, slug: string, name: string } }> } | null };

export type SignOutMutationVariables = Exact<{
  everywhere: boolean;
}>;


export type SignOutMutation = { signOut: boolean };

export type TaskClockFragment = { status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number };

export type TaskDraftQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskDraftQuery = { task: { title: string, description: string, labels: Array<string>, kind: string, input: unknown, durationMs: number | null, priority: number, timeoutMs: number | null, maxAttempts: number } | null };

export type ChangesQueryVariables = Exact<{
  slug: string;
  since: string;
}>;


export type ChangesQuery = { workspace: { id: string, viewerRole: Role, changes: { revision: string, deletedIds: Array<string>, hasMore: boolean, reset: boolean, tasks: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }> }, counts: Array<{ status: TaskStatus, count: number }> } | null };

export type TaskRowFragment = { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> };

export type TaskPageFragment = { nodes: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } };

export type CountsFragment = { counts: Array<{ status: TaskStatus, count: number }> };

export type TasksQueryVariables = Exact<{
  slug: string;
  filter?: TaskFilter | null | undefined;
  orderBy?: TaskOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TasksQuery = { workspace: { id: string, tasks: { nodes: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, unheardSince: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type TotalCountQueryVariables = Exact<{
  slug: string;
  filter?: TaskFilter | null | undefined;
}>;


export type TotalCountQuery = { workspace: { id: string, tasks: { totalCount: number } } | null };

export type TaskChoicesQueryVariables = Exact<{
  slug: string;
}>;


export type TaskChoicesQuery = { workspace: { id: string, kinds: Array<{ name: string, label: string, description: string, pausability: Pausability, inputSchema: unknown, minimumRole: Role }>, members: Array<{ user: { id: string, displayName: string } }> } | null };

export type WorkspaceQueryVariables = Exact<{
  slug: string;
}>;


export type WorkspaceQuery = { workspace: { id: string, slug: string, name: string, viewerRole: Role, revision: string, counts: Array<{ status: TaskStatus, count: number }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BulkResultFragmentDoc = new TypedDocumentString(`
    fragment BulkResult on BulkPayload {
  matched
  changed
  refused
  outcomes(first: $first) {
    taskId
    changed
    status
    code
    message
  }
}
    `, {"fragmentName":"BulkResult"}) as unknown as TypedDocumentString<BulkResultFragment, unknown>;
export const AuditEventFragmentDoc = new TypedDocumentString(`
    fragment AuditEvent on Event {
  id
  action
  at
  reason
  via
  detail
  fromStatus
  toStatus
  taskId
  task {
    id
    title
  }
  subject {
    id
    displayName
  }
  actor {
    id
    displayName
  }
}
    `, {"fragmentName":"AuditEvent"}) as unknown as TypedDocumentString<AuditEventFragment, unknown>;
export const TaskEventFragmentDoc = new TypedDocumentString(`
    fragment TaskEvent on Event {
  id
  action
  fromStatus
  toStatus
  elapsedMs
  version
  detail
  actor {
    id
    displayName
  }
  via
  reason
  at
}
    `, {"fragmentName":"TaskEvent"}) as unknown as TypedDocumentString<TaskEventFragment, unknown>;
export const MeFragmentDoc = new TypedDocumentString(`
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}
    `, {"fragmentName":"Me"}) as unknown as TypedDocumentString<MeFragment, unknown>;
export const SignedInFragmentDoc = new TypedDocumentString(`
    fragment SignedIn on Credentials {
  accessToken
  expiresAt
  user {
    ...Me
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}`, {"fragmentName":"SignedIn"}) as unknown as TypedDocumentString<SignedInFragment, unknown>;
export const TaskClockFragmentDoc = new TypedDocumentString(`
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
    `, {"fragmentName":"TaskClock"}) as unknown as TypedDocumentString<TaskClockFragment, unknown>;
export const TaskRowFragmentDoc = new TypedDocumentString(`
    fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}`, {"fragmentName":"TaskRow"}) as unknown as TypedDocumentString<TaskRowFragment, unknown>;
export const TaskPageFragmentDoc = new TypedDocumentString(`
    fragment TaskPage on TaskConnection {
  nodes {
    ...TaskRow
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"fragmentName":"TaskPage"}) as unknown as TypedDocumentString<TaskPageFragment, unknown>;
export const CountsFragmentDoc = new TypedDocumentString(`
    fragment Counts on Workspace {
  counts {
    status
    count
  }
}
    `, {"fragmentName":"Counts"}) as unknown as TypedDocumentString<CountsFragment, unknown>;
export const SessionsDocument = new TypedDocumentString(`
    query Sessions {
  viewer {
    id
    sessions {
      id
      createdAt
      lastUsedAt
      userAgent
      current
    }
  }
}
    `, {"hash":"sha256:c56928a45576124d44287d4f7a6361d77b6d25a00a38db51a88fedc40e8b5bf0"}) as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const UpdateProfileDocument = new TypedDocumentString(`
    mutation UpdateProfile($displayName: String!) {
  updateProfile(displayName: $displayName) {
    id
    displayName
  }
}
    `, {"hash":"sha256:7d135c42d9eb47e9e5d38044378df9a6fe599993e6e1e61eb247a2f91e536b29"}) as unknown as TypedDocumentString<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword)
}
    `, {"hash":"sha256:e7c1262b932d16bc95f5388cb8b5adf0068267fa408f325eef91fb269e82857c"}) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($id: ID!) {
  revokeSession(id: $id)
}
    `, {"hash":"sha256:0da1f5ad6ca30b47e1cb2c8f9b833664fb3647a47c585080a1a7fa8bc04c825c"}) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const CreateWorkspaceDocument = new TypedDocumentString(`
    mutation CreateWorkspace($name: String!, $slug: String) {
  createWorkspace(name: $name, slug: $slug) {
    id
    slug
    name
  }
}
    `, {"hash":"sha256:9f898cb46a5f79a7cd5170a3e437dad17f3c9df26600bff4c120441f57da04ff"}) as unknown as TypedDocumentString<CreateWorkspaceMutation, CreateWorkspaceMutationVariables>;
export const ServerUsersDocument = new TypedDocumentString(`
    query ServerUsers($search: String, $after: String) {
  users(first: 50, search: $search, after: $after) {
    nodes {
      id
      displayName
      email
      isInstanceAdmin
      disabled
      createdAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `, {"hash":"sha256:e6afd4df265fab2efb155421f40e92cb09e48b5446952b151f420cbdd3576e8a"}) as unknown as TypedDocumentString<ServerUsersQuery, ServerUsersQueryVariables>;
export const SetUserDisabledDocument = new TypedDocumentString(`
    mutation SetUserDisabled($id: ID!, $disabled: Boolean!) {
  setUserDisabled(id: $id, disabled: $disabled) {
    id
    disabled
  }
}
    `, {"hash":"sha256:7752ebe34df41ceaf39d2356f9116ac47aaa014d89aaf1b6c5440d20616fbb89"}) as unknown as TypedDocumentString<SetUserDisabledMutation, SetUserDisabledMutationVariables>;
export const RunTaskDocument = new TypedDocumentString(`
    mutation RunTask($id: ID!, $reason: String) {
  runTask(id: $id, reason: $reason) {
    task {
      ...TaskRow
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:ea94348a45f8c7180d1d44dc5718b40069e0103741a4add6f7f61858ca8630b9"}) as unknown as TypedDocumentString<RunTaskMutation, RunTaskMutationVariables>;
export const PauseTaskDocument = new TypedDocumentString(`
    mutation PauseTask($id: ID!, $reason: String, $resumeAt: DateTime) {
  pauseTask(id: $id, reason: $reason, resumeAt: $resumeAt) {
    task {
      ...TaskRow
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:87f5206b539129a4770212604b86cf41ef3d3dabd9f780c00a1bb3a17c7d7da5"}) as unknown as TypedDocumentString<PauseTaskMutation, PauseTaskMutationVariables>;
export const ResumeTaskDocument = new TypedDocumentString(`
    mutation ResumeTask($id: ID!, $reason: String) {
  resumeTask(id: $id, reason: $reason) {
    task {
      ...TaskRow
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:3ef088e18ab9a5b776d6b911dfa6784bd5302a3dd6df16c877c01b62bd6bdbe6"}) as unknown as TypedDocumentString<ResumeTaskMutation, ResumeTaskMutationVariables>;
export const CancelTaskDocument = new TypedDocumentString(`
    mutation CancelTask($id: ID!, $reason: String) {
  cancelTask(id: $id, reason: $reason) {
    task {
      ...TaskRow
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:3fcb0dd402a3708bc5f6902069a9c95c9b82b91245e8af267e746824b7212036"}) as unknown as TypedDocumentString<CancelTaskMutation, CancelTaskMutationVariables>;
export const DeleteTaskDocument = new TypedDocumentString(`
    mutation DeleteTask($id: ID!, $reason: String) {
  deleteTask(id: $id, reason: $reason) {
    deletedId
  }
}
    `, {"hash":"sha256:39bec4a2506ef106a2531d91a863e497305f9fb8ddcdef6cd856841b880f0ef0"}) as unknown as TypedDocumentString<DeleteTaskMutation, DeleteTaskMutationVariables>;
export const TransitionTasksDocument = new TypedDocumentString(`
    mutation TransitionTasks($workspaceId: ID!, $action: TaskAction!, $target: TaskTarget!, $reason: String, $dryRun: Boolean!, $first: Int!) {
  transitionTasks(
    workspaceId: $workspaceId
    action: $action
    target: $target
    reason: $reason
    dryRun: $dryRun
  ) {
    ...BulkResult
  }
}
    fragment BulkResult on BulkPayload {
  matched
  changed
  refused
  outcomes(first: $first) {
    taskId
    changed
    status
    code
    message
  }
}`, {"hash":"sha256:091a604f0920d4ef14c45a4edf19aa8215fdec6587af9aa00831d6e5593199db"}) as unknown as TypedDocumentString<TransitionTasksMutation, TransitionTasksMutationVariables>;
export const DeleteTasksDocument = new TypedDocumentString(`
    mutation DeleteTasks($workspaceId: ID!, $target: TaskTarget!, $reason: String, $dryRun: Boolean!, $first: Int!) {
  deleteTasks(
    workspaceId: $workspaceId
    target: $target
    reason: $reason
    dryRun: $dryRun
  ) {
    ...BulkResult
  }
}
    fragment BulkResult on BulkPayload {
  matched
  changed
  refused
  outcomes(first: $first) {
    taskId
    changed
    status
    code
    message
  }
}`, {"hash":"sha256:52336db75dd6056afe9dbe9c0f37efa5121d1c35ee3ff512b5f63df915f947cd"}) as unknown as TypedDocumentString<DeleteTasksMutation, DeleteTasksMutationVariables>;
export const MeanwhileDocument = new TypedDocumentString(`
    query Meanwhile($id: ID!) {
  task(id: $id) {
    ...TaskRow
    events(first: 1) {
      nodes {
        action
        actor {
          id
          displayName
        }
        reason
        at
      }
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:ba00eee822dab0cda103565c5a9961af0bd0cb1ef04d35a967b791c100bda50e"}) as unknown as TypedDocumentString<MeanwhileQuery, MeanwhileQueryVariables>;
export const TitlesDocument = new TypedDocumentString(`
    query Titles($ids: [ID!]!) {
  nodes(ids: $ids) {
    id
    ... on Task {
      title
    }
  }
}
    `, {"hash":"sha256:f5146e26a9b12ce4923d0c6ba8a60b1fd02a7d9f667c0849bf6dbefbd157443e"}) as unknown as TypedDocumentString<TitlesQuery, TitlesQueryVariables>;
export const AuditDocument = new TypedDocumentString(`
    query Audit($slug: String!, $after: String, $filter: EventFilter) {
  workspace(slug: $slug) {
    id
    events(first: 50, after: $after, filter: $filter) {
      nodes {
        ...AuditEvent
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment AuditEvent on Event {
  id
  action
  at
  reason
  via
  detail
  fromStatus
  toStatus
  taskId
  task {
    id
    title
  }
  subject {
    id
    displayName
  }
  actor {
    id
    displayName
  }
}`, {"hash":"sha256:a027257b3707128b11a9aaf72dadce69ac6f75f1507a245baec5dc4c289ea27c"}) as unknown as TypedDocumentString<AuditQuery, AuditQueryVariables>;
export const AuditPeopleDocument = new TypedDocumentString(`
    query AuditPeople($slug: String!) {
  workspace(slug: $slug) {
    id
    members {
      user {
        id
        displayName
      }
    }
  }
}
    `, {"hash":"sha256:83dd39c20e441bfe5afa8b701528c55784a7ae7b3dafdefad5dafcc258ef66cc"}) as unknown as TypedDocumentString<AuditPeopleQuery, AuditPeopleQueryVariables>;
export const PauseReasonDocument = new TypedDocumentString(`
    query PauseReason($id: ID!) {
  task(id: $id) {
    id
    events(first: 5) {
      nodes {
        action
        reason
        actor {
          id
          displayName
        }
      }
    }
  }
}
    `, {"hash":"sha256:91a2ff057b48c77a540d2bcc26aeb488bdc03730468d142074c2da577022e3ef"}) as unknown as TypedDocumentString<PauseReasonQuery, PauseReasonQueryVariables>;
export const CreateSamplesDocument = new TypedDocumentString(`
    mutation CreateSamples($workspaceId: ID!, $inputs: [TaskInput!]!) {
  createTasks(workspaceId: $workspaceId, inputs: $inputs) {
    ...TaskRow
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:ceaf8a9b86f2e3e4c4698a1740f290efda56a7418251020f916c7b09f5bf7b41"}) as unknown as TypedDocumentString<CreateSamplesMutation, CreateSamplesMutationVariables>;
export const PeopleDocument = new TypedDocumentString(`
    query People($slug: String!, $admin: Boolean!) {
  workspace(slug: $slug) {
    id
    members {
      role
      since
      user {
        id
        displayName
        email @include(if: $admin)
      }
    }
    invitations @include(if: $admin) {
      id
      email
      role
      expiresAt
      invitedBy {
        id
        displayName
      }
    }
  }
}
    `, {"hash":"sha256:084a2794d8382ed6e10817e5e540004b098654c817cfa315dcd382e92c6190a8"}) as unknown as TypedDocumentString<PeopleQuery, PeopleQueryVariables>;
export const InviteMemberDocument = new TypedDocumentString(`
    mutation InviteMember($workspaceId: ID!, $role: Role!, $email: String) {
  inviteMember(workspaceId: $workspaceId, role: $role, email: $email) {
    url
    invitation {
      id
      expiresAt
      role
    }
  }
}
    `, {"hash":"sha256:973835f8e202a1d8de80b2ab4b4332d81348b07dec496eb53b3dc951c1621d8f"}) as unknown as TypedDocumentString<InviteMemberMutation, InviteMemberMutationVariables>;
export const RevokeInvitationDocument = new TypedDocumentString(`
    mutation RevokeInvitation($id: ID!) {
  revokeInvitation(id: $id)
}
    `, {"hash":"sha256:501bf20c6765cdd6d5fce232debeda8e42961247484a44cff659eeb90a9e8f6c"}) as unknown as TypedDocumentString<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const SetMemberRoleDocument = new TypedDocumentString(`
    mutation SetMemberRole($workspaceId: ID!, $userId: ID!, $role: Role!) {
  setMemberRole(workspaceId: $workspaceId, userId: $userId, role: $role) {
    role
  }
}
    `, {"hash":"sha256:f4d8a58e9be3a3c15e28126b3e52be6abf904e9bd90ebc7ca81d32ad889b927f"}) as unknown as TypedDocumentString<SetMemberRoleMutation, SetMemberRoleMutationVariables>;
export const RemoveMemberDocument = new TypedDocumentString(`
    mutation RemoveMember($workspaceId: ID!, $userId: ID!) {
  removeMember(workspaceId: $workspaceId, userId: $userId)
}
    `, {"hash":"sha256:c8d2858ce8fe1cbe76bc0032e79738d51480b888fd27b529f1f78c69e4568402"}) as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const RenameWorkspaceDocument = new TypedDocumentString(`
    mutation RenameWorkspace($id: ID!, $name: String!) {
  renameWorkspace(id: $id, name: $name) {
    id
    name
  }
}
    `, {"hash":"sha256:137758c30a5f5645ece8592512d5be2f4f5d2ae82e3f535f90612e2848a8feec"}) as unknown as TypedDocumentString<RenameWorkspaceMutation, RenameWorkspaceMutationVariables>;
export const DeleteWorkspaceDocument = new TypedDocumentString(`
    mutation DeleteWorkspace($id: ID!, $slug: String!) {
  deleteWorkspace(id: $id, slug: $slug)
}
    `, {"hash":"sha256:064179e633243f416cd5581eaf694f19cc3866bf6c9fce10f1675b7dc3f74928"}) as unknown as TypedDocumentString<DeleteWorkspaceMutation, DeleteWorkspaceMutationVariables>;
export const SignInOptionsDocument = new TypedDocumentString(`
    query SignInOptions {
  signInOptions {
    setUp
    signUp
    sendsMail
    providers {
      name
      label
      signInUrl
    }
  }
}
    `, {"hash":"sha256:f775f01f739a225f3befca112d5df655c51144a6924d3b9a1ba71f45a67a4f9b"}) as unknown as TypedDocumentString<SignInOptionsQuery, SignInOptionsQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ...SignedIn
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}
fragment SignedIn on Credentials {
  accessToken
  expiresAt
  user {
    ...Me
  }
}`, {"hash":"sha256:87fe384ab2b0a7912bbdc252beaf5a9d80c502a302847a22a5f84bcd87543cec"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignUpDocument = new TypedDocumentString(`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    ...SignedIn
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}
fragment SignedIn on Credentials {
  accessToken
  expiresAt
  user {
    ...Me
  }
}`, {"hash":"sha256:04776e86c04a067b6b4848bedf7c337b59869af80b10070f4c13fb3615ccce0c"}) as unknown as TypedDocumentString<SignUpMutation, SignUpMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($email: String!) {
  requestPasswordReset(email: $email)
}
    `, {"hash":"sha256:5ac89982dc149995bab85b93caab9976bbc3fd5994fbf4173153f8686dba9d72"}) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($token: String!, $newPassword: String!) {
  resetPassword(token: $token, newPassword: $newPassword, useCookie: true) {
    ...SignedIn
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}
fragment SignedIn on Credentials {
  accessToken
  expiresAt
  user {
    ...Me
  }
}`, {"hash":"sha256:2d7b8d5ba25e19f63a970cfb067be978dde51dd423d05150da11cd5e60dc69c1"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const AcceptInvitationDocument = new TypedDocumentString(`
    mutation AcceptInvitation($token: String!) {
  acceptInvitation(token: $token) {
    role
    workspace {
      slug
      name
    }
  }
}
    `, {"hash":"sha256:27d11499f732af8901be4afa750b2823f2543a0e389c07c196851b5dc724a6b6"}) as unknown as TypedDocumentString<AcceptInvitationMutation, AcceptInvitationMutationVariables>;
export const CreateTaskDocument = new TypedDocumentString(`
    mutation CreateTask($workspaceId: ID!, $input: TaskInput!) {
  createTask(workspaceId: $workspaceId, input: $input) {
    task {
      ...TaskRow
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:17b6383d37617e1d9ba5e27d24451558063760f5b0252965a2063c8783eec40b"}) as unknown as TypedDocumentString<CreateTaskMutation, CreateTaskMutationVariables>;
export const TaskDetailDocument = new TypedDocumentString(`
    query TaskDetail($id: ID!) {
  task(id: $id) {
    ...TaskRow
    description
    input
    timeoutMs
    events(first: 50) {
      nodes {
        ...TaskEvent
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TaskEvent on Event {
  id
  action
  fromStatus
  toStatus
  elapsedMs
  version
  detail
  actor {
    id
    displayName
  }
  via
  reason
  at
}
fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:2033ecd966b0f28576b67ca66da665c5acb8c9bd88049bfb43c951db6927b7cc"}) as unknown as TypedDocumentString<TaskDetailQuery, TaskDetailQueryVariables>;
export const TaskEventsDocument = new TypedDocumentString(`
    query TaskEvents($id: ID!, $after: String) {
  task(id: $id) {
    events(first: 50, after: $after) {
      nodes {
        ...TaskEvent
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TaskEvent on Event {
  id
  action
  fromStatus
  toStatus
  elapsedMs
  version
  detail
  actor {
    id
    displayName
  }
  via
  reason
  at
}`, {"hash":"sha256:ca0bff94a5e94c5911b125690db697969c51a07c79ad4dce6a00295f21f9d68e"}) as unknown as TypedDocumentString<TaskEventsQuery, TaskEventsQueryVariables>;
export const TaskLogsDocument = new TypedDocumentString(`
    query TaskLogs($id: ID!, $after: String) {
  task(id: $id) {
    logs(first: 200, after: $after) {
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
}
    `, {"hash":"sha256:d0fe18a20b899fd92fce1da9ea2503ad1a3706ca4994c66844bbe8dcde7f354e"}) as unknown as TypedDocumentString<TaskLogsQuery, TaskLogsQueryVariables>;
export const UpdateTaskDocument = new TypedDocumentString(`
    mutation UpdateTask($id: ID!, $input: TaskPatch!, $expectedVersion: Int!) {
  updateTask(id: $id, input: $input, expectedVersion: $expectedVersion) {
    task {
      ...TaskRow
      description
      timeoutMs
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}`, {"hash":"sha256:71690f5b081101057d013e39152b590a29bf9e843f459ec507f2706acd8d3bc2"}) as unknown as TypedDocumentString<UpdateTaskMutation, UpdateTaskMutationVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens($slug: String!) {
  workspace(slug: $slug) {
    id
    apiTokens {
      id
      name
      role
      createdAt
      lastUsedAt
      expiresAt
      createdBy {
        id
        displayName
      }
    }
  }
}
    `, {"hash":"sha256:c65c8bf5355a55e57f4e615e68e1eb6e3bb49603c685ebe7580dcfa3f641d7ce"}) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
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
    }
  }
}
    `, {"hash":"sha256:bcb1e9aa8ec3bf9e0b8abb9371b1165a3fa9b4284acbc851b457eefa0b8933c9"}) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($id: ID!) {
  revokeApiToken(id: $id)
}
    `, {"hash":"sha256:760484427514c6721d03239fdea331b31205ecf6f781c374aee629364524b315"}) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const CreateResetLinkDocument = new TypedDocumentString(`
    mutation CreateResetLink($userId: ID!) {
  createResetLink(userId: $userId)
}
    `, {"hash":"sha256:f3e4893082d7672f6f0a35bbdaf67d9f216acae1695696d568a6c32c0d3c5368"}) as unknown as TypedDocumentString<CreateResetLinkMutation, CreateResetLinkMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession {
  refreshSession(useCookie: true) {
    ...SignedIn
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}
fragment SignedIn on Credentials {
  accessToken
  expiresAt
  user {
    ...Me
  }
}`, {"hash":"sha256:9617870883c3183d82c2ed6cc7c11a4473e7f6d3fc80f89622b663c5bfd2a846"}) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...Me
  }
}
    fragment Me on User {
  id
  email
  displayName
  isInstanceAdmin
  workspaces {
    role
    workspace {
      id
      slug
      name
    }
  }
}`, {"hash":"sha256:c417aa0e5f69c19fe45a31f3da3494a74cef0a90355fb9deab1dd0f56a39f7c6"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($everywhere: Boolean!) {
  signOut(everywhere: $everywhere)
}
    `, {"hash":"sha256:49894ee7bfee3a88cc19590d07c93c0e1661419b6f0392bb3631b44c73e33ec8"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const TaskDraftDocument = new TypedDocumentString(`
    query TaskDraft($id: ID!) {
  task(id: $id) {
    title
    description
    labels
    kind
    input
    durationMs
    priority
    timeoutMs
    maxAttempts
  }
}
    `, {"hash":"sha256:a859762c097e272d314464a6415f4e3aec0ac3dbe2df62b221f87a96ea2c32ce"}) as unknown as TypedDocumentString<TaskDraftQuery, TaskDraftQueryVariables>;
export const ChangesDocument = new TypedDocumentString(`
    query Changes($slug: String!, $since: String!) {
  workspace(slug: $slug) {
    id
    viewerRole
    ...Counts
    changes(since: $since) {
      revision
      tasks {
        ...TaskRow
      }
      deletedIds
      hasMore
      reset
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}
fragment Counts on Workspace {
  counts {
    status
    count
  }
}`, {"hash":"sha256:59cb5a007d803c73f2be79ee4773c64dc1a42aecb9cf61cd74d8103dc6f235b1"}) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
export const TasksDocument = new TypedDocumentString(`
    query Tasks($slug: String!, $filter: TaskFilter, $orderBy: TaskOrder, $first: Int!, $after: String) {
  workspace(slug: $slug) {
    id
    tasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      ...TaskPage
    }
  }
}
    fragment TaskClock on Task {
  status
  durationMs
  elapsedMs
  lastRunAt
  progress
  attempt
}
fragment TaskRow on Task {
  id
  title
  labels
  kind
  ...TaskClock
  progressNote
  result
  error
  priority
  version
  createdBy {
    id
    displayName
  }
  createdAt
  updatedAt
  dueAt
  resumeAt
  completedAt
  maxAttempts
  worker
  unheardSince
  waitingFor
  allowedActions
  can {
    action
    allowed
    reason
  }
}
fragment TaskPage on TaskConnection {
  nodes {
    ...TaskRow
  }
  pageInfo {
    hasNextPage
    endCursor
  }
}`, {"hash":"sha256:4d363ca1657ab518d4a05e35a92dc26bb3ea967f56cc9bc5e8889dd6a68891e5"}) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
export const TotalCountDocument = new TypedDocumentString(`
    query TotalCount($slug: String!, $filter: TaskFilter) {
  workspace(slug: $slug) {
    id
    tasks(filter: $filter, first: 1) {
      totalCount
    }
  }
}
    `, {"hash":"sha256:f2676a1d41a9f2c8a3e6f597ffcfa68bf406aa50a7a8c9b7b05fa1e2c5749d42"}) as unknown as TypedDocumentString<TotalCountQuery, TotalCountQueryVariables>;
export const TaskChoicesDocument = new TypedDocumentString(`
    query TaskChoices($slug: String!) {
  workspace(slug: $slug) {
    id
    kinds {
      name
      label
      description
      pausability
      inputSchema
      minimumRole
    }
    members {
      user {
        id
        displayName
      }
    }
  }
}
    `, {"hash":"sha256:0e47bff19d7235796993a4483321019a7f57e350266ce1ca7ffdf962a45270dd"}) as unknown as TypedDocumentString<TaskChoicesQuery, TaskChoicesQueryVariables>;
export const WorkspaceDocument = new TypedDocumentString(`
    query Workspace($slug: String!) {
  workspace(slug: $slug) {
    id
    slug
    name
    viewerRole
    revision
    ...Counts
  }
}
    fragment Counts on Workspace {
  counts {
    status
    count
  }
}`, {"hash":"sha256:f9732d7ce9e2b5c4b72a836c72d2149403dab31c3fd413e517340fa21f255fa2"}) as unknown as TypedDocumentString<WorkspaceQuery, WorkspaceQueryVariables>;