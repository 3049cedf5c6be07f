// What one may ask of a task, as a table. Buttons, menu, keys, palette and bulk bar are projections of it; whether an action is
// allowed is the server's word (`can`), and where it leads is only guessed here, until the answer comes.
import type { TaskAction, TaskRowFragment, TaskStatus } from "@/generated/graphql";
import type { IconName } from "@/ui/icon";

export interface ActionSpec {
  id: TaskAction;
  label: string;
  /** "Pause 12 tasks", "Paused “Backup”", "Could not pause". */
  done: string;
  key: string;
  icon: IconName;
  danger: boolean;
  /** What to say before it is done; null: it can be undone, just do it. */
  confirm: string | null;
  undo: TaskAction | null;
  /** What to draw until the server answers. */
  expects: { timer: TaskStatus; work: TaskStatus };
}

export const actions: readonly ActionSpec[] = [
  {
    id: "RUN",
    label: "Run",
    done: "Started",
    key: "r",
    icon: "run",
    danger: false,
    confirm: null,
    undo: null,
    expects: { timer: "IN_PROGRESS", work: "QUEUED" },
  },
  {
    id: "PAUSE",
    label: "Pause",
    done: "Paused",
    key: "p",
    icon: "pause",
    danger: false,
    confirm: null,
    undo: "RESUME",
    expects: { timer: "PAUSED", work: "PAUSING" },
  },
  {
    id: "RESUME",
    label: "Resume",
    done: "Resumed",
    key: "u",
    icon: "run",
    danger: false,
    confirm: null,
    undo: "PAUSE",
    expects: { timer: "IN_PROGRESS", work: "QUEUED" },
  },
  {
    id: "CANCEL",
    label: "Cancel",
    done: "Cancelled",
    key: "x",
    icon: "cancel",
    danger: true,
    confirm: "The time spent so far is lost: a cancelled task runs again from its start.",
    undo: null,
    expects: { timer: "CANCELLED", work: "CANCELLING" },
  },
];

const byId = new Map(actions.map((action) => [action.id, action]));

export function actionOf(id: TaskAction): ActionSpec {
  const action = byId.get(id);
  if (action === undefined) throw new Error(`no action ${id}`);
  return action;
}

/** Why an action cannot be taken now, in the server's words; null when it can. */
export function refusal(task: Pick<TaskRowFragment, "allowedActions" | "can">, id: TaskAction): string | null {
  if (task.allowedActions.includes(id)) return null;
  const found = task.can.find((permission) => permission.action === id);
  return found?.reason ?? `This cannot be done now.`;
}
