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

export type SignInInput = {
  email: string;
  password: string;
  useCookie?: boolean | null | undefined;
};

export type SignUpInput = {
  displayName: string;
  email: string;
  invitation?: string | null | undefined;
  password: string;
  setupToken?: string | null | undefined;
  useCookie?: boolean | null | undefined;
};

export type SignUpPolicy =
  | 'CLOSED'
  | 'INVITE'
  | 'OPEN';

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


export type SignInOptionsQuery = { signInOptions: { signUp: SignUpPolicy, providers: Array<{ name: string, label: string, signInUrl: string | null }> } };

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


export type ResetPasswordMutation = { resetPassword: { user: { email: string } } };

export type AcceptInvitationMutationVariables = Exact<{
  token: string;
}>;


export type AcceptInvitationMutation = { acceptInvitation: { role: Role, workspace: { slug: string, name: string } } };

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
    signUp
    providers {
      name
      label
      signInUrl
    }
  }
}
    `, {"hash":"sha256:193554c995a787c68b6fab36128ef617579d0f987f6ed0fc6f61b546ecb4b4e0"}) as unknown as TypedDocumentString<SignInOptionsQuery, SignInOptionsQueryVariables>;
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
  resetPassword(token: $token, newPassword: $newPassword) {
    user {
      email
    }
  }
}
    `, {"hash":"sha256:ad7ba175a2b4d1c5339074a67691c5bdfee232ae6b8307582cb92727484cdcbf"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
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