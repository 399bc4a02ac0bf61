import { describe, expect, test } from "vitest";
import { SurveyDefinition, type Condition, type Question } from "./definition.contract.ts";
import { checkDefinition } from "./definition.rules.ts";
import { chooseLanguage, isRightToLeft, textIn } from "./local-text.rules.ts";
import { contrastOf, inkOn } from "./theme.rules.ts";
import { SURVEY_TEMPLATES } from "./templates.rules.ts";
import { minutesToAnswer } from "./wording.rules.ts";

const question: Question = { id: "nps", type: "nps", title: { en: "Recommend?" }, isRequired: true };
const pick = { id: "pick", type: "single", title: { en: "Pick" }, isRequired: false, options: [{ id: "a", label: { en: "A" } }, { id: "b", label: { en: "B" } }] } satisfies Question;
/** A score that leads to the thank-you by each of these branches. */
const ledOn = (...branches: [operator: Condition["operator"], value?: number][]): Question => ({
  ...question, branches: branches.map(([operator, value]) => ({ to: "end", conditions: [{ questionId: "nps", operator, ...(value === undefined ? {} : { value }) }] })),
});
const definition: SurveyDefinition = {
  format: 1, languages: ["en"], title: { en: "Title" }, questions: [question], thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" },
};

const inLanguage = (language: string, title: string): Partial<SurveyDefinition> =>
  ({ languages: [language], title: { [language]: "T" }, thanks: { title: { [language]: "D" } }, questions: [{ ...question, title: { [language]: title } }] });

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
    ["conditions that leave one score", {
      questions: [question, { ...question, id: "two", showIf: [{ questionId: "nps", operator: "at_least", value: 9 }, { questionId: "nps", operator: "at_most", value: 9 }] }],
    }, []],
    ["conditions of which one is enough", {
      questions: [question, { ...question, id: "two", showIfMatch: "any", showIf: [{ questionId: "nps", operator: "at_least", value: 9 }, { questionId: "nps", operator: "at_most", value: 6 }] }],
    }, []],
    ["an answer that is two at once", { questions: [pick, { ...question, showIf: [{ questionId: "pick", operator: "is", value: "a" }, { questionId: "pick", operator: "is", value: "b" }] }] }, ["condition_never_holds"]],
    ["two of several choices", { questions: [{ ...pick, type: "multi" }, { ...question, showIf: [{ questionId: "pick", operator: "is", value: "a" }, { questionId: "pick", operator: "is", value: "b" }] }] }, []],
    ["answered and not", { questions: [pick, { ...question, showIf: [{ questionId: "pick", operator: "is_not", value: "b" }, { questionId: "pick", operator: "not_answered" }] }] }, ["condition_never_holds"]],
    ["a branch whose conditions exclude each other", {
      questions: [{ ...question, branches: [{ conditions: [{ questionId: "nps", operator: "is", value: 1 }, { questionId: "nps", operator: "is_not", value: 1 }], to: "end" }] }],
    }, ["condition_never_holds"]],
    ["an ending whose conditions exclude each other", {
      endings: [{ id: "out", title: { en: "Out" }, conditions: [{ trait: "plan", operator: "is", value: "gold" }, { trait: "plan", operator: "is", value: "free" }] }],
    }, ["condition_never_holds"]],
    ["a quota whose conditions exclude each other", {
      quotas: [{ id: "q", name: "Q", limit: 1, conditions: [{ questionId: "nps", operator: "at_most", value: 3 }, { questionId: "nps", operator: "at_least", value: 4 }] }],
    }, ["condition_never_holds"]],
    ["words that contain two others", {
      questions: [{ id: "t", type: "text", title: { en: "T" }, isRequired: false }, { ...question, showIf: [{ questionId: "t", operator: "contains", value: "late" }, { questionId: "t", operator: "contains", value: "rude" }] }],
    }, []],
    ["a branch behind a wider one", { questions: [ledOn(["at_least", 5], ["at_least", 9])] }, ["branch_never_taken"]],
    ["a branch before a wider one", { questions: [ledOn(["at_least", 9], ["at_least", 5])] }, []],
    ["a branch behind two that take every score", { questions: [ledOn(["at_least", 7], ["at_most", 6], ["is", 3])] }, ["branch_never_taken"]],
    ["a branch behind two that leave a score", { questions: [ledOn(["at_least", 7], ["at_most", 5], ["is", 6])] }, []],
    ["a branch for whoever skips, behind two that take every score", { questions: [ledOn(["at_least", 7], ["at_most", 6], ["not_answered"])] }, []],
    ["a branch behind one for everybody", {
      questions: [{ ...question, branches: [{ conditions: [], to: "end" }, { conditions: [{ questionId: "nps", operator: "is", value: 1 }], to: "end" }] }],
    }, ["branch_never_taken"]],
    ["a branch for those the question is not shown to", {
      questions: [question, { ...ledOn(["answered"], ["is", 9]), id: "two", showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] }],
    }, ["branch_never_taken"]],
    ["more to try than is tried", {
      questions: [question, { ...question, id: "two", branches: [0, 1].map(() => ({ to: "end", conditions: Array.from({ length: 8 }, (_, index) => ({ trait: `t${index}`, operator: "is" as const, value: "x" })) })) }],
    }, []],
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
    ...([
      ["in French", "fr", "Comment évaluez-vous le prix et notre service ?", "double_barrelled"],
      ["in Spanish", "es", "¿Cómo valora el precio y nuestro servicio?", "double_barrelled"],
      ["in Dutch", "nl", "Hoe beoordeelt u onze prijs en onze service?", "double_barrelled"],
    ] as const).map(([name, language, title, code]) => [`two things asked at once ${name}`, inLanguage(language, title), [code]] satisfies [string, Partial<SurveyDefinition>, string[]]),
    ...([
      ["de", "Finden Sie nicht auch, dass das Essen schmeckt?"], ["fr", "Ne trouvez-vous pas que le repas était bon ?"], ["es", "¿No cree que la comida era buena?"], ["nl", "Vindt u niet dat het eten lekker was?"],
    ] as const).map(([language, title]) => [`a suggestion in ${language}`, inLanguage(language, title), ["leading"]] satisfies [string, Partial<SurveyDefinition>, string[]]),
    ...([
      ["de", "Wie wahrscheinlich ist es, dass Sie uns Freunden und Kollegen weiterempfehlen?"], ["fr", "Comment recommanderiez-vous notre magasin et notre service à un ami ?"],
      ["es", "¿Cómo de probable es recomendar la tienda y el servicio?"], ["nl", "Hoe waarschijnlijk is het aanbevelen aan vrienden en collega's?"],
    ] as const).map(([language, title]) => [`the agreed wording in ${language}`, inLanguage(language, title), []] satisfies [string, Partial<SurveyDefinition>, string[]]),
    ["a negation", { questions: [{ ...question, title: { en: "Did you not find what you looked for?" } }] }, ["negated"]],
    ["a title as long as reads well", { questions: [{ ...question, title: { en: "x".repeat(160) } }] }, []],
    ["a title longer than that", { questions: [{ ...question, title: { en: "x".repeat(161) } }] }, ["title_long"]],
    ["a suggestion", { questions: [{ ...question, title: { en: "How much did you enjoy our friendly staff?" } }] }, ["leading"]],
    ["the agreed wording", { questions: [{ ...question, title: { en: "How likely are you to recommend us to a friend or colleague?" } }] }, []],
    ["a file, which needs a line", { questions: [{ id: "photo", type: "file", title: { en: "A photo?" }, isRequired: true, kinds: ["image"], filesMax: 1, sizeMaxMb: 5 }] }, ["file_needs_line"]],
    ["a long survey", { questions: Array.from({ length: 20 }, (_, index) => ({ id: `t${index}`, type: "text", title: { en: "Why?" }, isRequired: false })) }, ["survey_long"]],
    ["statements only", { questions: [{ id: "s", type: "statement", title: { en: "Hello" }, isRequired: false }] }, ["only_statements"]],
    ["pale ink", { theme: { accent: "#3b4fd8", ink: "#cccccc" } }, ["ink_hard_to_read"]],
    ["a pale accent", { theme: { accent: "#ffee88" } }, ["accent_hard_to_read"]],
  ])("%s", (_title, change, codes) => {
    expect(checkDefinition({ ...definition, ...change }).map((problem) => problem.code)).toEqual(codes);
  });

  test("says which branch is never taken and what to do", () => {
    expect(checkDefinition({ ...definition, questions: [ledOn(["at_least", 5], ["at_least", 9])] })).toEqual([
      { severity: "warning", code: "branch_never_taken", questionId: "nps", message: "Question 1: branch 2 is never taken, as one before it holds whenever it does. Change their order." },
    ]);
  });

  test("there are ten templates", () => {
    expect(SURVEY_TEMPLATES.map(({ id }) => id)).toEqual(["relationship", "purchase", "support", "onboarding", "delivery", "return", "cancellation", "store", "exit", "walk-through"]);
  });

  test.each(SURVEY_TEMPLATES.map((template) => [template.id, template] as const))("the template %s can be published", (_id, template) => {
    expect(SurveyDefinition.parse(template.definition)).toEqual(template.definition);
    expect(checkDefinition(template.definition)).toEqual([]);
  });
});

test.each<[string, Partial<SurveyDefinition>, number]>([
  // Two words read at four a second.
  ["a score", { questions: [{ ...question, title: { en: "Two words" } }] }, (0.5 + 5) / 60],
  ["a score some people see", { questions: [{ ...question, title: { en: "Two words" }, showIf: [{ fact: "channel", operator: "is", value: "web" }] }] }, (0.5 + 5) / 2 / 60],
  ["options are read too", { questions: [pick] }, (3 / 4 + 8) / 60],
  ["each line of a table", { questions: [{ id: "grid", type: "matrix", title: { en: "Rate" }, isRequired: false, rows: pick.options, columns: pick.options }] }, (1 / 4 + 12) / 60],
  ["long words and short ones", { intro: { en: "Four words to read" }, questions: [{ id: "a", type: "text", title: { en: "Why?" }, isRequired: false }, { id: "b", type: "text", title: { en: "Who?" }, isRequired: false, isLong: false }] }, (1 + 25.25 + 12.25) / 60],
  ["nothing asked", { questions: [] }, 0],
])("the minutes of %s", (_title, change, minutes) => {
  expect(minutesToAnswer({ ...definition, ...change })).toBeCloseTo(minutes, 6);
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
