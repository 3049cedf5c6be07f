import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import type { Client } from "@/lib/client";
import { actionOf } from "./actions";
import { expected } from "./expect";
import { Feed } from "./feed";
import type { ListSpec } from "./list-spec";
import { mergeList, type TaskList } from "./merge-list";
import { sampleTask } from "./sample";

const spec: ListSpec = { filter: { status: ["NOT_STARTED"] }, order: { field: "CREATED_AT", direction: "DESC" } };
const running: ListSpec = { ...spec, filter: { status: ["IN_PROGRESS"] } };
const listOf = (items: TaskList["items"]): TaskList => ({ items, endCursor: null, hasMore: false });
const signal = new AbortController().signal;

type Changes = Record<string, unknown>;
let answers: (Changes | null)[];
let asked: unknown[];
let cache: QueryClient;
let feed: Feed;

const changes = (more: Changes = {}) => ({
  revision: "r2",
  tasks: [],
  deletedIds: [],
  hasMore: false,
  reset: false,
  ...more,
});

beforeEach(() => {
  answers = [];
  asked = [];
  cache = new QueryClient();
  const query = async (_document: unknown, { since }: { since: string }) => {
    asked.push(since);
    const answer = answers.shift();
    const counts = [{ status: "NOT_STARTED", count: 1 }];
    return { workspace: answer === null ? null : { id: "w", viewerRole: "ADMIN", counts, changes: answer } };
  };
  const client = { query } as unknown as Client;
  feed = new Feed(client, cache, { slug: "w", revision: "r1", counts: [], viewerRole: "ADMIN" });
  cache.setQueryData(feed.listKey(spec), listOf([sampleTask()]));
  cache.setQueryData(feed.listKey(running), listOf([]));
});

const idsOf = (which: ListSpec) => cache.getQueryData<TaskList>(feed.listKey(which))?.items.map((item) => item.id);

test("a look that finds nothing keeps asking from the same revision, so that it can be answered with 304", async () => {
  answers = [changes({ revision: "r9" }), changes()];
  const before = cache.getQueryData(feed.listKey(spec));
  await feed.look(signal);
  await feed.look(signal);
  expect(asked).toEqual(["r1", "r1"]);
  expect(cache.getQueryData(feed.listKey(spec))).toBe(before);
});

test("what changed moves from list to list, page by page, and the next look asks from there", async () => {
  const moved = sampleTask({ status: "IN_PROGRESS", version: 2 });
  answers = [
    changes({ tasks: [moved], hasMore: true }),
    changes({ revision: "r3", tasks: [sampleTask({ id: "t2" })] }),
    changes(),
  ];
  await feed.look(signal);
  await feed.look(signal);
  expect(asked).toEqual(["r1", "r2", "r3"]);
  expect(idsOf(running)).toEqual(["t1"]);
  expect(idsOf(spec)).toEqual(["t2"]);
  expect(feed.counts.get()).toEqual([{ status: "NOT_STARTED", count: 1 }]);
});

test("a revision that is too old makes every list be read afresh", async () => {
  answers = [changes({ revision: "r7", reset: true })];
  await feed.look(signal);
  expect(cache.getQueryState(feed.listKey(spec))?.isInvalidated).toBe(true);
  answers = [changes()];
  await feed.look(signal);
  expect(asked).toEqual(["r1", "r7"]);
});

test("losing the workspace makes everything be read afresh, and nothing is merged", async () => {
  answers = [null];
  await feed.look(signal);
  expect(cache.getQueryState(feed.listKey(spec))?.isInvalidated).toBe(true);
  expect(idsOf(spec)).toEqual(["t1"]);
});

test("a click moves the card at once, and a look that is older does not move it back", () => {
  const before = sampleTask();
  feed.expect(before, expected(before, actionOf("RUN"), 0));
  expect([idsOf(spec), idsOf(running)]).toEqual([[], ["t1"]]);
  feed.apply({ tasks: [sampleTask({ title: "as it was" })], deletedIds: [] });
  expect([idsOf(spec), idsOf(running)]).toEqual([[], ["t1"]]);
});

test("a refusal moves the card back, unless something newer is known by then", () => {
  const before = sampleTask();
  feed.expect(before, expected(before, actionOf("RUN"), 0));
  feed.settle("t1", null);
  expect([idsOf(spec), idsOf(running)]).toEqual([["t1"], []]);
  feed.expect(before, expected(before, actionOf("RUN"), 0));
  feed.apply({ tasks: [sampleTask({ status: "IN_PROGRESS", version: 5 })], deletedIds: [] });
  feed.settle("t1", null);
  expect([idsOf(spec), idsOf(running)]).toEqual([[], ["t1"]]);
});

test("a page that was read before a change and lands after it is brought up to date", async () => {
  let land = (_: TaskList) => {};
  const page = new Promise<TaskList>((resolve) => {
    land = resolve;
  });
  const read = feed.reading(
    () => page,
    (list, since) => mergeList(list, spec, since).list,
  );
  feed.apply({ tasks: [sampleTask({ status: "IN_PROGRESS", version: 2 })], deletedIds: [] });
  land(listOf([sampleTask(), sampleTask({ id: "t2" })]));
  expect((await read).items.map((item) => item.id)).toEqual(["t2"]);
});
