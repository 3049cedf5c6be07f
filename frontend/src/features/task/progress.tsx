// How the time of this attempt was spent: worked, paused, waited; then how far it is in words.
import { useNow } from "@/lib/clock";
import { formatCountdown, formatDuration } from "@/lib/durations";
import { progressAt } from "@/lib/progress";
import classes from "./panel.module.css";
import { segmentsOf, weigh } from "./segments";
import type { TaskDetail } from "./use-task";

export function Progress({ task }: { task: TaskDetail }) {
  return task.attempt === 0 ? null : <Spent task={task} />;
}

function Spent({ task }: { task: TaskDetail }) {
  const now = useNow(1000);
  const { fraction, elapsedMs, leftMs } = progressAt(task, now);
  const segments = weigh(segmentsOf(task.events.nodes, now), leftMs ?? 0);
  const done = fraction === null ? null : Math.floor(fraction * 100);
  const left = task.status === "IN_PROGRESS" && leftMs !== null ? ` · ${formatCountdown(leftMs)} left` : "";
  return (
    <div className={classes.progress}>
      <div className={classes.segments} role="img" aria-label={`${formatDuration(elapsedMs)} active`}>
        {segments.map(({ id, share, color, faint }) => (
          <i key={id} style={{ width: `${share * 100}%`, background: color, opacity: faint ? 0.45 : 1 }} />
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
