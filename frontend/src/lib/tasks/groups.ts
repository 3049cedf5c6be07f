// The columns of the board: which statuses stand together, under which name and colour, and in which order.
import type { TaskAction, TaskOrder, TaskStatus } from "@/generated/graphql";

type GroupId = "notStarted" | "inProgress" | "paused" | "cancelled" | "completed" | "failed";

export interface Group {
  id: GroupId;
  title: string;
  /** What an empty column says. */
  empty: string;
  statuses: readonly TaskStatus[];
  /** Names of ui/tokens.css. */
  color: string;
  soft: string;
  order: TaskOrder;
  /** Buttons to draw, disabled and with the reason, when the server allows nothing at all. */
  buttons: readonly TaskAction[];
}

const newest: TaskOrder = { field: "CREATED_AT", direction: "DESC" };
const latest: TaskOrder = { field: "UPDATED_AT", direction: "DESC" };

export const groups: readonly Group[] = [
  {
    id: "notStarted",
    title: "Not started",
    empty: "Nothing waits to be started",
    statuses: ["NOT_STARTED"],
    color: "var(--gray)",
    soft: "var(--track)",
    order: newest,
    buttons: ["RUN"],
  },
  {
    id: "inProgress",
    title: "In progress",
    empty: "Nothing is running",
    statuses: ["QUEUED", "IN_PROGRESS", "PAUSING"],
    color: "var(--run)",
    soft: "var(--accent-soft)",
    order: newest,
    buttons: ["PAUSE", "CANCEL"],
  },
  {
    id: "paused",
    title: "Paused",
    empty: "Nothing is paused",
    statuses: ["PAUSED"],
    color: "var(--pause)",
    soft: "var(--pause-soft)",
    order: latest,
    buttons: ["RESUME", "CANCEL"],
  },
  {
    id: "cancelled",
    title: "Cancelled",
    empty: "Nothing was cancelled",
    statuses: ["CANCELLING", "CANCELLED"],
    color: "var(--gray)",
    soft: "var(--track)",
    order: latest,
    buttons: ["RUN"],
  },
  {
    id: "completed",
    title: "Completed",
    empty: "Nothing is done yet",
    statuses: ["COMPLETED"],
    color: "var(--ok)",
    soft: "var(--ok-soft)",
    order: latest,
    buttons: [],
  },
  {
    id: "failed",
    title: "Failed",
    empty: "Nothing has failed",
    statuses: ["FAILED"],
    color: "var(--bad)",
    soft: "var(--bad-soft)",
    order: latest,
    buttons: ["RUN"],
  },
];

const byStatus = new Map(groups.flatMap((group) => group.statuses.map((status) => [status, group] as const)));

export function groupOf(status: TaskStatus): Group {
  const group = byStatus.get(status);
  if (group === undefined) throw new Error(`no column for ${status}`);
  return group;
}

/** The colour of a state: that of its column, but a task that is being paused already has the colour of a pause. */
export function colorOf(status: TaskStatus): string {
  if (status === "PAUSING") return "var(--pause)";
  return status === "QUEUED" ? "var(--gray)" : groupOf(status).color;
}

const words: Record<TaskStatus, string> = {
  NOT_STARTED: "Not started",
  QUEUED: "Queued",
  IN_PROGRESS: "In progress",
  PAUSING: "Pausing",
  PAUSED: "Paused",
  CANCELLING: "Cancelling",
  CANCELLED: "Cancelled",
  COMPLETED: "Completed",
  FAILED: "Failed",
};

export const allStatuses = Object.keys(words) as TaskStatus[];

export function statusWord(status: TaskStatus): string {
  return words[status];
}
