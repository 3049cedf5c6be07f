// What a card has to tell beyond its bar: the result, the error, when a pause ends, what the work says it is doing.
import type { TaskRowFragment } from "@/generated/graphql";
import { usePreferences } from "@/lib/preferences";
import { groupOf } from "@/lib/tasks/groups";
import { formatMoment } from "@/lib/times";
import classes from "./card.module.css";

export function CardNote({ task }: { task: TaskRowFragment }) {
  const { timeZone } = usePreferences();
  const text = noteOf(task, (at) => formatMoment(Date.parse(at), timeZone));
  if (text === null) return null;
  const { color, soft } = groupOf(task.status);
  return (
    <p
      className={classes.note}
      style={{ color: task.status === "IN_PROGRESS" ? "var(--mute)" : color, background: soft }}
    >
      {text}
    </p>
  );
}

/** One line for the card; null when there is nothing to add. */
export function noteOf(task: TaskRowFragment, moment: (at: string) => string): string | null {
  switch (task.status) {
    case "PAUSED": {
      const resumes = task.resumeAt === null ? null : `Resumes ${moment(task.resumeAt)}.`;
      return task.waitingFor ?? resumes;
    }
    case "COMPLETED":
      return task.result;
    case "FAILED":
      return task.error;
    case "IN_PROGRESS":
      return task.progressNote;
    default:
      return null;
  }
}
