import { expect, test } from "vitest";
import type { TaskClockFragment } from "@/generated/graphql";
import { advance, progressAt } from "./progress";

const start = Date.parse("2026-11-28T12:00:00.000Z");
const timer: TaskClockFragment = {
  status: "IN_PROGRESS",
  durationMs: 10_000,
  elapsedMs: 2000,
  lastRunAt: "2026-11-28T12:00:00.000Z",
  progress: null,
  attempt: 1,
};

test("a timer counts what was spent before and what has gone by since", () => {
  expect(progressAt(timer, start + 3000)).toEqual({ fraction: 0.5, elapsedMs: 5000, leftMs: 5000 });
});

test("it never passes its end, nor runs below nothing, whatever the clocks say", () => {
  expect(progressAt(timer, start + 60_000)).toEqual({ fraction: 1, elapsedMs: 10_000, leftMs: 0 });
  expect(progressAt(timer, start - 60_000)).toEqual({ fraction: 0.2, elapsedMs: 2000, leftMs: 8000 });
  expect(progressAt({ ...timer, elapsedMs: -5 }, start)).toEqual({ fraction: 0, elapsedMs: 0, leftMs: 10_000 });
});

test("a paused one stands still", () => {
  const paused: TaskClockFragment = { ...timer, status: "PAUSED" };
  expect(progressAt(paused, start + 1)).toEqual(progressAt(paused, start + 9_000_000));
});

test("a completed one is full at once", () => {
  expect(progressAt({ ...timer, status: "COMPLETED" }, start).fraction).toBe(1);
});

test("work says itself how far it is; the time left follows from its pace", () => {
  const work: TaskClockFragment = { ...timer, durationMs: null, progress: 0.25, elapsedMs: 0 };
  expect(progressAt(work, start + 4000)).toEqual({ fraction: 0.25, elapsedMs: 4000, leftMs: 12_000 });
});

test("nothing to go by gives no bar, and hardly anything gives no promise", () => {
  const silent: TaskClockFragment = { ...timer, durationMs: null };
  expect(progressAt(silent, start + 4000)).toEqual({ fraction: null, elapsedMs: 6000, leftMs: null });
  expect(progressAt({ ...silent, progress: 0.01 }, start + 4000).leftMs).toBeNull();
});

test("a bar never runs back within an attempt, and starts afresh with the next", () => {
  expect(advance(null, 1, 0.3)).toBe(0.3);
  expect(advance({ attempt: 1, fraction: 0.5 }, 1, 0.4)).toBe(0.5);
  expect(advance({ attempt: 1, fraction: 0.5 }, 1, 0.6)).toBe(0.6);
  expect(advance({ attempt: 1, fraction: 0.9 }, 2, 0)).toBe(0);
});
