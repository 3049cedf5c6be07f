// What the address of the audit page may say, and the filter that it stands for.
import type { EventFilter } from "@/generated/graphql";
import type { TimeZone } from "@/lib/times";

export interface AuditSearch {
  actor?: string | undefined;
  action?: string | undefined;
  /** Days, YYYY-MM-DD, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const day = (value: unknown) => (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return { actor: text(search.actor), action: text(search.action), from: day(search.from), to: day(search.to) };
}

/** Days begin at midnight in the person's time zone. */
export function asFilter({ actor, action, from, to }: AuditSearch, zone: TimeZone): EventFilter {
  return {
    ...(actor && { actor }),
    ...(action && { action: [action] }),
    ...(from && { after: midnight(from, 0, zone) }),
    ...(to && { before: midnight(to, 1, zone) }),
  };
}

function midnight(date: string, daysLater: number, zone: TimeZone): string {
  const at = new Date(zone === "utc" ? `${date}T00:00:00Z` : `${date}T00:00:00`);
  if (zone === "utc") at.setUTCDate(at.getUTCDate() + daysLater);
  else at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}
