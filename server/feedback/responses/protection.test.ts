// Settings that say who may answer and how often, and what is noticed about senders, through HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import { Survey, SurveyLink } from "../surveys/surveys.contract.ts";
import { makeChallenge } from "./proof-of-work.ts";
import { SavedResponse, SurveyResponse } from "./responses.contract.ts";
import { prove } from "../../../widget/survey/proof.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

const asked = { title: { en: "Irrelevant?" }, isRequired: false };
const questions: Question[] = ["a", "b", "c"].map((id) => ({ ...asked, id, type: "nps" }));
const answers: Answers = { a: { number: 9 }, b: { number: 9 }, c: { number: 9 } };

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  survey = await publishSurvey(organisation.manager, { questions });
});

const set = async (settings: object): Promise<void> => {
  const reply = await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
  expect(reply.status, reply.text).toBe(200);
};
const save = (given: object = {}, said: Answers = answers) => installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, said, given));
const saved = async (given: object = {}, said: Answers = answers): Promise<SurveyResponse> => {
  const reply = await save(given, said);
  expect(reply.status, reply.text).toBe(200);
  const { id } = SavedResponse.parse(reply.body);
  return SurveyResponse.parse((await organisation.viewer.ask("GET", `/api/responses/${id}`)).body);
};
const count = async (): Promise<number> => (await installation.services.db.query("select from customers.perceptions where workspace_id = $1", [organisation.workspaceId])).rowCount ?? 0;

describe("settings", () => {
  test("have usual values, are kept as set, and noted in the audit", async () => {
    expect((await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/settings`)).body).toMatchObject({ oneAnswerPer: "none", anonymityThreshold: 1, protection: { proofOfWork: "none" } });

    await set({ oneAnswerPer: "device", retention: { months: 12, action: "delete" } });

    expect((await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/settings`)).body).toMatchObject({ oneAnswerPer: "device", retention: { months: 12 } });
    expect((await organisation.viewer.ask("PUT", `/api/surveys/${survey.id}/settings`, {})).status).toBe(403);
    expect((await installation.services.db.query("select from platform.audit_entries where workspace_id = $1 and action = 'survey.settings_changed'", [organisation.workspaceId])).rowCount).toBe(1);
  });

  test.each([
    { opensAt: "tomorrow" }, { responseLimit: 0 }, { anonymityThreshold: 0 }, { retention: { months: 0, action: "delete" } }, { oneAnswerPer: "family" },
    { opensAt: "2027-03-02T00:00:00Z", closesAt: "2027-03-01T00:00:00Z" },
  ])("%j are refused", async (settings) => {
    expect((await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings)).status).toBe(400);
  });
});

describe("times", () => {
  test("open and close a survey by themselves", async () => {
    await set({ opensAt: "2027-03-01T13:00:00+00:00", closesAt: "2027-03-01T14:00:00+00:00" });
    expect(await save()).toMatchObject({ status: 409, body: { error: { code: "survey_not_open_yet" } } });

    clock.at += 90 * 60_000;
    expect(await save()).toMatchObject({ status: 200 });
    clock.at += 60 * 60_000;
    expect(await save()).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
    clock.at = Date.parse("2027-03-01T12:00:00Z");
  });
});

test("a limit of responses lets in as many as it says, also of those who finish at once", async () => {
  await saved();
  await set({ responseLimit: 3 });

  const replies = await Promise.all(Array.from({ length: 5 }, () => saved()));

  expect(replies.map(({ outcome }) => outcome).toSorted()).toEqual(["counted", "counted", "over_quota", "over_quota", "over_quota"]);
});

