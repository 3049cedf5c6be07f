import { expect, test } from "vitest";
import { actionOf, actions, refusal } from "./actions";
import { expected } from "./expect";
import { allStatuses, groupOf, groups } from "./groups";
import { sampleTask } from "./sample";

test("every action has a key of its own, and undo leads back", () => {
  expect(new Set(actions.map(({ key }) => key)).size).toBe(4);
  for (const { id, undo } of actions) if (undo !== null) expect(actionOf(undo).undo).toBe(id);
});

test("what loses something asks first", () => {
  expect(actions.filter(({ confirm }) => confirm !== null).map(({ id }) => id)).toEqual(["CANCEL"]);
});

test("every status stands in exactly one column", () => {
  expect(groups.flatMap(({ statuses }) => statuses).sort()).toEqual([...allStatuses].sort());
  expect(groupOf("PAUSING").id).toBe("inProgress");
});

test("whether one may is the server's word, with its reason", () => {
  const task = sampleTask();
  expect(refusal(task, "RUN")).toBeNull();
  expect(refusal(task, "PAUSE")).toBe("It has not been started yet: run it first.");
  expect(refusal(task, "CANCEL")).not.toBeNull();
});

const now = Date.parse("2026-11-28T12:00:00Z");

test("a timer that is run starts at nothing, now, and nothing can be asked of it until the answer", () => {
  const run = expected(sampleTask({ elapsedMs: 5000, status: "CANCELLED" }), actionOf("RUN"), now);
  expect(run).toMatchObject({ status: "IN_PROGRESS", elapsedMs: 0, lastRunAt: "2026-11-28T12:00:00.000Z", version: 1 });
  expect(run.allowedActions).toEqual([]);
  expect(run.can.every(({ allowed }) => !allowed)).toBe(true);
});

test("a pause keeps the time already spent", () => {
  const running = sampleTask({ status: "IN_PROGRESS", elapsedMs: 10_000, lastRunAt: "2026-11-28T11:59:30.000Z" });
  expect(expected(running, actionOf("PAUSE"), now)).toMatchObject({ status: "PAUSED", elapsedMs: 40_000 });
});

test("work is on its way until the worker has said so", () => {
  const work = sampleTask({ kind: "python", status: "IN_PROGRESS" });
  expect(expected(work, actionOf("PAUSE"), now).status).toBe("PAUSING");
  expect(expected(work, actionOf("CANCEL"), now).status).toBe("CANCELLING");
  expect(expected({ ...work, status: "PAUSING" }, actionOf("RESUME"), now).status).toBe("IN_PROGRESS");
  expect(expected({ ...work, status: "PAUSED" }, actionOf("RESUME"), now).status).toBe("QUEUED");
});
