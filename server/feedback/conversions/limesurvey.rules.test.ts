import { describe, expect, test } from "vitest";
import type { SurveyConversion } from "./conversions.contract.ts";
import { limeFile } from "./conversions.make.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const convert = (file: string): SurveyConversion => convertSurvey(new TextEncoder().encode(file), fileTools);
const question = (qid: string, title: string, type: string, more: Record<string, string> = {}) => ({ qid, parent_qid: "0", gid: "1", title, type, question_order: qid, mandatory: "N", other: "N", relevance: "1", ...more });
const words = (qid: string, text: string, language = "en") => ({ qid, question: text, language });

const base = {
  questions: [
    question("1", "NPS", "L", { mandatory: "Y", other: "Y" }),
    question("2", "ticks", "M", { relevance: "NPS.NAOK == \"A2\" or NPS.NAOK == 'A1'" }),
    question("3", "why", "T", { relevance: "ticks_SQ001.NAOK == \"Y\" and !is_empty(9X1X1)", mandatory: "S" }),
    question("4", "odd", "S", { relevance: "(NPS == 'A1' or NPS == 'A2') and count(that.ticks) > 1" }),
    question("5", "total", "*"), question("6", "num", "N"),
  ],
  question_l10ns: [words("1", "What <em>now</em>?"), words("1", "ماذا الآن؟", "ar"), words("2", "Tick {NPS.shown}"), words("21", "One"), words("22", "None"), words("3", "Why, {TOKEN:FIRSTNAME}?"), words("4", "Odd"), words("5", "{num * 2}"), words("6", "How many?")],
  answers: [{ aid: "1", qid: "1", code: "A1", sortorder: "1", scale_id: "0", assessment_value: "3" }, { aid: "2", qid: "1", code: "A2", sortorder: "0", scale_id: "0", assessment_value: "0" }],
  answer_l10ns: [{ aid: "1", answer: "Good", language: "en" }, { aid: "1", answer: "جيد", language: "ar" }, { aid: "2", answer: "Bad", language: "en" }],
  subquestions: [{ qid: "21", parent_qid: "2", title: "SQ001", question_order: "1", scale_id: "0" }, { qid: "22", parent_qid: "2", title: "SQ002", question_order: "2", scale_id: "0" }],
  question_attributes: [{ qid: "2", attribute: "exclude_all_others", value: "SQ002" }, { qid: "2", attribute: "max_answers", value: "1" }, { qid: "1", attribute: "other_replace_text", value: "Else", language: "en" }, { qid: "6", attribute: "max_num_value_n", value: "99" }],
};

