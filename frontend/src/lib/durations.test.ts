import { expect, test } from "vitest";
import { formatCountdown, formatDuration, longestDurationMs, parseDuration } from "./durations";

test("durations have two units at the most", () => {
  expect([0, 400, 1000, 9900, 41_000, 60_000, 128_000, 11_100_000, 187_200_000].map(formatDuration)).toEqual([
    "0 s",
    "0.4 s",
    "1 s",
    "9.9 s",
    "41 s",
    "1 min",
    "2 m 08 s",
    "3 h 05 m",
    "2 d 04 h",
  ]);
});

test("a countdown reaches nought only at the end, and never goes below", () => {
  expect([45_000, 221_000, 3_723_000, 1, 0, -5000].map(formatCountdown)).toEqual([
    "0:45",
    "3:41",
    "1:02:03",
    "0:01",
    "0:00",
    "0:00",
  ]);
});

test("what people type is understood", () => {
  const typed = ["90", "1.5", "90s", "1h 30m", "1h30m", "2:30", "1:02:03", "2 min", "250ms", "1 D"];
  expect(typed.map(parseDuration)).toEqual([
    90_000, 1500, 90_000, 5_400_000, 5_400_000, 150_000, 3_723_000, 120_000, 250, 86_400_000,
  ]);
});

test("what is no duration, nought, or longer than the API takes is refused", () => {
  expect(["", "soon", "-5", "0", "1x", "1:2:3:4", "5 5s", "26d"].map(parseDuration)).toEqual(Array(8).fill(null));
  expect(parseDuration(`${longestDurationMs}ms`)).toBe(longestDurationMs);
});
