import { expect, test } from "vitest";
import { failureWords } from "./failures";
import { safeNext } from "./safe-next";
import { tokenIn } from "./use-url-token";

test("after signing in one goes only to addresses of this site", () => {
  expect(safeNext("/w/night/table?sort=title#x")).toBe("/w/night/table?sort=title#x");
  const bad = [
    undefined,
    "",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/sign-in",
    "/.//evil.example",
    "/w/..//evil.example",
    "/%2e//evil.example",
    "/\t/evil.example",
  ];
  expect(bad.map(safeNext)).toEqual(bad.map(() => "/"));
});

test("a token is found after # or ?, named or bare, and # wins", () => {
  expect(tokenIn("#token=abc", "")).toBe("abc");
  expect(tokenIn("", "?token=abc")).toBe("abc");
  expect(tokenIn("#token=new", "?token=old")).toBe("new");
  expect(tokenIn("#ab%2Bc", "")).toBe("ab+c");
  expect(tokenIn("#token", "")).toBe("token");
  expect(tokenIn("#50%", "")).toBe("50%");
  expect(tokenIn("#token=", "")).toBeNull();
  expect(tokenIn("", "")).toBeNull();
});

test("a sign-in that failed is told in our own words, whatever the address says", () => {
  expect(failureWords(undefined)).toBeNull();
  expect(failureWords("SignUpClosed")).toContain("Ask to be invited");
  const general = failureWords("<b>Call 555 0100</b>");
  expect(general).toContain("Signing in did not work");
  expect(["", "toString", "__proto__"].map(failureWords)).toEqual([general, general, general]);
});
