// One line of the history in words. Pure.
import { changesOf } from "@/lib/changes";
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
  const details = changesOf(event.detail);
  return { what: word.charAt(0).toUpperCase() + word.slice(1), who: whoOf(event, me), details };
}

function whoOf({ actor, via, toStatus, action }: TaskEvent, me: string): string {
  const token = via ? ` (token ${via})` : "";
  if (actor !== null) return `by ${actor.id === me ? "you" : actor.displayName}${token}`;
  const leads = toStatus !== null && !eventWord(action).startsWith(statusWord(toStatus).toLowerCase());
  return leads ? `→ ${statusWord(toStatus).toLowerCase()}` : "";
}
