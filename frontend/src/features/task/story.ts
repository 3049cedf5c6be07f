// One line of the history in words. Pure.
import { eventWord } from "@/lib/tasks/event-words";
import { statusWord } from "@/lib/tasks/groups";
import type { TaskEvent } from "./use-task";

export interface Story {
  what: string;
  who: string;
  details: string[];
}

export function storyOf(event: TaskEvent, me: string): Story {
  const word = eventWord(event.action);
  const details = detailsOf(event.detail);
  return { what: word.charAt(0).toUpperCase() + word.slice(1), who: whoOf(event, me), details };
}

function whoOf({ actor, via, toStatus, action }: TaskEvent, me: string): string {
  const token = via ? ` (token ${via})` : "";
  if (actor !== null) return `by ${actor.id === me ? "you" : actor.displayName}${token}`;
  const leads = toStatus !== null && !eventWord(action).startsWith(statusWord(toStatus).toLowerCase());
  return leads ? `→ ${statusWord(toStatus).toLowerCase()}` : "";
}

/** Fields with what was before and after; anything else that came with the event, as it is. */
export function detailsOf(detail: unknown): string[] {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return [];
  return Object.entries(detail).map(([name, value]) => {
    const change = isChange(value) ? `${shown(value.before)} → ${shown(value.after)}` : shown(value);
    return `${wordOf(name)}: ${change}`;
  });
}

function isChange(value: unknown): value is { before: unknown; after: unknown } {
  return typeof value === "object" && value !== null && "before" in value && "after" in value;
}

function wordOf(name: string): string {
  return name.replace(/([A-Z])/g, " $1").toLowerCase();
}

const longest = 120;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const whole = text === undefined || text === "null" || text === "" ? "none" : text;
  return whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
}
