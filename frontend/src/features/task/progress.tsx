// How far this attempt is, as a bar and in words; notches in the bar are where it was held or waited.
import { useNow } from "@/lib/clock";
import { formatCountdown, formatDuration } from "@/lib/durations";
import { progressAt } from "@/lib/progress";
import { colorOf, statusWord } from "@/lib/tasks/groups";
import classes from "./panel.module.css";
import { segmentsOf, weigh } from "./segments";
import type { TaskDetail } from "./use-task";

export function Progress({ task }: { task: TaskDetail }) {
  return task.attempt === 0 ? null : <Spent task={task} />;
}

function Spent({ task }: { task: TaskDetail }) {
  const now = useNow(1000);
  const { fraction, elapsedMs, leftMs } = progressAt(task, now);
  const segments = weigh(segmentsOf(task.events.nodes, now), fraction ?? 1);
  const done = fraction === null ? null : Math.floor(fraction * 100);
  const left = task.status === "IN_PROGRESS" && leftMs !== null ? ` · ${formatCountdown(leftMs)} left` : "";
  return (
    <div className={classes.progress}>
      <div
        className={classes.segments}
        role="img"
        aria-label={`${formatDuration(elapsedMs)} active`}
        data-unknown={fraction === null || undefined}
      >
        {segments.map(({ id, status, ms, share }) => (
          <i
            key={id}
            className={classes.stretch}
            title={`${statusWord(status)}: ${formatDuration(ms)}`}
            data-held={share === null || undefined}
            style={share === null ? { background: colorOf(status) } : { width: `${share * 100}%` }}
          />
        ))}
      </div>
      <div className={classes.line}>
        <span>
          {formatCountdown(elapsedMs)} active
          {task.durationMs !== null && ` of about ${formatCountdown(task.durationMs)}`}
        </span>
        {done !== null && (
          <span>
            {done} %{left}
          </span>
        )}
      </div>
    </div>
  );
}
