// A delivery of changes, merged into one list: what changed stays in place, moves, leaves or comes in. Nothing new: the same list.
import type { TaskRowFragment } from "@/generated/graphql";
import { mergeChanges } from "@/lib/merge";
import { belongs, compare, type ListSpec, sameKey } from "./list-spec";

export interface Delivery {
  tasks: readonly TaskRowFragment[];
  deletedIds: readonly string[];
}

export interface TaskList {
  items: readonly TaskRowFragment[];
  endCursor: string | null;
  hasMore: boolean;
}

interface Merged {
  list: TaskList;
  /** Something changed of which only the server can say whether and where it belongs. */
  unsure: boolean;
}

export function mergeList(list: TaskList, spec: ListSpec, { tasks, deletedIds }: Delivery): Merged {
  const { items, fresh } = mergeChanges(list.items, latest(tasks), deletedIds);
  const before = new Map(list.items.map((item) => [item.id, item]));
  const moved: TaskRowFragment[] = [];
  const kept = items.filter((item) => {
    const old = before.get(item.id);
    if (old === item || old === undefined) return true;
    if (belongs(item, spec.filter) === "no") return false;
    if (sameKey(old, item, spec.order)) return true;
    moved.push(item);
    return false;
  });
  const comers = fresh.filter((item) => belongs(item, spec.filter) === "yes");
  const unsure = fresh.some((item) => belongs(item, spec.filter) === "unsure");
  const placed = [...moved, ...comers].reduce((all, item) => place(all, item, spec, list.hasMore), kept);
  return { list: same(placed, list.items) ? list : { ...list, items: placed }, unsure };
}

/** Each task once, as it was delivered last. */
function latest(tasks: readonly TaskRowFragment[]): TaskRowFragment[] {
  return [...new Map(tasks.map((task) => [task.id, task])).values()];
}

/** News of one task that is held with more than its row. */
export function mergeTask<T extends TaskRowFragment>(held: T, news: TaskRowFragment): T {
  return news.version >= held.version ? { ...held, ...news } : held;
}

function place(
  items: TaskRowFragment[],
  item: TaskRowFragment,
  { order }: ListSpec,
  hasMore: boolean,
): TaskRowFragment[] {
  const at = items.findIndex((other) => compare(item, other, order) < 0);
  if (at >= 0) return items.toSpliced(at, 0, item);
  // After all that we hold: it comes with its own page, when there is one.
  return hasMore ? items : [...items, item];
}

function same(a: readonly TaskRowFragment[], b: readonly TaskRowFragment[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** The next page behind a list; what both hold stays where it is. */
export function appendPage(list: TaskList, page: TaskList): TaskList {
  const held = new Set(list.items.map((item) => item.id));
  return { ...page, items: [...list.items, ...page.items.filter((item) => !held.has(item.id))] };
}
