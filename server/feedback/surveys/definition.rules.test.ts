import { describe, expect, test } from "vitest";
import { SurveyDefinition, type Question } from "./definition.contract.ts";
import { checkDefinition } from "./definition.rules.ts";
import { chooseLanguage, isRightToLeft, textIn } from "./local-text.rules.ts";
import { contrastOf, inkOn } from "./theme.rules.ts";
import { SURVEY_TEMPLATES } from "./templates.rules.ts";

const question: Question = { id: "nps", type: "nps", title: { en: "Recommend?" }, isRequired: true };
const pick = { id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "b", label: { en: "B" } }] } satisfies Question;
const definition: SurveyDefinition = {
  format: 1, languages: ["en"], title: { en: "Title" }, questions: [question], thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" },
};

describe("checkDefinition", () => {
  test.each<[string, Partial<SurveyDefinition>, string[]]>([
    ["a sound survey", {}, []],
    ["no question", { questions: [] }, ["no_questions"]],
    ["no title", { title: {} }, ["no_text"]],
    ["a title of spaces", { title: { en: "  " } }, ["no_text"]],
    ["the same id twice", { questions: [question, question] }, ["same_id_twice"]],
    ["a missing translation", { languages: ["en", "de"], title: { en: "Title", de: "Titel" }, thanks: { title: { en: "Thanks", de: "Danke" } } }, ["translation_missing"]],
    ["two missing translations of one question, said once", {
      languages: ["en", "de"], title: { en: "Title", de: "Titel" }, thanks: { title: { en: "Thanks", de: "Danke" } },
      questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "b", label: { en: "B" } }] }],
    }, ["translation_missing"]],
    ["a condition on itself", { questions: [{ ...question, showIf: [{ questionId: "nps", operator: "answered" }] }] }, ["condition_on_later_question"]],
    ["a condition without a value", { questions: [question, { ...question, id: "two", showIf: [{ questionId: "nps", operator: "is" }] }] }, ["condition_without_value"]],
    ["one option only", { questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }] }] }, ["too_few_options"]],
    ["two equal options", { questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "a", label: { en: "B" } }] }] }, ["same_option_twice"]],
    ["an option without a word", { questions: [{ id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "b", label: {} }] }] }, ["no_text"]],
    ["a condition that never holds", { questions: [question, { ...question, id: "two", showIf: [{ questionId: "nps", operator: "at_least", value: 11 }] }] }, ["condition_never_holds"]],
    ["conditions that exclude each other", {
      questions: [question, { ...question, id: "two", showIf: [{ questionId: "nps", operator: "at_least", value: 9 }, { questionId: "nps", operator: "at_most", value: 6 }] }],
    }, ["condition_never_holds"]],
    ["a condition on an option that is gone", {
      questions: [pick, { ...question, id: "two", showIf: [{ questionId: "pick", operator: "is", value: "z" }] }],
    }, ["condition_never_holds"]],
    ["a question always led past", { questions: [{ ...question, branches: [{ conditions: [], to: "three" }] }, { ...question, id: "two" }, { ...question, id: "three" }] }, ["unreachable"]],
    ["a question led past by some only", {
      questions: [{ ...question, branches: [{ conditions: [{ questionId: "nps", operator: "is", value: 1 }], to: "three" }] }, { ...question, id: "two" }, { ...question, id: "three" }],
    }, []],
    ["a branch back", { questions: [question, { ...question, id: "two", branches: [{ conditions: [{ questionId: "two", operator: "answered" }], to: "nps" }] }] }, ["branch_goes_back"]],
    ["a branch to nowhere", { questions: [{ ...question, branches: [{ conditions: [{ questionId: "nps", operator: "answered" }], to: "gone" }] }] }, ["branch_to_nowhere"]],
    ["an ending nothing leads to", { endings: [{ id: "out", title: { en: "Out" }, conditions: [] }] }, ["ending_unused"]],
    ["a quota to an ending that is gone", { quotas: [{ id: "q", name: "Q", limit: 1, conditions: [], endingId: "out" }] }, ["ending_unknown"]],
    ["a formula that cannot be read", { calculations: [{ id: "c", name: "C", formula: "1 +" }] }, ["formula_wrong"]],
    ["a formula with an unknown name", { calculations: [{ id: "c", name: "C", formula: "nps + gone" }] }, ["formula_unknown_name"]],
    ["random order of questions apart", { questions: [question, { ...question, id: "two" }, { ...question, id: "three" }], shuffle: [["nps", "three"]] }, ["shuffle_wrong"]],
    ["a place of a later answer", { questions: [{ ...question, title: { en: "You gave {{nps}}?" } }] }, ["place_unknown"]],
    ["limits that cross", { questions: [{ id: "n", type: "number", title: { en: "N" }, isRequired: false, min: 3, max: 2 }] }, ["limits_cross"]],
    ["a picture without a picture", { questions: [{ id: "p", type: "picture", title: { en: "P" }, isRequired: false, options: pick.options }] }, ["no_picture"]],
    ["two things asked at once", { questions: [{ ...question, title: { en: "How satisfied are you with our price and service?" } }] }, ["double_barrelled"]],
    ["two things asked at once in German", { languages: ["de"], title: { de: "T" }, thanks: { title: { de: "D" } }, questions: [{ ...question, title: { de: "Wie zufrieden sind Sie mit Preis und Leistung?" } }] }, ["double_barrelled"]],
    ["a suggestion", { questions: [{ ...question, title: { en: "How much did you enjoy our friendly staff?" } }] }, ["leading"]],
    ["the agreed wording", { questions: [{ ...question, title: { en: "How likely are you to recommend us to a friend or colleague?" } }] }, []],
    ["a long survey", { questions: Array.from({ length: 20 }, (_, index) => ({ id: `t${index}`, type: "text", title: { en: "Why?" }, isRequired: false })) }, ["survey_long"]],
    ["statements only", { questions: [{ id: "s", type: "statement", title: { en: "Hello" }, isRequired: false }] }, ["only_statements"]],
    ["pale ink", { theme: { accent: "#3b4fd8", ink: "#cccccc" } }, ["ink_hard_to_read"]],
    ["a pale accent", { theme: { accent: "#ffee88" } }, ["accent_hard_to_read"]],
  ])("%s", (_title, change, codes) => {
    expect(checkDefinition({ ...definition, ...change }).map((problem) => problem.code)).toEqual(codes);
  });

  test.each(SURVEY_TEMPLATES.map((template) => [template.id, template] as const))("the template %s can be published", (_id, template) => {
    expect(SurveyDefinition.parse(template.definition)).toEqual(template.definition);
    expect(checkDefinition(template.definition)).toEqual([]);
  });
});