describe("a LimeSurvey survey", () => {
  test("keeps options in their order with points, other, none, limits, languages and what must be answered", () => {
    const { definition } = convert(limeFile({ tables: base, languages: "ar" }));
    expect(definition.languages).toEqual(["en", "ar"]);
    expect(definition.questions[0]).toMatchObject({
      id: "nps", type: "single", isRequired: true, title: { en: "What now?", ar: "ماذا الآن؟" },
      options: [{ id: "a2", label: { en: "Bad" } }, { id: "a1", label: { en: "Good", ar: "جيد" }, score: 3 }, { id: "other", label: { en: "Else" }, isOther: true }],
    });
    expect(definition.questions[1]).toMatchObject({ type: "multi", maxChoices: 1, options: [{ id: "sq001" }, { id: "sq002", isNone: true }], title: { en: "Tick {{nps}}" } });
    expect(definition.questions[4]).toMatchObject({ id: "num", type: "number", max: 99 });
  });

  test("keeps relevance that is all or any of comparisons, and quotes what is not", () => {
    const { definition, report } = convert(limeFile({ tables: base }));
    expect(definition.questions[1]).toMatchObject({ showIf: [{ questionId: "nps", operator: "is", value: "a2" }, { questionId: "nps", operator: "is", value: "a1" }], showIfMatch: "any" });
    expect(definition.questions[2]).toMatchObject({ showIf: [{ questionId: "ticks", operator: "is", value: "sq001" }, { questionId: "nps", operator: "answered" }], isRequired: false, title: { en: "Why, {{trait.first_name|}}?" } });
    expect(definition.questions[3]).not.toHaveProperty("showIf");
    expect(report.byElement.logic).toEqual({ mapped: 2, approximated: 0, dropped: 1 });
    expect(report.lines.find((line) => line.source === "odd (relevance)")?.note).toContain("(NPS == 'A1' or NPS == 'A2') and count(that.ticks) > 1");
    expect(report.lines.find((line) => line.source === "why (mandatory)")?.outcome).toBe("approximated");
  });

  test("keeps an equation over later numbers out, and one over earlier numbers as a calculation", () => {
    const later = convert(limeFile({ tables: base }));
    expect(later.report.byElement.calculation).toEqual({ mapped: 0, approximated: 0, dropped: 1 });
    const questions = base.questions.map((one) => (one.title === "num" ? { ...one, question_order: "0" } : one));
    expect(convert(limeFile({ tables: { ...base, questions } })).definition.calculations).toEqual([{ id: "total", name: "total", formula: "num * 2" }]);
  });

  test("keeps quotas with their message and address", () => {
    const { definition } = convert(limeFile({ tables: { ...base, quota: [{ id: "7", name: "Good ones", qlimit: "5", active: "1" }], quota_members: [{ quota_id: "7", qid: "1", code: "A1" }], quota_languagesettings: [{ quotals_quota_id: "7", quotals_language: "en", quotals_message: "Full", quotals_url: "https://example.com" }] } }));
    expect(definition.quotas).toEqual([{ id: "good_ones", name: "Good ones", limit: 5, conditions: [{ questionId: "nps", operator: "is", value: "a1" }], match: "all", endingId: "full_good_ones" }]);
    expect(definition.endings).toMatchObject([{ id: "full_good_ones", title: { en: "Full" }, redirectUrl: "https://example.com", isScreenOut: true }]);
  });

  test("keeps welcome, end message and https address, and refuses other addresses", () => {
    const kept = convert(limeFile({ tables: base, settings: { surveyls_description: "About", surveyls_welcometext: "<p>Hello</p>", surveyls_endtext: "Bye", surveyls_url: "https://example.com/bye" } }));
    expect(kept.definition).toMatchObject({ intro: { en: "About\n\nHello" }, thanks: { text: { en: "Bye" }, redirectUrl: "https://example.com/bye" } });
    const refused = convert(limeFile({ tables: base, settings: { surveyls_url: "javascript:alert(1)" } }));
    expect(refused.definition.thanks).not.toHaveProperty("redirectUrl");
    expect(refused.report.byElement.ending).toEqual({ mapped: 0, approximated: 0, dropped: 1 });
  });

  test.each([
    ["5", "rating"], ["Y", "single"], ["G", "single"], ["S", "text"], ["U", "text"], ["D", "date"], ["X", "statement"], ["|", "file"], ["N", "number"],
  ])("of the type %s becomes the right kind of question", (type, kind) => {
    const { definition } = convert(limeFile({ tables: { questions: [question("1", "Q1", type)], question_l10ns: [words("1", "Ask")] } }));
    expect(definition.questions.map((one) => one.type)).toEqual([kind]);
  });

  test.each([
    ["F", ["matrix"]], ["A", ["matrix"]], ["B", ["matrix"]], ["C", ["matrix"]], ["K", ["number", "number"]], ["Q", ["text", "text"]], ["1", ["matrix", "matrix"]],
  ])("with rows, of the type %s, becomes %j", (type, kinds) => {
    const rows = [{ qid: "11", parent_qid: "1", title: "R1", question_order: "1", scale_id: "0" }, { qid: "12", parent_qid: "1", title: "R2", question_order: "2", scale_id: "0" }];
    const answers = ["0", "1"].flatMap((scale) => ["x", "y"].map((code) => ({ aid: `${scale}${code}`, qid: "1", code, sortorder: "1", scale_id: scale })));
    const { definition, report } = convert(limeFile({ tables: { questions: [question("1", "Q1", type)], question_l10ns: [words("1", "Ask"), words("11", "Row one"), words("12", "Row two")], subquestions: rows, answers } }));
    expect(definition.questions.map((one) => one.type)).toEqual(kinds);
    expect(report.source.questions).toBe(1);
  });

  test("of an old version keeps one row per language", () => {
    const old = { questions: [{ ...question("1", "Q1", "L"), question: "Yes?", language: "en" }, { ...question("1", "Q1", "L"), question: "Ja?", language: "de" }], answers: [{ qid: "1", code: "1", answer: "One", language: "en", sortorder: "1", scale_id: "0" }, { qid: "1", code: "1", answer: "Eins", language: "de", sortorder: "1", scale_id: "0" }, { qid: "1", code: "2", answer: "Two", language: "en", sortorder: "2", scale_id: "0" }] };
    const { definition } = convert(limeFile({ tables: old, languages: "de" }));
    expect(definition.questions).toMatchObject([{ title: { en: "Yes?", de: "Ja?" }, options: [{ id: "1", label: { en: "One", de: "Eins" }, score: 1 }, { id: "2" }] }]);
  });
});
