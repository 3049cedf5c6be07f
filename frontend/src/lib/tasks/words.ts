// The line under a bar, in words: how far, how long yet, what it waits for. Pure; the moment is passed in.
import type { TaskRowFragment } from "@/generated/graphql";
import { formatCountdown, formatDuration } from "@/lib/durations";
import { progressAt } from "@/lib/progress";
import { formatRelative } from "@/lib/times";
import { statusWord } from "./groups";

export function summaryOf(task: TaskRowFragment, now: number): string {
  if (task.unheardSince !== null) return silent(task.worker, Date.parse(task.unheardSince), now);
  switch (task.status) {
    case "NOT_STARTED":
      return task.durationMs === null ? "no estimate" : `about ${formatDuration(task.durationMs)}`;
    case "QUEUED":
    case "PAUSING":
    case "CANCELLING":
      return onItsWay(task);
    case "IN_PROGRESS":
      return underWay(task, now);
    case "PAUSED":
      return kept(task, now);
    case "COMPLETED":
      return `took ${formatDuration(task.elapsedMs)}`;
    case "CANCELLED":
    case "FAILED":
      return task.completedAt === null ? statusWord(task.status) : ago(Date.parse(task.completedAt), now);
  }
}

/** What is over lies in the past, however the clocks differ. */
function ago(at: number, now: number): string {
  return formatRelative(at, Math.max(at, now));
}

/** The answer holds the moment, so that it never grows old; the seconds since then are counted here. */
function silent(worker: string | null, since: number, now: number): string {
  return `worker ${worker ?? "unknown"} not heard of for ${formatDuration(Math.max(0, now - since))}`;
}

function onItsWay({ status, waitingFor }: TaskRowFragment): string {
  const word = statusWord(status).toLowerCase();
  if (waitingFor === null) return `${word}…`;
  return `${word} · ${waitingFor.replace(/^It (is )?/, "").replace(/\.$/, "")}`;
}

function underWay(task: TaskRowFragment, now: number): string {
  const { fraction, elapsedMs, leftMs } = progressAt(task, now);
  const percent = task.progress === null || fraction === null ? null : `${Math.floor(fraction * 100)} %`;
  const left = leftMs === null ? `${formatCountdown(elapsedMs)} so far` : `${formatCountdown(leftMs)} left`;
  return percent === null ? left : `${percent} · ${left}`;
}

function kept(task: TaskRowFragment, now: number): string {
  const { fraction, elapsedMs } = progressAt(task, now);
  return fraction === null ? `${formatDuration(elapsedMs)} kept` : `${Math.floor(fraction * 100)} % kept`;
}

/** Who made it, for the viewer: "you", a name, or nothing when that account is gone. */
export function whoMade({ createdBy }: Pick<TaskRowFragment, "createdBy">, me: string): string | null {
  if (createdBy === null) return null;
  return createdBy.id === me ? "you" : createdBy.displayName;
}
