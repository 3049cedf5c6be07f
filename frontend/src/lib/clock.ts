// The server's clock, seen from here: its offset is measured by the Date header of every answer, and one tick serves all bars.
import { useSyncExternalStore } from "react";

/** The offset (server minus here, in ms) lies between these two. */
export interface Bounds {
  low: number;
  high: number;
}

/**
 * Narrow the bounds by one answer. The header has whole seconds and was written between sending and receiving,
 * so the true offset is in [date - received, date + 1000 - sent]. When that contradicts what we knew,
 * one of the clocks was set: believe the newest.
 */
export function narrow(
  known: Bounds | null,
  sentAt: number,
  receivedAt: number,
  dateHeader: string | null,
): Bounds | null {
  const date = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(date)) return known;
  const sample = { low: date - receivedAt, high: date + 1000 - sentAt };
  if (known === null) return sample;
  const both = { low: Math.max(known.low, sample.low), high: Math.min(known.high, sample.high) };
  return both.low <= both.high ? both : sample;
}

let bounds: Bounds | null = null;

export function observeDate(sentAt: number, receivedAt: number, dateHeader: string | null): void {
  bounds = narrow(bounds, sentAt, receivedAt, dateHeader);
}

/** The server's time in ms since 1970, as well as we know it; within a second from the first answer on. */
export function serverNow(): number {
  return Date.now() + (bounds === null ? 0 : (bounds.low + bounds.high) / 2);
}

const tickMs = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function tick(): void {
  if (document.hidden) return;
  now = serverNow();
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = serverNow();
    timer = setInterval(tick, tickMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The server's time, renewed by the one tick; `stepMs` makes it coarser, so that a text renders once a second only. */
export function useNow(stepMs = tickMs): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now / stepMs) * stepMs);
}
