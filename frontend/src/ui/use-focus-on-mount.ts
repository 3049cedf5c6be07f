// The keyboard goes to what has just come: for the first field of a form that is the whole page, and for what appears in a dialog after it.
import { type RefObject, useEffect, useRef } from "react";

export function useFocusOnMount<T extends HTMLElement>(): RefObject<T | null> {
  const target = useRef<T>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
