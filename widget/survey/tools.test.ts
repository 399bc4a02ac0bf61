import { describe, expect, test } from "vitest";
import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { calculatorOf } from "@firsthand/server/feedback/surveys/calculations.rules";
import { walk } from "@firsthand/server/feedback/surveys/walk.rules";
import { needsTools, toolsFor } from "./tools.ts";

const question = { id: "nps", type: "nps" as const, title: { en: "Likely?" }, isRequired: true };
const plain: SurveyDefinition = { format: 1, languages: ["en"], title: { en: "Plain" }, questions: [question], thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" } };
const option = { id: "a", label: { en: "A" } };

describe("what a survey needs beyond its questions", () => {
  test.each<[string, Partial<SurveyDefinition>, boolean]>([
    ["nothing", {}, false],
    ["endings only branches and quotas name", { endings: [{ id: "over", title: { en: "Over" }, conditions: [] }] }, false],
    ["a formula", { calculations: [{ id: "sum", name: "Sum", formula: "nps + 1" }] }, true],
    ["a condition", { questions: [question, { ...question, id: "why", showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] }] }, true],
    ["a branch", { questions: [{ ...question, branches: [{ conditions: [], to: "end" }] }] }, true],
    ["an ending by condition", { endings: [{ id: "bad", title: { en: "Bad" }, conditions: [{ questionId: "nps", operator: "at_most", value: 6 }] }] }, true],
    ["groups in random order", { shuffle: [["nps", "why"]] }, true],
    ["options in random order", { questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: true, options: [option], order: "random" }] }, true],
    ["a place in the thank-you", { thanks: { title: { en: "Thanks, {{trait.name}}" } } }, true],
    ["a place in an option", { questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: true, options: [{ id: "a", label: { en: "{{nps}}" } }] }] }, true],
  ])("%s", async (_title, more, needed) => {
    const definition = { ...plain, ...more };

    expect(needsTools(definition)).toBe(needed);
    expect((await toolsFor(definition)) !== null).toBe(needed);
  });

  test("is never left out in silence: a survey that calculates is not walked through without formulas", () => {
    const given = { definition: { ...plain, calculations: [{ id: "sum", name: "Sum", formula: "nps + 1" }] }, answers: {}, context: { traits: {}, facts: {} } };

    expect(() => walk({ ...given, calculatorOf: null })).toThrow("calculates");
    expect(walk({ ...given, calculatorOf }).shown).toHaveLength(1);
  });
});
