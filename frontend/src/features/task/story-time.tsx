// When it happened, and how long the state lasted that it led to; counting while it lasts.
import { serverNow, useNow } from "@/lib/clock";
import { formatDuration } from "@/lib/durations";
import { usePreferences } from "@/lib/preferences";
import { statusWord } from "@/lib/tasks/groups";
import { formatMoment, formatTime } from "@/lib/times";
import type { TaskEvent } from "./use-task";

const final = new Set(["COMPLETED", "CANCELLED", "FAILED"]);

export function StoryTime({ event, until }: { event: TaskEvent; until: string | null }) {
  const { timeZone } = usePreferences();
  const at = Date.parse(event.at);
  const today = new Date(at).toDateString() === new Date(serverNow()).toDateString();
  const moment = today ? formatTime(at, timeZone) : formatMoment(at, timeZone);
  const { toStatus, fromStatus } = event;
  const lasted = toStatus === null || toStatus === fromStatus || final.has(toStatus) ? null : toStatus;
  return (
    <small>
      <time dateTime={event.at} title={formatMoment(at, timeZone)}>
        {moment}
      </time>
      {lasted && ` · ${statusWord(lasted).toLowerCase()} for `}
      {lasted && (until === null ? <SoFar since={at} /> : formatDuration(Date.parse(until) - at))}
    </small>
  );
}

function SoFar({ since }: { since: number }) {
  return `${formatDuration(Math.max(0, useNow(1000) - since))} so far`;
}
