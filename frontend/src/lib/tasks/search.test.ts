import { expect, test } from "vitest";
import { filterOf, isFiltered, joinList, orderOf, parseSearch, splitList, toggleSort } from "./search";
import { parseViews, sameView, viewSearch } from "./views";

test("an address with nothing in it shows everything, newest first", () => {
  expect(parseSearch({})).toEqual({});
  expect(filterOf({}, "me")).toEqual({});
  expect(orderOf(undefined)).toEqual({ field: "CREATED_AT", direction: "DESC" });
  expect(isFiltered({ sort: "title", view: "table" })).toBe(false);
});

test("whatever someone types into the address is read, or left out", () => {
  const typed = {
    q: " tea ",
    labels: 2023,
    kinds: ["x"],
    who: null,
    status: "PAUSED,NONSENSE",
    view: "wall",
    extra: "x",
  };
  const search = parseSearch(typed);
  expect(search).toEqual({ q: " tea ", labels: "2023", status: "PAUSED,NONSENSE" });
  expect(filterOf(search, "me")).toEqual({ search: "tea", labels: ["2023"], status: ["PAUSED"] });
});

test("labels survive the address, also with commas, blanks and percent signs", () => {
  const labels = ["etl", "a,b", "50 %", "ünï"];
  expect(splitList(joinList(labels))).toEqual(labels);
  expect(joinList([])).toBeUndefined();
  expect(splitList("50%")).toEqual(["50%"]);
});

test("who is oneself, or someone by id", () => {
  expect(filterOf({ who: "me" }, "ada").createdBy).toBe("ada");
  expect(filterOf({ who: "bob" }, "ada").createdBy).toBe("bob");
});

test("a heading sorts by its natural order first, then the other way round", () => {
  expect(toggleSort(undefined, "created")).toBe("created");
  expect(toggleSort(undefined, "updated")).toBe("-updated");
  expect(toggleSort("-updated", "updated")).toBe("updated");
  expect(toggleSort("updated", "title")).toBe("title");
  expect(toggleSort("title", "title")).toBe("-title");
  expect(orderOf("-title")).toEqual({ field: "TITLE", direction: "DESC" });
  expect(orderOf("-nonsense")).toEqual({ field: "CREATED_AT", direction: "DESC" });
});

test("a view is its filters and its sort, whatever is open", () => {
  expect(viewSearch({ q: "tea", view: "table", column: "paused" })).toEqual({ q: "tea" });
  expect(sameView({ q: "tea", sort: "title" }, { sort: "title", q: "tea", view: "table" })).toBe(true);
  expect(sameView({ q: "tea" }, { q: "coffee" })).toBe(false);
});

test("stored views that make no sense are left out", () => {
  expect(parseViews("no json")).toEqual([]);
  expect(parseViews('{"name":"x"}')).toEqual([]);
  expect(parseViews('[{"name":"Night","search":{"q":"tea","x":1}},{"search":{}},null,{"name":"Bare"}]')).toEqual([
    { name: "Night", search: { q: "tea" } },
    { name: "Bare", search: {} },
  ]);
});
