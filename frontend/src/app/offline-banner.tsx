// While the server does not answer: since when, and that what is shown was true then.
import { useAway, useConnection } from "@/lib/connection";
import { usePreferences } from "@/lib/preferences";
import { formatTime } from "@/lib/times";
import classes from "./offline-banner.module.css";

export function OfflineBanner() {
  return <div role="status">{useAway() && <Since />}</div>;
}

function Since() {
  const { failingSince } = useConnection();
  const { timeZone } = usePreferences();
  const since = failingSince === null ? "" : ` since ${formatTime(failingSince, timeZone).slice(0, 5)}`;
  return (
    <p className={classes.away}>No connection{since}, showing what was true then. Buttons wait until it is back.</p>
  );
}
