import { expect, test } from "vitest";
import { mayReload, NotLoaded, part } from "./page-parts";

test("a part that does not come says so, and keeps the cause", async () => {
  const cause = new TypeError("Failed to fetch dynamically imported module");
  const failed = await part(() => Promise.reject(cause))().catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(NotLoaded);
  expect((failed as NotLoaded).cause).toBe(cause);
  expect(await part(() => Promise.resolve("there"))()).toBe("there");
});

test("a page loads itself again at most once a minute", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, to: string) => void kept.set(key, to),
  };
  const start = 1_800_000_000_000;
  const asked = [0, 1, 59_999, 60_000, 60_001].map((after) => mayReload(start + after, storage));
  expect(asked).toEqual([true, false, false, true, false]);
});
