// What the fidelity report says, line by line, of one small file of each tool with things that can be kept, things that can be kept nearly, and things that cannot.
import { describe, expect, test } from "vitest";
import { makeWorkbook } from "../../customers/imports/workbook.make.ts";
import type { FidelityReport } from "./conversions.contract.ts";
import { limeFile, qualtricsFile } from "./conversions.make.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const report = (file: string | Uint8Array): FidelityReport => convertSurvey(typeof file === "string" ? new TextEncoder().encode(file) : file, fileTools).report;

const choices = (...labels: readonly string[]) => Object.fromEntries(labels.map((label, index) => [String(index + 1), { Display: label }]));
const qualtrics = JSON.stringify(qualtricsFile({
  questions: [
    { QuestionID: "QID1", DataExportTag: "nps", QuestionText: "Would you recommend us?", QuestionType: "MC", Selector: "NPS", Choices: Object.fromEntries(Array.from({ length: 11 }, (_none, score) => [String(score), { Display: String(score) }])) },
    { QuestionID: "QID2", DataExportTag: "colour", QuestionText: "Colour?", QuestionType: "MC", Selector: "MAVR", Choices: choices("Red", "Blue"), Randomization: { Type: "Advanced" } },
    { QuestionID: "QID3", DataExportTag: "best", QuestionText: "Best?", QuestionType: "MC", Selector: "SAVR", Choices: choices("Own"), DynamicChoices: { Locator: "q://QID2/ChoiceGroup/SelectedChoices" } },
    { QuestionID: "QID4", DataExportTag: "where", QuestionText: "Where does it hurt, ${q://QID9/ChoiceTextEntryValue}?", QuestionType: "HeatMap", Selector: "HM" },
  ],
}));

const lime = limeFile({
  tables: {
    questions: ["L", "T", "S", "I"].map((type, index) => ({ qid: String(index + 1), parent_qid: "0", gid: "1", title: `Q${index + 1}`, type, question_order: String(index + 1), mandatory: index === 1 ? "S" : "N", other: "N", relevance: index === 2 ? "count(Q1) > strlen(Q2)" : "1" })),
    question_l10ns: [1, 2, 3, 4].map((qid) => ({ qid: String(qid), question: `Question ${qid}?`, language: "en" })),
    answers: ["A1", "A2"].map((code, index) => ({ aid: String(index), qid: "1", code, sortorder: String(index), scale_id: "0" })),
    answer_l10ns: ["Good", "Bad"].map((answer, index) => ({ aid: String(index), answer, language: "en" })),
    assessments: [{ id: "1", sid: "9", scope: "T", name: "Total", minimum: "0", maximum: "5" }],
  },
});

const surveyjs = JSON.stringify({
  title: "Visit", pages: [{ elements: [
    { type: "rating", name: "score", title: "Score?", rateMin: 0, rateMax: 10 },
    { type: "comment", name: "why", title: "Why?", visibleIf: "{score} + 1 > 3" },
    { type: "radiogroup", name: "pick", title: "Pick", choices: ["a", "b"], choicesOrder: "asc" },
    { type: "signaturepad", name: "sign", title: "Sign" },
  ] }], triggers: [{ type: "setvalue", expression: "{score} = 9", setToName: "x", setValue: 1 }],
});

const field = (ref: string, type: string, properties: Record<string, unknown> = {}) => ({ id: `id_${ref}`, ref, type, title: `${ref}?`, properties, validations: {} });
const typeform = JSON.stringify({
  title: "Visit", fields: [field("score", "nps"), field("size", "opinion_scale", { steps: 11 }), field("pay", "payment"), field("pick", "multiple_choice", { choices: [{ ref: "a", label: "A" }, { ref: "b", label: "B" }] })],
  logic: [{ type: "field", ref: "pick", actions: [{ action: "jump", details: { to: { type: "field", value: "score" } }, condition: { op: "always", vars: [] } }] }],
  thankyou_screens: [{ ref: "bye", title: "Bye" }],
});

const words = (text: string) => ({ default: text });
const formbricks = JSON.stringify({
  name: "Visit", languages: [],
  questions: [
    { id: "score", type: "nps", headline: words("Recommend?"), required: true },
    { id: "pick", type: "multipleChoiceSingle", headline: words("Pick"), required: false, shuffleOption: "exceptLast", choices: [{ id: "a", label: words("A") }, { id: "b", label: words("B") }] },
    { id: "when", type: "cal", headline: words("When?"), required: false },
    { id: "why", type: "openText", headline: words("Why?"), required: false, inputType: "text", logic: [{ id: "l", conditions: { connector: "and", conditions: [] }, actions: [{ id: "a", objective: "calculate", target: "x" }] }] },
  ],
  endings: [{ id: "bye", type: "endScreen", headline: words("Thanks") }],
});

const xlsform = makeWorkbook({
  sheets: {
    survey: [
      ["type", "name", "label", "relevant", "constraint", "calculation"], ["select_one yn", "come", "Did you come?"], ["text", "why", "Why?", "${come} = 'yes'", "regex(., 'x')"], ["dateTime", "at", "When?"], ["geopoint", "where", "Where?"],
      ["calculate", "greeting", "", "", "", "concat('Hello ', ${why})"], ["start", "start"],
    ],
    choices: [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]], settings: [["form_title"], ["Visit"]],
  },
});

