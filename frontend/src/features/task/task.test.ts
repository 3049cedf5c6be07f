import { expect, test } from "vitest";
import { fieldsOf } from "@/lib/input-schema";
import { inputOf, placeComplaints, valuesOf } from "./new-task-values";
import { segmentsOf, weigh } from "./segments";
import { storyOf } from "./story";

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const moved = (
  id: string,
  action: string,
  toStatus: "QUEUED" | "IN_PROGRESS" | "PAUSED" | "COMPLETED" | "NOT_STARTED",
  seconds: number,
) => ({ id, action, toStatus, at: at(seconds) });

test("the stretches of the latest attempt, the running one until now", () => {
  const events = [
    moved("6", "RESUME", "IN_PROGRESS", 60),
    moved("5", "PAUSE", "PAUSED", 40),
    moved("4", "EDITED", "IN_PROGRESS", 20),
    moved("3", "RUN", "IN_PROGRESS", 10),
    moved("2", "COMPLETED", "COMPLETED", 9),
    moved("1", "RUN", "IN_PROGRESS", 1),
  ];
  const segments = segmentsOf(events, 100_000);
  expect(segments.map(({ status, ms }) => [status, ms])).toEqual([
    ["IN_PROGRESS", 30_000],
    ["PAUSED", 20_000],
    ["IN_PROGRESS", 40_000],
  ]);
  expect(weigh(segments, 0.7).map(({ share }) => share?.toFixed(2))).toEqual(["0.30", undefined, "0.40"]);
});

test("the bar of a task is as full as the task is done, however long it was paused", () => {
  const events = [moved("2", "PAUSE", "PAUSED", 2), moved("1", "RUN", "IN_PROGRESS", 1)];
  const shares = (now: number) => weigh(segmentsOf(events, now), 0.25).map(({ share }) => share);
  expect(shares(3_000)).toEqual([0.25, null]);
  expect(shares(86_400_000)).toEqual([0.25, null]);
  expect(weigh(segmentsOf([moved("1", "RUN", "QUEUED", 1)], 5_000), 0)).toMatchObject([{ share: null }]);
  expect(weigh(segmentsOf([moved("1", "RUN", "QUEUED", 1)], 1_900), 0)).toEqual([]);
});

test("what has ended has no stretch after its end", () => {
  expect(
    segmentsOf([moved("2", "COMPLETED", "COMPLETED", 5), moved("1", "RUN", "IN_PROGRESS", 1)], 99_000),
  ).toMatchObject([{ ms: 4000 }]);
  expect(segmentsOf([moved("1", "CREATED", "NOT_STARTED", 1)], 5000)).toEqual([]);
  expect(weigh([], 0)).toEqual([]);
});

const event = {
  id: "1",
  action: "PAUSE",
  fromStatus: null,
  toStatus: "PAUSED",
  elapsedMs: 0,
  version: 2,
  detail: null,
  actor: { id: "ada", displayName: "Ada" },
  via: null,
  reason: null,
  at: at(0),
} as const;

test("the history says who, and by which token", () => {
  expect(storyOf(event, "ada")).toEqual({ what: "Paused", who: "by you", details: [] });
  expect(storyOf({ ...event, via: "nightly" }, "bob").who).toBe("by Ada (token nightly)");
  expect(storyOf({ ...event, action: "CLAIMED", toStatus: "IN_PROGRESS", actor: null }, "bob")).toMatchObject({
    what: "Taken by a worker",
    who: "→ in progress",
  });
  expect(storyOf({ ...event, action: "COMPLETED", toStatus: "COMPLETED", actor: null }, "bob").who).toBe("");
});

const fields = fieldsOf({ properties: { items: { type: "array", items: { type: "string" } } }, required: ["items"] });

test("a timer is sent without what only work has", () => {
  const values = { ...valuesOf({}), title: " Tea ", durationMs: "4m", priority: "2", timeoutMs: "1h" };
  expect(inputOf(values, [])).toEqual({
    input: { title: "Tea", description: "", labels: [], kind: "timer", durationMs: 240_000, priority: 2 },
  });
});

test("work is sent with its input, its time limit and its attempts", () => {
  const values = {
    ...valuesOf({ kind: "items" }),
    title: "Import",
    timeoutMs: "1h 30m",
    maxAttempts: "3",
    work: { items: "a\nb" },
  };
  expect(inputOf(values, fields)).toEqual({
    input: {
      title: "Import",
      description: "",
      labels: [],
      kind: "items",
      durationMs: null,
      priority: 0,
      input: { items: ["a", "b"] },
      timeoutMs: 5_400_000,
      maxAttempts: 3,
    },
  });
});

test("what is missing is said before anything is sent", () => {
  const wrong = inputOf({ ...valuesOf({}), priority: "1.5", timeoutMs: "soon" }, fields);
  expect("errors" in wrong && Object.keys(wrong.errors).sort()).toEqual([
    "durationMs",
    "priority",
    "timeoutMs",
    "title",
    "work.items",
  ]);
});

test("a duplicate starts from the same values, times in words that read back exactly", () => {
  expect(
    valuesOf({ title: "A", durationMs: 5_400_000, timeoutMs: 3_723_000, labels: ["x"], maxAttempts: 3 }),
  ).toMatchObject({
    title: "A",
    durationMs: "1 h 30 m",
    timeoutMs: "3723000ms",
    labels: ["x"],
    maxAttempts: "3",
  });
});

test("the server's complaints go beside their fields", () => {
  const complaints = [
    { path: "input.title", message: "too long" },
    { path: "input.input.items.3", message: "too short" },
    { path: "elsewhere", message: "strange" },
  ];
  expect(placeComplaints(complaints, fields)).toEqual({
    errors: { title: "too long", "work.items": "too short" },
    rest: ["strange"],
  });
});
