// A moment: how long ago in words, and exactly on hover.
import { useNow } from "@/lib/clock";
import { usePreferences } from "@/lib/preferences";
import { formatMoment, formatRelative } from "@/lib/times";

export function Moment({ at }: { at: string }) {
  const now = useNow(10_000);
  const { timeZone } = usePreferences();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatMoment(moment, timeZone)}>
      {formatRelative(moment, now)}
    </time>
  );
}

/** The same, the other way round: exact, for tables where the order of things matters. */
export function ExactMoment({ at }: { at: string }) {
  const { timeZone } = usePreferences();
  return <time dateTime={at}>{formatMoment(Date.parse(at), timeZone)}</time>;
}
