import { expect, test } from "vitest";
import { readEffectsSearch } from "../effects/effects-search.ts";
import { readMinutes, readPathsSearch, toEffectsAddress, toPathsQuery, toShownSearch } from "./paths-search.ts";

test("Minutes of silence are a whole number in the address, or not said at all", () => {
  expect(["45", "2.6", "9999999", "30", "", "x", "0", "-5"].map(readMinutes)).toEqual(["45", "3", "100000", undefined, undefined, undefined, undefined, undefined]);
  expect(readPathsSearch({ gapMinutes: "x" }).gapMinutes).toBeUndefined();
});

test("Coming back is asked of customers, even where paths are cut by something that is not said", () => {
  const search = readPathsSearch({ tab: "return", cut: "object" });
  expect([toPathsQuery(search), toPathsQuery(toShownSearch(search))?.cut]).toEqual([null, "customer"]);
  expect(toPathsQuery(toShownSearch(readPathsSearch({ cut: "object" })))).toBeNull();
});

test("The steps of a funnel are suggested until somebody chooses, and an emptied field stays empty", () => {
  expect([undefined, "[]", "Cart", '["Cart","Order placed"]'].map((steps) => readPathsSearch({ steps }).steps)).toEqual([null, [], ["Cart"], ["Cart", "Order placed"]]);
});

test.each([
  { level: "stage", passes: "Receive", channel: "web", variant: "1" },
  { cut: "object", object: "order_id", variant: "1" },
  { cut: "touchpoint", start: "Home page", level: "name" },
  { cut: "session", gapMinutes: "45", level: "name", followsFirst: "a", followsThen: "b" },
])("The effects are asked of the same paths: %j", (before) => {
  const address = JSON.parse(JSON.stringify(toEffectsAddress({ tab: "flow", ...before })));
  expect(address).toEqual(before);
  expect(toPathsQuery(readEffectsSearch(address))).toEqual(toPathsQuery(readPathsSearch(before)));
});
