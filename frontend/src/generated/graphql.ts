/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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


export type ResetPasswordMutation = { resetPassword: { accessToken: string, expiresAt: string, user: { email: string } } };

export type AcceptInvitationMutationVariables = Exact<{
  token: string;
}>;


export type AcceptInvitationMutation = { acceptInvitation: { role: Role, workspace: { slug: string, name: string } } };

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
    accessToken
    expiresAt
    user {
      email
    }
  }
}
    `, {"hash":"sha256:0e4b239c38f5ba4ff09a50671d6c2fdd5ebdfaf15d60765df5c6cad3a7538c65"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
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