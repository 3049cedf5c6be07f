import { expect, test } from "vitest";
import { valuesOf } from "./new-task-values";
import { Unsent } from "./unsent";

test("what was typed is kept for its key until it is sent", () => {
  const unsent = new Unsent();
  unsent.keep("ada in one", { ...valuesOf({}), title: "Brew tea" });
  expect(unsent.get("ada in one")?.title).toBe("Brew tea");
  expect(unsent.get("bob in one")).toBeUndefined();
  unsent.forget("ada in one");
  expect(unsent.get("ada in one")).toBeUndefined();
});

test("a form that is empty again is nothing to keep", () => {
  const unsent = new Unsent();
  unsent.keep("ada", { ...valuesOf({}), labels: ["tea"] });
  unsent.keep("ada", valuesOf({}));
  expect(unsent.get("ada")).toBeUndefined();
});
