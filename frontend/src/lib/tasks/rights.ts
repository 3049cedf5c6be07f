// What to draw for whom: editing and deleting go by role and by who made the task. The server decides; this only greys things out.
import type { Role, TaskStatus } from "@/generated/graphql";
import { aRole, atLeast } from "@/lib/workspace";

interface Made {
  createdBy: { id: string } | null;
}

const running: ReadonlySet<TaskStatus> = new Set(["QUEUED", "IN_PROGRESS", "PAUSING", "CANCELLING"]);

/** Why this person may not edit the task; null when they may. */
export function editRefusal(task: Made, role: Role, me: string): string | null {
  if (atLeast(role, "ADMIN")) return null;
  if (!atLeast(role, "EDITOR"))
    return `You are ${aRole(role)} here; editing needs EDITOR for one's own tasks, ADMIN for all.`;
  return task.createdBy?.id === me ? null : "Someone else made this task; editing it needs ADMIN.";
}

/** Why this person may not delete the task now; null when they may. */
export function deleteRefusal(task: Made & { status: TaskStatus }, role: Role, me: string): string | null {
  const refusal = editRefusal(task, role, me)?.replace("editing", "deleting") ?? null;
  if (refusal !== null) return refusal;
  return running.has(task.status) ? "It is running; cancel it first, then delete it." : null;
}
