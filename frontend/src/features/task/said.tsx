// What the task has to say: what it waits for, what it is doing, its result, its error.
import type { ReactNode } from "react";
import type { TaskRowFragment, TaskStatus } from "@/generated/graphql";
import { Moment } from "@/ui/moment";
import classes from "./panel.module.css";

/** Of the others it says only that they wait for somebody. */
const waits = new Set<TaskStatus>(["QUEUED", "PAUSING", "CANCELLING"]);

export function Said({ task }: { task: TaskRowFragment }) {
  return (
    <>
      {(waits.has(task.status) || task.unheardSince !== null) && task.waitingFor && (
        <Note tone="pause">{task.waitingFor}</Note>
      )}
      {task.status === "PAUSED" && !task.resumeAt && task.worker && <Note tone="pause">{task.waitingFor}</Note>}
      {task.resumeAt && (
        <Note tone="pause">
          It goes on by itself <Moment at={task.resumeAt} />.
        </Note>
      )}
      {task.progressNote && task.status !== "COMPLETED" && <Note tone="run">{task.progressNote}</Note>}
      {task.result && <Note tone="ok">{task.result}</Note>}
      {task.error && (
        <Note tone="bad">
          <b>{task.status === "FAILED" ? "Failed: " : "The last attempt failed: "}</b>
          {task.error}
        </Note>
      )}
    </>
  );
}

const tones = {
  pause: ["var(--pause)", "var(--pause-soft)"],
  run: ["var(--ink)", "var(--accent-soft)"],
  ok: ["var(--ok)", "var(--ok-soft)"],
  bad: ["var(--bad)", "var(--bad-soft)"],
} as const;

function Note({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  const [color, background] = tones[tone];
  return (
    <p className={classes.note} style={{ color, background }}>
      {children}
    </p>
  );
}
