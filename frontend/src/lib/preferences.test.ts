import { expect, test } from "vitest";
import { parsePreferences } from "./preferences";

test("what was chosen is read back", () => {
  expect(parsePreferences('{"pollEveryMs":null,"timeZone":"utc"}')).toEqual({ pollEveryMs: null, timeZone: "utc" });
  expect(parsePreferences('{"pollEveryMs":15000}')).toEqual({ pollEveryMs: 15_000, timeZone: "mine" });
});

test("what nobody could have chosen is the default", () => {
  for (const text of [null, "", "no json", "7", '{"pollEveryMs":3,"timeZone":"mars"}']) {
    expect(parsePreferences(text)).toEqual({ pollEveryMs: 2000, timeZone: "mine" });
  }
});
