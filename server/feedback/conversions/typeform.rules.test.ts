import { describe, expect, test } from "vitest";
import type { SurveyConversion } from "./conversions.contract.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const convert = (file: unknown): SurveyConversion => convertSurvey(new TextEncoder().encode(JSON.stringify(file)), fileTools);
const field = (ref: string, type: string, more: Record<string, unknown> = {}, validations: Record<string, unknown> = {}) => ({ id: `id_${ref}`, ref, type, title: `${ref}?`, properties: more, validations });
const jump = (op: string, ref: string, value: unknown, to: { type: string; value: string }, kind = "constant") => ({ action: "jump", details: { to }, condition: op === "always" ? { op, vars: [] } : { op, vars: [{ type: "field", value: ref }, { type: kind, value }] } });

const fields = [
  field("score", "nps", { labels: { left: "No", right: "Yes" } }, { required: true }),
  field("colour", "multiple_choice", { allow_multiple_selection: true, allow_other_choice: true, randomize: true, choices: [{ ref: "red", label: "Red" }, { ref: "blue", label: "Blue" }] }),
  { ...field("more", "group", { fields: [field("why", "long_text"), field("ok", "yes_no")] }) },
  field("mail", "email"),
];

describe("a Typeform form", () => {
  test("keeps fields, options, other, order and what is required; groups open up", () => {
    const { definition, report } = convert({ title: "Visit", fields, settings: { language: "de" }, thankyou_screens: [{ ref: "bye", title: "Bye", properties: { redirect_url: "https://example.com" } }] });
    expect(definition.languages).toEqual(["de"]);
    expect(definition.questions.map(({ id, type }) => `${id}:${type}`)).toEqual(["score:nps", "colour:multi", "why:text", "ok:single", "mail:email"]);
    expect(definition.questions[1]).toMatchObject({ order: "random", options: [{ id: "red" }, { id: "blue" }, { isOther: true }] });
    expect(definition.thanks).toEqual({ title: { de: "Bye" }, redirectUrl: "https://example.com" });
    expect(report.source).toMatchObject({ questions: 5, options: 5, languages: 1 });
  });

  test("keeps jumps, also to groups and ends, in their order", () => {
    const logic = [
      { type: "field", ref: "score", actions: [jump("greater_equal_than", "score", 9, { type: "thankyou", value: "great" }), jump("always", "score", null, { type: "field", value: "more" })] },
      { type: "field", ref: "why", actions: [jump("is", "colour", "red", { type: "field", value: "mail" }, "choice"), { action: "jump", details: { to: { type: "field", value: "score" } }, condition: { op: "always", vars: [] } }] },
      { type: "field", ref: "ok", actions: [jump("is", "ok", true, { type: "thankyou", value: "default_tys" })] },
    ];
    const { definition, report } = convert({ title: "Visit", fields, logic, thankyou_screens: [{ ref: "bye", title: "Bye" }, { ref: "great", title: "Great" }] });
    expect(definition.questions[0]?.branches).toEqual([{ conditions: [{ questionId: "score", operator: "at_least", value: 9 }], match: "all", to: "end_2" }, { conditions: [], match: "all", to: "why" }]);
    expect(definition.questions[2]?.branches).toEqual([{ conditions: [{ questionId: "colour", operator: "is", value: "red" }], match: "all", to: "mail" }]);
    expect(definition.questions[3]?.branches).toEqual([{ conditions: [{ questionId: "ok", operator: "is", value: "yes" }], match: "all", to: "end" }]);
    expect(report.byElement.logic).toEqual({ mapped: 4, approximated: 0, dropped: 1 });
  });

  test("keeps points as a calculation, and earlier answers and hidden fields in texts", () => {
    const add = { action: "add", details: { target: { type: "variable", value: "score" }, value: { type: "constant", value: 5 } }, condition: { op: "is", vars: [{ type: "field", value: "colour" }, { type: "choice", value: "blue" }] } };
    const { definition } = convert({ title: "Visit", hidden: ["name"], fields: [...fields, { ...field("end", "statement"), title: "{{hidden:name}} gave {{field:score}} {{var:x}}" }], logic: [{ type: "field", ref: "colour", actions: [add] }] });
    expect(definition.questions[1]).toMatchObject({ options: [{ id: "red" }, { id: "blue", score: 5 }, {}] });
    expect(definition.calculations).toEqual([{ id: "score_2", name: "score", formula: "sum(colour)" }]);
    expect(definition.questions.at(-1)).toMatchObject({ id: "end_2", title: { en: "{{trait.name|}} gave {{score}}" } });
  });

  test.each([
    ["opinion_scale", { steps: 11 }, "rating"], ["rating", { steps: 5 }, "rating"], ["legal", {}, "consent"], ["date", {}, "date"], ["website", {}, "text"], ["file_upload", {}, "file"], ["statement", {}, "statement"],
    ["phone_number", {}, "phone"], ["number", {}, "number"], ["contact_info", { fields: [] }, "contact"], ["dropdown", { choices: [{ label: "a" }, { label: "b" }] }, "dropdown"], ["ranking", { choices: [{ label: "a" }, { label: "b" }] }, "ranking"],
    ["matrix", { fields: [{ ref: "r", title: "Row", properties: { choices: [{ ref: "c1", label: "A" }, { ref: "c2", label: "B" }] } }] }, "matrix"],
  ])("asks %s as the right kind", (type, properties, kind) => {
    expect(convert({ title: "Visit", fields: [field("q", type, properties)] }).definition.questions.map((one) => one.type)).toEqual([kind]);
  });
});
