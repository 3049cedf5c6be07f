/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query People($slug: String!, $admin: Boolean!) {\n  workspace(slug: $slug) {\n    id\n    members {\n      role\n      since\n      user {\n        id\n        displayName\n        email @include(if: $admin)\n      }\n    }\n    invitations @include(if: $admin) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n        displayName\n      }\n    }\n  }\n}\n\nmutation InviteMember($workspaceId: ID!, $role: Role!, $email: String) {\n  inviteMember(workspaceId: $workspaceId, role: $role, email: $email) {\n    url\n    invitation {\n      id\n      expiresAt\n      role\n    }\n  }\n}\n\nmutation RevokeInvitation($id: ID!) {\n  revokeInvitation(id: $id)\n}\n\nmutation SetMemberRole($workspaceId: ID!, $userId: ID!, $role: Role!) {\n  setMemberRole(workspaceId: $workspaceId, userId: $userId, role: $role) {\n    role\n  }\n}\n\nmutation RemoveMember($workspaceId: ID!, $userId: ID!) {\n  removeMember(workspaceId: $workspaceId, userId: $userId)\n}\n\nmutation RenameWorkspace($id: ID!, $name: String!) {\n  renameWorkspace(id: $id, name: $name) {\n    id\n    name\n  }\n}\n\nmutation DeleteWorkspace($id: ID!, $slug: String!) {\n  deleteWorkspace(id: $id, slug: $slug)\n}": typeof types.PeopleDocument,
    "query SignInOptions {\n  signInOptions {\n    signUp\n    providers {\n      name\n      label\n      signInUrl\n    }\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation SignUp($input: SignUpInput!) {\n  signUp(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation RequestPasswordReset($email: String!) {\n  requestPasswordReset(email: $email)\n}\n\nmutation ResetPassword($token: String!, $newPassword: String!) {\n  resetPassword(token: $token, newPassword: $newPassword) {\n    user {\n      email\n    }\n  }\n}\n\nmutation AcceptInvitation($token: String!) {\n  acceptInvitation(token: $token) {\n    role\n    workspace {\n      slug\n      name\n    }\n  }\n}": typeof types.SignInOptionsDocument,
    "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}": typeof types.MeFragmentDoc,
    "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}": typeof types.TaskClockFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n  }\n}": typeof types.WorkspaceDocument,
};
const documents: Documents = {
    "query People($slug: String!, $admin: Boolean!) {\n  workspace(slug: $slug) {\n    id\n    members {\n      role\n      since\n      user {\n        id\n        displayName\n        email @include(if: $admin)\n      }\n    }\n    invitations @include(if: $admin) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n        displayName\n      }\n    }\n  }\n}\n\nmutation InviteMember($workspaceId: ID!, $role: Role!, $email: String) {\n  inviteMember(workspaceId: $workspaceId, role: $role, email: $email) {\n    url\n    invitation {\n      id\n      expiresAt\n      role\n    }\n  }\n}\n\nmutation RevokeInvitation($id: ID!) {\n  revokeInvitation(id: $id)\n}\n\nmutation SetMemberRole($workspaceId: ID!, $userId: ID!, $role: Role!) {\n  setMemberRole(workspaceId: $workspaceId, userId: $userId, role: $role) {\n    role\n  }\n}\n\nmutation RemoveMember($workspaceId: ID!, $userId: ID!) {\n  removeMember(workspaceId: $workspaceId, userId: $userId)\n}\n\nmutation RenameWorkspace($id: ID!, $name: String!) {\n  renameWorkspace(id: $id, name: $name) {\n    id\n    name\n  }\n}\n\nmutation DeleteWorkspace($id: ID!, $slug: String!) {\n  deleteWorkspace(id: $id, slug: $slug)\n}": types.PeopleDocument,
    "query SignInOptions {\n  signInOptions {\n    signUp\n    providers {\n      name\n      label\n      signInUrl\n    }\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation SignUp($input: SignUpInput!) {\n  signUp(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation RequestPasswordReset($email: String!) {\n  requestPasswordReset(email: $email)\n}\n\nmutation ResetPassword($token: String!, $newPassword: String!) {\n  resetPassword(token: $token, newPassword: $newPassword) {\n    user {\n      email\n    }\n  }\n}\n\nmutation AcceptInvitation($token: String!) {\n  acceptInvitation(token: $token) {\n    role\n    workspace {\n      slug\n      name\n    }\n  }\n}": types.SignInOptionsDocument,
    "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}": types.MeFragmentDoc,
    "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}": types.TaskClockFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n  }\n}": types.WorkspaceDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query People($slug: String!, $admin: Boolean!) {\n  workspace(slug: $slug) {\n    id\n    members {\n      role\n      since\n      user {\n        id\n        displayName\n        email @include(if: $admin)\n      }\n    }\n    invitations @include(if: $admin) {\n      id\n      email\n      role\n      expiresAt\n      invitedBy {\n        id\n        displayName\n      }\n    }\n  }\n}\n\nmutation InviteMember($workspaceId: ID!, $role: Role!, $email: String) {\n  inviteMember(workspaceId: $workspaceId, role: $role, email: $email) {\n    url\n    invitation {\n      id\n      expiresAt\n      role\n    }\n  }\n}\n\nmutation RevokeInvitation($id: ID!) {\n  revokeInvitation(id: $id)\n}\n\nmutation SetMemberRole($workspaceId: ID!, $userId: ID!, $role: Role!) {\n  setMemberRole(workspaceId: $workspaceId, userId: $userId, role: $role) {\n    role\n  }\n}\n\nmutation RemoveMember($workspaceId: ID!, $userId: ID!) {\n  removeMember(workspaceId: $workspaceId, userId: $userId)\n}\n\nmutation RenameWorkspace($id: ID!, $name: String!) {\n  renameWorkspace(id: $id, name: $name) {\n    id\n    name\n  }\n}\n\nmutation DeleteWorkspace($id: ID!, $slug: String!) {\n  deleteWorkspace(id: $id, slug: $slug)\n}"): typeof import('./graphql').PeopleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SignInOptions {\n  signInOptions {\n    signUp\n    providers {\n      name\n      label\n      signInUrl\n    }\n  }\n}\n\nmutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation SignUp($input: SignUpInput!) {\n  signUp(input: $input) {\n    ...SignedIn\n  }\n}\n\nmutation RequestPasswordReset($email: String!) {\n  requestPasswordReset(email: $email)\n}\n\nmutation ResetPassword($token: String!, $newPassword: String!) {\n  resetPassword(token: $token, newPassword: $newPassword) {\n    user {\n      email\n    }\n  }\n}\n\nmutation AcceptInvitation($token: String!) {\n  acceptInvitation(token: $token) {\n    role\n    workspace {\n      slug\n      name\n    }\n  }\n}"): typeof import('./graphql').SignInOptionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}"): typeof import('./graphql').MeFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}"): typeof import('./graphql').TaskClockFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n  }\n}"): typeof import('./graphql').WorkspaceDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
