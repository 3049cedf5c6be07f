// One task with all its facts. The feed says when it changed; only then is it read again.
import { useQuery } from "@tanstack/react-query";
import { TaskDetailDocument, type TaskDetailQuery } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { useFeed } from "@/lib/tasks/live";
import { mergeTask } from "@/lib/tasks/merge-list";

export type TaskDetail = NonNullable<TaskDetailQuery["task"]>;
export type TaskEvent = TaskDetail["events"]["nodes"][number];

/** undefined: on its way; null: it does not exist, or is not ours to see. */
export function useTask(id: string): { task: TaskDetail | null | undefined; error: Error | null; refetch: () => void } {
  const feed = useFeed();
  const { data, error, refetch } = useQuery({
    queryKey: feed.taskKey(id),
    queryFn: ({ signal }) =>
      feed.reading<TaskDetail | null>(
        async () => (await client.query(TaskDetailDocument, { id }, { signal })).task,
        (task, since) =>
          since.tasks.filter((news) => news.id === id).reduce((held, news) => held && mergeTask(held, news), task),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { task: data, error, refetch: () => void refetch() };
}
