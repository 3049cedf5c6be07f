// Refused because the task is no longer as we saw it: fetch it, show it, and say what happened in the meantime.
import { MeanwhileDocument, type MeanwhileQuery } from "@/generated/graphql";
import { serverNow } from "@/lib/clock";
import { hasCode } from "@/lib/errors";
import { client } from "@/lib/graphql";
import { eventWord } from "@/lib/tasks/event-words";
import type { Feed } from "@/lib/tasks/feed";
import { formatRelative } from "@/lib/times";

type Task = NonNullable<MeanwhileQuery["task"]>;

/** Whether the reason of a refusal is that something happened which this page has not seen. */
export function isStale(error: unknown): boolean {
  return hasCode(error, "ILLEGAL_TRANSITION", "VERSION_CONFLICT", "NOT_FOUND");
}

/** Brings the page up to date and says what happened; null when that cannot be told. */
export async function catchUp(feed: Feed, id: string, me: string): Promise<string | null> {
  const { task } = await client.query(MeanwhileDocument, { id });
  if (task === null) {
    feed.apply({ tasks: [], deletedIds: [id] });
    return "It has been deleted meanwhile, or is no longer yours to see.";
  }
  const { events: _events, ...row } = task;
  feed.apply({ tasks: [row], deletedIds: [] });
  return sentence(task, me, serverNow());
}

/** "Meanwhile Ada paused it 4 seconds ago: “backup first”." */
export function sentence(task: Pick<Task, "events">, me: string, now: number): string | null {
  const event = task.events.nodes[0];
  if (event === undefined) return null;
  const when = formatRelative(Date.parse(event.at), now);
  const why = event.reason ? `: “${event.reason}”` : "";
  if (event.actor === null) return `Meanwhile it was ${eventWord(event.action)} ${when}${why}.`;
  const who = event.actor.id === me ? "you yourself have" : `${event.actor.displayName} has`;
  return `Meanwhile ${who} ${eventWord(event.action)} it ${when}${why}.`;
}
