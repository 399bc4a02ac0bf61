import { expect, test } from "vitest";
import { readMinutes, readPathsSearch, toPathsQuery, toShownSearch } from "./paths-search.ts";

test("Minutes of silence are a whole number in the address, or not said at all", () => {
  expect(["45", "2.6", "9999999", "30", "", "x", "0", "-5"].map(readMinutes)).toEqual(["45", "3", "100000", undefined, undefined, undefined, undefined, undefined]);
  expect(readPathsSearch({ gapMinutes: "x" }).gapMinutes).toBeUndefined();
});

test("Coming back is asked of customers, even where paths are cut by something that is not said", () => {
  const search = readPathsSearch({ tab: "return", cut: "object" });
  expect([toPathsQuery(search), toPathsQuery(toShownSearch(search))?.cut]).toEqual([null, "customer"]);
  expect(toPathsQuery(toShownSearch(readPathsSearch({ cut: "object" })))).toBeNull();
});
