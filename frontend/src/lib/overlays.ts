// What lies over the page: the palette, the form for a new task, the list of keys. One at a time; any feature may open one.
import { createStore, useStore } from "./store";

/** What a new task starts from, when it is a duplicate or a sample. */
export interface TaskDraft {
  title?: string;
  description?: string;
  labels?: readonly string[];
  kind?: string;
  input?: unknown;
  durationMs?: number | null;
  priority?: number;
  timeoutMs?: number | null;
  maxAttempts?: number;
}

export type Overlay = { kind: "none" } | { kind: "palette" } | { kind: "keys" } | { kind: "newTask"; draft: TaskDraft };

const none: Overlay = { kind: "none" };
const overlay = createStore<Overlay>(none);

export function openOverlay(next: Overlay): void {
  overlay.set(next);
}

/** Closes it, unless what it did has already put another in its place. */
export function closeOverlay(kind: Overlay["kind"]): void {
  if (overlay.get().kind === kind) overlay.set(none);
}

/** Whether something lies over the page, or is on its way: keys that are pressed meanwhile are meant for it. */
export function isOverlaid(): boolean {
  return overlay.get().kind !== "none";
}

export function useOverlay(): Overlay {
  return useStore(overlay);
}
