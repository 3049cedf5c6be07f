// The keyboard goes to what has just come: for what appears in a dialog after the dialog itself.
import { type RefObject, useEffect, useRef } from "react";

export function useFocusOnMount<T extends HTMLElement>(): RefObject<T | null> {
  const target = useRef<T>(null);
  useEffect(() => target.current?.focus(), []);
  return target;
}
