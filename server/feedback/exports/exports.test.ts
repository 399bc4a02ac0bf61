import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parse } from "csv-parse/sync";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition, makeSave } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import { ResponsePage } from "../responses/response-list.contract.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { z } from "zod";
import { exportCsv, exportXlsx, USUAL_LIMITS } from "./exports.ts";
import { readWorkbook } from "./read-workbook.make.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation({ listen: true, environment: { RATE_LIMIT_FACTOR: "100" } });
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

  test.each([
    "scoreMin=9", "scoreMax=8", "hasComment=true", "hasComment=false", "search=late%20parcel", "search=it%27s", "tag=it%27s%20urgent", "state=complete&scoreMin=2&scoreMax=9", "channel=web", "channel=email",
    "outcome=flagged", "subject=user%3A1", "from=2027-03-01", "to=2027-03-01", "from=2026-02-01&to=2026-02-02",
  ])("narrowed by %s hold what the list shows", async (query) => {
    const survey = await surveyWith([{ nps: { number: 10 }, why: { text: "It's late, the parcel" } }, { nps: { number: 2 } }, { nps: { number: 8 }, why: { text: "Fine" } }]);
    const listed = async (of: string): Promise<string[]> =>
      ResponsePage.parse((await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}&${of}`)).body).items.map(({ id }) => id).toReversed();
    const [first] = await listed("");
    expect((await organisation.manager.ask("POST", "/api/responses/tags", { ids: [first], add: ["it's urgent"] })).status).toBe(200);
    expect((await csvOf(survey, `?${query}`)).map((row) => row["response_id"])).toEqual(await listed(query));
  });

  test("narrowed to a language hold the responses given in it, and the words of another where asked", async () => {
    const survey = await surveyWith([full]);
    expect(await csvOf(survey, "?answeredIn=de&language=en")).toEqual([]);
    expect(await csvOf(survey, "?answeredIn=en&language=de")).toHaveLength(1);
  });

  test("of a group that could be traced to people are refused, where the list shows none either", async () => {
    const survey = await surveyWith([full, {}]);
    expect((await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { anonymityThreshold: 3 })).status).toBe(200);
    const address = `/api/surveys/${survey.id}/responses.csv`;
    expect(await organisation.manager.ask("GET", `${address}?channel=web`)).toMatchObject({ status: 409, body: { error: { code: "group_too_small" } } });
    expect((await organisation.manager.ask("GET", address)).status).toBe(200);
  });

  test("can be narrowed to a period and an outcome", async () => {
    const survey = await surveyWith([full]);
    expect(await csvOf(survey, "?from=2999-01-01T00:00:00Z")).toEqual([]);
    expect(await csvOf(survey, "?outcome=flagged")).toEqual([]);
    expect(await csvOf(survey, "?outcome=counted&state=complete")).toHaveLength(1);
  });
});

test("tags, notes and why a response is flagged are in every file", async () => {
  const survey = await surveyWith([full, {}]);
  const { rows: [first] } = await installation.services.db.query<{ id: string }>("select id from feedback.responses where survey_id = $1 order by completed_at limit 1", [survey.id]);
  const address = `/api/responses/${first?.id}`;
  expect((await organisation.manager.ask("POST", "/api/responses/tags", { ids: [first?.id], add: ["urgent", "=1+1"] })).status).toBe(200);
  for (const text of ["@SUM(A1)", "Called back"]) expect((await organisation.manager.ask("POST", `${address}/notes`, { text })).status).toBe(201);
  await installation.services.db.query("update feedback.responses set flags = '{too_fast,scanner}' where id = $1", [first?.id]);

  const [line, other] = await csvOf(survey);
  expect(line).toMatchObject({ flags: "too_fast, scanner", tags: "'=1+1, urgent", notes: "'@SUM(A1)\nCalled back", nps: "10" });
  expect(other).toMatchObject({ flags: "", tags: "", notes: "" });
  const [json] = z.object({ responses: z.array(z.looseObject({})) }).parse(JSON.parse((await fetchFile(survey, "json")).text)).responses;
  expect(json).toMatchObject({ flags: ["too_fast", "scanner"], tags: ["=1+1", "urgent"], notes: [{ text: "@SUM(A1)", memberId: organisation.manager.memberId }, { text: "Called back" }] });
  const [sheet] = readWorkbook((await fetchFile(survey, "xlsx")).bytes);
  expect(sheet?.rows[1]).toEqual(expect.arrayContaining(["too_fast, scanner", "=1+1, urgent", "@SUM(A1)\nCalled back"]));
  expect((await readSav((await fetchFile(survey, "sav")).bytes)).rows[0]).toMatchObject({ flags: "too_fast, scanner", tags: "=1+1, urgent" });
});

test("a workbook is read back with numbers as numbers, times as times, labels as text and formulas as what was typed", async () => {
  const survey = await surveyWith([{ ...full, why: { text: "=HYPERLINK(\"x\") & <b> \u0007日本語 😀\n " } }, {}]);
  const [sheet, ...others] = readWorkbook((await fetchFile(survey, "xlsx")).bytes);
  expect(others).toEqual([]);
  const [heading = [], first = [], second = []] = sheet?.rows ?? [];
  const valueOf = (row: readonly unknown[], title: string): unknown => row[heading.indexOf(title)];
  expect(sheet?.rows).toHaveLength(3);
  expect(valueOf(first, "About nps")).toBe(10);
  expect(valueOf(first, "About why")).toBe("=HYPERLINK(\"x\") & <b> 日本語 😀\n ");
  expect(valueOf(first, "About grid: Row 1")).toBe("Good");
  expect(valueOf(first, "About points: Price")).toBe(7.5);
  const begun = valueOf(first, "Begun (UTC)");
  const { rows: [stored] } = await installation.services.db.query<{ at: Date }>("select min(started_at) as at from feedback.responses where survey_id = $1", [survey.id]);
  expect(begun instanceof Date ? Math.abs(begun.getTime() - (stored?.at.getTime() ?? 0)) : null).toBeLessThan(2);
  expect(valueOf(second, "About nps") ?? null).toBeNull();
});

test("a workbook goes on in another sheet when one is full, with the heading again and no row lost or doubled", async () => {
  const survey = await surveyWith([0, 1, 2, 3, 4, 5].map((number) => ({ nps: { number } })));
  const file = await exportXlsx(installation.services, actorOf(), survey.id, {}, { ...USUAL_LIMITS, sheetRowsMax: 4 });
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.body) chunks.push(Buffer.from(chunk));
  const sheets = readWorkbook(Buffer.concat(chunks));
  expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([["Responses", 4], ["Responses 2", 4]]);
  const [first, second] = sheets;
  expect(second?.rows[0]).toEqual(first?.rows[0]);
  const place = first?.rows[0]?.indexOf("About nps") ?? -1;
  expect(sheets.flatMap(({ rows }) => rows.slice(1).map((row) => row[place]))).toEqual([0, 1, 2, 3, 4, 5]);
});

const actorOf = () => ({ kind: "member", workspaceId: organisation.workspaceId, memberId: organisation.manager.memberId, role: "manager", keyId: null, abilities: new Set(["responses.export", "surveys.read"]) }) as const;

const fill = async (survey: Survey, { rows, text, begun }: { rows: number; text: string; begun: string }): Promise<void> => {
  const { db } = installation.services;
  for (const table of ["responses", "answers"]) await db.query(`alter table feedback.${table} disable trigger user`);
  await db.query(
    `with made as (
       insert into feedback.responses (workspace_id, id, survey_id, version, state, revision, language, channel, started_at, saved_at, completed_at, recorded_at)
       select $1, gen_random_uuid(), $2, 1, 'complete', 1, 'en', 'web', ${begun}, ${begun}, ${begun}, now() from generate_series(1, $3::int) n returning id
     )
     insert into feedback.answers (workspace_id, response_id, question_id, question_type, position, text, is_shown) select $1, id, 'why', 'text', 1, $4, true from made`,
    [organisation.workspaceId, survey.id, rows, text],
  );
  for (const table of ["responses", "answers"]) await db.query(`alter table feedback.${table} enable trigger user`);
};

test("CSV of more rows than are written at a time has each once and in order, also of one moment", async () => {
  const survey = await surveyWith([]);
  // Two thirds begin in one microsecond, on which portions end.
  await fill(survey, { rows: 12_001, text: "irrelevant", begun: "timestamptz '2026-05-01 10:00:00.123456Z' + (case when n % 3 = 0 then n else 0 end) * interval '1 microsecond'" });
  const { rows } = await installation.services.db.query<{ id: string }>("select id from feedback.responses where survey_id = $1 order by completed_at, id", [survey.id]);
  expect((await csvOf(survey)).map((row) => row["response_id"])).toEqual(rows.map(({ id }) => id));
});

describe("a large export", () => {
  const ROWS = 20_000;
  const TEXT_BYTES = 5_000;
  let survey: Survey;
  beforeAll(async () => {
    survey = await surveyWith([]);
    await fill(survey, { rows: ROWS, text: "0123456789".repeat(TEXT_BYTES / 10), begun: "now()" });
  });
  const open = async (format: string): Promise<IncomingMessage> => {
    const token = await installation.makeApiKey(organisation, ["responses.export"]);
    return new Promise((resolve, reject) => {
      get(`${installation.services.baseUrl()}/api/surveys/${survey.id}/responses.${format}`, { headers: { authorization: `Bearer ${token}` } }, resolve).on("error", reject);
    });
  };
  /** Statements of exports that are still at it. */
  const running = async (): Promise<number> =>
    (await installation.services.db.query("select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and query ~* '^(copy|fetch|begin read only)'")).rowCount ?? 0;

  const LOOK_EACH_BYTES = { csv: 25e6, xlsx: 3e5, json: 25e6, sav: 25e6 };
  setFlagsFromString("--expose-gc");
  const sweep = z.custom<() => void>((value) => typeof value === "function").parse(runInNewContext("gc"));

  test.each(["csv", "xlsx", "json", "sav"] as const)("as %s arrives whole, with little of it in memory at any time", async (format) => {
    // What is really held: what waits to be swept up is swept up before it is counted.
    const held = (): number => {
      sweep();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const before = held();
    let [most, bytes, looks] = [before, 0, 0];
    const reply = await open(format);
    for await (const chunk of reply) {
      bytes += chunk.length;
      if (bytes < looks * LOOK_EACH_BYTES[format]) continue;
      looks += 1;
      most = Math.max(most, held());
    }
    expect(looks).toBeGreaterThan(2);
    expect(reply.complete).toBe(true);
    // A hundred megabytes of text go through; a workbook is packed on its way.
    if (format !== "xlsx") expect(bytes).toBeGreaterThan(ROWS * TEXT_BYTES);
    expect((most - before) / 1e6).toBeLessThan(75);
  });

  test.each(["csv", "json"])("as %s whose reader takes nothing more waits in the database, not in memory, and ends when the reader goes", async (format) => {
    const reply = await open(format);
    await new Promise((resolve) => reply.once("readable", resolve));
    await vi.waitFor(async () => expect(await running()).toBeGreaterThan(0), { timeout: 10_000, interval: 50 });
    reply.destroy();
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 10_000, interval: 50 });
  });

  test("is given up when nobody takes any of it for long, and gives the database its connection back", async () => {
    const file = await exportCsv(installation.services, actorOf(), survey.id, {}, { ...USUAL_LIMITS, stallMs: 400 });
    const { body } = file;
    if (!(body instanceof Readable)) throw new Error("The export is no stream.");
    const given = vi.fn();
    body.once("error", given);
    await new Promise((resolve) => body.once("readable", resolve));
    await vi.waitFor(() => expect(body.destroyed).toBe(true), { timeout: 10_000, interval: 50 });
    expect(given.mock.calls.flat().join()).toContain("given up");
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 10_000, interval: 50 });
  });
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

test.each(["subject=user:secret-person", "customerId=0199a000-0000-7000-8000-0000000000ff", "search=secret-person"])("of whom and what was searched for stays out of the audit: %s", async (query) => {
  const survey = await surveyWith([full]);
  expect((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/responses.csv?${query}`)).status).toBe(200);
  const audit = JSON.stringify((await organisation.owner.ask("GET", "/api/audit")).body);
  expect(audit).not.toContain(query.split("=")[1]);
  for (const told of [`"isSearched":${query.startsWith("search")}`, `"isOfOne":${!query.startsWith("search")}`]) expect(audit).toContain(told);
});

test("a survey that was never published says so", async () => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Draft", definition: makeDefinition() })).body);
  expect(await organisation.manager.ask("GET", `/api/surveys/${created.id}/responses.csv`)).toMatchObject({ status: 409, body: { error: { code: "survey_not_published" } } });
});
