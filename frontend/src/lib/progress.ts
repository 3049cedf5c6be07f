// How far a task is, at a moment of the server's clock. A bar never runs back, past its end, or below nothing.
import type { TaskClockFragment, TaskStatus } from "@/generated/graphql";

export interface Progress {
  /** 0..1; null when there is nothing to go by. */
  fraction: number | null;
  elapsedMs: number;
  /** Active time left; null when unknown. */
  leftMs: number | null;
}

const moving: ReadonlySet<TaskStatus> = new Set(["IN_PROGRESS", "PAUSING", "CANCELLING"]);

export function progressAt(task: TaskClockFragment, now: number): Progress {
  const elapsedMs = elapsedAt(task, now);
  if (task.status === "COMPLETED") return { fraction: 1, elapsedMs, leftMs: 0 };
  const byTime = task.durationMs ? clamp(elapsedMs / task.durationMs) : null;
  const fraction = task.progress === null ? byTime : clamp(task.progress);
  return { fraction, elapsedMs, leftMs: leftOf(task, elapsedMs, fraction) };
}

function elapsedAt(task: TaskClockFragment, now: number): number {
  const start = moving.has(task.status) && task.lastRunAt !== null ? Date.parse(task.lastRunAt) : Number.NaN;
  const running = Number.isNaN(start) ? 0 : Math.max(0, now - start);
  const total = Math.max(0, task.elapsedMs) + running;
  return task.durationMs && task.progress === null ? Math.min(total, task.durationMs) : total;
}

function leftOf(task: TaskClockFragment, elapsedMs: number, fraction: number | null): number | null {
  if (task.durationMs !== null) return Math.max(0, task.durationMs - elapsedMs);
  if (fraction === null || fraction < 0.05) return null;
  return Math.round(elapsedMs / fraction - elapsedMs);
}

/** What to show next, given what was shown: within one attempt a bar only grows, whatever the clocks say. */
export function advance(shown: { attempt: number; fraction: number } | null, attempt: number, next: number): number {
  return shown !== null && shown.attempt === attempt ? Math.max(shown.fraction, next) : next;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
