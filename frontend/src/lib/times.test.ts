import { expect, test } from "vitest";
import { formatMoment, formatRelative, formatTime } from "./times";

const at = Date.parse("2026-11-28T17:45:02.500Z");

test("how long ago, in the largest unit that fits", () => {
  const ages = [0, 999, -500, 3000, 180_000, 7_200_000, 86_400_000, -7_200_000];
  expect(ages.map((age) => formatRelative(at - age, at))).toEqual([
    "just now",
    "just now",
    "just now",
    "3 seconds ago",
    "3 minutes ago",
    "2 hours ago",
    "yesterday",
    "in 2 hours",
  ]);
});

test("the same moment in UTC, whatever the machine's zone", () => {
  expect(formatMoment(at, "utc")).toBe("28 Nov 2026, 17:45:02");
  expect(formatTime(at, "utc")).toBe("17:45:02");
});
