// Everything about a task, from its name to its last line of output.
import { useMe } from "@/lib/session";
import { editRefusal } from "@/lib/tasks/rights";
import { whoMade } from "@/lib/tasks/words";
import { useWorkspace } from "@/lib/workspace";
import { Moment } from "@/ui/moment";
import { Labels, StatusMark } from "@/ui/tasks/status-mark";
import { Description } from "./description";
import { EditableLabels, EditableTitle } from "./editable-head";
import { Facts } from "./facts";
import { Json } from "./json";
import { Log } from "./log";
import classes from "./panel.module.css";
import { Progress } from "./progress";
import { Said } from "./said";
import { Timeline } from "./timeline";
import type { TaskDetail } from "./use-task";

export function TaskBody({ task }: { task: TaskDetail }) {
  const { id: me } = useMe();
  const { viewerRole } = useWorkspace();
  const mayEdit = editRefusal(task, viewerRole, me) === null;
  const maker = whoMade(task, me);
  return (
    <>
      <EditableTitle task={task} mayEdit={mayEdit} />
      <div className={classes.meta}>
        <StatusMark status={task.status} />
        {mayEdit ? <EditableLabels task={task} /> : <Labels labels={task.labels} />}
        <span>
          {task.kind} · created {maker && `by ${maker}, `}
          <Moment at={task.createdAt} />
          {task.worker && ` · ${task.worker}`}
        </span>
      </div>
      <Progress task={task} />
      <Said task={task} />
      <Facts task={task} mayEdit={mayEdit} />
      <Description task={task} mayEdit={mayEdit} />
      <Timeline task={task} />
      {task.kind !== "timer" && <Log task={task} />}
      <Json title="Input" value={task.input} />
    </>
  );
}
