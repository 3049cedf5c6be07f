// When it happened, and how long the state lasted that it led to; counting while it lasts.
import { serverNow, useNow } from "@/lib/clock";
import { formatDuration } from "@/lib/durations";
import { usePreferences } from "@/lib/preferences";
import { statusWord } from "@/lib/tasks/groups";
import { formatMoment, formatTime } from "@/lib/times";
import type { TaskEvent } from "./use-task";

const final = new Set(["COMPLETED", "CANCELLED", "FAILED"]);

/** Shorter than this is no stay, but a step on the way. */
const briefest = 50;

export function StoryTime({ event, until }: { event: TaskEvent; until: string | null }) {
  const { timeZone } = usePreferences();
  const at = Date.parse(event.at);
  const today = new Date(at).toDateString() === new Date(serverNow()).toDateString();
  const moment = today ? formatTime(at, timeZone) : formatMoment(at, timeZone);
  return (
    <small>
      <time dateTime={event.at} title={formatMoment(at, timeZone)}>
        {moment}
      </time>
      <Lasted event={event} at={at} until={until} />
    </small>
  );
}

function Lasted({
  event: { toStatus, fromStatus },
  at,
  until,
}: {
  event: TaskEvent;
  at: number;
  until: string | null;
}) {
  if (toStatus === null || toStatus === fromStatus || final.has(toStatus)) return null;
  const word = statusWord(toStatus).toLowerCase();
  if (until === null) return <SoFar word={word} since={at} />;
  const ms = Date.parse(until) - at;
  return ms < briefest ? null : ` · ${word} for ${formatDuration(ms)}`;
}

function SoFar({ word, since }: { word: string; since: number }) {
  const seconds = Math.max(0, Math.floor((useNow(1000) - since) / 1000));
  return ` · ${word} for ${formatDuration(seconds * 1000)} so far`;
}
