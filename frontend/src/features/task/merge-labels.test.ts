import { expect, test } from "vitest";
import { mergeLabels } from "./merge-labels";

test("labels that nobody else touched become what is wanted", () => {
  expect(mergeLabels(["etl", "crm"], ["crm", "night"], ["etl", "crm"])).toEqual(["crm", "night"]);
});

test("what another added stays, and what another took away stays away", () => {
  expect(mergeLabels(["etl", "crm"], ["etl", "crm", "mine"], ["crm", "theirs"])).toEqual(["crm", "theirs", "mine"]);
});

test("what both added or both took away is there once, or not at all", () => {
  expect(mergeLabels(["etl"], ["new"], ["new"])).toEqual(["new"]);
});
