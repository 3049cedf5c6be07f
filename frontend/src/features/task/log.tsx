// The log, following its end unless one has scrolled up to read.
import { useLayoutEffect, useRef } from "react";
import { messageOf } from "@/lib/errors";
import { usePreferences } from "@/lib/preferences";
import { formatTime } from "@/lib/times";
import classes from "./panel.module.css";
import { type LogLines, useLog } from "./use-log";
import type { TaskDetail } from "./use-task";

const most = 1000;
const nearEnd = 24;

export function Log({ task }: { task: TaskDetail }) {
  const { data, error } = useLog(task);
  return (
    <section className={classes.section} aria-label="Log">
      <h3>Log</h3>
      {data && data.lines.length > 0 ? <Lines log={data} /> : <p className={classes.quiet}>{quiet(data, error)}</p>}
    </section>
  );
}

function quiet(data: LogLines | undefined, error: Error | null): string {
  if (error) return messageOf(error);
  return data === undefined ? "Reading…" : "It has printed nothing yet.";
}

function Lines({ log }: { log: LogLines }) {
  const { timeZone } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const shown = log.lines.slice(-most);
  const first = log.lines.length - shown.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows when lines come
  useLayoutEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log]);
  return (
    <div
      ref={box}
      className={classes.pre}
      role="log"
      aria-label="Lines of the log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < nearEnd;
      }}
    >
      {first > 0 && <div>{first.toLocaleString("en")} earlier lines are not shown.</div>}
      {shown.map(({ at, stream, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <div key={first + index} data-stream={stream}>
          <b>{formatTime(Date.parse(at), timeZone)}</b> {text}
        </div>
      ))}
    </div>
  );
}
