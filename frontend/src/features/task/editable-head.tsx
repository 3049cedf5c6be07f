// The title and the labels, editable where one may.
import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { shownLabels } from "@/lib/tasks/shown";
import { Labels } from "@/ui/tasks/status-mark";
import { toast } from "@/ui/toast";
import { EditableText } from "./editable-text";
import { mergeLabels } from "./merge-labels";
import classes from "./panel.module.css";
import { useEdit } from "./use-edit";
import type { TaskDetail } from "./use-task";

export function EditableTitle({ task, mayEdit }: { task: TaskDetail; mayEdit: boolean }) {
  const save = useEdit(task);
  return (
    <h2 className={classes.title}>
      <EditableText
        label="Title"
        text={task.title}
        shown={task.title}
        mayEdit={mayEdit}
        maxLength={200}
        save={async (text) => (text.trim() === "" ? "A task needs a title." : save("title", text.trim()))}
      />
    </h2>
  );
}

export function EditableLabels({ task }: { task: TaskDetail }) {
  const save = useEdit(task);
  const [start, setStart] = useState<string[]>([]);
  const [draft, setDraft] = useState<string[] | null>(null);
  function begin(): void {
    setStart(task.labels);
    setDraft(task.labels);
  }
  if (draft === null) {
    return (
      <>
        <Labels labels={task.labels} />
        <button type="button" className={classes.small} onClick={begin}>
          {task.labels.length === 0 ? "add labels" : "edit labels"}
        </button>
      </>
    );
  }
  async function done(mine: string[]): Promise<void> {
    const labels = mergeLabels(start, mine, task.labels);
    setDraft(null);
    if (JSON.stringify(labels) === JSON.stringify(task.labels)) return;
    const problem = await save("labels", labels);
    if (problem !== null) toast(problem);
  }
  return (
    <TagsInput
      aria-label="Labels"
      w="100%"
      size="xs"
      autoFocus
      data={shownLabels()}
      maxTags={20}
      value={draft}
      onChange={setDraft}
      onBlur={() => void done(draft)}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
