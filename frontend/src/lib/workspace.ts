// The workspace that the page is in, for everything below /w/<slug>.
import { createContext, useContext } from "react";
import type { Role, WorkspaceQuery } from "@/generated/graphql";

export type CurrentWorkspace = NonNullable<WorkspaceQuery["workspace"]>;

export const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

export function useWorkspace(): CurrentWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("useWorkspace outside of /w/<slug>");
  return workspace;
}

const ranks: Record<Role, number> = { VIEWER: 0, OPERATOR: 1, EDITOR: 2, ADMIN: 3 };

/** Whether a role holds all that another does. Only to choose what to draw: the server decides. */
export function atLeast(role: Role, wanted: Role): boolean {
  return ranks[role] >= ranks[wanted];
}

/** "a VIEWER", "an OPERATOR": for sentences that say what one is. */
export function aRole(role: Role): string {
  return `${role === "VIEWER" ? "a" : "an"} ${role}`;
}

const key = "fermata.workspace";

/** The workspace last looked at in this browser, to open again; else the first of them. */
export function lastOf<T extends { slug: string }>(workspaces: readonly T[]): T | undefined {
  return workspaces.find(({ slug }) => slug === lastSlug()) ?? workspaces[0];
}

function lastSlug(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function rememberWorkspace(slug: string): void {
  try {
    localStorage.setItem(key, slug);
  } catch {
    // Storage is off: the first workspace opens next time.
  }
}
