// The card moves at once: how a task looks from the click until the server's answer, which replaces it or takes it back.
import type { TaskRowFragment } from "@/generated/graphql";
import { progressAt } from "@/lib/progress";
import type { ActionSpec } from "./actions";

const waiting = "Waiting for the server's answer.";

export function expected(task: TaskRowFragment, action: ActionSpec, now: number): TaskRowFragment {
  const { elapsedMs } = progressAt(task, now);
  const at = new Date(now).toISOString();
  const status = task.kind === "timer" ? action.expects.timer : action.expects.work;
  const base: TaskRowFragment = { ...task, status, ...nothingAllowed(task) };
  switch (action.id) {
    case "RUN":
      return { ...base, elapsedMs: 0, progress: null, lastRunAt: at, error: null, result: null };
    case "RESUME":
      return task.status === "PAUSING"
        ? { ...base, status: "IN_PROGRESS" }
        : { ...base, lastRunAt: at, resumeAt: null };
    case "PAUSE":
      return status === "PAUSED" ? { ...base, elapsedMs } : base;
    case "CANCEL":
      return status === "CANCELLED" ? { ...base, elapsedMs: 0, completedAt: at } : base;
  }
}

function nothingAllowed(task: TaskRowFragment): Pick<TaskRowFragment, "allowedActions" | "can" | "waitingFor"> {
  const can = task.can.map((permission) => ({ ...permission, allowed: false, reason: waiting }));
  return { allowedActions: [], can, waitingFor: null };
}
