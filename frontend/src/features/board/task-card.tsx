// A card: what it is, who made it, how far it is, and what one may do with it. It renders when its task changes, not with the column.
import { memo } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { useMe } from "@/lib/session";
import { standOn } from "@/lib/tasks/cursor";
import { useCursor } from "@/lib/tasks/use-cursor";
import { whoMade } from "@/lib/tasks/words";
import { useWorkspace } from "@/lib/workspace";
import { Bar } from "@/ui/tasks/bar";
import { Dots } from "@/ui/tasks/dots";
import { Labels } from "@/ui/tasks/status-mark";
import { Summary } from "@/ui/tasks/summary";
import { buttonsOf, TaskButtons } from "@/ui/tasks/task-buttons";

import { TaskLink } from "@/ui/tasks/task-link";
import classes from "./card.module.css";
import { CardNote } from "./card-note";

export const TaskCard = memo(function TaskCard({ task, isOpen }: { task: TaskRowFragment; isOpen: boolean }) {
  const { slug } = useWorkspace();
  const { box, link } = useCursor<HTMLElement>(task.id);
  return (
    <article
      ref={box}
      className={classes.card}
      data-open={isOpen || undefined}
      data-status={task.status}
      onFocusCapture={() => standOn(task.id)}
    >
      <h3 className={classes.title} title={task.title}>
        <TaskLink ref={link} task={task} slug={slug} isOpen={isOpen} className={classes.link} />
      </h3>
      <Meta task={task} />
      <Bar task={task} />
      <Foot task={task} />
      <CardNote task={task} />
    </article>
  );
});

function Meta({ task }: { task: TaskRowFragment }) {
  const { id: me } = useMe();
  const attempts = task.attempt > 1 ? `attempt ${task.attempt}` : null;
  // What it waits for names the worker already.
  const worker = task.waitingFor === null ? task.worker : null;
  const facts = [task.kind, whoMade(task, me), worker, attempts].filter((part) => part !== null).join(" · ");
  return (
    <div className={classes.meta}>
      <Labels labels={task.labels} most={4} />
      <span title={facts}>{facts}</span>
    </div>
  );
}

function Foot({ task }: { task: TaskRowFragment }) {
  return (
    <div className={classes.foot}>
      <Summary task={task} />
      <div className={classes.buttons}>
        <TaskButtons task={task} />
        {buttonsOf(task).length < 2 && <Dots task={task} />}
      </div>
    </div>
  );
}
