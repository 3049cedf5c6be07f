// The title of the tab, so that a person with many of them finds this one.
import { useEffect } from "react";

export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), "Fermata"].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
