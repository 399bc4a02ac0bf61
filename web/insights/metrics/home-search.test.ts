import { expect, test } from "vitest";
import { notNamed, readHomeSearch, toQuery } from "./home-search.ts";

test("an address opens the answers of one group", () => {
  const { open } = readHomeSearch({ open: "nps", band: "detractors", by: "touchpoint", value: "Delivery" });
  expect(open).toEqual({ metric: "nps", band: "detractors", group: { by: "touchpoint", value: "Delivery" }, from: undefined, to: undefined });
});

test("what the address does not know is as if it were not there", () => {
  const search = readHomeSearch({ metric: "love", bucket: "hour", open: "x", weighted: "1" });
  expect([search.metric, search.bucket, search.open, search.isWeighted]).toEqual(["nps", undefined, null, false]);
});

test("“not named” is asked for with the empty text", () => {
  const filters = { touchpoint: notNamed, channel: "web", stage: undefined, survey: undefined };
  expect(toQuery({ from: "2026-01-01", to: "2026-02-01" }, filters)).toMatchObject({ touchpoint: [""], channel: ["web"], stage: undefined });
});
