import { expect, test } from "vitest";
import { choosableNames } from "../dashboards/shares.contract.ts";
import { knownNames } from "./known-values.contract.ts";
import { metricFilters } from "./metrics.contract.ts";
import { narrowingNames } from "./narrowing.rules.ts";

test("what everything can be narrowed to is all that metrics are, but for times and for what comments alone have", () => {
  const only = new Set(["from", "to", "weekday", "language", "emotion"]);
  expect([...narrowingNames].toSorted()).toEqual(Object.keys(metricFilters.shape).filter((name) => !only.has(name)).toSorted());
});

test("all of it can be chosen from what is known", () => {
  expect([...knownNames, "trait"].toSorted()).toEqual([...narrowingNames].toSorted());
});

test("strangers with a link may be let choose all of it but single people", () => {
  expect([...choosableNames].toSorted()).toEqual(narrowingNames.filter((name) => name !== "member" && name !== "trait").toSorted());
});
