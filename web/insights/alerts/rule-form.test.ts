import { expect, test } from "vitest";
import type { Rule } from "./alerts.data.ts";
import { filtersAfter, readFilters, readRule, toTrial } from "./rule-form.ts";

const rule = (given: Pick<Rule, "what" | "filters">): Rule => ({
  id: "irrelevant", name: "irrelevant", words: "irrelevant", direction: "down", sensitivity: "rarely", smallestChange: 5, told: { owners: "never", members: [], quiet: null }, hookUrl: null, isOn: true,
  isPreset: false, snoozedUntil: null, lookedAt: null, raised: { count: 0, useful: 0, notUseful: 0 }, precision: null, ...given,
});

test("a rule keeps all it is narrowed to, but for fields that were emptied", () => {
  const ofScore = rule({ what: "nps", filters: { survey: [""], stage: ["Use"], team: ["one"], trait: ["plan=gold"] } });
  expect(toTrial(readRule(ofScore, "irrelevant"), { ...readFilters(ofScore), team: [], channel: ["shop"] }).filters).toEqual({ survey: [""], stage: ["Use"], trait: ["plan=gold"], channel: ["shop"] });
});

test("a theme is asked for where one is watched, and left behind where none is", () => {
  const ofTheme = rule({ what: "theme_share", filters: { theme: "parcels", channel: ["web"] } });
  const form = readRule(ofTheme, "irrelevant");
  expect(toTrial(form, readFilters(ofTheme)).filters).toEqual({ theme: "parcels", channel: ["web"] });
  expect(toTrial({ ...form, what: "nps" }, readFilters(ofTheme)).filters).toEqual({ channel: ["web"] });
});

test.each([
  ["nps", "csat", { survey: ["one"], channel: ["web"], team: ["two"] }],
  ["nps", "response_rate", {}],
  ["response_rate", "nps", { team: ["two"] }],
] as const)("from %s to %s", (before, after, kept) => {
  expect(filtersAfter({ survey: ["one"], channel: ["web"], team: ["two"] }, before, after)).toEqual(kept);
});
