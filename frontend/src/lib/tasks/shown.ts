// The tasks that are on the screen, in reading order, column by column; `j` and `k` go through them, the palette lists them.
import type { TaskRowFragment } from "@/generated/graphql";

const columns = new Map<string, readonly TaskRowFragment[]>();

/** A column (or the table) says what it shows; undefined: it is gone. */
export function show(column: string, tasks: readonly TaskRowFragment[] | undefined): void {
  if (tasks === undefined) columns.delete(column);
  else columns.set(column, tasks);
}

/** The ids of the column that the task is in; of the first one that is not empty when it is in none. */
export function shownIds(id: string | null): readonly string[] {
  const all = [...columns.values()];
  const column = all.find((tasks) => tasks.some((task) => task.id === id)) ?? all.find((tasks) => tasks.length > 0);
  return (column ?? []).map((task) => task.id);
}

/** The id at the same height in the column to the left (-1) or right (1); empty columns are passed over. */
export function beside(id: string, by: 1 | -1): string | undefined {
  const all = [...columns.values()].filter((tasks) => tasks.length > 0);
  const at = all.findIndex((tasks) => tasks.some((task) => task.id === id));
  const row = all[at]?.findIndex((task) => task.id === id) ?? 0;
  const next = all[at + by];
  return next?.[Math.min(row, next.length - 1)]?.id;
}

/** The labels in use, as far as one can see, to choose from. */
export function shownLabels(): string[] {
  const labels = new Set([...columns.values()].flatMap((tasks) => tasks.flatMap((task) => task.labels)));
  return [...labels].sort();
}
