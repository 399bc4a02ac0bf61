import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { makeDefinition } from "../feedback.make.ts";
import { SurveyDefinition } from "../surveys/definition.contract.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import { limeFile, qualtricsFile } from "./conversions.make.ts";
import { convertSurvey } from "./convert.rules.ts";
import { fileTools } from "./file-tools.ts";
import { readResponses } from "./response-table.rules.ts";

const convert = (file: string | Uint8Array): SurveyConversion => convertSurvey(typeof file === "string" ? new TextEncoder().encode(file) : file, fileTools);
const errorsOf = ({ report }: SurveyConversion) => report.problems.filter((problem) => problem.severity === "error");
const shared = join(import.meta.dirname, "../../../../shared/data/import");
const js = (elements: readonly unknown[]) => JSON.stringify({ pages: [{ elements }] });

describe.skipIf(!existsSync(shared))("the real surveys", () => {
  test.each([
    ["Sample_Survey.qsf", "qualtrics", { questions: 12, options: 58, languages: 1, logic: 4 }, 16, [61, 11], ["q1_recent / row 1 (display logic)", "q1_recent / row 2 (display logic)", "q1_recent / row 3 (display logic)", "note NT_51nhj7porSo15Vr", "Q7"]],
    ["survey.lss", "limesurvey", { questions: 4, options: 2, languages: 1, logic: 0 }, 4, [11, 1], ["group First Group", "group Second Group"]],
    ["two-languages.lss", "limesurvey", { questions: 1, options: 0, languages: 2, logic: 0 }, 1, [3, 1], []],
  ])("%s is kept whole, and every element is told of", (name, format, source, questions, kept, gone) => {
    const converted = convert(readFileSync(join(shared, name)));
    expect(converted.report).toMatchObject({ format, source });
    expect(converted.definition.questions).toHaveLength(questions);
    expect(errorsOf(converted)).toEqual([]);
    const { mapped, approximated, dropped } = converted.report.counts;
    expect([mapped, approximated]).toEqual(kept);
    expect(converted.report.lines.filter((line) => line.outcome === "dropped").map((line) => line.source)).toEqual(gone);
    expect(mapped + approximated + dropped).toBe(converted.report.lines.length);
    expect(converted.report.lines.every((line) => (line.note === null) === (line.outcome === "mapped"))).toBe(true);
  });
});

describe.skipIf(!existsSync(shared))("the real responses", () => {
  test.each([["qualtrics-3-header.csv", 20, 1], ["Sample_Survey.csv", 74, 5]])("of %s are read below Qualtrics' three header rows", (name, columns, rows) => {
    const table = readResponses(readFileSync(join(shared, name), "utf8"));
    expect([table.kind, table.columns.length, table.rows.length]).toEqual(["qualtrics", columns, rows]);
    expect(table.columns.every(({ importId, label }) => importId !== "" && label !== "")).toBe(true);
  });
});

describe("a survey of ours", () => {
  test.each([["alone", (one: unknown) => one], ["as an export", (one: unknown) => ({ name: "Mine", definition: one })]])("%s comes back as it is", (_name, wrap) => {
    const definition = makeDefinition();
    const converted = convert(JSON.stringify(wrap(definition)));
    expect(converted.definition).toEqual(definition);
    expect(converted.report).toMatchObject({ format: "firsthand", source: converted.report.survey, counts: { approximated: 0, dropped: 0 } });
  });

  test("that does not fit its schema is refused with the place", () => {
    expect(() => convert(JSON.stringify({ ...makeDefinition(), questions: [{ type: "nps" }] }))).toThrow(/questions\.0/);
  });
});

