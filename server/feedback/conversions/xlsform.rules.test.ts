import { describe, expect, test } from "vitest";
import { makeWorkbook } from "../../customers/imports/workbook.make.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";

type Sheet = readonly (readonly string[])[];
const convert = (survey: Sheet, choices: Sheet = [], settings: Sheet = []): SurveyConversion => convertSurvey(makeWorkbook({ sheets: { survey, choices, settings } }), fileTools);
const lists: Sheet = [["list_name", "name", "label::English (en)", "label::العربية (ar)"], ["yn", "yes", "Yes", "نعم"], ["yn", "no", "No", "لا"], ["col", "r", "Red", ""], ["col", "b", "Blue", ""]];
const columns = ["type", "name", "label::English (en)", "label::العربية (ar)", "hint::English (en)", "required", "relevant", "constraint", "calculation", "appearance", "parameters"];

describe("an XLSForm", () => {
  test("keeps types, choices, languages, constraints, required and relevant", () => {
    const { definition, report } = convert([
      columns,
      ["begin group", "g", "Group", "", "", "", ""],
      ["select_one yn", "come", "Did you come?", "هل أتيت؟", "Be honest", "yes"],
      ["select_multiple col or_other", "cols", "Colours", "", "", "", "${come} = 'yes'", "count-selected(.) <= 2", "", "", "randomize=true"],
      ["integer", "age", "Age", "", "", "", "selected(${cols}, 'r') and not(${come} = 'no')", ". >= 0 and . < 121"],
      ["end group"],
      ["text", "why", "Why ${age}?", "", "", "", "(${age} > 17 and ${come} = 'yes') or ${come} = 'no'", "regex(., 'x')", "", "multiline"],
      ["calculate", "double", "", "", "", "", "", "", "${age} * 2 + 1"],
      ["start", "start"], ["note", "bye", "Bye"],
    ], lists, [["form_title", "default_language"], ["Visit", "English (en)"]]);
    expect(definition.languages).toEqual(["en", "ar"]);
    expect(definition.title).toEqual({ en: "Visit" });
    expect(definition.questions).toMatchObject([
      { id: "come", type: "single", isRequired: true, title: { en: "Did you come?", ar: "هل أتيت؟" }, hint: { en: "Be honest" }, options: [{ id: "yes", label: { ar: "نعم" } }, { id: "no" }] },
      { id: "cols", type: "multi", maxChoices: 2, order: "random", showIf: [{ questionId: "come", operator: "is", value: "yes" }], options: [{ id: "r" }, { id: "b" }, { id: "other", isOther: true }] },
      { id: "age", type: "number", min: 0, max: 120, decimals: 0, showIf: [{ questionId: "cols", operator: "is", value: "r" }, { questionId: "come", operator: "is_not", value: "no" }] },
      { id: "why", type: "text", isLong: true, title: { en: "Why {{age}}?" } },
      { id: "bye", type: "statement" },
    ]);
    expect(definition.questions[3]).not.toHaveProperty("showIf");
    expect(definition.calculations).toEqual([{ id: "double", name: "double", formula: "age * 2 + 1" }]);
    expect(report.source).toEqual({ questions: 5, options: 5, languages: 2, logic: 3 });
    expect(report.lines.filter((line) => line.outcome === "dropped").map((line) => line.source)).toEqual(["why (relevant)", "why (constraint)", "start (start)"]);
  });

  test("joins the relevance of groups with that of their questions", () => {
    const { definition } = convert([columns, ["select_one yn", "a", "A"], ["begin group", "g", "", "", "", "", "${a} = 'yes'"], ["text", "b", "B", "", "", "", "${a} != ''"], ["text", "c", "C"], ["end group"]], lists);
    expect(definition.questions[1]?.showIf).toEqual([{ questionId: "a", operator: "is", value: "yes" }, { questionId: "a", operator: "answered" }]);
    expect(definition.questions[2]?.showIf).toEqual([{ questionId: "a", operator: "is", value: "yes" }]);
  });

  test.each([
    ["decimal", "number"], ["date", "date"], ["range", "slider"], ["image", "file"], ["acknowledge", "consent"], ["rank col", "ranking"], ["barcode", "text"], ["dateTime", "date"],
  ])("asks %s as %s", (type, kind) => {
    expect(convert([["type", "name", "label"], [type, "q", "Ask"]], [["list_name", "name", "label"], ["col", "a", "A"], ["col", "b", "B"]]).definition.questions.map((one) => one.type)).toEqual([kind]);
  });

  test("says what it does not ask", () => {
    const { report } = convert([["type", "name", "label"], ["geopoint", "where", "Where?"], ["text", "q", "Ask"]]);
    expect(report.lines.find((line) => line.source === "where")).toMatchObject({ element: "question", outcome: "dropped" });
  });
});
