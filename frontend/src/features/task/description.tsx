// What the task is about, in the words of who made it.
import { EditableText } from "./editable-text";
import classes from "./panel.module.css";
import { useEdit } from "./use-edit";
import type { TaskDetail } from "./use-task";

export function Description({ task, mayEdit }: { task: TaskDetail; mayEdit: boolean }) {
  const save = useEdit(task);
  if (task.description === "" && !mayEdit) return null;
  return (
    <section className={classes.section} aria-label="Description">
      <h3>Description</h3>
      <EditableText
        label="Description"
        text={task.description}
        shown={<span className={classes.prose}>{task.description || "none"}</span>}
        mayEdit={mayEdit}
        long
        maxLength={10_000}
        save={(text) => save("description", text)}
      />
    </section>
  );
}
