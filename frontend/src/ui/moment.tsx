// A moment: how long ago in words, and exactly on hover.
import { serverNow, useNow } from "@/lib/clock";
import { usePreferences } from "@/lib/preferences";
import { formatMoment, formatRelative } from "@/lib/times";

const stepMs = 10_000;

export function Moment({ at }: { at: string }) {
  useNow(stepMs); // renders again now and then
  const { timeZone } = usePreferences();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatMoment(moment, timeZone)}>
      {formatRelative(moment, serverNow())}
    </time>
  );
}

/** The same, the other way round: exact, for tables where the order of things matters. */
export function ExactMoment({ at }: { at: string }) {
  const { timeZone } = usePreferences();
  return <time dateTime={at}>{formatMoment(Date.parse(at), timeZone)}</time>;
}
