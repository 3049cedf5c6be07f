import { expect, test } from "vitest";
import { changesOf } from "./changes";

test("fields say what was before and after, also where one side was left out", () => {
  expect(changesOf({ priority: { before: 1, after: 2 } })).toEqual(["priority: 1 → 2"]);
  expect(changesOf({ worker: { before: "w1" } })).toEqual(["worker: w1 → none"]);
  expect(changesOf({ worker: { after: "w1" } })).toEqual(["worker: none → w1"]);
  expect(changesOf({ role: ["VIEWER", "ADMIN"] })).toEqual(["role: VIEWER → ADMIN"]);
});

test("times are words and not milliseconds", () => {
  expect(changesOf({ elapsedMs: { before: 20_334, after: 0 } })).toEqual(["active time: 20 s → 0 s"]);
  expect(changesOf({ durationMs: { before: null, after: 90_000 } })).toEqual(["duration: none → 1 m 30 s"]);
});

test("what is no change is told as it is, cut where it is long, and left out where it is internal", () => {
  expect(changesOf({ labels: ["etl"], maxAttempts: 3 })).toEqual(['labels: ["etl"]', "attempts: 3"]);
  expect(changesOf({ note: "x".repeat(200) })).toEqual([`note: ${"x".repeat(120)}…`]);
  expect(changesOf({ token: "t", name: "n" }, new Set(["token"]))).toEqual(["name: n"]);
  expect(changesOf(null)).toEqual([]);
  expect(changesOf(["a", "b"])).toEqual([]);
});
