// The form of a new task as it is typed, and as it is sent. Pure.
import type { TaskChoicesQuery, TaskInput } from "@/generated/graphql";
import { formatExact, parseDuration } from "@/lib/durations";
import type { FieldError } from "@/lib/errors";
import { type FieldValue, fieldsOf, readFields, type SchemaField } from "@/lib/input-schema";
import type { TaskDraft } from "@/lib/overlays";

export type Kind = NonNullable<TaskChoicesQuery["workspace"]>["kinds"][number];

export interface Values {
  title: string;
  description: string;
  labels: string[];
  kind: string;
  /** In words: "1h 30m"; empty: none. */
  durationMs: string;
  timeoutMs: string;
  priority: string;
  maxAttempts: string;
  /** What the kind asks for, by the name of the property. */
  work: Record<string, FieldValue>;
}

export const timer = "timer";

const words = (ms: number | null | undefined) => (ms ? formatExact(ms) : "");

export function valuesOf(draft: TaskDraft): Values {
  return {
    title: draft.title ?? "",
    description: draft.description ?? "",
    labels: [...(draft.labels ?? [])],
    kind: draft.kind ?? timer,
    durationMs: words(draft.durationMs),
    timeoutMs: words(draft.timeoutMs),
    priority: String(draft.priority ?? 0),
    maxAttempts: String(draft.maxAttempts ?? 1),
    work: {},
  };
}

export type Errors = Record<string, string>;

/** What is sent, or what is wrong with what was typed, by the path of the field. */
export function inputOf(values: Values, fields: readonly SchemaField[]): { input: TaskInput } | { errors: Errors } {
  const errors: Errors = {};
  if (values.title.trim() === "") errors.title = "A task needs a title.";
  const durationMs = duration(values.durationMs, "durationMs", errors);
  const timeoutMs = duration(values.timeoutMs, "timeoutMs", errors);
  if (values.kind === timer && durationMs === null)
    errors.durationMs ??= "A timer needs to know how long: 25m, 1h 30m.";
  const priority = whole(values.priority, "priority", errors);
  const maxAttempts = whole(values.maxAttempts, "maxAttempts", errors);
  const work = readFields(fields, values.work);
  for (const [name, message] of Object.entries(work.errors)) errors[`work.${name}`] = message;
  if (Object.keys(errors).length > 0) return { errors };
  const { title, description, labels, kind } = values;
  const common = { title: title.trim(), description, labels, kind, durationMs, priority };
  return { input: kind === timer ? common : { ...common, input: work.input, timeoutMs, maxAttempts } };
}

function duration(text: string, path: string, errors: Errors): number | null {
  if (text.trim() === "") return null;
  const ms = parseDuration(text);
  if (ms === null) errors[path] = "A duration such as 90s, 25m, 1h 30m; at most 24 days.";
  return ms;
}

function whole(text: string, path: string, errors: Errors): number {
  const value = Number(text.trim() || "0");
  if (!Number.isInteger(value)) errors[path] = "A whole number.";
  return value;
}

/** The server's complaints, beside the fields that they are about; what no field can show is in `rest`. */
export function placeComplaints(
  complaints: readonly FieldError[],
  fields: readonly SchemaField[],
): { errors: Errors; rest: string[] } {
  const errors: Errors = {};
  const rest: string[] = [];
  const own = ["title", "description", "labels", "kind", "durationMs", "timeoutMs", "priority", "maxAttempts"];
  for (const { path, message } of complaints) {
    const parts = path.split(".").filter((part) => part !== "input");
    const name = parts.find((part) => own.includes(part) || fields.some((field) => field.name === part));
    if (name === undefined) rest.push(message);
    else errors[own.includes(name) ? name : `work.${name}`] = message;
  }
  return { errors, rest };
}

export function fieldsOfKind(kind: Kind | undefined, draft: TaskDraft): SchemaField[] {
  return fieldsOf(kind?.inputSchema, kind?.name === draft.kind ? draft.input : undefined);
}
