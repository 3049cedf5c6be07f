// After many at once: a word, and Undo where there is one and the answer named every task.
import type { TaskAction } from "@/generated/graphql";
import { actionOf } from "@/lib/tasks/actions";
import { offer } from "@/ui/offer";
import { toast, toastError } from "@/ui/toast";
import { execute, type Job } from "./bulk-job";
import { type BulkResult, changedIds, countOf } from "./bulk-outcomes";

export function offerUndo(job: Job, result: BulkResult): void {
  if (result.changed === 0) return;
  const done = job.action === "DELETE" ? "Deleted" : actionOf(job.action).done;
  const message = `${done} ${countOf(result.changed)}`;
  const undo = job.action === "DELETE" ? null : actionOf(job.action).undo;
  const ids = changedIds(result);
  if (undo === null || ids === null) toast(message);
  else offer({ message, label: "Undo", act: () => void back(job, undo, ids) });
}

async function back(job: Job, action: TaskAction, ids: string[]): Promise<void> {
  const target = { ...job.target, ids, filter: null, label: countOf(ids.length) };
  try {
    const { changed, refused } = await execute({ ...job, action, target }, undefined);
    toast(
      `${actionOf(action).done} ${countOf(changed)}${refused > 0 ? `; ${refused.toLocaleString("en")} had moved on meanwhile` : ""}`,
    );
  } catch (error) {
    toastError(error);
  }
}
