// A state by hue and by word.
import { VisuallyHidden } from "@mantine/core";
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

/** `most`: how many are shown; the others are counted, and named on hover. */
export function Labels({ labels, most = labels.length }: { labels: readonly string[]; most?: number }) {
  const rest = labels.slice(most);
  return (
    <>
      {labels.slice(0, most).map((label) => (
        <span key={label} className={classes.label} title={label}>
          {label}
        </span>
      ))}
      {rest.length > 0 && (
        <span className={`${classes.label} ${classes.more}`} title={rest.join(", ")}>
          +{rest.length} <VisuallyHidden>labels</VisuallyHidden>
        </span>
      )}
    </>
  );
}
