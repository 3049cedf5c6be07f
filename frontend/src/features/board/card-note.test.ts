import { expect, test } from "vitest";
import { sampleTask } from "@/lib/tasks/sample";
import { noteOf, pauseNote } from "./card-note";

const moment = (at: string) => at.slice(11, 16);
const ops = { id: "ops", displayName: "Ops" };

test("a card tells its result or its error", () => {
  expect(noteOf(sampleTask({ status: "COMPLETED", result: "all well" }))).toBe("all well");
  expect(noteOf(sampleTask({ status: "FAILED", error: "503" }))).toBe("503");
  expect(noteOf(sampleTask())).toBeNull();
});

test("a paused card tells who paused it, why, and until when", () => {
  const paused = { resumeAt: "2026-11-29T06:00:00Z" };
  const events = [
    { action: "STOPPED", reason: null, actor: null },
    { action: "PAUSE", reason: "maintenance", actor: ops },
  ];
  expect(pauseNote(paused, events, "ada", moment)).toBe("Paused by Ops: “maintenance”. Resumes 06:00.");
  expect(pauseNote({ resumeAt: null }, events, "ops", moment)).toBe("Paused by you: “maintenance”.");
});

test("one's own pause without a reason needs no words", () => {
  const events = [{ action: "PAUSE", reason: null, actor: ops }];
  expect(pauseNote({ resumeAt: null }, events, "ops", moment)).toBeNull();
  expect(pauseNote({ resumeAt: null }, events, "ada", moment)).toBe("Paused by Ops.");
});
