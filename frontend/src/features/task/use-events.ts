// The history of a task: the latest come with the task, earlier ones when asked for.
import { useState } from "react";
import { TaskEventsDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { toastError } from "@/ui/toast";
import type { TaskDetail, TaskEvent } from "./use-task";

interface Earlier {
  events: readonly TaskEvent[];
  cursor: string | null;
  hasMore: boolean;
}

export function useEvents({ id, events: { nodes, pageInfo } }: TaskDetail) {
  const [before, setBefore] = useState<Earlier | null>(null);
  const [busy, setBusy] = useState(false);
  const { cursor, hasMore } = before ?? { cursor: pageInfo.endCursor, hasMore: pageInfo.hasNextPage };
  async function earlier(): Promise<void> {
    setBusy(true);
    try {
      const { task } = await client.query(TaskEventsDocument, { id, after: cursor });
      const page = task?.events;
      const events = [...(before?.events ?? nodes), ...(page?.nodes ?? [])];
      setBefore({ events, cursor: page?.pageInfo.endCursor ?? null, hasMore: page?.pageInfo.hasNextPage ?? false });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  }
  return { events: join(nodes, before?.events ?? []), earlier: hasMore ? () => void earlier() : undefined, busy };
}

/** The newest first, each once: what came with the task, then what was asked for. */
function join(newest: readonly TaskEvent[], earlier: readonly TaskEvent[]): readonly TaskEvent[] {
  if (earlier.length === 0) return newest;
  const ids = new Set(newest.map((event) => event.id));
  return [...newest, ...earlier.filter((event) => !ids.has(event.id))];
}
