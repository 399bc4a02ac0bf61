import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { SurveyConversion } from "./conversions.contract.ts";
import { ResponseImportResult } from "./response-imports.contract.ts";

let installation: Installation;
let organisation: Organisation;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
});
afterAll(() => installation.stop());

const binary = { "content-type": "application/octet-stream" };
const shared = join(import.meta.dirname, "../../../../shared/data/import");

const publish = async (definition: SurveyDefinition): Promise<string> => {
  const { id } = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition })).body);
  await organisation.manager.ask("POST", `/api/surveys/${id}/versions`);
  return id;
};
const send = (client: Client, surveyId: string, content: string, query = "") => client.ask("POST", `/api/surveys/${surveyId}/response-imports?name=a.csv${query}`, Buffer.from(content), binary);
const bring = async (surveyId: string, content: string, query = "") => ResponseImportResult.parse((await send(organisation.manager, surveyId, content, query)).body);
const count = async (sql: string, id: string): Promise<number> => (await installation.services.db.query<{ count: number }>(`select count(*)::int as count from ${sql}`, [id])).rows[0]?.count ?? 0;

const definition = makeDefinition({
  questions: [
    { id: "q1", type: "single", title: { en: "Which colour?" }, isRequired: false, options: [{ id: "1", label: { en: "Red" }, score: 10 }, { id: "2", label: { en: "Blue" }, score: 1 }, { id: "3", label: { en: "Other" }, score: 3, isOther: true }] },
    { id: "nps", type: "nps", title: { en: "Would you recommend us?" }, isRequired: false },
    { id: "why", type: "text", title: { en: "Why?" }, isRequired: false, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] },
    { id: "ticks", type: "multi", title: { en: "Tick" }, isRequired: false, options: [{ id: "a", label: { en: "One" } }, { id: "b", label: { en: "Two" } }] },
  ],
});
const qualtrics = [
  "StartDate,EndDate,Status,Finished,ResponseId,RecipientEmail,UserLanguage,Q1,Q1_3_TEXT,nps,why,ticks_1,Extra",
  "Start,End,Type,Done,Id,Mail,Lang,Which colour?,Which colour? - Other - Text,Recommend,Why?,Tick - One,Something",
  ...["startDate", "endDate", "status", "finished", "_recordId", "recipientEmail", "userLanguage", "QID1", "QID1_3_TEXT", "QID2", "QID3", "QID4_1", "x"].map((id) => `"{""ImportId"":""${id}""}"`).join(",").split("\n"),
  "2017-07-18 08:28:09,2017-07-18 08:28:48,0,1,R_1,ann@example.com,EN,1,,9,\"Fine, thanks\",1,z",
  "2017-07-19 08:28:09,2017-07-19 08:30:00,0,0,R_2,,EN,3,Green,3,,,",
  "2017-07-19 08:28:09,2017-07-19 08:30:00,1,1,R_3,,EN,1,,9,,,",
  "2017-07-20 08:28:09,2017-07-20 08:30:00,0,1,R_4,,EN,77,,11,No,,",
].join("\n");

