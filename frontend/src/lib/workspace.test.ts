import { beforeEach, expect, test } from "vitest";
import { aRole, atLeast, lastOf, rememberWorkspace } from "./workspace";

const day = { slug: "day" };
const night = { slug: "night" };

beforeEach(() => localStorage.clear());

test("the workspace last looked at opens again, else the first, else none", () => {
  expect(lastOf([day, night])).toBe(day);
  rememberWorkspace("night");
  expect(lastOf([day, night])).toBe(night);
  expect(lastOf([day])).toBe(day);
  expect(lastOf([])).toBeUndefined();
});

test("a role holds what the lower ones hold, and is said with its article", () => {
  expect([atLeast("EDITOR", "OPERATOR"), atLeast("VIEWER", "OPERATOR")]).toEqual([true, false]);
  expect((["VIEWER", "OPERATOR", "EDITOR", "ADMIN"] as const).map(aRole)).toEqual([
    "a VIEWER",
    "an OPERATOR",
    "an EDITOR",
    "an ADMIN",
  ]);
});
