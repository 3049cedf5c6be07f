// The facts of a task, each editable in place by whom may.
import type { ReactNode } from "react";
import { type Pausability, TaskChoicesDocument } from "@/generated/graphql";
import { formatDuration, formatExact, parseDuration } from "@/lib/durations";
import { useRead } from "@/lib/use-graphql";
import { useWorkspace } from "@/lib/workspace";
import { Moment } from "@/ui/moment";
import { EditableText } from "./editable-text";
import classes from "./panel.module.css";
import { useEdit } from "./use-edit";
import type { TaskDetail } from "./use-task";

const pauses: Record<Pausability, string> = {
  PORTABLE: "portable: goes on anywhere from its checkpoint",
  IN_PLACE: "in place: held on the machine where it runs",
  BETWEEN_STEPS: "between steps: the step that runs is finished first",
  NO: "cannot be put down: it stops only when it is done",
};

export function Facts({ task, mayEdit }: { task: TaskDetail; mayEdit: boolean }) {
  const isWork = task.kind !== "timer";
  return (
    <dl className={classes.facts}>
      <Pausing kind={task.kind} />
      <Editable task={task} mayEdit={mayEdit} field="durationMs" label={isWork ? "Expected" : "Duration"} />
      <Editable task={task} mayEdit={mayEdit} field="priority" label="Priority" />
      {isWork && <Editable task={task} mayEdit={mayEdit} field="timeoutMs" label="Time limit" />}
      {isWork && <Editable task={task} mayEdit={mayEdit} field="maxAttempts" label="Attempts" />}
      {task.attempt > 0 && <Fact label="Runs so far">{task.attempt}</Fact>}
      {task.dueAt && (
        <Fact label="Completes">
          <Moment at={task.dueAt} />
        </Fact>
      )}
      {task.completedAt && (
        <Fact label="Ended">
          <Moment at={task.completedAt} />
        </Fact>
      )}
    </dl>
  );
}

function Pausing({ kind }: { kind: string }) {
  const { slug } = useWorkspace();
  const { data } = useRead(TaskChoicesDocument, { slug });
  const found = data?.workspace?.kinds.find(({ name }) => name === kind);
  return found ? <Fact label="Pausing">{pauses[found.pausability]}</Fact> : null;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

type Field = "durationMs" | "timeoutMs" | "priority" | "maxAttempts";

const isTime = (field: Field) => field === "durationMs" || field === "timeoutMs";

function Editable({
  task,
  mayEdit,
  field,
  label,
}: {
  task: TaskDetail;
  mayEdit: boolean;
  field: Field;
  label: string;
}) {
  const save = useEdit(task);
  const value = task[field];
  const shown = value === null ? "none" : isTime(field) ? formatDuration(value) : String(value);
  return (
    <Fact label={label}>
      <EditableText
        label={label}
        text={value === null ? "" : isTime(field) ? formatExact(value) : shown}
        shown={shown}
        mayEdit={mayEdit}
        hint={isTime(field) ? "90s, 25m, 1h 30m" : undefined}
        save={async (text) => {
          const next = read(field, text);
          return "problem" in next ? next.problem : save(field, next.value);
        }}
      />
    </Fact>
  );
}

/** What was typed, as the API takes it. */
function read(field: Field, text: string): { value: number | null } | { problem: string } {
  if (text.trim() === "" && isTime(field)) return { value: null };
  const value = isTime(field) ? parseDuration(text) : Number(text);
  if (value === null) return { problem: "A duration such as 90s, 25m, 1h 30m." };
  return Number.isInteger(value) ? { value } : { problem: "A whole number." };
}
