import { createRequire } from "node:module";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition, makeSave } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { z } from "zod";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const asked = (id: string) => ({ id, title: { en: `About ${id}` }, isRequired: false });
const options = [{ id: "price", label: { en: "Price" } }, { id: "evil", label: { en: "=1+1" } }, { id: "other", label: { en: "Other" }, isOther: true }];
const questions: Question[] = [
  { ...asked("nps"), type: "nps", low: { en: "Never" }, high: { en: "Always" } },
  { ...asked("why"), type: "text" },
  { ...asked("pick"), type: "single", options },
  { ...asked("many"), type: "multi", options },
  { ...asked("grid"), type: "matrix", rows: [{ id: "r1", label: { en: "Row 1" } }, { id: "r2", label: { en: "Row 2" } }], columns: [{ id: "bad", label: { en: "Bad" } }, { id: "good", label: { en: "Good" } }] },
  { ...asked("points"), type: "constant_sum", options: options.slice(0, 2), total: 10 },
  { ...asked("rank"), type: "ranking", options: options.slice(0, 2) },
  { ...asked("who"), type: "contact", fields: ["email", "city"] },
  { ...asked("yes"), type: "consent", statement: { en: "I agree" } },
  { ...asked("hello"), type: "statement" },
];
const full: Answers = {
  nps: { number: 10 }, why: { text: "Fast, \"good\"\nand 日本語 😀" }, pick: { choices: ["other"], text: "Parking" }, many: { choices: ["price", "evil"] },
  grid: { rows: { r1: ["good"] } }, points: { amounts: { price: 7.5, evil: 2.5 } }, rank: { choices: ["evil", "price"] }, who: { fields: { email: "ann@example.com", city: "Rome" } }, yes: { choices: ["yes"] },
};

/** A published survey with these responses, oldest first. */
const surveyWith = async (responses: Answers[]): Promise<Survey> => {
  const definition = makeDefinition({ questions, calculations: [{ id: "double", name: "Twice", formula: "nps * 2" }] });
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "All kinds", definition })).body);
  const survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  for (const [index, answers] of responses.entries()) {
    const saved = await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, answers, { openedAgoMs: 60_000 - index * 1000 }));
    expect(saved.status).toBe(200);
  }
  return survey;
};
const fetchFile = async (survey: Survey, format: string, query = "") => {
  const reply = await organisation.manager.ask("GET", `/api/surveys/${survey.id}/responses.${format}${query}`);
  expect(reply.status).toBe(200);
  return reply;
};
const csvOf = async (survey: Survey, query = ""): Promise<Record<string, string>[]> => parse((await fetchFile(survey, "csv", query)).bytes, { columns: true, bom: true });

