// Where the person is: the task that has, or last had, the keyboard. Keys act on it; it keeps its focus when it moves to another column.
import { createStore } from "@/lib/store";

interface Cursor {
  id: string | null;
  /** "go": scroll to it and focus it (`j`, `k`). "follow": it was moved from under the keyboard; focus it where it is drawn next. */
  wanted: "no" | "go" | "follow";
}

export const cursor = createStore<Cursor>({ id: null, wanted: "no" });

/** The keyboard is on this task now. */
export function standOn(id: string | null): void {
  const { id: before, wanted } = cursor.get();
  if (before !== id || wanted !== "no") cursor.set({ id, wanted: "no" });
}

export function goTo(id: string): void {
  cursor.set({ id, wanted: "go" });
}

/** The task leaves its place while it has the keyboard. */
export function follow(id: string): void {
  cursor.set({ id, wanted: "follow" });
}

/** The task that `j` (1) or `k` (-1) leads to; the first when we stand nowhere. */
export function step(ids: readonly string[], from: string | null, by: 1 | -1): string | undefined {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return ids[0];
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))];
}
