import { describe, expect, test } from "vitest";
import type { SurveyConversion } from "./conversions.contract.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const convert = (file: unknown): SurveyConversion => convertSurvey(new TextEncoder().encode(JSON.stringify(file)), fileTools);
const text = (words: string, more: Record<string, string> = {}) => ({ default: words, ...more });
const logic = (left: string, operator: string, right: unknown, target: string, objective = "jumpToQuestion") => ({
  id: "l1", conditions: { id: "c", connector: "and", conditions: [{ id: "d", leftOperand: { type: "question", value: left }, operator, ...(right === undefined ? {} : { rightOperand: { type: "static", value: right } }) }] }, actions: [{ id: "a", objective, target }],
});

const score = { id: "score", type: "nps", headline: text("Recommend?", { ar: "توصي؟" }), required: true, lowerLabel: text("No"), upperLabel: text("Yes"), logic: [logic("score", "isGreaterThanOrEqual", 9, "thanks2")], logicFallback: "why" };
const pick = { id: "pick", type: "multipleChoiceMulti", headline: text("Pick"), required: false, shuffleOption: "exceptLast", choices: [{ id: "clabcdefghijklmnopqrstuv", label: text("Red one") }, { id: "blue", label: text("Blue") }, { id: "other", label: text("Other") }] };
const why = { id: "why", type: "openText", headline: text("Why #recall:score/fallback:it#?"), required: false, inputType: "text", logic: [logic("pick", "includesOneOf", ["blue", "other"], "end")] };
const survey = {
  name: "Visit", languages: [{ default: true, enabled: true, language: { code: "en" } }, { default: false, enabled: true, language: { code: "ar" } }], welcomeCard: { enabled: true, headline: text("Hello"), html: text("<p>Two minutes</p>") },
  questions: [score, pick, why], endings: [{ id: "thanks1", type: "endScreen", headline: text("Thanks") }, { id: "thanks2", type: "redirectToUrl", url: "https://example.com", label: "Out" }],
  hiddenFields: { enabled: true, fieldIds: ["plan"] }, styling: { brandColor: { light: "#00324b" } },
};

describe("a Formbricks survey", () => {
  test("keeps texts in all languages, options, order, welcome, endings and colour", () => {
    const { definition, report } = convert(survey);
    expect(definition).toMatchObject({
      languages: ["en", "ar"], title: { en: "Hello" }, intro: { en: "Two minutes" }, thanks: { title: { en: "Thanks" } }, theme: { accent: "#00324b" },
      questions: [{ id: "score", type: "nps", title: { ar: "توصي؟" }, low: { en: "No" } }, { id: "pick", type: "multi", order: "random", options: [{ id: "red_one" }, { id: "blue" }, { id: "other", isOther: true }] }, { id: "why", type: "text", title: { en: "Why {{score}}?" } }],
      endings: [{ id: "thanks2", redirectUrl: "https://example.com", conditions: [] }],
    });
    expect(report.source).toEqual({ questions: 3, options: 3, languages: 2, logic: 3 });
    expect(report.byElement.order).toEqual({ mapped: 0, approximated: 1, dropped: 0 });
  });

  test("keeps logic blocks with what comes otherwise", () => {
    const { definition } = convert({ data: survey });
    expect(definition.questions[0]?.branches).toEqual([{ conditions: [{ questionId: "score", operator: "at_least", value: 9 }], match: "all", to: "thanks2" }, { conditions: [], match: "all", to: "why" }]);
    expect(definition.questions[2]?.branches).toEqual([{ conditions: [{ questionId: "pick", operator: "is", value: "blue" }, { questionId: "pick", operator: "is", value: "other" }], match: "any", to: "end" }]);
  });

  test("keeps logic of older versions, and drops actions that are no jump", () => {
    const old = { ...score, logic: [{ condition: "lessThan", value: 7, destination: "why" }], logicFallback: undefined };
    const { definition, report } = convert({ ...survey, questions: [old, pick, { ...why, logic: [logic("score", "equals", 1, "x", "calculate")] }] });
    expect(definition.questions[0]?.branches).toEqual([{ conditions: [{ questionId: "score", operator: "at_most", value: 6 }], match: "all", to: "why" }]);
    expect(report.byElement.logic).toEqual({ mapped: 1, approximated: 0, dropped: 1 });
  });

  test("of blocks keeps the logic of a block at its last question", () => {
    const blocks = [{ id: "b1", elements: [{ ...score, logic: undefined, logicFallback: undefined }, pick], logic: [logic("score", "isLessThan", 5, "b3", "jumpToBlock")] }, { id: "b2", elements: [why] }, { id: "b3", elements: [{ ...why, id: "last", logic: [] }] }];
    const { definition } = convert({ ...survey, questions: [], blocks });
    expect(definition.questions[1]?.branches).toEqual([{ conditions: [{ questionId: "score", operator: "at_most", value: 4 }], match: "all", to: "last" }]);
  });

  test.each([
    [{ type: "rating", range: 7, scale: "smiley" }, "rating"], [{ type: "consent", label: text("I agree") }, "consent"], [{ type: "cta" }, "statement"], [{ type: "date" }, "date"], [{ type: "fileUpload" }, "file"],
    [{ type: "matrix", rows: [text("R1"), text("R2")], columns: [text("A"), text("B")] }, "matrix"], [{ type: "contactInfo" }, "contact"], [{ type: "openText", inputType: "email" }, "email"], [{ type: "pictureSelection", choices: [{ id: "a" }, { id: "b" }] }, "single"],
    [{ type: "ranking", choices: [{ id: "a", label: text("a") }, { id: "b", label: text("b") }] }, "ranking"],
  ])("asks %j as %s", (question, kind) => {
    expect(convert({ name: "x", questions: [{ id: "q", headline: text("Ask"), required: false, ...question }] }).definition.questions.map((one) => one.type)).toEqual([kind]);
  });
});
