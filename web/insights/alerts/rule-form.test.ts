import { expect, test } from "vitest";
import type { Rule } from "./alerts.data.ts";
import { readRule, toTrial } from "./rule-form.ts";

const rule = (given: Pick<Rule, "what" | "filters">): Rule => ({
  id: "irrelevant", name: "irrelevant", words: "irrelevant", direction: "down", sensitivity: "rarely", smallestChange: 5, told: { owners: "never", members: [], quiet: null }, hookUrl: null, isOn: true,
  isPreset: false, snoozedUntil: null, lookedAt: null, raised: { count: 0, useful: 0, notUseful: 0 }, precision: null, ...given,
});

test("the rule of a score keeps the surveys it was made for, which its form does not show", () => {
  const ofScore = rule({ what: "nps", filters: { survey: [""], stage: ["Use"] } });
  const form = readRule(ofScore, "irrelevant");
  expect(toTrial(form, ofScore).filters).toEqual({ survey: [""], stage: ["Use"] });
  expect(toTrial({ ...form, survey: "", channel: "shop" }, ofScore).filters).toEqual({ survey: [""], stage: ["Use"], channel: ["shop"] });
});

test("the rule of a response rate follows its form, and leaves its survey behind when it watches a score", () => {
  const ofAsked = rule({ what: "response_rate", filters: { survey: ["one"] } });
  const form = readRule(ofAsked, "irrelevant");
  expect(toTrial({ ...form, survey: "other" }, ofAsked).filters).toEqual({ survey: ["other"] });
  expect(toTrial({ ...form, what: "nps", survey: "" }, ofAsked).filters).toEqual({});
});
