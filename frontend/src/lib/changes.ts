// What an event says of fields, in words: "priority: 1 → 2". Pure; for the history of a task and for the audit.
import { formatDuration } from "./durations";

const names: Readonly<Record<string, string>> = {
  durationMs: "duration",
  elapsedMs: "active time",
  timeoutMs: "time limit",
  maxAttempts: "attempts",
};
const longest = 120;

/** A line a field: what was before and after, where there are both; anything else that came with the event, as it is. */
export function changesOf(detail: unknown, internal: ReadonlySet<string> = new Set()): string[] {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return [];
  return Object.entries(detail)
    .filter(([field]) => !internal.has(field))
    .map(([field, value]) => `${nameOf(field)}: ${changeOf(field, value)}`);
}

function nameOf(field: string): string {
  return names[field] ?? field.replace(/([A-Z])/g, " $1").toLowerCase();
}

function changeOf(field: string, value: unknown): string {
  const change = asChange(value);
  return change === null ? shown(field, value) : `${shown(field, change.before)} → ${shown(field, change.after)}`;
}

/** The server leaves out a side that is null. */
function asChange(value: unknown): { before?: unknown; after?: unknown } | null {
  if (Array.isArray(value)) return value.length === 2 ? { before: value[0], after: value[1] } : null;
  if (typeof value !== "object" || value === null) return null;
  return "before" in value || "after" in value ? value : null;
}

function shown(field: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return "none";
  if (typeof value === "number" && field.endsWith("Ms")) return formatDuration(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
