import { expect, test } from "vitest";
import { type PathFilter, patchFor, readFilters, replacedBy, sayFilter, toFilterQuery } from "./path-filters.ts";

const some: PathFilter[] = [
  { kind: "startsWith", names: ["Home page", "Search"] },
  { kind: "passes", names: ["[Cart]"] },
  { kind: "avoids", names: ["Payment error"] },
  { kind: "endsWith", names: ["404"] },
  { kind: "follows", first: "Payment", then: "Support, chat", how: "later", within: { count: 2, unit: "hours" } },
  { kind: "repeats", name: "Payment", times: 3 },
  { kind: "property", name: "payment", value: "a=b" },
  { kind: "property", name: "order.kind", value: "gift" },
  { kind: "trait", name: "plan", value: "gold" },
  { kind: "segment", id: "some-id" },
  { kind: "variant", id: "123" },
  { kind: "channel", names: ["web", "app"] },
];

test("Every filter stands in the address and is read from it as it was", () => {
  const address = some.reduce((search, filter) => ({ ...search, ...patchFor(search, null, filter) }), {});
  expect(readFilters(address)).toEqual(some);
  expect(address).toMatchObject({ endsWith: "404", followsWithin: "2h", repeatsTimes: "3", passes: "[\"[Cart]\"]" });
});

test("The server is asked for the same", () => {
  expect(toFilterQuery(some)).toEqual({
    startsWith: ["Home page", "Search"], passes: ["[Cart]"], avoids: ["Payment error"], endsWith: ["404"], followsFirst: "Payment", followsThen: "Support, chat", followsHow: "later", followsWithinS: 7_200,
    repeats: "Payment", repeatsTimes: 3, property: ["payment=a=b", "order.kind=gift"], trait: ["plan=gold"], segment: "some-id", variant: "123", channel: ["web", "app"],
  });
});

test("A filter that is taken away or changed leaves the others alone", () => {
  const address = { property: "[\"a=1\",\"b=2\"]", passes: "Cart", followsFirst: "a", followsThen: "b", followsHow: "later", period: "all" };
  const [passes, follows, first] = readFilters(address);
  expect(patchFor(address, first ?? null, null)).toEqual({ property: "b=2" });
  expect(patchFor(address, first ?? null, { kind: "property", name: "a", value: "3" })).toEqual({ property: "[\"b=2\",\"a=3\"]" });
  expect(patchFor(address, passes ?? null, { kind: "passes", names: ["Basket"] })).toEqual({ passes: "Basket" });
  expect(patchFor(address, null, { kind: "passes", names: ["Basket"] })).toEqual({ passes: "[\"Cart\",\"Basket\"]" });
  expect(patchFor(address, follows ?? null, null)).toEqual({ followsFirst: undefined, followsThen: undefined, followsHow: undefined, followsWithin: undefined });
});

test("A filter says which other one it takes the place of", () => {
  const after = (first: string): PathFilter => ({ kind: "follows", first, then: "Payment", how: "directly", within: null });
  expect(replacedBy(some, after("Cart"))).toEqual(some.find(({ kind }) => kind === "follows"));
  expect([replacedBy([after("Cart")], after("Cart")), replacedBy([], after("Cart"))]).toEqual([null, null]);
  expect([replacedBy(some, { kind: "passes", names: ["Cart"] }), replacedBy(some, { kind: "trait", name: "plan", value: "silver" })]).toEqual([null, null]);
});

test.each([
  [{ followsFirst: "a" }],
  [{ repeats: undefined, repeatsTimes: "4" }],
  [{ property: "plan", trait: "=gold" }],
  [{ passes: "" }],
])("What an address says by half is no filter: %j", (address) => {
  expect(readFilters(address)).toEqual([]);
});

test.each([
  [{ repeats: "a", repeatsTimes: "x" }, "a at least 2 times"],
  [{ followsFirst: "a", followsThen: "b", followsWithin: "90x" }, "a, right after it b"],
  [{ followsFirst: "a", followsThen: "b", followsHow: "later", followsWithin: "1d" }, "a, within 1 day b"],
  [{ passes: "[broken" }, "Passes [broken"],
  [{ startsWith: "[\"a\",\"b\"]" }, "Starts with a or b"],
  [{ trait: "plan=gold" }, "Customer’s plan: gold"],
  [{ segment: "1" }, "In Gold"],
])("%j is said in words", (address, words) => {
  expect(readFilters(address).map((filter) => sayFilter(filter, () => "Gold"))).toEqual([words]);
});
