import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { expect, test } from "vitest";
import { breaksComparison, changesBetween } from "./version-changes.rules.ts";

const nps: Question = { id: "nps", type: "nps", title: { en: "Recommend?" }, isRequired: true };
const why: Question = { id: "why", type: "text", title: { en: "Why?" }, isRequired: false };
const rating: Question = { id: "stars", type: "rating", title: { en: "Stars?" }, isRequired: false, min: 1, max: 5 };
const make = (questions: Question[], given: Partial<SurveyDefinition> = {}): SurveyDefinition => ({
  format: 1, languages: ["en"], title: { en: "Irrelevant" }, questions, thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" }, ...given,
});

test.each<[string, SurveyDefinition, SurveyDefinition, unknown[], boolean]>([
  ["nothing", make([nps, why]), make([nps, why], { endings: [], quotas: [] }), [], false],
  ["a new question", make([nps]), make([nps, why]), [{ kind: "added", question: why }], false],
  ["a question less", make([nps, why]), make([nps]), [{ kind: "removed", question: why }], true],
  ["one question moved", make([nps, why, rating]), make([rating, nps, why]), [{ kind: "moved", question: rating, from: 3, to: 1 }], false],
  ["no move where one went away", make([nps, why, rating]), make([why, rating]), [{ kind: "removed", question: nps }], true],
  ["other words", make([nps]), make([{ ...nps, title: { en: "Really?" } }]), [{ kind: "changed", parts: ["wording"] }], false],
  ["another scale", make([rating]), make([{ ...rating, max: 7 }]), [{ kind: "changed", parts: ["answers"] }], true],
  ["logic and duty", make([nps, why]), make([nps, { ...why, isRequired: true, showIf: [{ questionId: "nps", operator: "answered" }] }]), [{ kind: "changed", parts: ["required", "logic"] }], false],
  ["colours", make([nps]), make([nps], { theme: { accent: "#000000" } }), [{ kind: "survey", part: "theme" }], false],
  ["keys in another order", make([{ id: "nps", type: "nps", title: { en: "A", de: "B" }, isRequired: true }]), make([{ isRequired: true, type: "nps", title: { de: "B", en: "A" }, id: "nps" }]), [], false],
])("between two versions: %s", (_title, before, after, expected, breaks) => {
  const changes = changesBetween(before, after);
  expect(changes).toMatchObject(expected);
  expect(changes).toHaveLength(expected.length);
  expect(changes.some(breaksComparison)).toBe(breaks);
});
