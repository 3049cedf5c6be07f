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
    "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}": typeof types.MeFragmentDoc,
    "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}": typeof types.TaskClockFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n  }\n}": typeof types.WorkspaceDocument,
};
const documents: Documents = {
    "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}": types.MeFragmentDoc,
    "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}": types.TaskClockFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n  }\n}": types.WorkspaceDocument,
};

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
