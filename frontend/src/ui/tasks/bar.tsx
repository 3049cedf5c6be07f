// The progress of a task, moving between looks by the server's clock. It never runs back within an attempt.
import { useRef } from "react";
import type { TaskClockFragment } from "@/generated/graphql";
import { useNow } from "@/lib/clock";
import { advance, progressAt } from "@/lib/progress";
import { colorOf } from "@/lib/tasks/groups";
import classes from "./tasks.module.css";

const onTheirWay = new Set(["PAUSING", "CANCELLING"]);

interface BarTask extends TaskClockFragment {
  title: string;
}

/** Nothing when there is nothing to go by, or when the task does not stand anywhere between start and end. */
export function Bar({ task }: { task: BarTask }) {
  const moves = task.status === "IN_PROGRESS" || onTheirWay.has(task.status);
  if (!moves && task.status !== "PAUSED") return null;
  return moves ? <MovingBar task={task} /> : <Track task={task} fraction={progressAt(task, 0).fraction} />;
}

function MovingBar({ task }: { task: BarTask }) {
  const now = useNow();
  const shown = useRef<{ attempt: number; fraction: number } | null>(null);
  const { fraction } = progressAt(task, now);
  if (fraction !== null)
    shown.current = { attempt: task.attempt, fraction: advance(shown.current, task.attempt, fraction) };
  return <Track task={task} fraction={fraction === null ? null : (shown.current?.fraction ?? fraction)} />;
}

function Track({ task, fraction }: { task: BarTask; fraction: number | null }) {
  const known = fraction !== null;
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={`Progress of ${task.title}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.floor(fraction * 100) : undefined}
      data-waits={onTheirWay.has(task.status) || undefined}
      data-unknown={known ? undefined : true}
    >
      <span style={{ transform: `scaleX(${known ? fraction : 1})`, background: colorOf(task.status) }} />
    </div>
  );
}
