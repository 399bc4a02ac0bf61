import { describe, expect, test } from "vitest";
import type { SurveyConversion } from "./conversions.contract.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const convert = (file: unknown): SurveyConversion => convertSurvey(new TextEncoder().encode(JSON.stringify(file)), fileTools);
const form = (elements: readonly unknown[], more: Record<string, unknown> = {}) => ({ title: "Visit", pages: [{ name: "p1", elements }], ...more });

const score = { type: "rating", name: "score", title: { default: "Would you recommend us?", de: "Würden Sie uns empfehlen?", ar: "هل توصي بنا؟" }, rateMin: 0, rateMax: 10, isRequired: true, minRateDescription: "No" };
const car = { type: "checkbox", name: "Car", title: "Which?", choices: ["Ford", { value: "vw", text: "Volkswagen" }], showOtherItem: true, hasNone: true, choicesOrder: "random", maxSelectedChoices: 2 };

describe("a SurveyJS form", () => {
  test("keeps scales, options, other, none, order, limits and languages", () => {
    const { definition, report } = convert(form([score, car]));
    expect(definition.languages).toEqual(["en", "de", "ar"]);
    expect(definition.questions).toMatchObject([
      { id: "score", type: "nps", isRequired: true, low: { en: "No" }, title: { de: "Würden Sie uns empfehlen?" } },
      { id: "car", type: "multi", order: "random", maxChoices: 2, options: [{ id: "ford" }, { id: "vw", label: { en: "Volkswagen" } }, { id: "other", isOther: true }, { id: "none", isNone: true }] },
    ]);
    expect(report.source).toEqual({ questions: 2, options: 4, languages: 3, logic: 0 });
  });

  test.each([
    ["{score} < 7", [{ questionId: "score", operator: "at_most", value: 6 }], undefined],
    ["{Car} contains 'vw' and {score} notempty", [{ questionId: "car", operator: "is", value: "vw" }, { questionId: "score", operator: "answered" }], undefined],
    ["{Car} anyof ['vw', 'Ford']", [{ questionId: "car", operator: "is", value: "vw" }, { questionId: "car", operator: "is", value: "ford" }], "any"],
    ["!({score} >= 9 or {Car} empty)", [{ questionId: "score", operator: "at_most", value: 8 }, { questionId: "car", operator: "answered" }], undefined],
    ["{Car} notcontains 'vw'", [{ questionId: "car", operator: "is_not", value: "vw" }, { questionId: "car", operator: "not_answered" }], "any"],
    ["5 <= {score}", [{ questionId: "score", operator: "at_least", value: 5 }], undefined],
  ])("keeps the condition %s", (visibleIf, showIf, match) => {
    const { definition, report } = convert(form([score, car, { type: "comment", name: "why", visibleIf }]));
    expect(definition.questions[2]?.showIf).toEqual(showIf);
    expect(definition.questions[2]?.showIfMatch).toBe(match);
    expect(report.byElement.logic).toEqual({ mapped: 1, approximated: 0, dropped: 0 });
  });

  test.each(["{score} + 1 > 3", "iif({score} > 3, 'a', 'b') = 'a'", "{score} = {Car}", "{nobody} = 1", "({score} = 1 or {score} = 2) and {Car} = 'vw'", "{score} > ", "'"])("drops the condition %s and quotes it", (visibleIf) => {
    const { definition, report } = convert(form([score, car, { type: "comment", name: "why", visibleIf }]));
    expect(definition.questions[2]).not.toHaveProperty("showIf");
    expect(report.lines.find((line) => line.element === "logic")?.note).toContain(visibleIf);
  });

  test("joins conditions of pages, panels and questions", () => {
    const { definition } = convert({ pages: [{ elements: [score] }, { name: "p2", visibleIf: "{score} <= 6", elements: [{ type: "panel", name: "box", visibleIf: "{score} >= 2", elements: [{ type: "text", name: "why", title: "Why {score}?", visibleIf: "{score} != 4" }] }] }] });
    expect(definition.questions[1]).toMatchObject({ title: { en: "Why {{score}}?" }, showIf: [{ operator: "at_most", value: 6 }, { operator: "at_least", value: 2 }, { operator: "is_not", value: 4 }] });
  });

  test("keeps ends, their addresses, calculations and skips", () => {
    const { definition } = convert(form([score, { type: "text", inputType: "number", name: "age" }, { type: "comment", name: "why" }], {
      completedHtml: "<h3>Thanks</h3>", navigateToUrl: "https://example.com", completedHtmlOnCondition: [{ expression: "{score} >= 9", html: "Great" }],
      calculatedValues: [{ name: "double", expression: "{score} * 2 + {age}" }], triggers: [{ type: "skip", expression: "{score} = 10", gotoName: "why" }],
    }));
    expect(definition.thanks).toEqual({ title: { en: "Thanks" }, redirectUrl: "https://example.com" });
    expect(definition.endings).toMatchObject([{ title: { en: "Great" }, conditions: [{ questionId: "score", operator: "at_least", value: 9 }] }]);
    expect(definition.calculations).toEqual([{ id: "double", name: "double", formula: "score * 2 + age" }]);
    expect(definition.questions[0]?.branches).toMatchObject([{ to: "why" }]);
  });

  test.each([
    [{ type: "text", inputType: "email" }, "email"], [{ type: "text", inputType: "date" }, "date"], [{ type: "text", inputType: "tel" }, "phone"], [{ type: "boolean" }, "single"], [{ type: "dropdown", choices: [1, 2] }, "dropdown"],
    [{ type: "ranking", choices: ["a", "b"] }, "ranking"], [{ type: "matrix", rows: ["r"], columns: ["a", "b"] }, "matrix"], [{ type: "rating" }, "rating"], [{ type: "rating", rateMin: 2, rateMax: 20, rateStep: 2 }, "single"],
    [{ type: "html", html: "<p>Hi</p>" }, "statement"], [{ type: "file" }, "file"], [{ type: "slider", min: 0, max: 5 }, "slider"], [{ type: "imagepicker", multiSelect: true, choices: ["a", "b"] }, "multi"],
    [{ type: "multipletext", items: [{ name: "a" }] }, "text"],
  ])("asks %j as %s", (element, kind) => {
    const { definition } = convert(form([{ name: "q", ...element }, score]));
    expect(definition.questions[0]?.type).toBe(kind);
  });
});
