// A worked example for each common job, with the ids of one's own workspace filled in.

export interface Example {
  title: string;
  about: string;
  query: string;
  variables?: Record<string, unknown>;
}

interface Place {
  id: string;
  slug: string;
}

const card = "id title status elapsedMs durationMs version allowedActions";

export function examplesFor(place: Place = { id: "<id of a workspace>", slug: "<its short name>" }): Example[] {
  return [...reading(place), ...creating(place), ...moving(), ...many(place), ...watching(place), ...managing(place)];
}

function reading({ slug }: Place): Example[] {
  return [
    {
      title: "List tasks",
      about: "the newest twenty, a page at a time",
      query: `query ListTasks($slug: String!, $after: String) {\n  workspace(slug: $slug) {\n    counts { status count }\n    tasks(first: 20, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {\n      nodes { ${card} }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n}`,
      variables: { slug },
    },
    {
      title: "Find tasks",
      about: "by state, label and words",
      query: `query FindTasks($slug: String!, $filter: TaskFilter) {\n  workspace(slug: $slug) {\n    tasks(first: 20, filter: $filter) {\n      totalCount\n      nodes { ${card} labels }\n    }\n  }\n}`,
      variables: { slug, filter: { status: ["IN_PROGRESS", "PAUSED"], search: "import" } },
    },
    {
      title: "One task with its history",
      about: "who did what, when and why",
      query: `query OneTask($id: ID!) {\n  task(id: $id) {\n    ${card}\n    waitingFor\n    can { action allowed reason }\n    events(first: 50) {\n      nodes { action fromStatus toStatus elapsedMs reason at actor { displayName } }\n    }\n  }\n}`,
      variables: { id: "<id of a task>" },
    },
  ];
}

function creating({ id }: Place): Example[] {
  return [
    {
      title: "Create a task",
      about: "a timer of ten seconds",
      query: `mutation CreateTask($workspaceId: ID!, $input: TaskInput!) {\n  createTask(workspaceId: $workspaceId, input: $input) {\n    task { ${card} }\n    event { action at }\n  }\n}`,
      variables: { workspaceId: id, input: { title: "Brew the team’s tea", durationMs: 10_000, labels: ["kitchen"] } },
    },
  ];
}

function moving(): Example[] {
  const verbs = [
    ["Run", "a task that is not started, cancelled or failed"],
    ["Pause", "and keep the time already spent"],
    ["Resume", "from where it was paused"],
    ["Cancel", "and give the spent time up"],
  ] as const;
  return verbs.map(([verb, about]) => ({
    title: `${verb} a task`,
    about,
    query: `mutation ${verb}Task($id: ID!, $expectedVersion: Int, $reason: String) {\n  ${verb.toLowerCase()}Task(id: $id, expectedVersion: $expectedVersion, reason: $reason) {\n    task { ${card} waitingFor }\n    event { fromStatus toStatus at }\n  }\n}`,
    variables: { id: "<id of a task>", reason: "shown in its history" },
  }));
}

function many({ id }: Place): Example[] {
  return [
    {
      title: "Pause many at once",
      about: "first as a dry run: what would happen",
      query: `mutation PauseMany($workspaceId: ID!, $target: TaskTarget!, $dryRun: Boolean) {\n  transitionTasks(workspaceId: $workspaceId, action: PAUSE, target: $target, dryRun: $dryRun) {\n    matched\n    changed\n    refused\n    outcomes { taskId changed status code message }\n  }\n}`,
      variables: { workspaceId: id, target: { filter: { status: ["IN_PROGRESS"] } }, dryRun: true },
    },
  ];
}

function watching({ id, slug }: Place): Example[] {
  return [
    {
      title: "What changed since",
      about: "cheap polling: the changes only",
      query: `query Changes($slug: String!, $since: String!) {\n  workspace(slug: $slug) {\n    revision\n    changes(since: $since) {\n      revision\n      reset\n      hasMore\n      deletedIds\n      tasks { ${card} }\n    }\n  }\n}`,
      variables: { slug, since: "<a revision that you got before>" },
    },
    {
      title: "Follow changes",
      about: "a subscription, over server-sent events",
      query: `subscription Follow($workspaceId: ID!) {\n  taskChanged(workspaceId: $workspaceId) {\n    revision\n    deletedIds\n    tasks { ${card} }\n  }\n}`,
      variables: { workspaceId: id },
    },
  ];
}

function managing({ id, slug }: Place): Example[] {
  return [
    {
      title: "Invite somebody",
      about: "a link to send; for admins",
      query: `mutation Invite($workspaceId: ID!, $role: Role!) {\n  inviteMember(workspaceId: $workspaceId, role: $role) {\n    url\n    invitation { id role expiresAt }\n  }\n}`,
      variables: { workspaceId: id, role: "OPERATOR" },
    },
    {
      title: "Make a token for a program",
      about: "its secret is shown once",
      query: `mutation MakeToken($workspaceId: ID!, $name: String!, $role: Role!) {\n  createApiToken(workspaceId: $workspaceId, name: $name, role: $role) {\n    secret\n    apiToken { id name role expiresAt }\n  }\n}`,
      variables: { workspaceId: id, name: "nightly import", role: "OPERATOR" },
    },
    {
      title: "Read the audit",
      about: "the latest events of the workspace",
      query: `query Audit($slug: String!) {\n  workspace(slug: $slug) {\n    events(first: 20) {\n      nodes { action at reason via actor { displayName } subject { displayName } task { title } detail }\n    }\n  }\n}`,
      variables: { slug },
    },
  ];
}
