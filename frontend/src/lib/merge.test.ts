import { expect, test } from "vitest";
import { mergeChanges } from "./merge";

const a = { id: "a", version: 1, title: "first" };
const b = { id: "b", version: 4, title: "second" };
const held = [a, b];

test("nothing new gives the same array, so that nothing renders", () => {
  expect(mergeChanges(held, [], []).items).toBe(held);
  expect(mergeChanges(held, [{ ...a }], []).items).toBe(held);
});

test("a newer version takes the place of what we hold", () => {
  const newer = { ...a, version: 2, title: "changed" };
  expect(mergeChanges(held, [newer], []).items).toEqual([newer, b]);
});

test("an answer that arrives late does not bring back the past", () => {
  expect(mergeChanges(held, [{ ...b, version: 3, title: "old" }], []).items).toBe(held);
});

test("deleted ones go, also when they are unknown", () => {
  expect(mergeChanges(held, [], ["b", "x"]).items).toEqual([a]);
});

test("unknown ones are left for the caller to place", () => {
  const c = { id: "c", version: 1, title: "third" };
  const { items, fresh } = mergeChanges(held, [c], []);
  expect(items).toBe(held);
  expect(fresh).toEqual([c]);
  expect(mergeChanges(held, [c], ["c"]).fresh).toEqual([]);
});

test("what is derived changes without a new version, and is taken", () => {
  const renamed = { ...a, title: "same version, other words" };
  expect(mergeChanges(held, [renamed], []).items).toEqual([renamed, b]);
});
