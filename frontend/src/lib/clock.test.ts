import { expect, test } from "vitest";
import { narrow } from "./clock";

const noon = "Sat, 28 Nov 2026 12:00:00 GMT";
const at = Date.parse(noon);

test("one answer tells the offset to within a second and the way there and back", () => {
  expect(narrow(null, at - 5000, at - 4900, noon)).toEqual({ low: 4900, high: 6000 });
});

test("further answers narrow the offset", () => {
  const first = narrow(null, at - 5000, at - 4900, noon);
  expect(narrow(first, at - 5600, at - 5500, noon)).toEqual({ low: 5500, high: 6000 });
});

test("a contradiction means that a clock was set: the newest answer counts", () => {
  expect(narrow({ low: 0, high: 10 }, at - 60_000, at - 59_900, noon)).toEqual({ low: 59_900, high: 61_000 });
});

test("an answer without a readable date changes nothing", () => {
  const known = { low: 1, high: 2 };
  expect(narrow(known, 0, 1, null)).toBe(known);
  expect(narrow(known, 0, 1, "yesterday")).toBe(known);
});
