import { describe, expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { Answer } from "../surveys/definition.contract.ts";
import type { FormbricksValue } from "./formbricks-answers.rules.ts";
import { answersFromFormbricks } from "./formbricks-answers.rules.ts";

const title = { en: "Irrelevant" };
const options = [{ id: "price", label: { en: "Price", de: "Preis" } }, { id: "time", label: { en: "Time" } }, { id: "other", label: { en: "Something else" }, isOther: true }];
const question = (type: string, more: Record<string, unknown> = {}) => SurveyDefinition.parse({ ...makeDefinition(), questions: [{ id: "q", type, title, isRequired: false, ...more }] });

describe("an answer of a Formbricks client", () => {
  test.each<[string, Record<string, unknown>, FormbricksValue, Answer | undefined]>([
    ["nps", {}, 9, { number: 9 }],
    ["nps", {}, "9", { number: 9 }],
    ["text", {}, "Fine", { text: "Fine" }],
    ["text", {}, "", undefined],
    ["single", { options }, "Price", { choices: ["price"] }],
    ["single", { options }, "Preis", { choices: ["price"] }],
    ["single", { options }, "A smile", { choices: ["other"], text: "A smile" }],
    ["multi", { options }, ["Time", "price"], { choices: ["time", "price"] }],
    ["multi", { options }, [], undefined],
    ["ranking", { options: options.slice(0, 2) }, ["Time", "Price"], { choices: ["time", "price"] }],
    ["matrix", { rows: options.slice(0, 2), columns: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] }, { Price: "Good" }, { rows: { price: ["good"] } }],
    ["consent", { statement: title }, "accepted", { choices: ["yes"] }],
    ["contact", { fields: ["first_name", "email"] }, ["Ann", "ann@example.com"], { fields: { first_name: "Ann", email: "ann@example.com" } }],
  ])("%s %j %j is %j", (type, more, value, expected) => {
    expect(answersFromFormbricks(question(type, more), { q: value, hidden: "field" })["q"]).toEqual(expected);
  });
});
