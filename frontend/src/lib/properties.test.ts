// What holds for every input, tried on many: drawn from a generator with a seed, so that a failure comes again.
import { describe, expect, test } from "vitest";
import type { TaskClockFragment, TaskStatus } from "@/generated/graphql";
import { type Bounds, narrow } from "./clock";
import { mergeChanges } from "./merge";
import { pollDelay } from "./poll";
import { advance, progressAt } from "./progress";

const rounds = 300;
const start = Date.parse("2026-11-28T12:00:00.000Z");
const statuses: TaskStatus[] = ["NOT_STARTED", "QUEUED", "IN_PROGRESS", "PAUSING", "PAUSED", "CANCELLING", "COMPLETED"];

/** mulberry32: the same numbers for the same seed. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  of<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)] as T;
  }
}

function many(what: (dice: Dice) => void): void {
  for (let seed = 0; seed < rounds; seed++) what(new Dice(seed));
}

function anyTask(dice: Dice): TaskClockFragment {
  return {
    status: dice.of(statuses),
    durationMs: dice.of([null, dice.whole(1, 100_000)]),
    elapsedMs: dice.whole(0, 120_000),
    lastRunAt: dice.of([null, new Date(start + dice.whole(-5000, 5000)).toISOString()]),
    progress: dice.of([null, dice.next()]),
    attempt: dice.whole(1, 2),
  };
}

describe("when to look", () => {
  const everies = [null, 1000, 2000, 5000, 15_000, 60_000] as const;

  test("never while hidden or paused, else never sooner than chosen and never later than a minute", () => {
    many((dice) => {
      const state = { everyMs: dice.of(everies), hidden: dice.next() < 0.3, failures: dice.whole(0, 40) };
      const delay = pollDelay({ ...state, retryAfterMs: dice.of([null, dice.whole(0, 10 ** 7)]), random: dice.next() });
      if (state.hidden || state.everyMs === null) return expect(delay).toBeNull();
      expect(delay).toBeGreaterThanOrEqual(state.everyMs);
      expect(delay).toBeLessThanOrEqual(60_000);
    });
  });

  test("one more failure never means looking sooner", () => {
    many((dice) => {
      const state = {
        everyMs: dice.of([1000, 2000, 5000]),
        hidden: false,
        failures: dice.whole(0, 40),
        random: dice.next(),
      };
      const next = pollDelay({ ...state, failures: state.failures + 1 });
      // The first failure may fall short of twice the usual by its jitter, never of the usual.
      expect(next).toBeGreaterThanOrEqual(pollDelay(state) as number);
    });
  });
});

describe("how far a task is", () => {
  test("between nothing and all, with no time below nothing, whatever the clock says", () => {
    many((dice) => {
      const task = anyTask(dice);
      const { fraction, elapsedMs, leftMs } = progressAt(task, start + dice.whole(-(10 ** 6), 10 ** 6));
      if (fraction !== null) expect(fraction >= 0 && fraction <= 1).toBe(true);
      expect(elapsedMs).toBeGreaterThanOrEqual(0);
      expect(leftMs ?? 0).toBeGreaterThanOrEqual(0);
      if (task.durationMs !== null && task.progress === null) expect(elapsedMs).toBeLessThanOrEqual(task.durationMs);
    });
  });

  test("a bar never goes back within an attempt, though the clock does", () => {
    many((dice) => {
      let task = anyTask(dice);
      let shown: { attempt: number; fraction: number } | null = null;
      for (let look = 0; look < 20; look++) {
        if (dice.next() < 0.2) task = { ...anyTask(dice), attempt: task.attempt };
        const { fraction } = progressAt(task, start + dice.whole(-10_000, 150_000));
        if (fraction === null) continue;
        const next = advance(shown, task.attempt, fraction);
        expect(next).toBeGreaterThanOrEqual(shown?.fraction ?? 0);
        expect(next).toBeLessThanOrEqual(1);
        shown = { attempt: task.attempt, fraction: next };
      }
    });
  });
});

describe("the server's clock", () => {
  test("the true offset stays within the bounds, and no answer widens them", () => {
    many((dice) => {
      const offset = dice.whole(-(10 ** 7), 10 ** 7);
      let bounds: Bounds | null = null;
      for (let answer = 0; answer < 10; answer++) {
        const sentAt = start + dice.whole(0, 10 ** 6);
        const wroteAt = sentAt + dice.whole(0, 900);
        const date = new Date(Math.floor((wroteAt + offset) / 1000) * 1000).toUTCString();
        const before: Bounds | null = bounds;
        bounds = narrow(bounds, sentAt, wroteAt + dice.whole(0, 900), date);
        const { low, high } = bounds as Bounds;
        expect(low <= offset && offset <= high).toBe(true);
        if (before !== null) expect(high - low).toBeLessThanOrEqual(before.high - before.low);
      }
    });
  });
});

describe("merging what changed", () => {
  test("in whatever order and however often it arrives, the newest version stands in the end, and none goes back", () => {
    many((dice) => {
      const ids = ["a", "b", "c"];
      let items: readonly { id: string; version: number }[] = ids.map((id) => ({ id, version: 1 }));
      const newest = new Map(ids.map((id) => [id, 1]));
      for (let delivery = 0; delivery < 8; delivery++) {
        const news = Array.from({ length: dice.whole(0, 3) }, () => ({ id: dice.of(ids), version: dice.whole(1, 9) }));
        const before = new Map(items.map((item) => [item.id, item.version]));
        items = mergeChanges(items, news, []).items;
        for (const { id, version } of items) expect(version).toBeGreaterThanOrEqual(before.get(id) as number);
        for (const { id, version } of news) newest.set(id, Math.max(newest.get(id) as number, version));
      }
      expect(Object.fromEntries(items.map((item) => [item.id, item.version]))).toEqual(Object.fromEntries(newest));
    });
  });
});
