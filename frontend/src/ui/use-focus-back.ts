// The keyboard goes back to where it was: for dialogs that are drawn only while they are open, which Mantine does not see closing.
import { useEffect, useState } from "react";

export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => (before instanceof HTMLElement && before !== document.body ? before.focus() : undefined),
    [before],
  );
}
