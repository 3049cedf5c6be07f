// The filters in the address, and the one way to change them.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { parseSearch, type TaskSearch } from "./search";

type Change = { [name in keyof TaskSearch]?: TaskSearch[name] | undefined };

/** `set` changes what it names; undefined takes a filter away. Typing replaces the address, choosing adds one to go back to. */
export function useTaskSearch(): [TaskSearch, (change: Change, options?: { replace?: boolean }) => void] {
  const search = useSearch({ from: "/signed-in/w/$slug/tasks" });
  const navigate = useNavigate();
  const set = useCallback(
    (change: Change, { replace = false } = {}) =>
      void navigate({ to: ".", search: (before) => parseSearch({ ...before, ...change }), replace }),
    [navigate],
  );
  return [search, set];
}
