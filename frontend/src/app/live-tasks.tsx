// Everything below watches one workspace: a feed that begins where the workspace was read, and looks as often as the person chose.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { client } from "@/lib/graphql";
import { Feed } from "@/lib/tasks/feed";
import { FeedContext } from "@/lib/tasks/live";
import { usePollInterval } from "@/lib/use-graphql";
import type { CurrentWorkspace } from "@/lib/workspace";

/** Give it the workspace's id as key: another workspace is another feed. */
export function LiveTasks({ workspace, children }: { workspace: CurrentWorkspace; children: ReactNode }) {
  const cache = useQueryClient();
  const [feed] = useState(() => new Feed(client, cache, workspace));
  const interval = usePollInterval();
  useQuery({
    queryKey: feed.key,
    queryFn: async ({ signal }) => {
      await feed.look(signal);
      return null;
    },
    refetchInterval: interval,
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
    retry: false,
    // What was found is in the lists; the look itself is nothing to draw.
    notifyOnChangeProps: [],
  });
  return <FeedContext value={feed}>{children}</FeedContext>;
}
