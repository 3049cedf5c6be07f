import { expect, test } from "vitest";
import { sampleTask } from "@/lib/tasks/sample";
import { columns, sortOf } from "./columns";
import { extend, isChosen, isEmpty, keepHeld, nothing, type Selection, toggle, toggleAll } from "./selection";

const held = ["a", "b", "c", "d"].map((id) => sampleTask({ id }));
const some = (...ids: string[]): Selection => ({ all: false, ids: new Set(ids) });

test("one by one in and out", () => {
  expect(toggle(nothing, "a", held)).toEqual(some("a"));
  expect(toggle(some("a"), "a", held)).toEqual(nothing);
});

test("out of all that match leaves the others that are loaded", () => {
  expect(toggle({ all: true }, "b", held)).toEqual(some("a", "c", "d"));
  expect(isChosen({ all: true }, "not loaded")).toBe(true);
});

test("with shift, everything between", () => {
  expect(extend(some("a"), "a", "c", held)).toEqual(some("a", "b", "c"));
  expect(extend(some("d"), "d", "b", held)).toEqual(some("d", "b", "c"));
  expect(extend(some("a"), "gone", "c", held)).toEqual(some("a", "c"));
});

test("the box in the heading takes all that are loaded, or none", () => {
  expect(toggleAll(some("a"), held)).toEqual(some("a", "b", "c", "d"));
  expect(isEmpty(toggleAll(some("a", "b", "c", "d"), held))).toBe(true);
});

test("what leaves the table leaves the selection", () => {
  const selection = some("a", "x");
  expect(keepHeld(selection, held)).toEqual(some("a"));
  const whole = some("a");
  expect(keepHeld(whole, held)).toBe(whole);
});

test("headings say how they sort", () => {
  expect(sortOf(undefined, "created")).toBe("descending");
  expect([sortOf("title", "title"), sortOf("title", "created")]).toEqual(["ascending", undefined]);
  expect(columns.filter(({ sort }) => sort).map(({ id }) => id)).toEqual(["title", "priority", "created", "updated"]);
});
