// The filters, the sort and the view as they stand in the address: read, written, and turned into what the API takes.
import type { TaskFilter, TaskOrder, TaskOrderField, TaskStatus } from "@/generated/graphql";
import { allStatuses } from "./groups";

/** Only what is set is there, so that a plain page has a plain address. Lists are comma-separated, each part encoded. */
export interface TaskSearch {
  q?: string;
  labels?: string;
  kinds?: string;
  /** "me" or the id of a person. */
  who?: string;
  status?: string;
  /** "-updated", "title": a minus for descending. */
  sort?: string;
  /** What lies under an open task. */
  view?: "table";
  /** The column that a narrow screen shows. */
  column?: string;
}

/** Takes all filters off; sort and view stay. */
export const unfiltered = { q: undefined, labels: undefined, kinds: undefined, who: undefined, status: undefined };

const names = ["q", "labels", "kinds", "who", "status", "sort", "column"] as const;

/** What an address says, whatever someone typed into it. */
export function parseSearch(raw: Record<string, unknown>): TaskSearch {
  const search: TaskSearch = raw.view === "table" ? { view: "table" } : {};
  for (const name of names) {
    const value = raw[name];
    const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
    if (text.trim() !== "") search[name] = text;
  }
  return search;
}

export function splitList(text: string | undefined): string[] {
  return (text ?? "").split(",").flatMap((part) => decode(part.trim()) || []);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function joinList(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.map(encodeURIComponent).join(",");
}

/** What the API is asked for. */
export function filterOf(search: TaskSearch, me: string): TaskFilter {
  const filter: TaskFilter = {};
  const statuses = splitList(search.status).filter(isStatus);
  const labels = splitList(search.labels);
  const kinds = splitList(search.kinds);
  if (search.q?.trim()) filter.search = search.q.trim();
  if (labels.length > 0) filter.labels = labels;
  if (kinds.length > 0) filter.kind = kinds;
  if (search.who) filter.createdBy = search.who === "me" ? me : search.who;
  if (statuses.length > 0) filter.status = statuses;
  return filter;
}

function isStatus(text: string): text is TaskStatus {
  return (allStatuses as readonly string[]).includes(text);
}

const sorts: Record<string, TaskOrderField> = {
  created: "CREATED_AT",
  updated: "UPDATED_AT",
  priority: "PRIORITY",
  title: "TITLE",
};

export function orderOf(sort: string | undefined): TaskOrder {
  const text = sort ?? "-created";
  const field = sorts[text.replace(/^-/, "")] ?? "CREATED_AT";
  return { field, direction: text.startsWith("-") ? "DESC" : "ASC" };
}

/** A click on a heading: its own order first, the other way round the second time. */
export function toggleSort(sort: string | undefined, name: string): string {
  const first = name === "title" ? name : `-${name}`;
  const other = name === "title" ? `-${name}` : name;
  return (sort ?? "-created") === first ? other : first;
}

export function isFiltered({ q, labels, kinds, who, status }: TaskSearch): boolean {
  return [q, labels, kinds, who, status].some((value) => value !== undefined);
}