describe("a single-use link", () => {
  const tokens = async (body: object): Promise<string[]> => {
    const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/single-use-links`, body);
    const { items } = reply.body instanceof Object && "items" in reply.body ? { items: SurveyLink.array().parse(reply.body.items) } : { items: [] };
    return items.map(({ url }) => new URL(url).searchParams.get("c") ?? "");
  };

  test("takes one complete response, whoever sends it and however often", async () => {
    const [link = "", other = ""] = await tokens({ count: 2 });
    const first = makeSave(survey.slug, answers, { link });

    const replies = await Promise.all([save({ link }), save({ link }), save({ link })]);

    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(replies.find(({ status }) => status === 409)).toMatchObject({ body: { error: { code: "already_answered" } } });
    expect((await installation.nobody.ask("POST", "/api/public/responses", { ...first, isComplete: false })).status).toBe(409);
    expect(await save({ link: other })).toMatchObject({ status: 200 });
  });

  test("bears the repeat of its own save", async () => {
    const [link] = await tokens({});
    const body = makeSave(survey.slug, answers, { link });

    const replies = [await installation.nobody.ask("POST", "/api/public/responses", body), await installation.nobody.ask("POST", "/api/public/responses", body)];

    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("may name a person", async () => {
    const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42", isSingleUse: true })).body);
    const link = new URL(url).searchParams.get("c") ?? "";

    expect(await saved({ link })).toMatchObject({ subject: "user:42" });
    expect((await save({ link })).status).toBe(409);
  });
});

describe("one answer of each", () => {
  test("device is taken when the survey says so", async () => {
    await set({ oneAnswerPer: "device" });
    const device = "0123456789abcdef";

    expect((await save({ device })).status).toBe(200);
    expect((await save({ device })).status).toBe(409);
    expect((await save({ device: "fedcba9876543210" })).status).toBe(200);
  });

  test("person is taken when the survey says so, by any of his links", async () => {
    await set({ oneAnswerPer: "person" });
    const link = async (): Promise<string> => new URL(SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:one-of-a-kind" })).body).url).searchParams.get("c") ?? "";

    expect((await save({ link: await link() })).status).toBe(200);
    expect((await save({ link: await link() })).status).toBe(409);
    const stored = await installation.services.db.query<{ claim: string }>("select claim from feedback.used_links where survey_id = $1", [survey.id]);
    expect(stored.rows.map(({ claim }) => claim).join()).not.toContain("one-of-a-kind");
  });
});

test("an anonymous survey keeps nobody's identifier", async () => {
  await set({ isAnonymous: true });
  const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" })).body);

  expect(await saved({ link: new URL(url).searchParams.get("c") })).toMatchObject({ subject: null });
  expect((await installation.services.db.query("select from customers.interactions where workspace_id = $1 and subject is not null", [organisation.workspaceId])).rowCount).toBe(0);
});

describe("what no person does", () => {
  test("answering faster than anybody reads is kept, flagged and not counted", async () => {
    expect(await saved({ openedAgoMs: 300 })).toMatchObject({ outcome: "flagged", flags: ["too_fast"], state: "complete" });
    expect(await count()).toBe(0);
    expect(await saved({ openedAgoMs: 9_000 })).toMatchObject({ outcome: "counted", flags: [] });

    await set({ protection: { isPaceChecked: false } });
    expect(await saved({ openedAgoMs: 300 })).toMatchObject({ outcome: "counted" });
  });

  test("answering again and again from one address is flagged beyond what the survey allows", async () => {
    await set({ protection: { perAddressHourly: 2 } });

    const outcomes = [];
    for (let turn = 0; turn < 4; turn += 1) outcomes.push((await saved()).outcome);

    expect(outcomes).toEqual(["counted", "counted", "flagged", "flagged"]);
  });

  test("answering without work is flagged where the survey asks for work; working makes it count, once", async () => {
    await set({ protection: { proofOfWork: "light" } });
    const { rows } = await installation.services.db.query<{ secret: string }>("select secret from platform.workspaces where id = $1", [organisation.workspaceId]);
    const challenge = makeChallenge({ secret: rows[0]?.secret ?? "", surveyId: survey.id, now: new Date(clock.at) });
    const id = crypto.randomUUID();
    const proof = await prove(challenge, id);

    expect(await saved({ id, proof })).toMatchObject({ outcome: "counted" });
    expect(await saved({ proof })).toMatchObject({ outcome: "flagged", flags: ["no_proof"] });
    expect(await saved()).toMatchObject({ outcome: "flagged" });
    expect(await saved({ proof: { challenge: `${challenge.text}x`, counter: 1 } })).toMatchObject({ outcome: "flagged" });
    expect(await saved({ proof: { challenge: "a.b", counter: 1 } })).toMatchObject({ outcome: "flagged" });
    const late = { id: crypto.randomUUID(), proof: await prove(challenge, "irrelevant") };
    clock.at += 4 * 86_400_000;
    expect(await saved({ ...late, proof: await prove(challenge, late.id) })).toMatchObject({ outcome: "flagged" });
    clock.at -= 4 * 86_400_000;
  });
});

describe("the page of a survey", () => {
  const page = async (query = ""): Promise<{ status: number; text: string }> => installation.nobody.ask("GET", `/s/${survey.slug}${query}`);

  test("says that it has not begun, or that its link was used", async () => {
    const { items } = SurveyLink.array().transform((items) => ({ items })).parse(Object((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/single-use-links`, {})).body).items);
    const query = new URL(items[0]?.url ?? "").search;
    expect((await page(query)).status).toBe(200);
    await save({ link: new URLSearchParams(query).get("c") });

    expect(await page(query)).toMatchObject({ status: 410, text: expect.stringContaining("answered already") });
    await set({ opensAt: "2027-03-02T00:00:00Z" });
    expect(await page()).toMatchObject({ status: 410, text: expect.stringContaining("not begun yet") });
  });

  test("shows answers of the address as chosen and records nothing", async () => {
    const { text } = await page("?a=9&b=99");

    expect(text).toContain('"prefill":{"a":{"number":9}}');
    expect(text).toMatch(/<input[^>]*value="9"[^>]*checked|<input[^>]*checked[^>]*value="9"/);
    expect((await organisation.viewer.ask("GET", "/api/responses")).body).toMatchObject({ items: [] });
  });

  test("brings a challenge where the survey asks for work", async () => {
    expect((await page()).text).toContain('"sending":null');
    await set({ protection: { proofOfWork: "light" }, oneAnswerPer: "device" });

    expect((await page()).text).toMatch(/"sending":\{"challenge":\{"text":"[\w-]+\.[\w-]+","bits":13\},"isDeviceTold":true\}/);
  });
});