describe("responses of Qualtrics, a CSV with three header rows", () => {
  test("are previewed without a trace: where each column goes, which values fit nothing, which rows are left out", async () => {
    const surveyId = await publish(definition);
    const { preview, import: done } = await bring(surveyId, qualtrics, "&preview=true");
    expect(done).toBeNull();
    expect(preview).toMatchObject({ kind: "qualtrics", rows: 4, usable: 3, refused: [{ reason: "It is a preview or spam in the source.", count: 1 }], earliest: "2017-07-18T08:28:48.000Z" });
    expect(preview.columns.map(({ name, label, use, questionId, answers }) => [name, label, use, questionId, answers])).toEqual([
      ["StartDate", "Start", "started", null, 4], ["EndDate", "End", "completed", null, 4], ["Status", "Type", "kind", null, 4], ["Finished", "Done", "finished", null, 4],
      ["ResponseId", "Id", "id", null, 4], ["RecipientEmail", "Mail", "email", null, 1], ["UserLanguage", "Lang", "language", null, 4], ["Q1", "Which colour?", "answer", "q1", 4],
      ["Q1_3_TEXT", "Which colour? - Other - Text", "answer", "q1", 1], ["nps", "Recommend", "answer", "nps", 4], ["why", "Why?", "answer", "why", 2], ["ticks_1", "Tick - One", "answer", "ticks", 1],
      ["Extra", "Something", "unknown", null, 1],
    ]);
    const of = (name: string) => preview.columns.find((column) => column.name === name);
    expect(of("Q1")).toMatchObject({ use: "answer", questionId: "q1", unmatched: [] });
    expect(of("ticks_1")).toMatchObject({ questionId: "ticks" });
    expect(of("nps")).toMatchObject({ questionId: "nps", unmatched: [{ value: "11", count: 1 }] });
    expect(of("Extra")).toMatchObject({ use: "unknown" });
    expect(await count("feedback.responses where survey_id = $1", surveyId)).toBe(0);
  });

  test("come in once each with their times, people, recoded values and other words, and show as perceptions", async () => {
    const surveyId = await publish(definition);
    const first = await bring(surveyId, qualtrics);
    const again = await bring(surveyId, qualtrics);

    expect(first.import).toMatchObject({ rowsRead: 4, rowsAdded: 3, rowsRepeated: 0, rowsRefused: 1 });
    expect(again.import).toMatchObject({ rowsAdded: 0, rowsRepeated: 3 });
    const { rows } = await installation.services.db.query(
      `select response.subject, response.channel, response.state, response.started_at as "startedAt", response.completed_at as "completedAt",
              (select json_object_agg(answer.question_id, coalesce(to_json(answer.choices), to_json(answer.number), to_json(answer.text))) from feedback.answers answer
               where answer.workspace_id = response.workspace_id and answer.response_id = response.id) as answers
       from feedback.responses response where response.survey_id = $1 order by response.started_at`,
      [surveyId],
    );
    expect(rows).toMatchObject([
      { subject: "email:ann@example.com", channel: "import", state: "complete", startedAt: new Date("2017-07-18T08:28:09Z"), completedAt: new Date("2017-07-18T08:28:48Z"), answers: { q1: ["2"], nps: 9, why: "Fine, thanks", ticks: ["a"] } },
      { subject: null, state: "partial", answers: { q1: ["3"], nps: 3 } }, { answers: { why: "No" } },
    ]);
    expect(await count("customers.perceptions where survey_id = $1 and kind = 'nps'", surveyId)).toBe(2);
  });

  test("do not come back once they were deleted, though the same file comes again", async () => {
    const surveyId = await publish(definition);
    await bring(surveyId, qualtrics);
    const { rows } = await installation.services.db.query<{ id: string }>("select id from feedback.responses where survey_id = $1 and subject is not null", [surveyId]);
    const deleted = await organisation.owner.ask("POST", "/api/responses/deletions", { ids: rows.map(({ id }) => id), isConfirmed: true });

    expect(deleted.body).toEqual({ deleted: 1 });
    expect((await bring(surveyId, qualtrics)).import).toMatchObject({ rowsAdded: 0 });
    expect(await count("feedback.responses where survey_id = $1", surveyId)).toBe(2);
  });

  test("are taken back by undoing the import, and can come in again", async () => {
    const surveyId = await publish(definition);
    const done = await bring(surveyId, qualtrics);
    const undone = await organisation.manager.ask("DELETE", `/api/surveys/${surveyId}/response-imports/${done.import?.id ?? ""}`);

    expect(undone).toMatchObject({ status: 200, body: { undoneAt: expect.any(String) } });
    expect(await count("feedback.responses where survey_id = $1", surveyId)).toBe(0);
    expect(await count("customers.perceptions where survey_id = $1", surveyId)).toBe(0);
    expect((await bring(surveyId, qualtrics)).import?.rowsAdded).toBe(3);
    expect(await organisation.manager.ask("GET", `/api/surveys/${surveyId}/response-imports`)).toMatchObject({ body: { items: [{ rowsAdded: 3, undoneAt: null }, { rowsAdded: 3 }] } });
  });

  test.skipIf(!existsSync(shared))("of the real survey all reach its questions", async () => {
    const converted = SurveyConversion.parse((await organisation.manager.ask("POST", "/api/survey-conversions", readFileSync(join(shared, "Sample_Survey.qsf")), binary)).body);
    const surveyId = await publish(converted.definition);
    const { preview, import: done } = await bring(surveyId, readFileSync(join(shared, "Sample_Survey.csv"), "utf8"));
    expect(done).toMatchObject({ rowsAdded: 5, rowsRefused: 0 });
    expect(preview.columns.filter((column) => column.use === "unknown")).toEqual([]);
    expect(new Set(preview.columns.flatMap((column) => column.questionId ?? [])).size).toBe(converted.definition.questions.length);
    expect(preview.columns.flatMap((column) => column.unmatched)).toEqual([]);
  });
});

