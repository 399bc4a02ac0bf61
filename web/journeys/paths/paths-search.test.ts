import { expect, test } from "vitest";
import { readEffectsSearch } from "../effects/effects-search.ts";
import { isWidenedByMap, readMinutes, readPathsSearch, toEffectsAddress, toMapAddress, toPathsQuery, toReturnQuery, toSilencesQuery } from "./paths-search.ts";

test("Minutes of silence are a whole number in the address, or not said at all", () => {
  expect(["45", "2.6", "9999999", "30", "", "x", "0", "-5"].map(readMinutes)).toEqual(["45", "3", "100000", undefined, undefined, undefined, undefined, undefined]);
  expect(readPathsSearch({ gapMinutes: "x" }).gapMinutes).toBeUndefined();
});

test("Coming back is asked of the same paths as all else, and silences between visits too", () => {
  const search = readPathsSearch({ tab: "return", cut: "session", gapMinutes: "45", passes: "Cart", first: "Home", unit: "day" });
  expect(toReturnQuery(search)).toEqual({ ...toPathsQuery(search), unit: "day", first: "Home", back: undefined });
  expect([toReturnQuery(search)?.cut, toSilencesQuery(search)]).toMatchObject(["session", { cut: "customer", passes: ["Cart"], longerThanHours: "168" }]);
  expect([toReturnQuery, toSilencesQuery].map((ask) => ask(readPathsSearch({ tab: "return", cut: "object" })))).toEqual([null, null]);
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

test.each([
  ["what maps know too", { from: "2024-01-01", to: "2024-07-01", segment: "s1", channel: "web" }, { from: "2024-01-01", to: "2024-07-01", segment: "s1", channel: "web" }, false],
  ["visits", { period: "30d", cut: "session" }, { period: "30d" }, true],
  ["steps, or several channels", { period: "30d", passes: "Cart", channel: '["web","shop"]' }, { period: "30d" }, true],
])("A map of paths narrowed by %s shows the same as far as maps can, and says where it cannot", (_, address, shown, isWider) => {
  const search = readPathsSearch(address);
  expect([JSON.parse(JSON.stringify(toMapAddress(search))), isWidenedByMap(search)]).toEqual([shown, isWider]);
});
