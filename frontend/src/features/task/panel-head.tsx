// The first line of the panel: how to leave, and what one may do.
import { CloseButton, Kbd } from "@mantine/core";
import { Dots } from "@/ui/tasks/dots";
import { TaskButtons } from "@/ui/tasks/task-buttons";

import classes from "./panel.module.css";
import type { TaskDetail } from "./use-task";

export function PanelHead({ task, close }: { task: TaskDetail | undefined; close: () => void }) {
  return (
    <div className={classes.head}>
      <CloseButton aria-label="Close the task" onClick={close} />
      <Kbd size="xs" visibleFrom="sm">
        esc
      </Kbd>
      <span className={classes.space} />
      {task && (
        <>
          <TaskButtons task={task} />
          <Dots task={task} />
        </>
      )}
    </div>
  );
}
