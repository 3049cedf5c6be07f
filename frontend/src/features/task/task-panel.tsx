// The open task, beside the board or the table, under an address of its own.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { messageOf } from "@/lib/errors";
import { useKeys } from "@/lib/keys";
import { goTo } from "@/lib/tasks/cursor";
import { parseSearch } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { useTitle } from "@/lib/title";
import { useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { Notice } from "@/ui/notice";
import classes from "./panel.module.css";
import { PanelHead } from "./panel-head";
import { TaskBody } from "./task-body";
import { type TaskDetail, useTask } from "./use-task";

export function TaskPanel() {
  const { id } = useParams({ from: "/signed-in/w/$slug/tasks/t/$id" });
  const { name } = useWorkspace();
  const { task, error, refetch } = useTask(id);
  const close = useClose(id);
  const panel = useRef<HTMLElement>(null);
  useTitle(task?.title, name);
  useKeys({ Escape: close });
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside ref={panel} className={classes.panel} aria-label={task?.title ?? "Task"} tabIndex={-1}>
      <PanelHead task={task ?? undefined} close={close} />
      <Content task={task} error={error} refetch={refetch} />
    </aside>
  );
}

interface ContentProps {
  task: TaskDetail | null | undefined;
  error: Error | null;
  refetch: () => void;
}

function Content({ task, error, refetch }: ContentProps) {
  if (task) return <TaskBody key={task.id} task={task} />;
  if (task === null) {
    return (
      <Notice title="No such task" order={2}>
        It has been deleted, or it is not yours to see.
      </Notice>
    );
  }
  return error ? <Failure order={2} message={messageOf(error)} again={refetch} /> : <Loading label="The task" />;
}

/** Back to what lies under the panel, and the keyboard back to the card. */
function useClose(id: string): () => void {
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const [search] = useTaskSearch();
  return () => {
    const to = search.view === "table" ? "/w/$slug/table" : "/w/$slug";
    const { view: _view, ...rest } = search;
    void navigate({ to, params: { slug }, search: parseSearch(rest) }).then(() => goTo(id));
  };
}