describe("responses as CSV", () => {
  test("have one line each and every answer in words", async () => {
    const survey = await surveyWith([full, {}]);
    const [first, second, ...others] = await csvOf(survey);
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      state: "complete", outcome: "counted", channel: "web", nps: "10", why: "Fast, \"good\"\nand 日本語 😀", pick: "Other", "pick.text": "Parking", "many.price": "1", "many.other": "0",
      "grid.r1": "Good", "grid.r2": "", "points.price": "7.5", "rank.evil": "1", "rank.price": "2", "who.email": "ann@example.com", yes: "1", "calc.double": "20", seconds: "60",
    });
    expect(second).toMatchObject({ nps: "", why: "", pick: "", "many.price": "", "calc.double": "" });
  });

  test.each(["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1"])("guard the cell %j", async (why) => {
    const survey = await surveyWith([{ why: { text: why }, pick: { choices: ["evil"] } }]);
    const [line] = await csvOf(survey);
    expect(line?.["why"]).toBe(`'${why}`);
    expect(line?.["pick"]).toBe("'=1+1");
  });

  test("keep a question that a later version dropped", async () => {
    const survey = await surveyWith([full]);
    await organisation.manager.ask("PATCH", `/api/surveys/${survey.id}`, { draft: makeDefinition({ questions: [{ ...asked("new_one"), type: "text" }] }) });
    expect((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`)).status).toBe(201);
    const [line] = await csvOf(survey);
    expect(Object.keys(line ?? {}).indexOf("new_one")).toBeLessThan(Object.keys(line ?? {}).indexOf("nps"));
    expect(line).toMatchObject({ nps: "10", new_one: "" });
  });

  test("can be narrowed to a period and an outcome", async () => {
    const survey = await surveyWith([full]);
    expect(await csvOf(survey, "?from=2999-01-01T00:00:00Z")).toEqual([]);
    expect(await csvOf(survey, "?outcome=flagged")).toEqual([]);
    expect(await csvOf(survey, "?outcome=counted&state=complete")).toHaveLength(1);
  });
});

test("a workbook holds numbers as numbers, labels as text and formulas as what was typed", async () => {
  const survey = await surveyWith([{ ...full, why: { text: "=HYPERLINK(\"x\") & <b>" } }]);
  const sheet = strFromU8(unzipSync(new Uint8Array((await fetchFile(survey, "xlsx")).bytes))["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  expect(sheet).toContain("<t xml:space=\"preserve\">=HYPERLINK(\"x\") &amp; &lt;b&gt;</t>");
  expect(sheet).toContain("<t xml:space=\"preserve\">Good</t>");
  expect(sheet).toMatch(/<c r="O2"><v>10<\/v><\/c>/);
  expect(sheet).not.toContain("<f>");
});

test("JSON holds the survey and the answers as given", async () => {
  const survey = await surveyWith([full, {}]);
  const file: unknown = JSON.parse((await fetchFile(survey, "json")).text);
  expect(file).toMatchObject({
    survey: { id: survey.id }, responses: [{ state: "complete", answers: { nps: { number: 10 }, many: { choices: ["price", "evil"] }, grid: { details: { rows: { r1: ["good"] } } } } }, { answers: {} }],
  });
});

/** What an independent reader makes of an SPSS file. It is a package of the old module kind without types, so its result is checked. */
const readSav = async (bytes: Buffer) => {
  const { SavBufferReader } = SavReaderModule.parse(createRequire(import.meta.url)("sav-reader"));
  const reader = new SavBufferReader(bytes);
  await reader.open();
  const rows = await reader.readAllRows(true);
  return { variables: reader.meta.sysvars, labelsOf: (name: string): unknown => reader.meta.getValueLabels(name), rows };
};
type SavReader = {
  open: () => Promise<void>; readAllRows: (includeNulls: boolean) => Promise<Record<string, unknown>[]>;
  meta: { sysvars: { name: string; label: string; type: number }[]; getValueLabels: (name: string) => unknown };
};
const SavReaderModule = z.object({ SavBufferReader: z.custom<new (bytes: Buffer) => SavReader>((value) => typeof value === "function") });

test("an SPSS file is read by an independent reader with its labels", async () => {
  // The reader decodes eight bytes at a time and counts characters where bytes are meant, so characters of several bytes stand where that does no harm.
  const [happy, long] = ["😀😀 fine", "abcdefghij".repeat(200)];
  const survey = await surveyWith([{ ...full, why: { text: happy } }, { nps: { number: 0 }, why: { text: long }, pick: { choices: ["price"] } }]);
  const { variables, labelsOf, rows } = await readSav((await fetchFile(survey, "sav")).bytes);
  expect(variables.find(({ name }) => name === "nps")).toMatchObject({ label: "About nps", type: 0 });
  expect(labelsOf("pick")).toMatchObject([{ val: 1, label: "Price" }, { val: 2, label: "=1+1" }, { val: 3, label: "Other" }]);
  expect(labelsOf("nps")).toMatchObject([{ val: 0, label: "Never" }, { val: 10, label: "Always" }]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ nps: 10, pick: 3, "many.price": 1, "many.other": 0, "grid.r1": 2, "points.price": 7.5, "who.city": "Rome", why: happy });
  expect(rows[1]).toMatchObject({ nps: 0, pick: 1, why: long, "many.price": null });
});

test("only who may export gets a file, of their own workspace, and it is noted", async () => {
  const survey = await surveyWith([full]);
  const address = `/api/surveys/${survey.id}/responses.csv`;
  expect((await organisation.viewer.ask("GET", address)).status).toBe(403);
  const stranger = await installation.makeOrganisation();
  expect((await stranger.manager.ask("GET", address)).status).toBe(404);
  await fetchFile(survey, "csv");
  const audit = await organisation.owner.ask("GET", "/api/audit");
  expect(JSON.stringify(audit.body)).toContain("responses.exported");
});

test("a survey that was never published says so", async () => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Draft", definition: makeDefinition() })).body);
  expect(await organisation.manager.ask("GET", `/api/surveys/${created.id}/responses.csv`)).toMatchObject({ status: 409, body: { error: { code: "survey_not_published" } } });
});
