// What members do to responses, through HTTP: search, tags, notes, corrections, flags, deletions, retention.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answers, Question, Quota } from "../surveys/definition.contract.ts";
import { Survey, SurveyLink } from "../surveys/surveys.contract.ts";
import { ResponsePage } from "./response-list.contract.ts";
import { SavedResponse, SurveyResponse } from "./responses.contract.ts";
import { recordQuietResponses } from "./responses.ts";
import { retainSurvey } from "./retention.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let survey: Survey;

const asked = { title: { en: "Irrelevant?" }, isRequired: false };
const questions: Question[] = [
  { ...asked, id: "nps", type: "nps", isRequired: true, title: { en: "How likely?" } },
  { ...asked, id: "why", type: "text" },
  { ...asked, id: "what", type: "single", options: [{ id: "price", label: { en: "The price" } }, { id: "other", label: { en: "Other" }, isOther: true }] },
  { ...asked, id: "mail", type: "email" },
];

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  clock.at = Date.parse("2027-03-01T12:00:00Z");
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  survey = await publishSurvey(organisation.manager, { questions, quotas: [{ id: "all", name: "All", limit: 3, conditions: [] }], calculations: [{ id: "double", name: "Double", formula: "nps * 2" }] });
});

const save = async (answers: Answers, given: object = {}): Promise<string> => {
  clock.at += 1000;
  const reply = await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, answers, given));
  expect(reply.status, reply.text).toBe(200);
  return SavedResponse.parse(reply.body).id;
};
const list = async (query: string, who = organisation.viewer): Promise<SurveyResponse[]> => {
  const reply = await who.ask("GET", `/api/responses?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return ResponsePage.parse(reply.body).items;
};
const get = async (id: string): Promise<SurveyResponse> => SurveyResponse.parse((await organisation.viewer.ask("GET", `/api/responses/${id}`)).body);
const link = async (): Promise<string> =>
  new URL(SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" })).body).url).searchParams.get("c") ?? "";
const perceptions = async () =>
  (await installation.services.db.query<{ kind: string; value: number | null; text: string | null; subject: string | null; at: Date }>(
    "select kind, value, text, subject, at from customers.perceptions where workspace_id = $1 order by kind, value", [organisation.workspaceId],
  )).rows;

describe("the search", () => {
  beforeEach(async () => {
    await save({ nps: { number: 2 }, why: { text: "The parcel came late — Ängström was cross" } });
    await save({ nps: { number: 9 }, what: { choices: ["price"] } });
    await save({ nps: { number: 5 }, what: { choices: ["other"], text: "送料が高い" } });
  });

  test.each<[string, number[]]>([
    ["parcel", [2]], ["PARC", [2]], ["late parcel", [2]], ["angstrom", [2]], ["ängs", [2]], ["arce", [2]], ["the price", [9]], ["送料", [5]], ["が高", [5]],
    ["the", [5, 9, 2]], ["nothing like it", []], ["100%", []], ["'; drop table feedback.responses; --", []], ["& | ! ( :*", []], ["_", []],
  ])("for %j finds those who said it", async (search, scores) => {
    expect((await list(`search=${encodeURIComponent(search)}`)).map(({ answers }) => answers[0]?.number)).toEqual(scores);
    expect(await list(`search=${encodeURIComponent(search)}`, stranger)).toEqual([]);
  });

  test.each<[string, number[]]>([
    ["scoreMin=5", [5, 9]], ["scoreMax=4", [2]], ["scoreMin=3&scoreMax=8", [5]], ["hasComment=true", [5, 2]], ["hasComment=false", [9]], ["outcome=counted", [5, 9, 2]],
    ["outcome=flagged", []], ["language=de", []], ["search=late&scoreMax=4", [2]],
  ])("is narrowed by %s", async (query, scores) => {
    expect((await list(query)).map(({ answers }) => answers[0]?.number)).toEqual(scores);
  });
});

test.each<[string, number]>([
  ["from=2027-03-02&to=2027-03-03", 1], ["from=2027-03-02", 1], ["to=2027-03-03", 1], ["from=2027-03-01&to=2027-03-02", 0], ["to=2027-03-02", 0], ["from=2027-03-03&to=2027-03-02", 0],
  ["from=2027-03-01T11:00:00Z&to=2027-03-01T12:30:00Z", 1], ["from=2027-03-01T12:30:00Z", 0],
])("%s is told in days of the workspace's clock, or in times", async (query, count) => {
  // Where it is the next day already.
  expect((await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Pacific/Kiritimati" })).status).toBe(200);
  await save({ nps: { number: 2 } });
  expect(await list(query)).toHaveLength(count);
});

test("a response that was long in the making is listed by the day on which it was completed, as it is counted", async () => {
  const DAY_MS = 86_400_000;
  const begunEarly = await save({ nps: { number: 2 } }, { openedAgoMs: 5 * DAY_MS });
  const quick = await save({ nps: { number: 9 } });
  clock.at += 2 * DAY_MS;
  const begunEarlier = await save({ nps: { number: 5 } }, { openedAgoMs: 9 * DAY_MS });
  const idsOf = async (query: string): Promise<string[]> => (await list(query)).map(({ id }) => id);

  expect(await idsOf("from=2027-03-01&to=2027-03-02")).toEqual([quick, begunEarly]);
  expect(await idsOf("to=2027-03-01")).toEqual([]);
  expect(await idsOf("")).toEqual([begunEarlier, quick, begunEarly]);
  const first = ResponsePage.parse((await organisation.viewer.ask("GET", "/api/responses?limit=2")).body);
  expect(await idsOf(`limit=2&cursor=${first.nextCursor}`)).toEqual([begunEarly]);
});

describe("tags and notes", () => {
  test("are put on many at once, taken off, listed and searched by", async () => {
    const ids = [await save({ nps: { number: 1 } }), await save({ nps: { number: 2 } })];

    expect((await organisation.agent.ask("POST", "/api/responses/tags", { ids: [...ids, crypto.randomUUID()], add: ["delivery", "urgent"] })).body).toEqual({ changed: 2 });
    await organisation.agent.ask("POST", "/api/responses/tags", { ids: [ids[0]], remove: ["urgent"] });

    expect((await list("tag=urgent")).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await get(ids[0] ?? "")).tags).toEqual(["delivery"]);
    expect((await organisation.viewer.ask("GET", "/api/response-tags")).body).toEqual({ items: [{ tag: "delivery", count: 2 }, { tag: "urgent", count: 1 }] });
    expect((await organisation.viewer.ask("POST", "/api/responses/tags", { ids, add: ["x"] })).status).toBe(403);
    expect((await stranger.ask("POST", "/api/responses/tags", { ids, add: ["x"] })).body).toEqual({ changed: 0 });
    expect((await organisation.agent.ask("POST", "/api/responses/tags", { ids, add: ["<b>"] })).status).toBe(400);
  });

  test("notes say who wrote them and when", async () => {
    const id = await save({ nps: { number: 1 } });
    const note = await organisation.agent.ask("POST", `/api/responses/${id}/notes`, { text: "Called back <b>twice</b>" });

    expect(note.status).toBe(201);
    expect((await organisation.viewer.ask("GET", `/api/responses/${id}/notes`)).body).toMatchObject({ items: [{ text: "Called back <b>twice</b>", member: { id: organisation.agent.memberId } }] });
    expect((await get(id)).notes).toBe(1);
    expect((await stranger.ask("GET", `/api/responses/${id}/notes`)).status).toBe(404);
    expect((await organisation.agent.ask("DELETE", `/api/responses/${id}/notes/${Object(note.body).id}`)).status).toBe(204);
    expect((await get(id)).notes).toBe(0);
  });
});

describe("a correction", () => {
  test("changes answer, feelings, calculation and search, and keeps the old answer with who and why", async () => {
    const id = await save({ nps: { number: 2 }, why: { text: "Late" } }, { link: await link() });
    const [before] = await perceptions();

    const reply = await organisation.manager.ask("PUT", `/api/responses/${id}/answers/nps`, { answer: { number: 10 }, reason: "Held the scale upside down" });

    expect(reply).toMatchObject({ status: 200, body: { calculations: { double: 20 }, corrections: 1 } });
    expect((await perceptions()).map(({ kind, value, text, subject }) => [kind, value ?? text, subject])).toEqual([["comment", "Late", "user:42"], ["nps", 10, "user:42"]]);
    expect((await perceptions())[0]?.at).toEqual(before?.at);
    expect((await organisation.viewer.ask("GET", `/api/responses/${id}/history`)).body).toMatchObject({
      items: [{ kind: "answer_corrected", question: "How likely?", before: "2", after: "10", reason: "Held the scale upside down", member: { id: organisation.manager.memberId } }],
    });
    await organisation.manager.ask("PUT", `/api/responses/${id}/answers/why`, { answer: { text: "Punctual" }, reason: "As above" });
    expect(await list("search=punctual")).toHaveLength(1);
    expect(await list("search=late")).toHaveLength(0);
    await organisation.manager.ask("PUT", `/api/responses/${id}/answers/why`, { answer: null, reason: "Said so on the phone" });
    expect((await perceptions()).map(({ kind }) => kind)).toEqual(["nps"]);
  });

  test("shows in the copy for figures once, with the new score only", async () => {
    const id = await save({ nps: { number: 2 } });
    await installation.settle();
    await organisation.manager.ask("PUT", `/api/responses/${id}/answers/nps`, { answer: { number: 10 }, reason: "irrelevant" });
    await installation.settle();

    const rows = await installation.services.analytics.query(
      "select cast(value as double) as value from experience where workspace_id = $1 and record = 'perception' and kind = 'nps'", [organisation.workspaceId],
    );

    expect(rows).toEqual([{ value: 10 }]);
  });

  test.each<[string, unknown, number]>([
    ["off the scale", { answer: { number: 11 }, reason: "x" }, 400], ["without a reason", { answer: { number: 9 } }, 400], ["of another kind", { answer: { text: "9" }, reason: "x" }, 400],
    ["with a file of nobody", { answer: { files: [{ id: crypto.randomUUID(), name: "x" }] }, reason: "x" }, 400],
  ])("%s is refused", async (_title, body, status) => {
    const id = await save({ nps: { number: 2 } });

    expect((await organisation.manager.ask("PUT", `/api/responses/${id}/answers/nps`, body)).status).toBe(status);
    expect((await get(id)).corrections).toBe(0);
  });

  test("is for those who may, of responses nobody is still giving", async () => {
    const half = await save({ nps: { number: 2 } }, { isComplete: false });
    const body = { answer: { number: 3 }, reason: "x" };

    expect(await organisation.manager.ask("PUT", `/api/responses/${half}/answers/nps`, body)).toMatchObject({ status: 409, body: { error: { code: "response_not_complete" } } });
    expect((await organisation.agent.ask("PUT", `/api/responses/${half}/answers/nps`, body)).status).toBe(403);
    expect((await stranger.ask("PUT", `/api/responses/${half}/answers/nps`, body)).status).toBe(404);
    expect((await organisation.manager.ask("PUT", `/api/responses/${crypto.randomUUID()}/answers/nps`, body)).status).toBe(404);
  });
});

describe("a flag", () => {
  test("takes a response out of scores and its place out of the quota, and can be taken back", async () => {
    const id = await save({ nps: { number: 2 } });

    await organisation.agent.ask("PUT", `/api/responses/${id}/flag`, { reason: "A test of ours" });
    await organisation.agent.ask("PUT", `/api/responses/${id}/flag`, {});
    expect(await perceptions()).toEqual([]);
    expect(await get(id)).toMatchObject({ outcome: "flagged", flags: ["by_member"] });
    for (let turn = 0; turn < 2; turn += 1) await save({ nps: { number: 7 } });
    await organisation.agent.ask("DELETE", `/api/responses/${id}/flag`);

    expect(await get(id)).toMatchObject({ outcome: "counted", flags: [] });
    expect((await perceptions()).map(({ value }) => value)).toEqual([2, 7, 7]);
    expect(await get(await save({ nps: { number: 8 } }))).toMatchObject({ outcome: "over_quota" });
  });

  test("put on what came too fast can be judged otherwise by a member", async () => {
    const id = await save({ nps: { number: 2 }, why: { text: "x" }, mail: { text: "a@example.com" } }, { openedAgoMs: 100 });
    expect(await perceptions()).toEqual([]);

    await organisation.agent.ask("DELETE", `/api/responses/${id}/flag`);

    expect((await perceptions()).map(({ kind }) => kind)).toEqual(["comment", "nps"]);
  });
});

describe("deleting", () => {
  test("takes answers and what they said, gives the place back, and keeps a late repeat out", async () => {
    const body = makeSave(survey.slug, { nps: { number: 2 } });
    await installation.nobody.ask("POST", "/api/public/responses", body);
    const others = [await save({ nps: { number: 3 } }), await save({ nps: { number: 4 } })];

    expect((await organisation.owner.ask("POST", "/api/responses/deletions", { ids: [body.id] })).status).toBe(400);
    expect((await organisation.manager.ask("POST", "/api/responses/deletions", { ids: [body.id], isConfirmed: true })).status).toBe(403);
    expect((await stranger.ask("POST", "/api/responses/deletions", { ids: [body.id], isConfirmed: true })).body).toEqual({ deleted: 0 });
    expect((await organisation.owner.ask("POST", "/api/responses/deletions", { ids: [body.id], isConfirmed: true })).body).toEqual({ deleted: 1 });
    expect((await installation.nobody.ask("POST", "/api/public/responses", body)).status).toBe(200);

    expect((await list("")).map(({ id }) => id)).toEqual(others.toReversed());
    expect((await perceptions()).map(({ value }) => value)).toEqual([3, 4]);
    expect(await get(await save({ nps: { number: 5 } }))).toMatchObject({ outcome: "counted" });
    expect((await installation.services.db.query("select from customers.interactions where workspace_id = $1", [organisation.workspaceId])).rowCount).toBe(3);
  });
});

describe("retention", () => {
  const set = (settings: object) => organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
  // The clock cannot move on so far: the members' sessions would have ended.
  const age = () => installation.services.db.query("update feedback.responses set started_at = started_at - interval '40 days' where workspace_id = $1", [organisation.workspaceId]);
  const run = (query = "") => organisation.owner.ask("POST", `/api/surveys/${survey.id}/retention-runs${query}`);

  test("says in a dry run what it would do, and does nothing", async () => {
    await save({ nps: { number: 2 } }, { link: await link() });
    expect((await run()).body).toMatchObject({ error: { code: "retention_not_set" } });
    await set({ retention: { months: 1, action: "delete" } });
    await age();
    await save({ nps: { number: 9 } });

    expect((await run("?dryRun")).body).toMatchObject({ isDryRun: true, action: "delete", responses: 1, named: 1 });
    expect(await list("")).toHaveLength(2);
  });

  test("deletes what is old", async () => {
    await save({ nps: { number: 2 } });
    await set({ retention: { months: 1, action: "delete" } });
    await age();
    await save({ nps: { number: 9 } });

    expect((await run()).status).toBe(202);

    await expect.poll(async () => (await list("")).length, { timeout: 15_000 }).toBe(1);
    expect((await perceptions()).map(({ value }) => value)).toEqual([9]);
    await expect.poll(async () => Number((await installation.services.db.query("select from platform.audit_entries where workspace_id = $1 and action like 'responses.retention%'", [organisation.workspaceId])).rowCount)).toBe(2);
  });

  test("makes anonymous: scores and choices stay, nothing says whose they are, nothing written stays", async () => {
    const id = await save({ nps: { number: 2 }, why: { text: "I am Ann" }, what: { choices: ["other"], text: "Ann's way" }, mail: { text: "ann@example.com" } }, { link: await link() });
    await organisation.agent.ask("POST", `/api/responses/${id}/notes`, { text: "This is Ann" });
    await organisation.manager.ask("PUT", `/api/responses/${id}/answers/why`, { answer: { text: "I am still Ann" }, reason: "Ann says so" });
    await set({ retention: { months: 1, action: "anonymise" } });
    await age();

    expect(await retainSurvey(installation.services, organisation.workspaceId, survey.id)).toBe(1);
    expect(await retainSurvey(installation.services, organisation.workspaceId, survey.id)).toBe(0);

    expect(await get(id)).toMatchObject({ subject: null, isAnonymised: true, outcome: "counted", notes: 0 });
    expect((await perceptions()).map(({ kind, value, subject }) => [kind, value, subject])).toEqual([["choice", null, null], ["nps", 2, null]]);
    const everything = await Promise.all(["feedback.responses", "feedback.answers", "feedback.response_history", "feedback.response_notes", "customers.interactions", "customers.perceptions"]
      .map(async (table) => JSON.stringify((await installation.services.db.query(`select * from ${table} where workspace_id = $1`, [organisation.workspaceId])).rows)));
    expect(everything.join()).not.toMatch(/Ann|user:42|ann@/);
  });

  test("makes anonymous: of whoever served the member and the day stay, not the moment by which the fact is found, nor words of a link", async () => {
    const { admin, agent, workspaceId } = organisation;
    const { db, analytics } = installation.services;
    await admin.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" });
    const at = "2027-02-27T23:12:34.567Z";
    const call = makeInteraction(workspaceId, { type: "call", subject: "user:42", memberId: agent.memberId, at, message: JSON.stringify({ properties: { product: "Tea" } }) });
    await insertInteractions(db, workspaceId, [call]);
    const [distribution, asked] = [crypto.randomUUID(), crypto.randomUUID()];
    await db.query(
      `insert into feedback.distributions (workspace_id, id, survey_id, name, settings, started_at, created_at, changed_at) values ($1, $2, $3, 'After calls', '{"schedule": {"kind": "triggered"}}', now(), now(), now())`,
      [workspaceId, distribution, survey.id]);
    await db.query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, state, channel, sent_at, response_id, created_at) values ($1, gen_random_uuid(), $2, $3, 0, $4, 'sent', 'email', now(), $5, now())`,
      [workspaceId, distribution, survey.id, call.id, asked]);
    await save({ nps: { number: 9 } }, { id: asked, link: await link(), member: "call Ann on 4711" });
    const known = await save({ nps: { number: 8 } }, { member: agent.email.toUpperCase() });
    const unknown = await save({ nps: { number: 7 } }, { member: "ann@example.com" });
    await set({ retention: { months: 1, action: "anonymise" } });
    await age();

    expect(await retainSurvey(installation.services, workspaceId, survey.id)).toBe(3);

    expect([await get(asked), await get(known), await get(unknown)].map(({ servedBy }) => servedBy)).toEqual([null, agent.memberId, null]);
    const { rows } = await db.query<{ memberId: string | null; properties: unknown }>(
      `select member_id as "memberId", message -> 'properties' as properties from customers.interactions where workspace_id = $1 and type = 'response' order by at`, [workspaceId]);
    expect(rows).toEqual([
      { memberId: agent.memberId, properties: { servedAt: "2027-02-27T23:00:00.000Z", product: "Tea" } }, { memberId: agent.memberId, properties: {} }, { memberId: null, properties: null },
    ]);
    await installation.settle();
    const copy = await analytics.query(`select epoch_ms(served_at) as ms, served_by as word from experience where workspace_id = cast($1 as uuid) and record = 'interaction' and type = 'response' order by "at"`, [workspaceId]);
    expect(copy).toEqual([{ ms: Date.parse("2027-02-27T23:00:00Z"), word: null }, { ms: null, word: null }, { ms: null, word: null }]);
  });
});

