// How a page asks for something to be done to a task. What it means is said in features/actions; the app puts it in here.
import { createContext, useContext } from "react";
import type { TaskAction, TaskFilter, TaskRowFragment } from "@/generated/graphql";

export interface BulkTarget {
  /** What the selection is called: "3 tasks", "all 184 that match". */
  label: string;
  ids: readonly string[] | null;
  filter: TaskFilter | null;
  /** Titles of those that we hold, to name them in the report. */
  titles: ReadonlyMap<string, string>;
}

export interface Act {
  transition: (task: TaskRowFragment, action: TaskAction) => void;
  pauseUntil: (task: TaskRowFragment) => void;
  remove: (task: TaskRowFragment) => void;
  duplicate: (task: TaskRowFragment) => void;
  copyLink: (task: TaskRowFragment) => void;
  bulk: (target: BulkTarget, action: TaskAction | "DELETE", done: () => void) => void;
}

export const ActContext = createContext<Act | null>(null);

export function useAct(): Act {
  const act = useContext(ActContext);
  if (act === null) throw new Error("useAct outside of a workspace");
  return act;
}
