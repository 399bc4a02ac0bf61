import { expect, test } from "vitest";
import { notNamed } from "../../ui/unnamed.ts";
import { readCommentsSearch, toListQuery } from "../comments/comments-search.ts";
import { latestDays, narrowTo, readHomeSearch, shownMetric, toQuery } from "./home-search.ts";
import { withSeveral } from "./several-values.ts";

test("an address opens the answers of one group", () => {
  const { open } = readHomeSearch({ open: "nps", band: "detractors", by: "touchpoint", value: "Delivery" });
  expect(open).toEqual({ metric: "nps", band: "detractors", group: { by: "touchpoint", value: "Delivery" }, from: undefined, to: undefined });
});

test("what the address does not know is as if it were not there", () => {
  const search = readHomeSearch({ metric: "love", bucket: "hour", open: "x", weighted: "1" });
  expect([search.metric, search.bucket, search.open, search.isWeighted]).toEqual([null, undefined, null, false]);
});

test.each([
  ["the one that was chosen", { metric: "ces" }, [["nps", 5], ["csat", 9], ["ces", 0]], "ces"],
  ["the first that has answers", {}, [["nps", 0], ["csat", 9], ["ces", 4]], "csat"],
  ["one of the others where the three have none", {}, [["nps", 0], ["csat", 0], ["ces", 0], ["stars", 3]], "stars"],
  ["the first before anything is known", {}, [], "nps"],
] as const)("the course shown is %s", (_, search, counts, shown) => {
  expect(shownMetric(readHomeSearch(search), counts.map(([metric, count]) => ({ metric, count })))).toBe(shown);
});

test("“not named” is asked for with the empty text", () => {
  const { filters } = readHomeSearch({ touchpoint: notNamed, channel: "web", team: "desk", member: notNamed, persona: "ada" });
  expect(toQuery({ from: "2026-01-01", to: "2026-02-01" }, filters)).toMatchObject({ touchpoint: [""], channel: ["web"], stage: undefined, team: ["desk"], member: [""], persona: "ada", product: undefined });
});

test("several values of a filter are asked for together, and stand as one choice", () => {
  const { filters } = readHomeSearch({ touchpoint: "Delivery\u001fCheckout\u001f(none)", segment: "one\u001ftwo" });
  expect(toQuery({ from: "2026-01-01", to: "2026-02-01" }, filters)).toMatchObject({ touchpoint: ["Delivery", "Checkout", ""], segment: ["one", "two"] });
  const offered = [{ value: "one", label: "Gold" }, { value: "three", label: "New" }];
  expect(withSeveral(offered, filters.segment)).toEqual([...offered, { value: "one\u001ftwo", label: "Gold, two" }]);
  expect(withSeveral(offered, "one")).toEqual(offered);
});

test("hours of an alert narrow the comments, days beside them do not", () => {
  const [at, until] = ["2026-05-01T10:00:00.000Z", "2026-05-01T14:00:00.000Z"];
  expect(toListQuery(readCommentsSearch({ from: "2026-05-01", to: "2026-05-02", at, until }))).toMatchObject({ from: at, to: until });
  expect(toListQuery(readCommentsSearch({ from: "2026-05-01", to: "2026-05-02", at }))).toMatchObject({ from: "2026-05-01", to: "2026-05-02" });
});

test.each([
  ["channel", "web", { channel: ["web"] }],
  ["channel", notNamed, { channel: [""] }],
  ["trait:plan", "gold", { trait: ["plan=gold"] }],
  ["weekday", "1", { weekday: ["1"] }],
  ["month", "2026-05", { from: "2026-05-10", to: "2026-06-01" }],
  ["month", "2026-06", { from: "2026-06-01", to: "2026-06-20" }],
] as const)("the answers of the group %s %s are asked for", (by, value, filter) => {
  expect(narrowTo({ from: "2026-05-10", to: "2026-06-20" }, { by, value })).toEqual({ from: "2026-05-10", to: "2026-06-20", ...filter });
});

test.each([
  ["a period that lasts, up to now", "2026-08-01", "2026-11-24", "2026-11-20", { from: "2026-10-21", to: undefined, isOfPeriod: false }],
  ["one that ends with the day of the newest answer, up to now", "2026-08-01", "2026-11-21", "2026-11-20", { from: "2026-10-21", to: undefined, isOfPeriod: false }],
  ["one that was over by then, of its own days", "2018-01-01", "2019-01-01", "2022-12-07", { from: "2018-01-01", to: "2019-01-01", isOfPeriod: true }],
  ["nothing, of any day", "2018-01-01", "2019-01-01", null, { from: undefined, to: undefined, isOfPeriod: false }],
] as const)("the latest answers are asked for of %s", (_what, from, to, newest, days) => {
  expect(latestDays({ from, to }, newest)).toEqual(days);
});

test("no filter leaves those of whom a trait is not known, nor a segment within another", () => {
  expect(narrowTo({}, { by: "trait:plan", value: notNamed })).toBeUndefined();
  expect(narrowTo({ segment: "a" }, { by: "segment", value: "b" })).toBeUndefined();
  expect(narrowTo({ persona: "a" }, { by: "persona", value: "b" })).toBeUndefined();
  expect(narrowTo({ segment: "a" }, { by: "persona", value: "b" })).toEqual({ segment: "a", persona: ["b"] });
});

test("a group of a trait takes the place of its other values, and leaves what is wanted of other traits", () => {
  expect(narrowTo({ trait: ["plan=free", "region=north"] }, { by: "trait:plan", value: "gold" })).toEqual({ trait: ["region=north", "plan=gold"] });
});

test("a formula of one's own and a trait stand in the address", () => {
  const own = "custom:0198c9b4-1111-7abc-8def-0123456789ab";
  expect(readHomeSearch({ metric: own, split: "trait:plan", open: "need_promise", band: "unmet", by: "emotion", value: "anger" })).toMatchObject({
    metric: own, split: "trait:plan", open: { metric: "need_promise", band: "unmet", group: { by: "emotion", value: "anger" } },
  });
});
