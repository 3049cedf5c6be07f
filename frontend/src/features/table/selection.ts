// Which tasks are chosen: some by one, or all that match, also those that are not loaded. Pure.
import type { TaskRowFragment } from "@/generated/graphql";

export type Selection = { all: false; ids: ReadonlySet<string> } | { all: true };

export const nothing: Selection = { all: false, ids: new Set() };

export function isChosen(selection: Selection, id: string): boolean {
  return selection.all || selection.ids.has(id);
}

export function isEmpty(selection: Selection): boolean {
  return !selection.all && selection.ids.size === 0;
}

/** Takes one in or out. Out of "all that match" leaves the others of those that we hold. */
export function toggle(selection: Selection, id: string, held: readonly TaskRowFragment[]): Selection {
  const ids = new Set(selection.all ? held.map((task) => task.id) : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids };
}

/** From the one clicked before to this one, as with the shift key. */
export function extend(selection: Selection, from: string, to: string, held: readonly TaskRowFragment[]): Selection {
  const order = held.map((task) => task.id);
  const [a, b] = [order.indexOf(from), order.indexOf(to)].sort((x, y) => x - y) as [number, number];
  const before = selection.all ? order : [...selection.ids];
  return { all: false, ids: new Set([...before, ...(a < 0 ? [to] : order.slice(a, b + 1))]) };
}

/** The box in the heading: all that are loaded, or none. */
export function toggleAll(selection: Selection, held: readonly TaskRowFragment[]): Selection {
  const every = held.length > 0 && held.every((task) => isChosen(selection, task.id));
  return every ? nothing : { all: false, ids: new Set(held.map((task) => task.id)) };
}

/** Without those that are gone, or no longer match. The same when nothing is. */
export function keepHeld(selection: Selection, held: readonly TaskRowFragment[]): Selection {
  if (selection.all || selection.ids.size === 0) return selection;
  const here = new Set(held.map((task) => task.id));
  const ids = [...selection.ids].filter((id) => here.has(id));
  return ids.length === selection.ids.size ? selection : { all: false, ids: new Set(ids) };
}
