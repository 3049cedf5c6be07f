// What a duplicate of a task starts from.
import { TaskDraftDocument } from "@/generated/graphql";
import { ApiError } from "@/lib/errors";
import { client } from "@/lib/graphql";
import type { TaskDraft } from "@/lib/overlays";

export async function draftOf(id: string): Promise<TaskDraft> {
  const { task } = await client.query(TaskDraftDocument, { id });
  if (task === null) throw new ApiError("NOT_FOUND", "This task has been deleted, or is no longer yours to see.");
  return task;
}
