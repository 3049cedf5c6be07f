// When to look again: one pure function decides for everything that polls.

export interface PollState {
  /** How often the person wants to look, in ms; null when paused. */
  everyMs: number | null;
  hidden: boolean;
  /** Failed looks in a row. */
  failures: number;
  /** The server asked for this long, in ms. */
  retryAfterMs?: number | null;
  /** From 0 to 1; passed in, so that the policy stays pure. */
  random: number;
}

const longestMs = 60_000;

/** Milliseconds until the next look; null: not by itself (the tab is hidden, or looking is paused). A button looks at once, whatever this says. */
export function pollDelay({ everyMs, hidden, failures, retryAfterMs, random }: PollState): number | null {
  if (hidden || everyMs === null) return null;
  if (failures === 0) return everyMs;
  const doubled = Math.min(Math.max(everyMs, 1000) * 2 ** Math.min(failures, 16), longestMs);
  const jittered = doubled * (0.5 + random / 2);
  return Math.max(everyMs, jittered, Math.min(retryAfterMs ?? 0, longestMs));
}
