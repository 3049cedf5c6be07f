// What a list of tasks holds and in which order, and whether a task belongs to it: decided here where it can be, else by the server.
import type { TaskFilter, TaskOrder, TaskRowFragment } from "@/generated/graphql";

export interface ListSpec {
  filter: TaskFilter;
  order: TaskOrder;
}

/** "unsure": the words of a search or a date are the server's to judge. */
export type Belongs = "yes" | "no" | "unsure";

export function belongs(task: TaskRowFragment, filter: TaskFilter): Belongs {
  const { status, kind, labels, createdBy } = filter;
  if (status && !status.includes(task.status)) return "no";
  if (kind && !kind.includes(task.kind)) return "no";
  if (labels?.some((label) => !task.labels.includes(label))) return "no";
  if (createdBy && task.createdBy?.id !== createdBy) return "no";
  const judgedThere = filter.search || filter.updatedAfter || filter.createdAfter || filter.createdBefore;
  return judgedThere ? "unsure" : "yes";
}

type Key = string | number;

function keyOf(task: TaskRowFragment, { field }: TaskOrder): Key {
  switch (field) {
    case "CREATED_AT":
      return task.createdAt;
    case "UPDATED_AT":
      return task.updatedAt;
    case "PRIORITY":
      return task.priority;
    case "TITLE":
      return task.title;
  }
}

const ascending = (a: Key, b: Key) => (a < b ? -1 : Number(a > b));

/** Like the server's order; tasks that are equal in it stand by when they were made (the ids are made in that order). */
export function compare(a: TaskRowFragment, b: TaskRowFragment, order: TaskOrder): number {
  const way = order.direction === "ASC" ? 1 : -1;
  return way * (ascending(keyOf(a, order), keyOf(b, order)) || ascending(a.createdAt, b.createdAt));
}

export function sameKey(a: TaskRowFragment, b: TaskRowFragment, order: TaskOrder): boolean {
  return keyOf(a, order) === keyOf(b, order);
}
