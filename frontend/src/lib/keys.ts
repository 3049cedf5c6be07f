// Single keys and short sequences ("g b"), everywhere but where one types. One table of them is shown by `?`.
import { useLayoutEffect, useRef } from "react";
import { isOverlaid } from "./overlays";

export type Bindings = Readonly<Record<string, () => void>>;

const sequenceMs = 1200;

export interface KeyPress {
  key: string;
  at: number;
}

/** Which binding a press completes, and what to remember for the next one. Pure. */
export function matchKey(
  bindings: Bindings,
  before: KeyPress | null,
  press: KeyPress,
): { name: string | null; memory: KeyPress | null } {
  const recent = before !== null && press.at - before.at < sequenceMs ? `${before.key} ${press.key}` : null;
  if (recent !== null && recent in bindings) return { name: recent, memory: null };
  const starts = Object.keys(bindings).some((name) => name.startsWith(`${press.key} `));
  if (starts) return { name: null, memory: press };
  return { name: press.key in bindings ? press.key : null, memory: null };
}

/** Whether the press belongs to what is focused: a field, a menu, a dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (isOverlaid() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
    return true;
  const target = event.target instanceof Element ? event.target : null;
  return (
    target?.closest("input, textarea, select, [contenteditable=true], [role=menu], [role=dialog][aria-modal=true]") !=
    null
  );
}

export function useKeys(bindings: Bindings): void {
  const current = useRef(bindings);
  useLayoutEffect(() => {
    current.current = bindings;
  });
  useLayoutEffect(() => {
    let memory: KeyPress | null = null;
    function onKeyDown(event: KeyboardEvent): void {
      if (isTaken(event)) return;
      const found = matchKey(current.current, memory, { key: event.key, at: event.timeStamp });
      memory = found.memory;
      const act = found.name === null ? undefined : current.current[found.name];
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
