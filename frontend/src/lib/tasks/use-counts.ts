// How many tasks a group holds: by the feed when all are shown, else counted by the server.
import type { TaskFilter, TaskStatus } from "@/generated/graphql";
import { TotalCountDocument } from "@/generated/graphql";
import { useStore } from "@/lib/store";
import { useRead } from "@/lib/use-graphql";
import { useFeed } from "./live";

/** Tasks that match the filter; undefined until it is known. */
export function useCount(filter: TaskFilter): number | undefined {
  const feed = useFeed();
  const counts = useStore(feed.counts);
  const { status, ...rest } = filter;
  const plain = Object.values(rest).every((value) => value === undefined || value === null);
  const { data } = useRead(TotalCountDocument, { slug: feed.slug, filter }, { enabled: !plain });
  return plain ? sum(counts, status) : data?.workspace?.tasks.totalCount;
}

function sum(
  counts: readonly { status: TaskStatus; count: number }[],
  statuses: TaskFilter["status"] | undefined,
): number {
  const wanted = counts.filter((entry) => !statuses || statuses.includes(entry.status));
  return wanted.reduce((total, entry) => total + entry.count, 0);
}
