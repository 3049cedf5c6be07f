import { expect, test } from "vitest";
import { pollDelay } from "./poll";

const calm = { everyMs: 2000, hidden: false, failures: 0, random: 0.5 };

test("all is well: as often as the person chose", () => {
  expect(pollDelay(calm)).toBe(2000);
});

test("a hidden tab and a person who paused do not look", () => {
  expect(pollDelay({ ...calm, hidden: true })).toBeNull();
  expect(pollDelay({ ...calm, everyMs: null })).toBeNull();
  expect(pollDelay({ ...calm, everyMs: null, failures: 3 })).toBeNull();
});

test("failures double the wait, with jitter, up to a minute", () => {
  const waits = [1, 2, 3, 10, 1000].map((failures) => pollDelay({ ...calm, failures, random: 1 }));
  expect(waits).toEqual([4000, 8000, 16_000, 60_000, 60_000]);
  expect(pollDelay({ ...calm, failures: 3, random: 0 })).toBe(8000);
});

test("backing off never looks more often than without a failure", () => {
  expect(pollDelay({ ...calm, everyMs: 60_000, failures: 1, random: 0 })).toBe(60_000);
});

test("the server's wish to wait is heard", () => {
  expect(pollDelay({ ...calm, failures: 1, retryAfterMs: 30_000 })).toBe(30_000);
});
