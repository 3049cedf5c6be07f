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
    "query Changes($slug: String!, $since: String!) {\n  workspace(slug: $slug) {\n    id\n    viewerRole\n    ...Counts\n    changes(since: $since) {\n      revision\n      tasks {\n        ...TaskRow\n      }\n      deletedIds\n      hasMore\n      reset\n    }\n  }\n}": typeof types.ChangesDocument,
    "fragment TaskRow on Task {\n  id\n  title\n  labels\n  kind\n  ...TaskClock\n  progressNote\n  result\n  error\n  priority\n  version\n  createdBy {\n    id\n    displayName\n  }\n  createdAt\n  updatedAt\n  dueAt\n  resumeAt\n  completedAt\n  maxAttempts\n  worker\n  waitingFor\n  allowedActions\n  can {\n    action\n    allowed\n    reason\n  }\n}\n\nfragment TaskPage on TaskConnection {\n  nodes {\n    ...TaskRow\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment Counts on Workspace {\n  counts {\n    status\n    count\n  }\n}\n\nquery Tasks($slug: String!, $filter: TaskFilter, $orderBy: TaskOrder, $first: Int!, $after: String) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      ...TaskPage\n    }\n  }\n}\n\nquery TotalCount($slug: String!, $filter: TaskFilter) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n}\n\nquery TaskChoices($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    kinds {\n      name\n      label\n      description\n      pausability\n      inputSchema\n      minimumRole\n    }\n    members {\n      user {\n        id\n        displayName\n      }\n    }\n  }\n}": typeof types.TaskRowFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n    revision\n    ...Counts\n  }\n}": typeof types.WorkspaceDocument,
};
const documents: Documents = {
    "fragment Me on User {\n  id\n  email\n  displayName\n  isInstanceAdmin\n  workspaces {\n    role\n    workspace {\n      id\n      slug\n      name\n    }\n  }\n}\n\nfragment SignedIn on Credentials {\n  accessToken\n  expiresAt\n  user {\n    ...Me\n  }\n}\n\nmutation RefreshSession {\n  refreshSession(useCookie: true) {\n    ...SignedIn\n  }\n}\n\nquery Viewer {\n  viewer {\n    ...Me\n  }\n}\n\nmutation SignOut($everywhere: Boolean!) {\n  signOut(everywhere: $everywhere)\n}": types.MeFragmentDoc,
    "fragment TaskClock on Task {\n  status\n  durationMs\n  elapsedMs\n  lastRunAt\n  progress\n  attempt\n}": types.TaskClockFragmentDoc,
    "query Changes($slug: String!, $since: String!) {\n  workspace(slug: $slug) {\n    id\n    viewerRole\n    ...Counts\n    changes(since: $since) {\n      revision\n      tasks {\n        ...TaskRow\n      }\n      deletedIds\n      hasMore\n      reset\n    }\n  }\n}": types.ChangesDocument,
    "fragment TaskRow on Task {\n  id\n  title\n  labels\n  kind\n  ...TaskClock\n  progressNote\n  result\n  error\n  priority\n  version\n  createdBy {\n    id\n    displayName\n  }\n  createdAt\n  updatedAt\n  dueAt\n  resumeAt\n  completedAt\n  maxAttempts\n  worker\n  waitingFor\n  allowedActions\n  can {\n    action\n    allowed\n    reason\n  }\n}\n\nfragment TaskPage on TaskConnection {\n  nodes {\n    ...TaskRow\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment Counts on Workspace {\n  counts {\n    status\n    count\n  }\n}\n\nquery Tasks($slug: String!, $filter: TaskFilter, $orderBy: TaskOrder, $first: Int!, $after: String) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      ...TaskPage\n    }\n  }\n}\n\nquery TotalCount($slug: String!, $filter: TaskFilter) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n}\n\nquery TaskChoices($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    kinds {\n      name\n      label\n      description\n      pausability\n      inputSchema\n      minimumRole\n    }\n    members {\n      user {\n        id\n        displayName\n      }\n    }\n  }\n}": types.TaskRowFragmentDoc,
    "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n    revision\n    ...Counts\n  }\n}": types.WorkspaceDocument,
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
export function graphql(source: "query Changes($slug: String!, $since: String!) {\n  workspace(slug: $slug) {\n    id\n    viewerRole\n    ...Counts\n    changes(since: $since) {\n      revision\n      tasks {\n        ...TaskRow\n      }\n      deletedIds\n      hasMore\n      reset\n    }\n  }\n}"): typeof import('./graphql').ChangesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment TaskRow on Task {\n  id\n  title\n  labels\n  kind\n  ...TaskClock\n  progressNote\n  result\n  error\n  priority\n  version\n  createdBy {\n    id\n    displayName\n  }\n  createdAt\n  updatedAt\n  dueAt\n  resumeAt\n  completedAt\n  maxAttempts\n  worker\n  waitingFor\n  allowedActions\n  can {\n    action\n    allowed\n    reason\n  }\n}\n\nfragment TaskPage on TaskConnection {\n  nodes {\n    ...TaskRow\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nfragment Counts on Workspace {\n  counts {\n    status\n    count\n  }\n}\n\nquery Tasks($slug: String!, $filter: TaskFilter, $orderBy: TaskOrder, $first: Int!, $after: String) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n      ...TaskPage\n    }\n  }\n}\n\nquery TotalCount($slug: String!, $filter: TaskFilter) {\n  workspace(slug: $slug) {\n    id\n    tasks(filter: $filter, first: 1) {\n      totalCount\n    }\n  }\n}\n\nquery TaskChoices($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    kinds {\n      name\n      label\n      description\n      pausability\n      inputSchema\n      minimumRole\n    }\n    members {\n      user {\n        id\n        displayName\n      }\n    }\n  }\n}"): typeof import('./graphql').TaskRowFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Workspace($slug: String!) {\n  workspace(slug: $slug) {\n    id\n    slug\n    name\n    viewerRole\n    revision\n    ...Counts\n  }\n}"): typeof import('./graphql').WorkspaceDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