type Expected = { counts: FidelityReport["counts"]; mapped: string[]; approximated: Record<string, string>; dropped: Record<string, string> };
const expected: Record<string, [file: string | Uint8Array, Expected]> = {
  qualtrics: [qualtrics, {
    counts: { mapped: 10, approximated: 2, dropped: 2 },
    mapped: ["survey Visit", "language en", "question nps", "option colour / choice 1", "option colour / choice 2", "question colour", "option best / choice x1", "option best / choice x2", "option best / choice 1", "question best"],
    approximated: {
      "order colour": "All options are shown in an order of chance; showing only some, or keeping some in place, is not done here.",
      "logic best (carried forward)": "All options of the earlier question are shown, not only those chosen there.",
    },
    dropped: {
      "piping where: QID9": "The text refers to something that is not asked here; the place is left empty.",
      "question where": "Questions of the kind “HeatMap” (HM) are not asked here.",
    },
  }],
  limesurvey: [lime, {
    counts: { mapped: 7, approximated: 1, dropped: 3 },
    mapped: ["survey Visit", "language en", "option Q1 / A1", "option Q1 / A2", "question Q1", "question Q2", "question Q3"],
    approximated: { "validation Q2 (mandatory)": "A soft mandatory question may be left empty here, without being asked again." },
    dropped: {
      "logic Q3 (relevance)": "The function “strlen” is not done inside a comparison. The question is always shown. In the source: count(Q1) > strlen(Q2)",
      "question Q4": "The language is chosen at the top of every survey here.",
      "calculation Total": "Assessments with texts by points are not done here; the points of the options are kept.",
    },
  }],
  surveyjs: [surveyjs, {
    counts: { mapped: 7, approximated: 0, dropped: 4 },
    mapped: ["survey Visit", "language en", "question score", "question why", "option pick / choice a", "option pick / choice b", "question pick"],
    approximated: {},
    dropped: {
      "logic why (visibleIf)": "It calculates inside a condition, which is not done here. The question is always shown. In the source: {score} + 1 > 3",
      "order pick": "Options stand in the order of the file. In the source: asc",
      "question sign": "Questions of the type “signaturepad” are not asked here.",
      "logic trigger 1 (setvalue)": "This trigger is not done here. In the source: {score} = 9",
    },
  }],
  typeform: [typeform, {
    counts: { mapped: 8, approximated: 0, dropped: 2 },
    mapped: ["survey Visit", "language en", "question score", "question size", "option pick / A", "option pick / B", "question pick", "ending bye"],
    approximated: {},
    dropped: {
      "question pay": "Questions of the type “payment” are not asked here.",
      "logic pick (logic 1)": "It leads back, which is not done here. In the source: {\"op\":\"always\",\"vars\":[]}",
    },
  }],
  formbricks: [formbricks, {
    counts: { mapped: 9, approximated: 1, dropped: 2 },
    mapped: ["survey Visit", "language en", "validation score (required)", "question score", "option pick / A", "option pick / B", "question pick", "question why", "ending ending 1"],
    approximated: { "order pick": "In the source the last option keeps its place." },
    dropped: {
      "question when": "Questions of the type “cal” are not asked here.",
      "logic why (logic 1)": "The action “calculate” is not done here. In the source: {\"connector\":\"and\",\"conditions\":[]}",
    },
  }],
  xlsform: [xlsform, {
    counts: { mapped: 7, approximated: 1, dropped: 4 },
    mapped: ["survey Visit", "language en", "option come / yes", "option come / no", "question come", "logic why (relevant)", "question why"],
    approximated: { "question at": "A day is asked, without the time." },
    dropped: {
      "validation why (constraint)": "This check is not done here. In the source: regex(., 'x')",
      "question where": "Questions of the type “geopoint” are not asked here.",
      "calculation greeting": "Only sums and the like of numbers are calculated here. In the source: concat('Hello ', ${why})",
      "setting start (start)": "Times and devices are kept anyway or not at all.",
    },
  }],
};

const notesOf = ({ lines }: FidelityReport, outcome: "approximated" | "dropped"): Record<string, string | null> =>
  Object.fromEntries(lines.filter((line) => line.outcome === outcome).map(({ element, source, note }) => [`${element} ${source}`, note]));

describe("the fidelity report", () => {
  test.each(Object.entries(expected))("of a file of %s counts and names every element, and says what differs", (format, [file, { counts, mapped, approximated, dropped }]) => {
    const found = report(file);

    expect(found.format).toBe(format);
    expect(found.counts).toEqual(counts);
    expect(found.lines).toHaveLength(counts.mapped + counts.approximated + counts.dropped);
    expect(found.lines.filter((line) => line.outcome === "mapped").map(({ element, source, note }) => `${element} ${source}${note ?? ""}`)).toEqual(mapped);
    expect(notesOf(found, "approximated")).toEqual(approximated);
    expect(notesOf(found, "dropped")).toEqual(dropped);
  });

  test("of the file an importer has made says that all of it is kept", () => {
    const { definition } = convertSurvey(new TextEncoder().encode(qualtrics), fileTools);

    expect(report(JSON.stringify(definition)).counts).toMatchObject({ approximated: 0, dropped: 0 });
  });
});
