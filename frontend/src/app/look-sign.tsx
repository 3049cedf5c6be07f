// The small sign in the header: how fresh the page is. Behind it, an inspector of the last looks at the server.
import { Popover } from "@mantine/core";
import { lazy, Suspense } from "react";
import { serverNow, useNow } from "@/lib/clock";
import { useConnection } from "@/lib/connection";
import { usePreferences } from "@/lib/preferences";
import { formatRelative, formatTime } from "@/lib/times";
import classes from "./shell.module.css";

const LookInspector = lazy(() => import("./look-inspector").then((module) => ({ default: module.LookInspector })));

export function LookSign() {
  const { state, text } = useLookText();
  return (
    <Popover width="min(430px, calc(100vw - 24px))" position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.look} aria-label={`${text}. Show the last looks at the server`}>
          <span className={classes.dot} data-state={state} />
          <span className="mantine-visible-from-sm">{text}</span>
          {state === "away" && <span className="mantine-visible-from-lg">, showing what was true then</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback="Loading…">
          <LookInspector />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

function useLookText(): { state: "ok" | "away" | "resting"; text: string } {
  const now = useNow(1000);
  const { lastAnswerAt, failingSince, failures } = useConnection();
  const { pollEveryMs, timeZone } = usePreferences();
  if (failures > 0 && failingSince !== null) {
    return { state: "away", text: `No connection since ${formatTime(failingSince, timeZone).slice(0, 5)}` };
  }
  const age = lastAnswerAt === null ? "" : ` · ${short(lastAnswerAt, Math.max(now, serverNow()))}`;
  return pollEveryMs === null ? { state: "resting", text: `Paused${age}` } : { state: "ok", text: `Up to date${age}` };
}

function short(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  return seconds < 60 ? `${seconds} s ago` : formatRelative(at, now);
}
