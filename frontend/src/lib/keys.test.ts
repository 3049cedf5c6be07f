import { expect, test } from "vitest";
import { matchKey } from "./keys";

const bindings = { b: () => {}, c: () => {}, "g b": () => {}, "g t": () => {} };
const press = (key: string, at = 0) => ({ key, at });

test("a single key acts at once", () => {
  expect(matchKey(bindings, null, press("c"))).toEqual({ name: "c", memory: null });
  expect(matchKey(bindings, null, press("q"))).toEqual({ name: null, memory: null });
});

test("a sequence waits for its second key, and wins over the single key of the same name", () => {
  const first = matchKey(bindings, null, press("g"));
  expect(first).toEqual({ name: null, memory: press("g") });
  expect(matchKey(bindings, first.memory, press("b", 500)).name).toBe("g b");
});

test("a sequence that takes too long is two single keys", () => {
  expect(matchKey(bindings, press("g"), press("b", 5000)).name).toBe("b");
  expect(matchKey(bindings, press("g"), press("c", 100)).name).toBe("c");
});
