// The stretches of a task's latest attempt, from its history. Pure.
import type { TaskStatus } from "@/generated/graphql";
import type { TaskEvent } from "./use-task";

export interface Segment {
  id: string;
  status: TaskStatus;
  ms: number;
}

const over = new Set<TaskStatus>(["COMPLETED", "CANCELLED", "FAILED", "NOT_STARTED"]);

/** From the latest RUN on, the earliest first; the one that still lasts ends now. `events` come the latest first. */
export function segmentsOf(
  events: readonly Pick<TaskEvent, "id" | "action" | "toStatus" | "at">[],
  now: number,
): Segment[] {
  const moves = events.filter((event) => event.toStatus !== null);
  const start = moves.findIndex((event) => event.action === "RUN");
  const attempt = (start < 0 ? moves : moves.slice(0, start + 1)).toReversed();
  const found: Segment[] = [];
  attempt.forEach(({ id, toStatus, at }, index) => {
    if (toStatus === null || over.has(toStatus)) return;
    const next = attempt[index + 1];
    const end = next === undefined ? now : Date.parse(next.at);
    const ms = Math.max(0, end - Date.parse(at));
    const last = found.at(-1);
    // An edit, or a change that stays within a state, is no new stretch.
    if (last?.status === toStatus) last.ms += ms;
    else found.push({ id, status: toStatus, ms });
  });
  return found;
}

export interface Share {
  id: string;
  status: TaskStatus;
  ms: number;
  /** Of the whole bar, 0..1; null: a notch, for time in which no work was done. */
  share: number | null;
}

const active = new Set<TaskStatus>(["IN_PROGRESS", "PAUSING", "CANCELLING"]);

/** A wait that is shorter than this is none that anybody looks for. */
const noticedMs = 1000;

/** How wide each stretch is drawn: those of work fill the bar as far as the task is, however long it was held between them. */
export function weigh(segments: readonly Segment[], fraction: number): Share[] {
  const worked = segments.reduce((sum, { status, ms }) => sum + (active.has(status) ? ms : 0), 0);
  const drawn = segments.filter(({ status, ms }) => active.has(status) || ms >= noticedMs);
  return drawn.map((segment) => {
    const share = worked === 0 ? 0 : (segment.ms / worked) * fraction;
    return { ...segment, share: active.has(segment.status) ? share : null };
  });
}
