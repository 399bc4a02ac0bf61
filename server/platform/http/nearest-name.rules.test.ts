import { expect, test } from "vitest";
import { findNearestName } from "./nearest-name.rules.ts";

const filters = ["from", "to", "touchpoint", "channel", "survey", "limit", "cursor", "surveyId"];

test.each<[string, readonly string[], string | null]>([
  ["chanel", filters, "channel"],
  ["chnanel", filters, "channel"],
  ["Channel", filters, "channel"],
  ["touch_point", filters, "touchpoint"],
  ["touchpoints", filters, "touchpoint"],
  ["survey_id", filters, "surveyId"],
  ["surveys", filters, "survey"],
  ["template", ["name", "templateId", "blank"], "templateId"],
  ["descripton", ["description"], "description"],
  ["colour", ["color"], "color"],
  ["form", ["from", "format"], "from"],
  ["fro", filters, "from"],
  ["t", filters, null],
  ["start", filters, null],
  ["", filters, null],
  ["channel", [], null],
  ["x".repeat(10_000), ["x".repeat(59)], null],
])("%s among %j was meant as %s", (written, known, meant) => {
  expect(findNearestName(written, known)).toBe(meant);
});
