// The buttons of a task: what the server allows, and when it allows nothing, the usual ones greyed out with the reason.
import type { TaskAction, TaskRowFragment } from "@/generated/graphql";
import { useAway } from "@/lib/connection";
import { useAct } from "@/lib/tasks/act";
import { actionOf, refusal } from "@/lib/tasks/actions";
import { groupOf } from "@/lib/tasks/groups";
import { Icon } from "@/ui/icon";
import classes from "./tasks.module.css";

export function buttonsOf(task: TaskRowFragment): readonly TaskAction[] {
  return task.allowedActions.length > 0 ? task.allowedActions : groupOf(task.status).buttons;
}

export function TaskButtons({ task }: { task: TaskRowFragment }) {
  return buttonsOf(task).map((id) => <TaskButton key={id} task={task} id={id} />);
}

function TaskButton({ task, id }: { task: TaskRowFragment; id: TaskAction }) {
  const act = useAct();
  const away = useAway();
  const action = actionOf(id);
  const reason = away ? "No connection to the server; this waits until it is back." : refusal(task, id);
  const name = `${action.label} ${task.title}`;
  return (
    <button
      type="button"
      className={classes.button}
      data-danger={action.danger || undefined}
      data-hint={reason ?? `${action.label} (${action.key})`}
      aria-disabled={reason !== null}
      aria-label={reason === null ? name : `${name}: ${reason}`}
      onClick={() => {
        if (reason === null) act.transition(task, id);
      }}
    >
      <Icon name={action.icon} />
    </button>
  );
}
