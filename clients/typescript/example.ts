/** Makes a task in a workspace, runs and pauses it: FERMATA_URL=… FERMATA_TOKEN=fmt_… node example.ts SLUG */

import { Fermata, FermataError, operation, type TaskStatus } from "./fermata.ts";

interface Task {
  id: string;
  title: string;
  status: TaskStatus;
  elapsedMs: number;
}

const FIND = operation<{ workspace: { id: string } }, { slug: string }>(
  "query Find($slug: String!) { workspace(slug: $slug) { id } }",
);
const CREATE = operation<{ createTask: { task: Task } }, { workspace: string; input: { title: string; durationMs: number } }>(
  `mutation Create($workspace: ID!, $input: TaskInput!) {
    createTask(workspaceId: $workspace, input: $input) { task { id title status elapsedMs } } }`,
);
const RUN = operation<{ runTask: { task: Task } }, { id: string }>(
  "mutation Run($id: ID!) { runTask(id: $id) { task { id title status elapsedMs } } }",
);
const PAUSE = operation<{ pauseTask: { task: Task } }, { id: string }>(
  "mutation Pause($id: ID!) { pauseTask(id: $id) { task { id title status elapsedMs } } }",
);

const fermata = new Fermata(process.env.FERMATA_URL ?? "http://127.0.0.1:8000", process.env.FERMATA_TOKEN ?? "");

try {
  const { workspace } = await fermata.ask(FIND, { slug: process.argv[2] ?? "" });
  const input = { title: "From TypeScript", durationMs: 60_000 };
  const { task } = (await fermata.ask(CREATE, { workspace: workspace.id, input })).createTask;
  console.log(task.title, task.status);
  console.log((await fermata.ask(RUN, { id: task.id })).runTask.task.status);
  console.log((await fermata.ask(PAUSE, { id: task.id })).pauseTask.task.status);
} catch (error) {
  if (!(error instanceof FermataError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
