import { expect, test } from "vitest";
import { changedIds, countOf, refusals } from "./bulk-outcomes";
import { sentence } from "./meanwhile";
import { fromLocal, inputOf, suggestions } from "./until";

const outcome = (taskId: string, message: string | null) => ({ taskId, changed: message === null, message });

test("those that do not change are told by reason, the most frequent first", () => {
  const outcomes = [
    outcome("a", null),
    outcome("b", "It is paused."),
    outcome("c", "It failed."),
    outcome("d", "It failed."),
  ];
  const result = { matched: 4, changed: 1, refused: 3, outcomes };
  expect(refusals(result)).toEqual([
    { message: "It failed.", ids: ["c", "d"] },
    { message: "It is paused.", ids: ["b"] },
  ]);
  expect(changedIds(result)).toEqual(["a"]);
});

test("there is no undo when the answer does not name every task", () => {
  expect(changedIds({ matched: 500, changed: 500, refused: 0, outcomes: [outcome("a", null)] })).toBeNull();
});

test("one task, many tasks", () => {
  expect([countOf(1), countOf(0), countOf(1200)]).toEqual(["1 task", "0 tasks", "1,200 tasks"]);
});

const now = Date.parse("2026-11-28T12:00:04Z");
const event = {
  action: "PAUSE",
  actor: { id: "ada", displayName: "Ada" },
  reason: "backup first",
  at: "2026-11-28T12:00:00Z",
};

test("what happened meanwhile is told with who, when and why", () => {
  expect(sentence({ events: { nodes: [event] } }, "bob", now)).toBe(
    "Meanwhile Ada has paused it 4 seconds ago: “backup first”.",
  );
  expect(sentence({ events: { nodes: [{ ...event, reason: null }] } }, "ada", now)).toBe(
    "Meanwhile you yourself have paused it 4 seconds ago.",
  );
  expect(
    sentence({ events: { nodes: [{ ...event, actor: null, action: "COMPLETED", reason: null }] } }, "bob", now),
  ).toBe("Meanwhile it was completed 4 seconds ago.");
  expect(sentence({ events: { nodes: [] } }, "bob", now)).toBeNull();
});

test("a moment passes through a field for date and time, to the minute", () => {
  const at = new Date(2026, 10, 28, 17, 45).getTime();
  expect(fromLocal(inputOf(at))).toBe(at);
  expect(fromLocal("")).toBeNull();
});

test("suggested moments are all still to come, also the morning", () => {
  for (const hour of [0, 5, 6, 12, 23]) {
    const at = new Date(2026, 10, 28, hour, 30).getTime();
    expect(suggestions(at).every((suggestion) => suggestion.at > at)).toBe(true);
  }
});
