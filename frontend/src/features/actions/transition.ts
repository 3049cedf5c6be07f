// One action on one task: drawn at once, settled by the answer, taken back with the reason when it is refused.
import {
  CancelTaskDocument,
  PauseTaskDocument,
  ResumeTaskDocument,
  RunTaskDocument,
  type TaskRowFragment,
} from "@/generated/graphql";
import { serverNow } from "@/lib/clock";
import { client } from "@/lib/graphql";
import type { ActionSpec } from "@/lib/tasks/actions";
import { expected } from "@/lib/tasks/expect";
import type { Feed } from "@/lib/tasks/feed";

export interface Why {
  reason?: string | undefined;
  resumeAt?: string | undefined;
}

/** The task as it is afterwards. Throws what the server refused it with, after everything looks as it did before. */
export async function transition(
  feed: Feed,
  task: TaskRowFragment,
  action: ActionSpec,
  why: Why = {},
): Promise<TaskRowFragment> {
  feed.expect(task, expected(task, action, serverNow()));
  try {
    const after = await send(task.id, action, why);
    feed.settle(task.id, after);
    return after;
  } catch (error) {
    feed.settle(task.id, null);
    throw error;
  }
}

async function send(id: string, { id: action }: ActionSpec, { reason, resumeAt }: Why): Promise<TaskRowFragment> {
  switch (action) {
    case "RUN":
      return (await client.mutate(RunTaskDocument, { id, reason })).runTask.task;
    case "PAUSE":
      return (await client.mutate(PauseTaskDocument, { id, reason, resumeAt })).pauseTask.task;
    case "RESUME":
      return (await client.mutate(ResumeTaskDocument, { id, reason })).resumeTask.task;
    case "CANCEL":
      return (await client.mutate(CancelTaskDocument, { id, reason })).cancelTask.task;
  }
}
