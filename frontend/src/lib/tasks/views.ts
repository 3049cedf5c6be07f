// Saved views: a name for filters and a sort, of one person in one workspace, kept in this browser.
import { useSyncExternalStore } from "react";
import { parseSearch, type TaskSearch } from "./search";

export interface View {
  name: string;
  search: TaskSearch;
}

const prefix = "fermata.views";
const changed = new EventTarget();

function keyOf(person: string, workspace: string): string {
  return `${prefix}.${person}.${workspace}`;
}

/** What was stored; anything strange in it is left out. */
export function parseViews(text: string | null): View[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((view) =>
      typeof view?.name === "string" ? [{ name: view.name, search: parseSearch(view.search ?? {}) }] : [],
    );
  } catch {
    return [];
  }
}

/** The filters and the sort of an address, without what is open or shown at the moment. */
export function viewSearch({ view: _view, column: _column, ...search }: TaskSearch): TaskSearch {
  return search;
}

export function sameView(a: TaskSearch, b: TaskSearch): boolean {
  const text = (search: TaskSearch) => JSON.stringify(Object.entries(viewSearch(search)).sort());
  return text(a) === text(b);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, views: readonly View[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(views));
  } catch {
    // Storage is off: the view is not kept.
  }
  changed.dispatchEvent(new Event("change"));
}

function subscribe(listener: () => void): () => void {
  changed.addEventListener("change", listener);
  window.addEventListener("storage", listener);
  return () => {
    changed.removeEventListener("change", listener);
    window.removeEventListener("storage", listener);
  };
}

export function useViews(person: string, workspace: string) {
  const key = keyOf(person, workspace);
  const text = useSyncExternalStore(subscribe, () => read(key));
  const views = parseViews(text);
  return {
    views,
    save: (name: string, search: TaskSearch) =>
      write(key, [...views.filter((view) => view.name !== name), { name, search: viewSearch(search) }]),
    forget: (name: string) =>
      write(
        key,
        views.filter((view) => view.name !== name),
      ),
  };
}
