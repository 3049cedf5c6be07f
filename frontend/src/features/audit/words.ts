// An event as a sentence: who did what to whom.
import type { AuditEventFragment } from "@/generated/graphql";
import { changesOf } from "@/lib/changes";

/** What follows the name of whoever did it; an action that is not here is spelled out from its name. */
export const verbs: Readonly<Record<string, string>> = {
  CREATED: "created",
  EDITED: "edited",
  DELETED: "deleted",
  RUN: "ran",
  PAUSE: "paused",
  RESUME: "resumed",
  CANCEL: "cancelled",
  CLAIMED: "took up",
  STOPPED: "stopped work on",
  COMPLETED: "completed",
  FAILED: "gave up on",
  RETRIED: "will try again",
  RECOVERED: "took back",
  MEMBER_INVITED: "made an invitation",
  INVITATION_ACCEPTED: "accepted an invitation",
  INVITATION_REVOKED: "withdrew an invitation",
  MEMBER_ROLE_SET: "changed the role of",
  MEMBER_REMOVED: "removed",
  TOKEN_CREATED: "made a token",
  TOKEN_REVOKED: "revoked a token",
  WORKSPACE_CREATED: "created the workspace",
  WORKSPACE_RENAMED: "renamed the workspace",
};

export function verbOf(action: string): string {
  return verbs[action] ?? action.toLowerCase().replaceAll("_", " ");
}

export function actorOf(event: AuditEventFragment): string {
  return event.actor?.displayName ?? "Fermata";
}

/** What it was done to, in words; empty when the verb says it all. */
export function objectOf(event: AuditEventFragment): string {
  if (event.task) return `“${event.task.title}”`;
  if (event.taskId) return titleIn(event.detail) ?? "a task that is deleted";
  return event.subject && event.subject.id !== event.actor?.id ? event.subject.displayName : "";
}

function titleIn(detail: unknown): string | null {
  if (typeof detail !== "object" || detail === null || !("title" in detail)) return null;
  return typeof detail.title === "string" ? `“${detail.title}”` : null;
}

// Ids that say nothing to people; exports have them.
const internal = new Set(["invitation", "session", "token"]);

/** "role: VIEWER → ADMIN, name: x". */
export function detailOf(detail: unknown): string {
  return changesOf(detail, internal).join(", ");
}