test.each<[string, string, number]>([
  ["#ffffff", "#000000", 21],
  ["#ffffff", "#ffffff", 1],
  ["#777777", "#ffffff", 4.48],
  ["#3b4fd8", "#ffffff", 6.37],
])("contrast of %s and %s is %d", (colour, other, contrast) => {
  expect(contrastOf(colour, other)).toBeCloseTo(contrast, 1);
});

test("the ink on a colour is always readable", () => {
  for (let grey = 0; grey < 256; grey += 1) {
    const colour = `#${grey.toString(16).padStart(2, "0").repeat(3)}`;
    expect(contrastOf(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
  }
});

test.each<[string, string, string]>([
  ["de", "Hallo", "its own language"],
  ["de-AT", "Hallo", "the base language"],
  ["fr", "Hello", "the first language of the survey"],
])("a text in %s reads %s, from %s", (language, text) => {
  expect(textIn({ en: "Hello", de: "Hallo" }, language, ["en", "de"])).toBe(text);
});

test("a text named like a method is not found by accident", () => {
  expect(textIn({}, "constructor", ["en"])).toBe("");
});

test("the language follows the wishes of the browser", () => {
  expect(chooseLanguage(["en", "pt-BR"], ["fr", "pt"])).toBe("pt-BR");
  expect(chooseLanguage(["en", "de"], ["de-AT"])).toBe("de");
  expect(chooseLanguage(["en", "de"], ["ja"])).toBe("en");
  expect(isRightToLeft("ar-EG")).toBe(true);
  expect(isRightToLeft("en")).toBe(false);
});
