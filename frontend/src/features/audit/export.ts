// The rows that are loaded, as a file: JSON Lines for programs, CSV for spreadsheets.
import type { AuditEventFragment } from "@/generated/graphql";
import { actorOf } from "./words";

export type Format = "jsonl" | "csv";

const columns: readonly [name: string, read: (event: AuditEventFragment) => string][] = [
  ["at", (event) => event.at],
  ["actor", actorOf],
  ["via", (event) => event.via ?? ""],
  ["action", (event) => event.action],
  ["task", (event) => event.task?.title ?? ""],
  ["task_id", (event) => event.taskId ?? ""],
  ["subject", (event) => event.subject?.displayName ?? ""],
  ["from", (event) => event.fromStatus ?? ""],
  ["to", (event) => event.toStatus ?? ""],
  ["reason", (event) => event.reason ?? ""],
  ["detail", (event) => (event.detail ? JSON.stringify(event.detail) : "")],
];

export function asJsonLines(events: readonly AuditEventFragment[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** RFC 4180; what a spreadsheet would take for a formula is marked as text (OWASP: CSV injection). */
export function asCsv(events: readonly AuditEventFragment[]): string {
  const head = columns.map(([name]) => name);
  const lines = events.map((event) => columns.map(([, read]) => cell(read(event))));
  return [head, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function download(name: string, format: Format, events: readonly AuditEventFragment[]): void {
  const [text, type] = format === "csv" ? [asCsv(events), "text/csv"] : [asJsonLines(events), "application/jsonl"];
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}
