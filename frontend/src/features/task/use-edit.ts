// Edits one field against the version that one saw. When the task changed meanwhile but this field did not, the edit is sent
// again on top; when the field itself changed, the person is told what it is now.
import { TaskDetailDocument, type TaskPatch, UpdateTaskDocument } from "@/generated/graphql";
import { hasCode, reasonOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { useFeed } from "@/lib/tasks/live";
import type { TaskDetail } from "./use-task";

type EditableField = "title" | "description" | "labels" | "durationMs" | "timeoutMs" | "priority" | "maxAttempts";

/** Saves; null when it is done, else what is wrong in words. */
export type Save = (field: EditableField, value: TaskPatch[EditableField]) => Promise<string | null>;

const rounds = 3;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export function useEdit(task: TaskDetail): Save {
  const feed = useFeed();
  return async (field, value) => {
    let seen = task;
    for (let round = 0; round < rounds; round++) {
      try {
        const variables = { id: task.id, input: { [field]: value }, expectedVersion: seen.version };
        const { updateTask } = await client.mutate(UpdateTaskDocument, variables);
        feed.apply({ tasks: [updateTask.task], deletedIds: [] });
        return null;
      } catch (error) {
        if (!hasCode(error, "VERSION_CONFLICT")) return reasonOf(error);
        const now = (await client.query(TaskDetailDocument, { id: task.id }).catch(() => null))?.task;
        if (!now) return reasonOf(error);
        feed.apply({ tasks: [now], deletedIds: [] });
        if (!same(now[field], task[field])) return changedMeanwhile(now, field);
        seen = now;
      }
    }
    return "The task keeps changing. Wait a moment, then save again.";
  };
}

function changedMeanwhile(now: TaskDetail, field: EditableField): string {
  const editor = now.events.nodes.find((event) => event.action === "EDITED")?.actor?.displayName ?? "Someone";
  const value = now[field];
  const shown = Array.isArray(value) ? value.join(", ") : String(value ?? "none");
  return `${editor} has changed it meanwhile to “${shown}”. Save again to put yours in its place.`;
}
