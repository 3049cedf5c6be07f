// A state by hue and by word.
import type { TaskStatus } from "@/generated/graphql";
import { colorOf, statusWord } from "@/lib/tasks/groups";
import classes from "./tasks.module.css";

export function StatusMark({ status }: { status: TaskStatus }) {
  return (
    <span className={classes.mark}>
      <i style={{ background: colorOf(status) }} />
      {statusWord(status)}
    </span>
  );
}

export function Labels({ labels }: { labels: readonly string[] }) {
  return labels.map((label) => (
    <span key={label} className={classes.label}>
      {label}
    </span>
  ));
}
