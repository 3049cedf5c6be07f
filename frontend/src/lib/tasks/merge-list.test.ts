import { expect, test } from "vitest";
import type { ListSpec } from "./list-spec";
import { appendPage, mergeList, mergeTask, type TaskList } from "./merge-list";
import { sampleTask } from "./sample";

const spec: ListSpec = {
  filter: { status: ["NOT_STARTED"] },
  order: { field: "CREATED_AT", direction: "DESC" },
};
const at = (hour: number) => `2026-11-28T${String(hour).padStart(2, "0")}:00:00.000Z`;
const made = (id: string, hour: number) => sampleTask({ id, createdAt: at(hour) });
const listOf = (items: TaskList["items"], hasMore = false): TaskList => ({ items, endCursor: "end", hasMore });
const held = listOf([made("c", 3), made("b", 2), made("a", 1)]);
const ids = ({ list }: { list: TaskList }) => list.items.map((item) => item.id);

test("nothing new gives the same list, so that nothing renders", () => {
  expect(mergeList(held, spec, { tasks: [], deletedIds: [] }).list).toBe(held);
  expect(mergeList(held, spec, { tasks: [made("b", 2)], deletedIds: ["unknown"] }).list).toBe(held);
});

test("a task that no longer belongs leaves, and the others stay the same objects", () => {
  const merged = mergeList(held, spec, {
    tasks: [{ ...made("b", 2), status: "IN_PROGRESS", version: 2 }],
    deletedIds: [],
  });
  expect(ids(merged)).toEqual(["c", "a"]);
  expect(merged.list.items[0]).toBe(held.items[0]);
});

test("one that comes to belong is placed by the order of the list", () => {
  expect(
    ids(
      mergeList(held, spec, {
        tasks: [sampleTask({ id: "x", createdAt: "2026-11-28T02:30:00.000Z" })],
        deletedIds: [],
      }),
    ),
  ).toEqual(["c", "x", "b", "a"]);
});

test("one that belongs behind all that is loaded comes with its own page", () => {
  const old = made("old", 0);
  expect(ids(mergeList(held, spec, { tasks: [old], deletedIds: [] }))).toEqual(["c", "b", "a", "old"]);
  expect(ids(mergeList(listOf(held.items, true), spec, { tasks: [old], deletedIds: [] }))).toEqual(["c", "b", "a"]);
});

test("a task moves when what the list is sorted by changes, and only then", () => {
  const byTitle: ListSpec = { filter: {}, order: { field: "TITLE", direction: "ASC" } };
  const list = listOf([sampleTask({ id: "a", title: "A" }), sampleTask({ id: "b", title: "B" })]);
  const renamed = sampleTask({ id: "a", title: "Z", version: 2 });
  expect(ids(mergeList(list, byTitle, { tasks: [renamed], deletedIds: [] }))).toEqual(["b", "a"]);
  const urgent = sampleTask({ id: "a", title: "A", priority: 9, version: 2 });
  expect(ids(mergeList(list, byTitle, { tasks: [urgent], deletedIds: [] }))).toEqual(["a", "b"]);
});

test("deleted ones go; one that is delivered twice is there once, as it was delivered last", () => {
  expect(ids(mergeList(held, spec, { tasks: [], deletedIds: ["c"] }))).toEqual(["b", "a"]);
  const twice = [made("x", 4), { ...made("x", 4), title: "last", version: 2 }];
  const merged = mergeList(held, spec, { tasks: twice, deletedIds: [] });
  expect(ids(merged)).toEqual(["x", "c", "b", "a"]);
  expect(merged.list.items[0]?.title).toBe("last");
});

test("what only the server can judge is left to it", () => {
  const searched: ListSpec = { ...spec, filter: { search: "tea" } };
  const merged = mergeList(held, searched, { tasks: [made("x", 4)], deletedIds: [] });
  expect(merged).toEqual({ list: held, unsure: true });
  const known = mergeList(held, searched, { tasks: [{ ...made("b", 2), priority: 5, version: 2 }], deletedIds: [] });
  expect(known.unsure).toBe(false);
  expect(ids(known)).toEqual(["c", "b", "a"]);
});

test("the next page is added without what is already there", () => {
  const page: TaskList = { items: [made("a", 1), made("z", 0)], endCursor: "later", hasMore: true };
  const joined = appendPage(held, page);
  expect(joined.items.map((item) => item.id)).toEqual(["c", "b", "a", "z"]);
  expect(joined).toMatchObject({ endCursor: "later", hasMore: true });
});

test("news of an open task are merged into what is held of it, older ones are not", () => {
  const open = { ...sampleTask({ version: 3 }), description: "kept" };
  expect(mergeTask(open, sampleTask({ version: 4, title: "new" }))).toMatchObject({
    title: "new",
    description: "kept",
  });
  expect(mergeTask(open, sampleTask({ version: 2, title: "old" }))).toBe(open);
});
