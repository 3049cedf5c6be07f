// A row: the same facts as a card, side by side. It renders when its task or its choice changes.
import { memo, type RefObject } from "react";
import type { TaskRowFragment } from "@/generated/graphql";
import { useMe } from "@/lib/session";
import { standOn } from "@/lib/tasks/cursor";
import { useCursor } from "@/lib/tasks/use-cursor";
import { whoMade } from "@/lib/tasks/words";
import { useWorkspace } from "@/lib/workspace";
import { Moment } from "@/ui/moment";
import { Bar } from "@/ui/tasks/bar";
import { Dots } from "@/ui/tasks/dots";
import { Labels, StatusMark } from "@/ui/tasks/status-mark";
import { Summary } from "@/ui/tasks/summary";
import { TaskButtons } from "@/ui/tasks/task-buttons";
import { TaskLink } from "@/ui/tasks/task-link";
import classes from "./table.module.css";

interface Props {
  task: TaskRowFragment;
  index: number;
  isOpen: boolean;
  isChosen: boolean;
  /** On a phone the state stands below the title, and the rest is a touch away. */
  narrow: boolean;
  choose: (id: string, range: boolean) => void;
}

export const TaskRow = memo(function TaskRow({ task, index, isOpen, isChosen, narrow, choose }: Props) {
  const { box, link } = useCursor<HTMLTableRowElement>(task.id);
  return (
    <tr
      ref={box}
      aria-rowindex={index + 2}
      className={classes.row}
      data-open={isOpen || undefined}
      data-chosen={isChosen || undefined}
      onFocusCapture={() => standOn(task.id)}
    >
      <td className={classes.check}>
        <input
          type="checkbox"
          aria-label={`Select ${task.title}`}
          checked={isChosen}
          onChange={({ nativeEvent }) => choose(task.id, "shiftKey" in nativeEvent && nativeEvent.shiftKey === true)}
        />
      </td>
      <Title task={task} link={link} isOpen={isOpen} narrow={narrow} />
      {!narrow && <Facts task={task} />}
      <td className={classes.actions}>
        <span className={classes.buttons}>
          {!narrow && <TaskButtons task={task} />}
          <Dots task={task} />
        </span>
      </td>
    </tr>
  );
});

interface TitleProps {
  task: TaskRowFragment;
  link: RefObject<HTMLAnchorElement | null>;
  isOpen: boolean;
  narrow: boolean;
}

function Title({ task, link, isOpen, narrow }: TitleProps) {
  const { slug } = useWorkspace();
  return (
    <td className={classes.title}>
      <TaskLink ref={link} task={task} slug={slug} isOpen={isOpen} view="table" />
      {narrow && (
        <div className={classes.under}>
          <StatusMark status={task.status} /> <Summary task={task} />
        </div>
      )}
    </td>
  );
}

function Facts({ task }: { task: TaskRowFragment }) {
  const { id: me } = useMe();
  return (
    <>
      <td className={classes.status}>
        <StatusMark status={task.status} />
      </td>
      <td className={classes.progress}>
        <div className={classes.how}>
          <Bar task={task} />
          <Summary task={task} />
        </div>
      </td>
      <td className={classes.kind}>{task.kind}</td>
      <td className={classes.labels}>
        <div>
          <Labels labels={task.labels} most={task.labels.length > 2 ? 1 : 2} />
        </div>
      </td>
      <td className={classes.who}>{whoMade(task, me)}</td>
      <td className={classes.priority}>{task.priority}</td>
      <td className={classes.created}>
        <Moment at={task.createdAt} />
      </td>
      <td className={classes.updated}>
        <Moment at={task.updatedAt} />
      </td>
    </>
  );
}
