import { expect, test } from "vitest";
import { cursor, goTo, standOn, step } from "./cursor";
import { eventWord } from "./event-words";
import { deleteRefusal, editRefusal } from "./rights";
import { sampleTask } from "./sample";
import { beside, show, shownIds, shownLabels } from "./shown";
import { summaryOf, whoMade } from "./words";

const now = Date.parse("2026-11-28T12:00:00Z");
const say = (change: Parameters<typeof sampleTask>[0]) => summaryOf(sampleTask(change), now);

test("each state says in words how far it is", () => {
  expect(say({})).toBe("about 4 min");
  expect(say({ durationMs: null })).toBe("no estimate");
  expect(say({ status: "IN_PROGRESS", lastRunAt: "2026-11-28T11:56:45Z" })).toBe("0:45 left");
  expect(say({ status: "IN_PROGRESS", kind: "python", progress: 0.62, elapsedMs: 362_000, durationMs: 583_000 })).toBe(
    "62 % · 3:41 left",
  );
  expect(say({ status: "IN_PROGRESS", kind: "python", durationMs: null, elapsedMs: 80_000 })).toBe("1:20 so far");
  expect(say({ status: "PAUSED", elapsedMs: 112_800 })).toBe("47 % kept");
  expect(say({ status: "COMPLETED", elapsedMs: 128_000 })).toBe("took 2 m 08 s");
  expect(say({ status: "CANCELLED", completedAt: "2026-11-27T12:00:00Z" })).toBe("yesterday");
});

test("a worker that is silent is named with the seconds, counted from the moment in the answer", () => {
  const change = { status: "IN_PROGRESS", worker: "w3", unheardSince: "2026-11-28T11:59:48Z" } as const;
  expect(say(change)).toBe("worker w3 not heard of for 12 s");
  expect(summaryOf(sampleTask(change), now + 3000)).toBe("worker w3 not heard of for 15 s");
  expect(summaryOf(sampleTask(change), now - 60_000)).toBe("worker w3 not heard of for 0 s");
});

test("a state on its way says what it waits for", () => {
  expect(say({ status: "QUEUED", waitingFor: "It waits for a worker." })).toBe("queued · waits for a worker");
  expect(say({ status: "PAUSING", waitingFor: "It is held on w1." })).toBe("pausing · held on w1");
  expect(say({ status: "CANCELLING", waitingFor: null })).toBe("cancelling…");
});

test("one's own tasks are one's own", () => {
  expect(whoMade(sampleTask(), "ada")).toBe("you");
  expect(whoMade(sampleTask(), "bob")).toBe("Ada");
  expect(whoMade(sampleTask({ createdBy: null }), "bob")).toBeNull();
});

test("editors edit their own, admins all, and what runs is not deleted", () => {
  const task = sampleTask();
  expect(editRefusal(task, "EDITOR", "ada")).toBeNull();
  expect(editRefusal(task, "EDITOR", "bob")).toContain("ADMIN");
  expect(editRefusal(task, "OPERATOR", "ada")).toContain("EDITOR");
  expect(editRefusal(task, "ADMIN", "bob")).toBeNull();
  expect(deleteRefusal(task, "EDITOR", "ada")).toBeNull();
  expect(deleteRefusal(task, "VIEWER", "ada")).toContain("deleting");
  expect(deleteRefusal(sampleTask({ status: "IN_PROGRESS" }), "ADMIN", "bob")).toContain("cancel it first");
});

test("events are told in the past tense, also unknown ones", () => {
  expect([eventWord("PAUSE"), eventWord("COMPLETED"), eventWord("SOMETHING_NEW")]).toEqual([
    "paused",
    "completed",
    "something new",
  ]);
});

test("j and k walk a column and stop at its ends; h and l keep the height", () => {
  expect([
    step([], null, 1),
    step(["a", "b"], null, 1),
    step(["a", "b"], "a", 1),
    step(["a", "b"], "b", 1),
    step(["a", "b"], "a", -1),
  ]).toEqual([undefined, "a", "b", "b", "a"]);
  const task = (id: string, labels: string[] = []) => sampleTask({ id, labels });
  show("one", [task("a", ["x"]), task("b", ["y", "x"])]);
  show("two", []);
  show("three", [task("c")]);
  expect(shownIds("b")).toEqual(["a", "b"]);
  expect(shownIds(null)).toEqual(["a", "b"]);
  expect([beside("b", 1), beside("c", -1), beside("a", -1)]).toEqual(["c", "a", undefined]);
  expect(shownLabels()).toEqual(["x", "y"]);
  show("one", undefined);
  expect(shownIds("b")).toEqual(["c"]);
});

test("standing on a task ends the wish to go to one", () => {
  goTo("a");
  expect(cursor.get()).toEqual({ id: "a", wanted: "go" });
  standOn("a");
  expect(cursor.get()).toEqual({ id: "a", wanted: "no" });
});
