// How what is drawn of a task follows the keyboard, and the keyboard follows the task.
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { cursor, follow, standOn } from "./cursor";

/** For a card or a row: the ref of the whole, and of what takes the focus. */
export function useCursor<T extends HTMLElement>(
  id: string,
): { box: RefObject<T | null>; link: RefObject<HTMLAnchorElement | null> } {
  const box = useRef<T>(null);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    function claim(): void {
      const { id: wantedId, wanted } = cursor.get();
      if (wantedId !== id || wanted === "no") return;
      if (wanted === "follow" && document.activeElement !== document.body) return;
      link.current?.focus({ preventScroll: wanted === "follow" });
      standOn(id);
    }
    claim();
    return cursor.subscribe(claim);
  }, [id]);
  useLayoutEffect(() => {
    const here = box.current;
    return () => {
      // Said after it is gone: only then does nothing have the keyboard, and whoever draws it elsewhere may take it.
      if (here?.contains(document.activeElement)) queueMicrotask(() => follow(id));
    };
  }, [id]);
  return { box, link };
}

/** For a list: scrolls to the task that `j` or `k` leads to, so that it is drawn and can take the focus. */
export function useScrollToCursor(tasks: readonly { id: string }[], scrollTo: (index: number) => void): void {
  const latest = useRef({ tasks, scrollTo });
  useEffect(() => {
    latest.current = { tasks, scrollTo };
  });
  useEffect(
    () =>
      cursor.subscribe(() => {
        const { id, wanted } = cursor.get();
        const index = id === null || wanted !== "go" ? -1 : latest.current.tasks.findIndex((task) => task.id === id);
        if (index >= 0) latest.current.scrollTo(index);
      }),
    [],
  );
}