describe("responses of other tools", () => {
  test("in a table with one header row find their questions by code or words, in any order of day and month", async () => {
    const surveyId = await publish(definition);
    const { preview, import: done } = await bring(surveyId, "id;submitdate;Which colour?;nps;ticks[b]\n1;31/12/2020 10:00;Blue;10;Y\n2;01/01/2021 11:00;red;2;N\n", "&zone=Europe/Berlin");
    expect(done).toMatchObject({ rowsAdded: 2 });
    expect(preview).toMatchObject({ kind: "csv", earliest: "2020-12-31T09:00:00.000Z", latest: "2021-01-01T10:00:00.000Z" });
    expect(preview.columns.every((column) => column.use !== "unknown" && column.unmatched.length === 0)).toBe(true);
  });

  test("of SurveyMonkey find their questions by the words over several columns", async () => {
    const surveyId = await publish(definition);
    const { preview, import: done } = await bring(surveyId, "Respondent ID,End Date,Would you recommend us?,Tick,,Which colour?,\n,,Response,One,Two,Response,Other\n7,01/31/2021 10:00:00 AM,9,One,Two,,Mauve\n");
    expect(done).toMatchObject({ rowsAdded: 1 });
    expect(preview.columns.map((column) => column.questionId)).toEqual([null, null, "nps", "ticks", "ticks", "q1", "q1"]);
    expect(await count("feedback.answers answer join feedback.responses response on response.id = answer.response_id where response.survey_id = $1 and answer.text = 'Mauve' and answer.choices = array['3']", surveyId)).toBe(1);
    expect(await count("feedback.answers answer join feedback.responses response on response.id = answer.response_id where response.survey_id = $1 and answer.choices = array['a', 'b']", surveyId)).toBe(1);
  });

  test("of Typeform find their questions by ref", async () => {
    const surveyId = await publish(definition);
    const items = [{ response_id: "t1", landed_at: "2024-01-01T10:00:00Z", submitted_at: "2024-01-01T10:01:00Z", answers: [{ field: { ref: "nps", type: "nps" }, type: "number", number: 8 }, { field: { ref: "ticks" }, type: "choices", choices: { labels: ["One", "Two"] } }] }];
    expect((await bring(surveyId, JSON.stringify({ items }))).import).toMatchObject({ rowsAdded: 1 });
    expect(await count("feedback.answers answer join feedback.responses response on response.id = answer.response_id where response.survey_id = $1 and answer.choices = array['a', 'b']", surveyId)).toBe(1);
  });

  test("without a time, of no kind that is known, or for a survey never published are refused with the reason", async () => {
    const surveyId = await publish(definition);
    expect((await bring(surveyId, "id,nps\n1,9\n")).preview).toMatchObject({ usable: 0, refused: [{ reason: "It has no time." }] });
    expect(await send(organisation.manager, surveyId, "{\"a\":1}")).toMatchObject({ status: 422, body: { error: { code: "response_file_unreadable" } } });
    const draft = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Draft", definition })).body);
    expect(await send(organisation.manager, draft.id, qualtrics)).toMatchObject({ status: 409, body: { error: { code: "survey_never_published" } } });
  });

  test("come in only for members of the workspace who may build surveys", async () => {
    const surveyId = await publish(definition);
    expect((await send(stranger, surveyId, qualtrics)).status).toBe(404);
    expect((await send(organisation.viewer, surveyId, qualtrics)).status).toBe(403);
    const done = await bring(surveyId, qualtrics);
    expect((await stranger.ask("DELETE", `/api/surveys/${surveyId}/response-imports/${done.import?.id ?? ""}`)).status).toBe(404);
  });
});