test("groups smaller than the survey's threshold are not shown", async () => {
  await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { anonymityThreshold: 3 });
  await save({ nps: { number: 2 } }, { language: "en", channel: "kiosk" });
  await save({ nps: { number: 3 } }, { channel: "kiosk" });

  expect((await organisation.viewer.ask("GET", `/api/responses?surveyId=${survey.id}&channel=kiosk`)).body).toEqual({ items: [], nextCursor: null, isTooFewToShow: true });
  expect((await organisation.viewer.ask("GET", "/api/responses?channel=kiosk")).body).toEqual({ items: [], nextCursor: null, isTooFewToShow: true });
  const other = await publishSurvey(organisation.manager, {}, "Without a threshold");
  await save({ nps: { number: 5 } }, { channel: "kiosk", slug: other.slug });
  expect((await list("channel=kiosk")).map((item) => item["surveyId"])).toEqual([other.id]);
  await save({ nps: { number: 4 } }, { channel: "kiosk" });
  expect(await list(`surveyId=${survey.id}&channel=kiosk`)).toHaveLength(3);
  expect(await list("channel=kiosk")).toHaveLength(4);
});

describe("what a member decided about a response of which the rest is still to come", () => {
  const begin = async (): Promise<string> => {
    const id = await save({ nps: { number: 2 } }, { isComplete: false });
    clock.at += 3_600_000;
    await recordQuietResponses(installation.services, { quietMs: 60_000, batch: 100 });
    return id;
  };

  test("a flag stands when the person goes on, and when it completes the response", async () => {
    const id = await begin();
    expect((await organisation.manager.ask("PUT", `/api/responses/${id}/flag`, { reason: "A test" })).status).toBe(200);

    await save({ nps: { number: 2 }, why: { text: "More" } }, { id, revision: 2, isComplete: false });
    expect(await get(id)).toMatchObject({ outcome: "flagged", flags: ["by_member"] });
    await save({ nps: { number: 2 }, why: { text: "More" } }, { id, revision: 3 });

    expect(await get(id)).toMatchObject({ state: "complete", outcome: "flagged", flags: ["by_member"] });
    expect(await perceptions()).toEqual([]);
  });

  test("a correction stands, and is one feeling", async () => {
    const id = await begin();
    await organisation.manager.ask("PUT", `/api/responses/${id}/answers/nps`, { answer: { number: 4 }, reason: "Said so" });

    await save({ nps: { number: 2 }, why: { text: "More" } }, { id, revision: 2 });

    expect((await get(id)).answers[0]).toMatchObject({ number: 4 });
    expect((await perceptions()).map(({ kind, value }) => [kind, value])).toEqual([["comment", null], ["nps", 4]]);
  });
});

