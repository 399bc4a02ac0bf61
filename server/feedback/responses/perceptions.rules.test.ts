import { expect, test } from "vitest";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import { perceptionsIn } from "./perceptions.rules.ts";

const definition: SurveyDefinition = {
  format: 1,
  languages: ["en", "de"],
  title: { en: "Irrelevant" },
  questions: [
    { id: "nps", type: "nps", title: { en: "Recommend?", de: "Empfehlen?" }, isRequired: true },
    { id: "why", type: "text", title: { en: "Why?" }, isRequired: false, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] },
    { id: "picks", type: "multi", title: { en: "Picks" }, isRequired: false, options: [{ id: "x", label: { en: "X" } }, { id: "other", label: { en: "Other" }, isOther: true }] },
  ],
  thanks: { title: { en: "Thanks" } },
  theme: { accent: "#3b4fd8" },
};

test.each<[string, Answers, string[]]>([
  ["nothing says nothing", {}, []],
  ["a score keeps its raw scale", { nps: { number: 0 }, why: { text: " Late " } }, ["nps 0 of 0–10", "comment Late"]],
  ["a comment that was hidden again is not counted", { nps: { number: 9 }, why: { text: "Late" } }, ["nps 9 of 0–10"]],
  ["each chosen option is one perception", { picks: { choices: ["other", "x"], text: "Rain" } }, ["choice x", "choice other Rain"]],
  ["an invalid answer says nothing", { nps: { number: 99 } }, []],
])("%s", (_title, answers, expected) => {
  const read = perceptionsIn(definition, answers).map((one) => [
    one.kind, one.choice, one.value === null ? null : `${one.value} of ${one.scaleMin}–${one.scaleMax}`, one.text,
  ].filter((part) => part !== null).join(" "));

  expect(read).toEqual(expected);
});
