// The tasks that fit what is typed, found by the server; before anything is typed, nothing.
import { Spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { TasksDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { statusWord } from "@/lib/tasks/groups";
import { useWorkspace } from "@/lib/workspace";
import { Entries, type Entry } from "./entry";
import { chooseFirst } from "./store";

const most = 8;

export function Hits({ query }: { query: string }) {
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ["palette", slug, query],
    queryFn: ({ signal }) =>
      client.query(
        TasksDocument,
        { slug, filter: { search: query }, orderBy: { field: "UPDATED_AT", direction: "DESC" }, first: most },
        { signal },
      ),
    enabled: query !== "",
    placeholderData: keepPreviousData,
  });
  useEffect(() => {
    if (data) chooseFirst();
  }, [data]);
  if (query === "") return null;
  if (error) return <Spotlight.Empty>{messageOf(error)}</Spotlight.Empty>;
  const entries: Entry[] = (data?.workspace?.tasks.nodes ?? []).map((task) => ({
    id: task.id,
    label: task.title,
    hint: [statusWord(task.status), ...task.labels].join(" · "),
    run: () => void navigate({ to: "/w/$slug/t/$id", params: { slug, id: task.id } }),
  }));
  if (data && entries.length === 0) return <Spotlight.Empty>No task fits “{query}”.</Spotlight.Empty>;
  return <Entries label="Tasks" entries={entries} />;
}
