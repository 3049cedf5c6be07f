// The three dots of a task.
import type { TaskRowFragment } from "@/generated/graphql";
import { openMenu, useIsMenuOf } from "@/lib/tasks/menu";
import { Icon } from "@/ui/icon";
import classes from "./tasks.module.css";

export function Dots({ task }: { task: TaskRowFragment }) {
  const isOpen = useIsMenuOf(task.id);
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={`More for ${task.title}`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={({ currentTarget }) => openMenu(task, currentTarget)}
    >
      <Icon name="more" />
    </button>
  );
}
