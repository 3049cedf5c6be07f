// The buttons of a task: what the server allows, and when it allows nothing, the usual ones greyed out with the reason.
import { ActionIcon, Tooltip } from "@mantine/core";
import type { TaskAction, TaskRowFragment } from "@/generated/graphql";
import { useAway } from "@/lib/connection";
import { useAct } from "@/lib/tasks/act";
import { actionOf, refusal } from "@/lib/tasks/actions";
import { groupOf } from "@/lib/tasks/groups";
import { Icon } from "@/ui/icon";
import { over } from "@/ui/over";
import classes from "./tasks.module.css";

export function buttonsOf(task: TaskRowFragment): readonly TaskAction[] {
  return task.allowedActions.length > 0 ? task.allowedActions : groupOf(task.status).buttons;
}

export function TaskButtons({ task, size = 28 }: { task: TaskRowFragment; size?: number }) {
  return buttonsOf(task).map((id) => <TaskButton key={id} task={task} id={id} size={size} />);
}

function TaskButton({ task, id, size }: { task: TaskRowFragment; id: TaskAction; size: number }) {
  const act = useAct();
  const away = useAway();
  const action = actionOf(id);
  const reason = away ? "No connection to the server; this waits until it is back." : refusal(task, id);
  const name = `${action.label} ${task.title}`;
  return (
    <Tooltip
      label={reason ?? `${action.label} (${action.key})`}
      openDelay={400}
      portalProps={over}
      multiline
      maw={280}
      events={{ hover: true, focus: true, touch: true }}
    >
      <ActionIcon
        variant="default"
        className={classes.button}
        size={size}
        data-danger={action.danger || undefined}
        data-disabled={reason !== null || undefined}
        aria-disabled={reason !== null}
        aria-label={reason === null ? name : `${name}: ${reason}`}
        onClick={(event) => {
          event.preventDefault();
          if (reason === null) act.transition(task, id);
        }}
      >
        <Icon name={action.icon} />
      </ActionIcon>
    </Tooltip>
  );
}
