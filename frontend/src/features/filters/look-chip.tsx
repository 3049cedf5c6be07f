// How often the page looks at the server, in the open.
import { usePreferences } from "@/lib/preferences";
import classes from "./filters.module.css";

export function LookChip() {
  const { pollEveryMs } = usePreferences();
  return (
    <span className={`${classes.chip} mantine-visible-from-md`}>
      {pollEveryMs === null ? (
        "does not look by itself"
      ) : (
        <>
          looks every <b>{pollEveryMs / 1000} s</b>
        </>
      )}
    </span>
  );
}