test("a place is given back to the quota in which it was taken, whatever was corrected since", async () => {
  const quotas: Quota[] = [
    { id: "low", name: "Low", limit: 1, conditions: [{ questionId: "nps", operator: "at_most", value: 6 }] },
    { id: "high", name: "High", limit: 1, conditions: [{ questionId: "nps", operator: "at_least", value: 7 }] },
  ];
  survey = await publishSurvey(organisation.manager, { questions, quotas });
  const id = await save({ nps: { number: 2 } });
  await save({ nps: { number: 9 } });
  await organisation.manager.ask("PUT", `/api/responses/${id}/answers/nps`, { answer: { number: 8 }, reason: "Said so" });
  await organisation.manager.ask("PUT", `/api/responses/${id}/flag`, { reason: "A test" });

  expect(await get(await save({ nps: { number: 10 } }))).toMatchObject({ outcome: "over_quota" });
  expect(await get(await save({ nps: { number: 1 } }))).toMatchObject({ outcome: "counted" });
});

test("a place that was never taken is not given back: of an answer corrected later, or of one that was imported", async () => {
  survey = await publishSurvey(organisation.manager, { questions, quotas: [{ id: "high", name: "High", limit: 1, conditions: [{ questionId: "nps", operator: "at_least", value: 7 }] }] });
  const corrected = await save({ nps: { number: 2 } });
  await save({ nps: { number: 9 } });
  await organisation.manager.ask("PUT", `/api/responses/${corrected}/answers/nps`, { answer: { number: 8 }, reason: "Said so" });
  const csv = Buffer.from("ResponseId,EndDate,nps\nR_1,2027-01-01 08:00:00,9\n");
  const back = await organisation.owner.ask("POST", `/api/surveys/${survey.id}/response-imports?name=old.csv`, csv, { "content-type": "application/octet-stream" });
  expect(back.status, back.text).toBe(200);
  const [imported] = await list("channel=import");

  for (const id of [corrected, imported?.id]) expect((await organisation.manager.ask("PUT", `/api/responses/${id}/flag`, { reason: "A test" })).status).toBe(200);

  expect(await get(await save({ nps: { number: 10 } }))).toMatchObject({ outcome: "over_quota" });
});
