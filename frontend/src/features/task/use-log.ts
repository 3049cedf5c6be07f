// What the work prints, as it prints it: only lines after the last one are asked for.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { TaskLogsDocument, type TaskLogsQuery } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { useFeed } from "@/lib/tasks/live";
import { usePollInterval } from "@/lib/use-graphql";
import type { TaskDetail } from "./use-task";

type Line = NonNullable<TaskLogsQuery["task"]>["logs"]["nodes"][number];

export interface LogLines {
  lines: readonly Line[];
  cursor: string | null;
}

const none: LogLines = { lines: [], cursor: null };
const mostPages = 25;
const live = new Set(["IN_PROGRESS", "PAUSING", "CANCELLING", "QUEUED"]);

export function useLog(task: TaskDetail) {
  const feed = useFeed();
  const cache = useQueryClient();
  const interval = usePollInterval();
  const queryKey = [...feed.taskKey(task.id), "log"];
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => readOn(cache, queryKey, task.id, signal),
    refetchInterval: live.has(task.status) ? interval : false,
  });
}

/** What we hold and what was printed since; the very same when that is nothing. */
async function readOn(cache: QueryClient, key: readonly unknown[], id: string, signal: AbortSignal): Promise<LogLines> {
  let held = cache.getQueryData<LogLines>(key) ?? none;
  for (let page = 0; page < mostPages; page++) {
    const { task } = await client.query(TaskLogsDocument, { id, after: held.cursor }, { signal });
    const logs = task?.logs;
    if (logs === undefined || logs.nodes.length === 0) return held;
    held = { lines: [...held.lines, ...logs.nodes], cursor: logs.pageInfo.endCursor ?? held.cursor };
    if (!logs.pageInfo.hasNextPage) return held;
  }
  return held;
}
