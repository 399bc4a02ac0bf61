import { expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import { prefillIn } from "./prefill.rules.ts";

const asked = { title: { en: "Irrelevant?" }, isRequired: true };
const options = ["a", "b"].map((id) => ({ id, label: { en: id } }));
const questions: Question[] = [
  { ...asked, id: "nps", type: "nps" }, { ...asked, id: "multi", type: "multi", options }, { ...asked, id: "why", type: "text" },
  { ...asked, id: "agree", type: "consent", statement: { en: "I agree" } },
];

test.each<[string, Answers]>([
  ["nps=9", { nps: { number: 9 } }],
  ["nps=0&multi=a,b&why=Late%20%F0%9F%98%80", { nps: { number: 0 }, multi: { choices: ["a", "b"] }, why: { text: "Late 😀" } }],
  ["nps=11", {}], ["nps=", {}], ["nps=9e0x", {}], ["multi=a,z", {}], ["agree=yes", {}], ["__proto__=1&constructor=2&utm_source=x", {}],
])("%s brings %j along", (query, answers) => {
  expect(prefillIn(makeDefinition({ questions }), new URLSearchParams(query))).toEqual(answers);
});
