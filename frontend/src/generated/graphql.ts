/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Role =
  | 'ADMIN'
  | 'EDITOR'
  | 'OPERATOR'
  | 'VIEWER';

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

export type WorkspaceQueryVariables = Exact<{
  slug: string;
}>;


export type WorkspaceQuery = { workspace: { id: string, slug: string, name: string, viewerRole: Role } | null };

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
export const WorkspaceDocument = new TypedDocumentString(`
    query Workspace($slug: String!) {
  workspace(slug: $slug) {
    id
    slug
    name
    viewerRole
  }
}
    `, {"hash":"sha256:cab4d627b55305075ee881beaf3daf649e64b97acf56521449eed0301c460556"}) as unknown as TypedDocumentString<WorkspaceQuery, WorkspaceQueryVariables>;