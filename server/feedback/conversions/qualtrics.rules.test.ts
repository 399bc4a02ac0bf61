import { describe, expect, test } from "vitest";
import type { SurveyConversion } from "./conversions.contract.ts";
import { qualtricsFile } from "./conversions.make.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

const convert = (file: unknown): SurveyConversion => convertSurvey(new TextEncoder().encode(JSON.stringify(file)), fileTools);
const question = (qid: string, tag: string, more: Record<string, unknown>) => ({ QuestionID: qid, DataExportTag: tag, QuestionText: `${tag}?`, Language: [], Validation: { Settings: {} }, ...more });
const choices = (...labels: readonly string[]) => Object.fromEntries(labels.map((label, index) => [String(index + 1), { Display: label }]));
const logic = (...expressions: readonly Record<string, unknown>[]) => ({ 0: { ...Object.fromEntries(expressions.map((one, index) => [index, { LogicType: "Question", Type: "Expression", ...one }])), Type: "If" }, Type: "BooleanExpression" });

const nps = question("QID1", "nps", { QuestionType: "MC", Selector: "NPS", QuestionText: "Would you <b>recommend</b> us&nbsp;&amp; why?", Choices: Object.fromEntries(Array.from({ length: 11 }, (_none, score) => [String(score), { Display: String(score) }])), ColumnLabels: [{ Display: "Not at all" }, { Display: "Surely" }] });
const colour = question("QID2", "Farbe", {
  QuestionType: "MC", Selector: "MAVR", Choices: { ...choices("Red", "Blue"), 3: { Display: "Other", TextEntry: "true" }, 4: { Display: "None", ExclusiveAnswer: true } }, ChoiceOrder: ["2", "1", "3", "4"],
  RecodeValues: { 1: "10", 2: "20", 3: "30", 4: "-1" }, Validation: { Settings: { ForceResponse: "ON", Type: "ChoiceRange", MinChoices: "1", MaxChoices: "2" } }, Randomization: { Type: "All" },
  Language: { AR: { QuestionText: "اللون؟", Choices: { 1: { Display: "أحمر" } } } },
});

