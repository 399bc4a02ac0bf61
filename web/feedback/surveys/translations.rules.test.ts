import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import { describe, expect, test } from "vitest";
import { readTranslations, translationsAsCsv, translationsAsJson } from "./translation-file.rules.ts";
import { countMissing, listTexts, withTranslation, withTranslations, withoutLanguage } from "./translations.rules.ts";

const definition: SurveyDefinition = {
  format: 1, languages: ["en", "de"], title: { en: "Our help", de: "Unsere Hilfe" }, intro: { en: "Two minutes" },
  questions: [
    { id: "csat", type: "csat", title: { en: "How was it?", de: "Wie war es?" }, low: { en: "Bad" }, isRequired: true, hint: {} },
    { id: "who", type: "matrix", title: { en: "Who?" }, isRequired: false, rows: [{ id: "a", label: { en: "Anna" } }], columns: [{ id: "1", label: { en: "1, 2" } }] },
    { id: "ok", type: "consent", title: { en: "OK?" }, statement: { en: "=Yes" }, isRequired: false },
  ],
  endings: [{ id: "sorry", title: { en: "Sorry" }, conditions: [] }],
  thanks: { title: { en: "Thanks" } }, theme: { accent: "#3b4fd8" },
};
const keys = ["title", "intro", "questions.csat.title", "questions.csat.low", "questions.who.title", "questions.who.rows.a", "questions.who.columns.1", "questions.ok.title", "questions.ok.statement",
  "endings.sorry.title", "thanks.title"];

test("every text has a place, in reading order; what says nothing has none", () => {
  expect(listTexts(definition).map(({ key }) => key)).toEqual(keys);
  expect(countMissing(definition, "de")).toBe(9);
});

test("a translation changes its one text", () => {
  const next = withTranslation(definition, "questions.who.rows.a", "de", "Änne");

  expect(next.questions[1]).toMatchObject({ rows: [{ id: "a", label: { en: "Anna", de: "Änne" } }] });
  expect(withTranslation(next, "questions.who.rows.a", "de", "")).toEqual(definition);
});

test("a language that is taken away takes its words along", () => {
  const left = withoutLanguage(definition, "de");
  expect(left).toMatchObject({ languages: ["en"], title: { en: "Our help" } });
  expect(JSON.stringify(left)).not.toContain("Unsere");
});

describe("a file of translations", () => {
  test.each([["CSV", translationsAsCsv], ["JSON", translationsAsJson]] as const)("comes back from %s as it went", (_title, write) => {
    const read = readTranslations(write(listTexts(definition), definition.languages));
    if (!read.ok) throw new Error(read.problem);
    expect(withTranslations(definition, read.words)).toEqual({ definition, changed: 0, unknown: [] });
  });

  test("runs nothing in a spreadsheet", () => {
    expect(translationsAsCsv(listTexts(definition), ["en"])).toContain("questions.ok.statement,'=Yes");
  });

  test.each<[string, string, Record<string, string>]>([
    ["commas, quotes and lines", 'key,en,de\r\ntitle,x,"a ""b"",\r\nc"', { en: "x", de: 'a "b",\r\nc' }],
    ["semicolons, as some spreadsheets write", "key;de\ntitle;Hallo, Welt", { de: "Hallo, Welt" }],
    ["a mark of byte order", "\uFEFFkey,de\ntitle,Hallo", { de: "Hallo" }],
    ["empty fields, which are not translated yet", "key,en,de\ntitle,,Hallo", { de: "Hallo" }],
    ["JSON", '{"title":{"de":"Hallo","en":3}}', { de: "Hallo" }],
  ])("is read with %s", (_title, file, expected) => {
    const read = readTranslations(file);
    expect(read.ok && read.words.get("title")).toEqual(expected);
  });

  test.each<[string, string]>([["empty", " \n"], ["no_key_column", "name,de\ntitle,Hallo"], ["broken_json", '{"title":'], ["broken_quotes", 'key,de\ntitle,"Hallo']])("is refused when %s", (problem, file) => {
    expect(readTranslations(file)).toEqual({ ok: false, problem });
  });

  test("tells what it changed and what is not of this survey", () => {
    const read = readTranslations("key,de,fr\ntitle,Hilfe,Aide\ngone,Weg,Parti");
    if (!read.ok) throw new Error(read.problem);
    expect(withTranslations(definition, read.words)).toMatchObject({ changed: 1, unknown: ["gone"], definition: { title: { en: "Our help", de: "Hilfe" } } });
  });
});
