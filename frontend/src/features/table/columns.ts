// The columns of the table: their names, by what they can be sorted, and from which width on they are shown.
export interface Column {
  id: "title" | "status" | "progress" | "kind" | "labels" | "who" | "priority" | "created" | "updated";
  label: string;
  /** The name of the sort in the address. */
  sort?: "title" | "priority" | "created" | "updated";
}

export const columns: readonly Column[] = [
  { id: "title", label: "Title", sort: "title" },
  { id: "status", label: "Status" },
  { id: "progress", label: "Progress" },
  { id: "kind", label: "Kind" },
  { id: "labels", label: "Labels" },
  { id: "who", label: "Made by" },
  { id: "priority", label: "Priority", sort: "priority" },
  { id: "created", label: "Created", sort: "created" },
  { id: "updated", label: "Updated", sort: "updated" },
];

/** "ascending", "descending", or nothing when the table is sorted by something else. */
export function sortOf(sort: string | undefined, name: string): "ascending" | "descending" | undefined {
  const text = sort ?? "-created";
  if (text === name) return "ascending";
  return text === `-${name}` ? "descending" : undefined;
}
