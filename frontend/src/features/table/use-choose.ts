// Choosing a row, or with the shift key all from the one before: one function for all rows, always the same, so that none renders for it.
import { useEffect, useRef } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { extend, type Selection, toggle } from "./selection";

export function useChoose(
  tasks: readonly TaskRowFragment[],
  selection: Selection,
  select: (next: Selection) => void,
): (id: string, range: boolean) => void {
  const latest = useRef({ tasks, selection, select });
  const anchor = useRef<string | null>(null);
  useEffect(() => {
    latest.current = { tasks, selection, select };
  });
  return useRef((id: string, range: boolean) => {
    const { tasks: held, selection: now, select: set } = latest.current;
    set(range && anchor.current !== null ? extend(now, anchor.current, id, held) : toggle(now, id, held));
    anchor.current = id;
  }).current;
}