describe("a Qualtrics survey", () => {
  test("keeps scales, options, recoded values, other, none, order, limits and languages", () => {
    const { definition, report } = convert(qualtricsFile({ questions: [nps, colour] }));
    expect(definition.languages).toEqual(["en", "ar"]);
    expect(definition.questions[0]).toMatchObject({ id: "nps", type: "nps", title: { en: "Would you recommend us & why?" }, low: { en: "Not at all" }, high: { en: "Surely" } });
    expect(definition.questions[1]).toMatchObject({
      id: "farbe", type: "multi", isRequired: true, minChoices: 1, maxChoices: 2, order: "random", title: { en: "Farbe?", ar: "اللون؟" },
      options: [{ id: "2", label: { en: "Blue" }, score: 20 }, { id: "1", label: { en: "Red", ar: "أحمر" }, score: 10 }, { id: "3", isOther: true, score: 30 }, { id: "4", isNone: true, score: -1 }],
    });
    expect(report.source).toEqual({ questions: 2, options: 4, languages: 2, logic: 0 });
    expect(report.counts.dropped).toBe(0);
  });

  test("keeps display logic that is all or any of comparisons, and quotes what is not", () => {
    const selected = (choice: string) => ({ LeftOperand: `q://QID2/SelectableChoice/${choice}`, Operator: "Selected" });
    const why = question("QID3", "why", { QuestionType: "TE", Selector: "ML", DisplayLogic: logic({ LeftOperand: "q://QID1/ChoiceNumericEntryValue/1", Operator: "LessThan", RightOperand: "7" }, { ...selected("1"), Conjuction: "Or" }) });
    const mixed = question("QID4", "mixed", { QuestionType: "TE", Selector: "SL", DisplayLogic: { ...logic(selected("1"), { ...selected("2"), Conjuction: "Or" }), 1: { 0: { ...selected("3"), LogicType: "Question", Description: "Other is selected" }, Type: "AndIf" } } });
    const { definition, report } = convert(qualtricsFile({ questions: [nps, colour, why, mixed] }));
    expect(definition.questions[2]).toMatchObject({ isLong: true, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }, { questionId: "farbe", operator: "is", value: "1" }], showIfMatch: "any" });
    expect(definition.questions[3]).not.toHaveProperty("showIf");
    expect(report.byElement.logic).toEqual({ mapped: 1, approximated: 0, dropped: 1 });
    expect(report.lines.find((line) => line.element === "logic" && line.outcome === "dropped")?.note).toContain("Other is selected");
  });

  test("leads on by skip logic, and ends early by a branch of the flow", () => {
    const end = { Type: "EndSurvey", FlowID: "FL_9", Options: { SurveyTermination: "Redirect", EOSRedirectURL: "https://example.com/out", ResponseFlag: "Screened" } };
    const branch = { Type: "Branch", FlowID: "FL_3", BranchLogic: logic({ LeftOperand: "q://QID1/SelectableChoice/0", Operator: "Selected" }), Flow: [end] };
    const { definition, report } = convert(qualtricsFile({
      questions: [nps, colour, question("QID3", "why", { QuestionType: "TE", Selector: "SL" })],
      blocks: { 1: { Type: "Default", ID: "BL_1", BlockElements: [{ Type: "Question", QuestionID: "QID1", SkipLogic: [{ Locator: "q://QID1/SelectableChoice/10", Condition: "Selected", SkipToDestination: "ENDOFBLOCK" }] }, { Type: "Question", QuestionID: "QID2" }] }, 2: { Type: "Standard", ID: "BL_2", BlockElements: [{ Type: "Question", QuestionID: "QID3" }] } },
      flow: { Flow: [{ Type: "Block", ID: "BL_1" }, branch, { Type: "Standard", ID: "BL_2" }] },
    }));
    expect(definition.questions[0]?.branches).toEqual([{ conditions: [{ questionId: "nps", operator: "is", value: 10 }], match: "all", to: "why" }]);
    expect(definition.questions[1]?.branches).toEqual([{ conditions: [{ questionId: "nps", operator: "is", value: 0 }], match: "all", to: "end_fl_9" }]);
    expect(definition.endings).toMatchObject([{ id: "end_fl_9", redirectUrl: "https://example.com/out", isScreenOut: true }]);
    expect(report.problems.filter((problem) => problem.severity === "error")).toEqual([]);
  });

  test("fills earlier answers and fields of a contact into texts, and leaves no foreign placeholder", () => {
    const text = "You said ${q://QID1/ChoiceGroup/SelectedChoices}, ${e://Field/FirstName}, ${q://QID9/ChoiceTextEntryValue} and {{trait.email}}";
    const { definition, report } = convert(qualtricsFile({ questions: [nps, question("QID3", "why", { QuestionType: "TE", Selector: "SL", QuestionText: text })] }));
    expect(definition.questions[1]?.title.en).toBe("You said {{nps}}, {{trait.first_name|}}, and { {trait.email} }");
    expect(report.byElement.piping).toEqual({ mapped: 2, approximated: 0, dropped: 1 });
  });

  test("keeps quotas with their limit", () => {
    const quota = { Element: "QO", Payload: { Name: "Promoters", Occurrences: 50, QuotaAction: "EndCurrentSurvey", Logic: logic({ LeftOperand: "q://QID1/ChoiceNumericEntryValue/1", Operator: "GreaterThanOrEqual", RightOperand: "9" }) } };
    const { definition } = convert(qualtricsFile({ questions: [nps], more: [quota] }));
    expect(definition.quotas).toEqual([{ id: "promoters", name: "Promoters", limit: 50, conditions: [{ questionId: "nps", operator: "at_least", value: 9 }], match: "all" }]);
  });

  test.each([
    ["TE", "SL", { Validation: { Settings: { Type: "ContentType", ContentType: "ValidEmail" } } }, "email"],
    ["TE", "SL", { Validation: { Settings: { Type: "ContentType", ContentType: "ValidNumber", ValidNumber: { Min: "1", Max: "9" } } } }, "number"],
    ["DB", "TB", {}, "statement"], ["RO", "DND", { Choices: choices("a", "b") }, "ranking"], ["MC", "DL", { Choices: choices("a", "b") }, "dropdown"],
    ["MC", "SAVR", { Choices: choices("only") }, "consent"], ["MC", "SAVR", {}, "text"], ["CS", "VRTL", { Choices: choices("a", "b"), Validation: { Settings: { ChoiceTotal: "10" } } }, "constant_sum"],
    ["Slider", "HSLIDER", { Choices: choices("a"), Configuration: { CSSliderMin: 0, CSSliderMax: 50 } }, "slider"], ["Matrix", "Likert", { SubSelector: "SingleAnswer", Choices: choices("r"), Answers: choices("a", "b") }, "matrix"],
    ["FileUpload", "FileUpload", {}, "file"],
  ])("of the kind %s %s becomes the right kind of question", (type, selector, more, kind) => {
    const { definition } = convert(qualtricsFile({ questions: [question("QID1", "q", { QuestionType: type, Selector: selector, ...more })] }));
    expect(definition.questions.map((one) => one.type)).toEqual([kind]);
  });

  test("keeps all options that are carried forward from an earlier question", () => {
    const carried = question("QID3", "best", { QuestionType: "MC", Selector: "SAVR", Choices: { 9: { Display: "Own" } }, DynamicChoices: { Locator: "q://QID2/ChoiceGroup/SelectedChoices" } });
    const { definition, report } = convert(qualtricsFile({ questions: [nps, colour, carried] }));
    expect(definition.questions[2]).toMatchObject({ type: "single", options: [{ id: "x2" }, { id: "x1" }, { id: "x3" }, { id: "x4" }, { id: "9" }] });
    expect(report.byElement.logic).toEqual({ mapped: 0, approximated: 1, dropped: 0 });
  });

  test("says what it does not ask, and what lies in the trash", () => {
    const { report } = convert(qualtricsFile({
      questions: [nps, question("QID5", "map", { QuestionType: "HeatMap", Selector: "HM" }), question("QID6", "old", { QuestionType: "TE" })],
      blocks: [{ Type: "Default", ID: "BL_1", BlockElements: [{ Type: "Question", QuestionID: "QID1" }, { Type: "Question", QuestionID: "QID5" }] }, { Type: "Trash", ID: "BL_2", BlockElements: [{ Type: "Question", QuestionID: "QID6" }] }],
    }));
    expect(report.source.questions).toBe(3);
    expect(report.lines.filter((line) => line.outcome === "dropped").map((line) => line.source)).toEqual(["map", "old"]);
  });
});
