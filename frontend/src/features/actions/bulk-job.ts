// Many tasks at once: first what would happen, then the same for real, each in one request and one transaction.
import { DeleteTasksDocument, type TaskAction, TransitionTasksDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import type { BulkTarget } from "@/lib/tasks/act";
import type { Feed } from "@/lib/tasks/feed";
import type { BulkResult } from "./bulk-outcomes";

export interface Job {
  feed: Feed;
  workspaceId: string;
  target: BulkTarget;
  action: TaskAction | "DELETE";
  done: () => void;
}

/** As many outcomes as an answer may hold: five fields each, of 20,000. */
const most = 3000;

export function rehearse(job: Job): Promise<BulkResult> {
  return ask(job, true);
}

export async function execute(job: Job, reason: string | undefined): Promise<BulkResult> {
  const result = await ask(job, false, reason);
  job.feed.lookSoon();
  return result;
}

async function ask({ workspaceId, target, action }: Job, dryRun: boolean, reason?: string): Promise<BulkResult> {
  const asked = target.ids === null ? { filter: target.filter ?? {} } : { ids: [...target.ids] };
  const variables = { workspaceId, target: asked, reason, dryRun, first: most };
  if (action === "DELETE") return (await client.mutate(DeleteTasksDocument, variables)).deleteTasks;
  return (await client.mutate(TransitionTasksDocument, { ...variables, action })).transitionTasks;
}
