import { expect, test } from "vitest";
import type { AuditEventFragment } from "@/generated/graphql";
import { asCsv, asJsonLines } from "./export";
import { asFilter, readAuditSearch } from "./search";
import { actorOf, detailOf, objectOf, verbOf } from "./words";

const event: AuditEventFragment = {
  id: "1",
  action: "PAUSE",
  at: "2026-11-28T12:00:00.000Z",
  reason: "=HYPERLINK()",
  via: null,
  detail: null,
  fromStatus: "IN_PROGRESS",
  toStatus: "PAUSED",
  taskId: "t",
  task: { id: "t", title: 'Say "hello", twice' },
  subject: null,
  actor: { id: "u", displayName: "Ada" },
};

test("an event reads as a sentence", () => {
  expect(`${actorOf(event)} ${verbOf(event.action)} ${objectOf(event)}`).toBe('Ada paused “Say "hello", twice”');
  expect(actorOf({ ...event, actor: null })).toBe("Fermata");
  expect(verbOf("SOMETHING_NEW")).toBe("something new");
  expect(objectOf({ ...event, task: null })).toBe("a task that is deleted");
  expect(objectOf({ ...event, task: null, detail: { title: "Gone" } })).toBe("“Gone”");
});

test("details say before and after", () => {
  expect(detailOf({ role: { before: "VIEWER", after: "ADMIN" }, name: "x" })).toBe("role: VIEWER → ADMIN, name: x");
  expect(detailOf({ role: ["VIEWER", "ADMIN"] })).toBe("role: VIEWER → ADMIN");
  expect(detailOf(null)).toBe("");
});

test("CSV is quoted, and nothing in it is a formula", () => {
  expect(asCsv([event])).toBe(
    "at,actor,via,action,task,task_id,subject,from,to,reason,detail\r\n" +
      '2026-11-28T12:00:00.000Z,Ada,,PAUSE,"Say ""hello"", twice",t,,IN_PROGRESS,PAUSED,\'=HYPERLINK(),\r\n',
  );
});

test("JSON Lines has one event a line", () => {
  const lines = asJsonLines([event, event]).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([event, event]);
});

test("the address of the page is a filter, with both days included", () => {
  const search = readAuditSearch({ actor: "u", action: "RUN", from: "2026-11-01", to: "2026-11-30", junk: 1 });
  expect(asFilter(search, "utc")).toEqual({
    actor: "u",
    action: ["RUN"],
    after: "2026-11-01T00:00:00.000Z",
    before: "2026-12-01T00:00:00.000Z",
  });
  expect(asFilter(readAuditSearch({ from: "yesterday", to: 3, actor: "" }), "utc")).toEqual({});
});