describe("what a file is follows from its content", () => {
  test.each([
    ["nothing", "", "empty"], ["a table", "a,b\n1,2\n", "no survey file"], ["other JSON", "{\"a\":1}", "no survey file"], ["broken JSON", "{\"a\":", "not well-formed JSON"], ["other XML", "<a><b/></a>", "no survey file"],
    ["broken XML", "<document><a></document>", "not well-formed XML"], ["an entity bomb", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><document>&b;</document>", "document type"],
    ["a broken archive", "PK\u0003\u0004nothing", "unpacked"], ["deep JSON", "[".repeat(200_000), "nested"], ["deep XML", "<a>".repeat(50_000), "nested"], ["bytes that are no text", "\u0000", "no survey file"],
  ])("%s is refused with a clear message", (_name, content, message) => {
    expect(() => convert(content)).toThrow(new RegExp(message));
  });

  test("an archive without the sheets of a form, and text that is not UTF-8, are refused", () => {
    expect(() => convert(zipSync({ "a.txt": new Uint8Array(3) }))).toThrow(/no XLSForm/);
    expect(() => convert(new Uint8Array([0x7b, 0xff, 0xfe, 0xfd]))).toThrow(/UTF-8/);
  });

  test("a byte order mark and blanks before do not matter", () => {
    expect(convert(`\ufeff \n${js([{ type: "text", name: "q" }])}`).definition.questions).toHaveLength(1);
  });
});

describe("hostile content", () => {
  test("becomes plain text and makes no name of its own", () => {
    const { definition } = convert(js([
      { type: "text", name: "__proto__", title: "<script>alert(1)</script>Hi<img src=x onerror=alert(1)>&lt;b&gt; <b" }, { type: "text", name: "constructor", title: { default: "Two", __proto__: "x" }, visibleIf: "{__proto__} = 'a'" },
      { type: "radiogroup", name: "<i>", choices: ["__proto__", "constructor", "toString"] },
    ]));
    expect(definition.questions).toMatchObject([{ id: "proto", title: { en: "Hi<b>" } }, { id: "constructor", showIf: [{ questionId: "proto" }] }, { options: [{ id: "proto" }, { id: "constructor" }, { id: "tostring" }] }]);
    expect(SurveyDefinition.safeParse(definition).success).toBe(true);
  });

  test("of great size is kept within the limits of a survey, and the report says so", () => {
    const choices = Array.from({ length: 5_000 }, (_none, index) => `Choice ${index}`);
    const many = Array.from({ length: 400 }, (_none, index) => ({ type: "radiogroup", name: `q${index}`, title: "x".repeat(10_000), choices: index === 0 ? choices : ["a", "b"] }));
    const converted = convert(js([...many, { type: "matrix", name: "m", rows: choices, columns: choices }]));
    expect(converted.definition.questions).toHaveLength(200);
    expect(converted.report.lines.filter((line) => line.element === "question" && line.outcome === "dropped")).toHaveLength(201);
    expect(converted.report.lines.find((line) => line.element === "question" && line.source === "q0")?.note).toContain("Only the first 200 of 5000");
  });

  test("made to be slow is read in a moment", () => {
    const began = performance.now();
    const same = Array.from({ length: 200_000 }, () => "a");
    convert(js([{ type: "radiogroup", name: "q", title: "<script>".repeat(100_000), choices: same }, { type: "text", name: "t", title: "{".repeat(500_000), visibleIf: "a".repeat(3_999) }]));
    convert(js([{ type: "text", name: `${"_".repeat(500_000)}!`, title: "T" }]));
    expect(() => readResponses(`${Array.from({ length: 1_000 }, (_none, index) => `c${index}`).join(",")}\n${"a\n".repeat(40_000)}`)).toThrow(/in 1000 columns/);
    expect(() => convert(limeFile({ tables: { questions: Array.from({ length: 6_000 }, (_none, index) => ({ qid: String(index + 1), parent_qid: "0", title: "Q", type: "T" })) } }))).toThrow(/6000 questions/);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("with names that collide, are empty or in other scripts gives each question an id of its own", () => {
    const { definition } = convert(js(["A b", "a B", "", "вопрос", "1", "end"].map((name) => ({ type: "text", name, title: "T" })).concat([{ type: "text", name: "trait", title: "T" }])));
    const ids = definition.questions.map((question) => question.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("with rules that never hold, days that cross and a goal that goes back still makes a survey that can be published, and says so", () => {
    const rating = { type: "rating", name: "s", title: "Score" };
    const converted = convert(JSON.stringify({ pages: [{ elements: [
      rating, { type: "text", name: "a", visibleIf: "{s} > 5" }, { type: "text", name: "b", visibleIf: "{s} > 5 or {s} < 3" }, { type: "text", name: "c", visibleIf: "{s} > 4 and {s} < 2" },
      { type: "text", inputType: "date", name: "d", min: "2024-05-01", max: "2024-01-01" },
    ] }], triggers: [{ type: "skip", expression: "{s} = 9", gotoName: "c" }, { type: "skip", expression: "{d} notempty", gotoName: "s" }], completedHtmlOnCondition: [{ expression: "{s} = 99", html: "Never" }] }));
    expect(errorsOf(converted)).toEqual([]);
    expect(converted.definition.questions[2]).toMatchObject({ showIf: [{ operator: "at_most", value: 2 }] });
    expect(converted.report.source.logic).toBe(5);
    expect(converted.report.lines.filter((line) => line.element === "logic" && line.outcome === "dropped").map((line) => line.source)).toEqual(["a (visibleIf)", "c (visibleIf)", "trigger 1 (skip)", "trigger 2 (skip)"]);
  });

  test("in a LimeSurvey or Qualtrics file without words still makes a survey that can be published", () => {
    const lime = convert(limeFile({ tables: { questions: [{ qid: "1", parent_qid: "0", gid: "1", title: "Q1", type: "L", question_order: "1" }] } }));
    const qualtrics = convert(JSON.stringify(qualtricsFile({ questions: [{ QuestionID: "QID1", QuestionType: "Matrix", Selector: "Likert" }] })));
    expect([...errorsOf(lime), ...errorsOf(qualtrics)]).toEqual([]);
  });
});
