// Reading from components: TanStack Query over the one client.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { connection } from "./connection";
import { hasCode } from "./errors";
import { client } from "./graphql";
import { pollDelay } from "./poll";
import { usePreferences } from "./preferences";
import { type Document, nameOf } from "./wire";

interface ReadOptions {
  enabled?: boolean;
  /** Look again by the person's choice of how often; pages that seldom change leave it off. */
  live?: boolean;
}

/** The key under which a read is cached: for invalidation, and for what is written into the cache by hand. */
export function keyOf<T, V>(document: Document<T, V>, variables?: V): readonly unknown[] {
  return variables === undefined ? [nameOf(document)] : [nameOf(document), variables];
}

export function useRead<T, V>(document: Document<T, V>, variables: V, options: ReadOptions = {}): UseQueryResult<T> {
  const { live = false, enabled = true } = options;
  const interval = usePollInterval();
  return useQuery({
    queryKey: keyOf(document, variables),
    queryFn: ({ signal }) => client.query(document, variables, { signal }),
    enabled,
    refetchInterval: live ? interval : false,
  });
}

/** What TanStack Query takes as refetchInterval: the policy of poll.ts with what we know now. */
export function usePollInterval(): () => number | false {
  const { pollEveryMs } = usePreferences();
  // Asked when a look has ended, not watched: else every answer would render every reader.
  return () => {
    const { failures } = connection.get();
    return pollDelay({ everyMs: pollEveryMs, hidden: document.hidden, failures, random: Math.random() }) ?? false;
  };
}

/** Whether asking again could help: yes for a server that is away, no for an answer. */
export function mayRetry(failures: number, error: unknown): boolean {
  return failures < 1 && hasCode(error, "NETWORK", "UNAVAILABLE");
}
