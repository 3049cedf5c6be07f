// What the buttons of a single task set off, with the words that follow.
import { DeleteTaskDocument, type TaskAction, type TaskRowFragment } from "@/generated/graphql";
import { reasonOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { type ActionSpec, actionOf, refusal } from "@/lib/tasks/actions";
import type { Feed } from "@/lib/tasks/feed";
import { offer, report } from "@/ui/offer";
import { toast } from "@/ui/toast";
import { catchUp, isStale } from "./meanwhile";
import { transition, type Why } from "./transition";

/** Does it; says so, with Undo where there is one, or says why not and what happened meanwhile. Never throws. */
export async function perform(
  feed: Feed,
  me: string,
  task: TaskRowFragment,
  id: TaskAction,
  why: Why = {},
): Promise<void> {
  const action = actionOf(id);
  try {
    const after = await transition(feed, task, action, why);
    announce(feed, me, after, action);
  } catch (error) {
    await explain(feed, me, task, `${action.label} “${task.title}”: refused`, error);
  }
}

function announce(feed: Feed, me: string, after: TaskRowFragment, action: ActionSpec): void {
  const message = `${doneWord(after, action)} “${after.title}”`;
  const back = action.undo;
  if (back === null || refusal(after, back) !== null) toast(message);
  else offer({ message, label: "Undo", act: () => void perform(feed, me, feed.held(after.id) ?? after, back) });
}

/** What is on its way is not done yet. */
function doneWord({ status }: TaskRowFragment, action: ActionSpec): string {
  if (status === "PAUSING") return "Pausing";
  if (status === "CANCELLING") return "Cancelling";
  return status === "QUEUED" ? "Queued" : action.done;
}

async function explain(feed: Feed, me: string, task: TaskRowFragment, title: string, error: unknown): Promise<void> {
  const meanwhile = isStale(error) ? await catchUp(feed, task.id, me).catch(() => null) : null;
  report(title, [reasonOf(error), meanwhile].filter(Boolean).join(" "));
}

export async function remove(feed: Feed, me: string, task: TaskRowFragment, reason: string | undefined): Promise<void> {
  try {
    const { deleteTask } = await client.mutate(DeleteTaskDocument, { id: task.id, reason });
    feed.apply({ tasks: [], deletedIds: [deleteTask.deletedId] });
    toast(`Deleted “${task.title}”`);
  } catch (error) {
    await explain(feed, me, task, `Delete “${task.title}”: refused`, error);
  }
}
