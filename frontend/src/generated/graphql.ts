/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type Pausability =
  | 'BETWEEN_STEPS'
  | 'IN_PLACE'
  | 'NO'
  | 'PORTABLE';

export type Role =
  | 'ADMIN'
  | 'EDITOR'
  | 'OPERATOR'
  | 'VIEWER';

export type TaskAction =
  | 'CANCEL'
  | 'PAUSE'
  | 'RESUME'
  | 'RUN';

export type TaskFilter = {
  createdAfter?: string | null | undefined;
  createdBefore?: string | null | undefined;
  createdBy?: string | number | null | undefined;
  kind?: Array<string> | null | undefined;
  labels?: Array<string> | null | undefined;
  search?: string | null | undefined;
  status?: Array<TaskStatus> | null | undefined;
  updatedAfter?: string | null | undefined;
};

export type TaskOrder = {
  direction: OrderDirection;
  field: TaskOrderField;
};

export type TaskOrderField =
  | 'CREATED_AT'
  | 'PRIORITY'
  | 'TITLE'
  | 'UPDATED_AT';

export type TaskStatus =
  | 'CANCELLED'
  | 'CANCELLING'
  | 'COMPLETED'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'NOT_STARTED'
  | 'PAUSED'
  | 'PAUSING'
  | 'QUEUED';

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

export type ChangesQueryVariables = Exact<{
  slug: string;
  since: string;
}>;


export type ChangesQuery = { workspace: { id: string, viewerRole: Role, changes: { revision: string, deletedIds: Array<string>, hasMore: boolean, reset: boolean, tasks: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }> }, counts: Array<{ status: TaskStatus, count: number }> } | null };

export type TaskRowFragment = { id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> };

export type TaskPageFragment = { nodes: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } };

export type CountsFragment = { counts: Array<{ status: TaskStatus, count: number }> };

export type TasksQueryVariables = Exact<{
  slug: string;
  filter?: TaskFilter | null | undefined;
  orderBy?: TaskOrder | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TasksQuery = { workspace: { id: string, tasks: { nodes: Array<{ id: string, title: string, labels: Array<string>, kind: string, progressNote: string | null, result: string | null, error: string | null, priority: number, version: number, createdAt: string, updatedAt: string, dueAt: string | null, resumeAt: string | null, completedAt: string | null, maxAttempts: number, worker: string | null, waitingFor: string | null, allowedActions: Array<TaskAction>, status: TaskStatus, durationMs: number | null, elapsedMs: number, lastRunAt: string | null, progress: number | null, attempt: number, createdBy: { id: string, displayName: string } | null, can: Array<{ action: TaskAction, allowed: boolean, reason: string | null }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

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
}`, {"hash":"sha256:ec07fec51cc8b05fc72d89f10e35cf60ef473fceed2c6fa8af35a6456be03213"}) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
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
}`, {"hash":"sha256:fa907cb8c3bd5da6643077563357a077169cba9c1c553a581444fbd113ee3744"}) as unknown as TypedDocumentString<TasksQuery, TasksQueryVariables>;
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