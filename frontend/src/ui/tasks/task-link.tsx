// The title of a task, leading to it. A plain link that the router follows: a hundred of them are drawn while one scrolls.
import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, Ref } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { parseSearch } from "@/lib/tasks/search";

interface Props {
  task: TaskRowFragment;
  slug: string;
  isOpen: boolean;
  /** What lies under the open task. */
  view?: "table";
  className?: string | undefined;
  ref: Ref<HTMLAnchorElement>;
}

export function TaskLink({ task, slug, isOpen, view, className, ref }: Props) {
  const router = useRouter();
  function follow(event: MouseEvent): void {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const search = (before: Record<string, unknown>) => parseSearch({ ...before, view });
    void router.navigate({ to: "/w/$slug/t/$id", params: { slug, id: task.id }, search });
  }
  return (
    <a
      ref={ref}
      href={`/w/${slug}/t/${encodeURIComponent(task.id)}${view ? `?view=${view}` : ""}`}
      className={className}
      title={view && task.title}
      aria-current={isOpen ? "true" : undefined}
      onClick={follow}
    >
      {task.title}
    </a>
  );
}
