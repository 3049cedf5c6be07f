// A list of tasks that stays true: its first page is read once, more on demand, and the feed brings in what changes.
import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { TasksDocument } from "@/generated/graphql";
import { ApiError } from "@/lib/errors";
import { client } from "@/lib/graphql";
import type { Feed } from "./feed";
import type { ListSpec } from "./list-spec";
import { useFeed } from "./live";
import { appendPage, mergeList, type TaskList } from "./merge-list";

export interface LiveList {
  list: TaskList | undefined;
  error: Error | null;
  /** What is shown belongs to the filter before, until the new one is read. */
  isOld: boolean;
  /** Reads the next page; undefined while there is none, or while it is on its way. */
  loadMore: (() => void) | undefined;
  /** The same, after it failed. */
  loadAgain: (() => void) | undefined;
  refetch: () => void;
}

/** Reads one page; what was delivered while it was on its way is merged into it. */
async function readPage(
  feed: Feed,
  spec: ListSpec,
  first: number,
  after: string | null,
  signal?: AbortSignal,
): Promise<TaskList> {
  const read = async () => {
    const variables = { slug: feed.slug, filter: spec.filter, orderBy: spec.order, first, after };
    const { workspace } = await client.query(TasksDocument, variables, { signal });
    if (workspace === null) throw new ApiError("NOT_FOUND", "This workspace is not yours to see any more.");
    const { nodes, pageInfo } = workspace.tasks;
    return { items: nodes, endCursor: pageInfo.endCursor, hasMore: pageInfo.hasNextPage };
  };
  return feed.reading<TaskList>(read, (page, since) => mergeList(page, spec, since).list);
}

export function useTaskList(spec: ListSpec, pageSize: number): LiveList {
  const feed = useFeed();
  const queryKey = feed.listKey(spec);
  const { data, error, isPlaceholderData, refetch } = useQuery<TaskList>({
    queryKey,
    queryFn: ({ signal }) => readPage(feed, spec, pageSize, null, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const more = useMore(feed, spec, pageSize);
  const wanted = data?.hasMore === true && !isPlaceholderData && more.state === "idle";
  return {
    list: data,
    error,
    isOld: isPlaceholderData,
    loadMore: wanted ? more.load : undefined,
    loadAgain: more.state === "failed" ? more.load : undefined,
    refetch: () => void refetch(),
  };
}

function useMore(feed: Feed, spec: ListSpec, pageSize: number) {
  const cache = useQueryClient();
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const load = useCallback(() => {
    setState("loading");
    nextPage(cache, feed, spec, pageSize).then(
      () => setState("idle"),
      () => setState("failed"),
    );
  }, [cache, feed, spec, pageSize]);
  return { state, load };
}

async function nextPage(cache: QueryClient, feed: Feed, spec: ListSpec, pageSize: number): Promise<void> {
  const key = feed.listKey(spec);
  const held = cache.getQueryData<TaskList>(key);
  if (held === undefined || !held.hasMore) return;
  const page = await readPage(feed, spec, pageSize, held.endCursor);
  cache.setQueryData<TaskList>(key, (now) => (now?.endCursor === held.endCursor ? appendPage(now, page) : now));
}
