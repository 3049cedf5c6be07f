// Many tasks at once: first what would happen, then the same for real. Transitions are one request; deletions one a task.
import {
  DeletableDocument,
  DeleteTaskDocument,
  type Role,
  type TaskAction,
  TransitionTasksDocument,
} from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import type { BulkTarget } from "@/lib/tasks/act";
import type { Feed } from "@/lib/tasks/feed";
import { deleteRefusal } from "@/lib/tasks/rights";
import type { BulkResult, Outcome } from "./bulk-outcomes";

export interface Job {
  feed: Feed;
  me: string;
  role: Role;
  workspaceId: string;
  target: BulkTarget;
  action: TaskAction | "DELETE";
  done: () => void;
}

/** As many outcomes as an answer may hold: five fields each, of 20,000. */
const most = 3000;
const atOnce = 4;

export async function rehearse(job: Job): Promise<BulkResult> {
  if (job.action !== "DELETE") return transitionAll(job, job.action, true);
  const candidates = await deletable(job);
  return resultOf(candidates.map(({ id, refusal }) => ({ taskId: id, changed: refusal === null, message: refusal })));
}

export async function execute(
  job: Job,
  reason: string | undefined,
  progress: (done: number) => void,
): Promise<BulkResult> {
  if (job.action === "DELETE") return deleteAll(job, reason, progress);
  const result = await transitionAll(job, job.action, false, reason);
  job.feed.lookSoon();
  return result;
}

async function transitionAll(job: Job, action: TaskAction, dryRun: boolean, reason?: string): Promise<BulkResult> {
  const { workspaceId, target } = job;
  const asked = target.ids === null ? { filter: target.filter ?? {} } : { ids: [...target.ids] };
  const variables = { workspaceId, action, target: asked, reason, dryRun, first: most };
  return (await client.mutate(TransitionTasksDocument, variables)).transitionTasks;
}

function resultOf(outcomes: Outcome[]): BulkResult {
  const changed = outcomes.filter((outcome) => outcome.changed).length;
  return { matched: outcomes.length, changed, refused: outcomes.length - changed, outcomes };
}

interface Candidate {
  id: string;
  refusal: string | null;
}

async function deletable({ feed, me, role, target }: Job): Promise<Candidate[]> {
  if (target.ids !== null) {
    return target.ids.map((id) => {
      const task = feed.held(id);
      return { id, refusal: task === undefined ? "It is no longer there." : deleteRefusal(task, role, me) };
    });
  }
  const found: Candidate[] = [];
  let after: string | null = null;
  do {
    const { workspace }: Awaited<ReturnType<typeof readPage>> = await readPage(feed.slug, target, after);
    const page = workspace?.tasks;
    found.push(...(page?.nodes ?? []).map((task) => ({ id: task.id, refusal: deleteRefusal(task, role, me) })));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

function readPage(slug: string, { filter }: BulkTarget, after: string | null) {
  return client.query(DeletableDocument, { slug, filter, after });
}

async function deleteAll(job: Job, reason: string | undefined, progress: (done: number) => void): Promise<BulkResult> {
  const waiting = await deletable(job);
  const outcomes: Outcome[] = [];
  async function worker(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      outcomes.push(await deleteOne(job.feed, next, reason));
      progress(outcomes.length);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  return resultOf(outcomes);
}

async function deleteOne(feed: Feed, { id, refusal }: Candidate, reason: string | undefined): Promise<Outcome> {
  if (refusal !== null) return { taskId: id, changed: false, message: refusal };
  try {
    await client.mutate(DeleteTaskDocument, { id, reason });
    feed.apply({ tasks: [], deletedIds: [id] });
    return { taskId: id, changed: true, message: null };
  } catch (error) {
    return { taskId: id, changed: false, message: messageOf(error) };
  }
}
