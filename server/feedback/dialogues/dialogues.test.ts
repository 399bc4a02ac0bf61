import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import { ledgerEntry, type LedgerEntry } from "../../customers/contact-policy/policy.contract.ts";
import { insertInteractions } from "../../customers/interactions/interactions.queries.ts";
import { makeMessages } from "../../customers/customers.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { setPolicy } from "../distributions/distributions.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import type { Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { BegunDialogue, DialogueReply } from "./dialogues.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation({ environment: { RATE_LIMIT_FACTOR: "20" } });
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const nps: Question = { id: "nps", type: "nps", title: { en: "Would you recommend us?", de: "Würden Sie uns empfehlen?" }, isRequired: true };
const sorry: Question = { id: "sorry", type: "statement", title: { en: "We are sorry to hear that." }, isRequired: false, showIf: [{ questionId: "nps", operator: "at_most", value: 6 }] };
const why: Question = { id: "why", type: "text", title: { en: "Why {{nps}}?", de: "Warum {{nps}}?" }, isRequired: false };

const publish = async (given: Partial<SurveyDefinition> = {}): Promise<Survey> => {
  const definition = makeDefinition({ questions: [nps, sorry, why], ...given });
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Turn by turn", definition })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const begin = async (survey: Survey, given: Record<string, unknown> = {}): Promise<BegunDialogue> => {
  const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/dialogues`, { channel: "chat", begunBy: "customer", ...given });
  expect(reply.status, reply.text).toBe(201);
  return BegunDialogue.parse(reply.body);
};
let keys = 0;
const ask = (dialogueId: string, given: object, key = `turn ${(keys += 1)}`, who: Client = organisation.manager): Promise<Answer> => who.ask("POST", `/api/dialogues/${dialogueId}/turns`, { given, key });
const say = async (dialogueId: string, given: object, key?: string): Promise<DialogueReply> => {
  const reply = await ask(dialogueId, given, key);
  expect(reply.status, reply.text).toBe(200);
  return DialogueReply.parse(reply.body);
};
const stored = async (id: string): Promise<{ state: string; channel: string; subject: string | null; answers: Record<string, unknown> } | null> => {
  const { rows } = await installation.services.db.query<{ state: string; channel: string; subject: string | null; answers: Record<string, unknown> }>(
    `select response.state, response.channel, response.subject, coalesce(jsonb_object_agg(answer.question_id, coalesce(to_jsonb(answer.number), to_jsonb(answer.text))) filter (where answer.question_id is not null), '{}') as answers
     from feedback.responses response
     left join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id
     where response.id = $1 group by response.workspace_id, response.id`, [id]);
  return rows[0] ?? null;
};

describe("a survey asked in a chat", () => {
  test("goes from question to question, says its statements, and saves every turn", async () => {
    const survey = await publish();
    const { dialogueId, turn } = await begin(survey);
    expect(turn).toMatchObject({ say: "Would you recommend us? Please reply with a number from 0 to 10.", input: "text", attempt: 1 });

    expect(await say(dialogueId, { text: "3 I think" })).toMatchObject({ turn: { say: "We are sorry to hear that. Why 3? Write “skip” to pass over.", input: "text" } });
    expect(await stored(dialogueId)).toMatchObject({ state: "partial", channel: "chat", answers: { nps: 3 } });

    expect(await say(dialogueId, { text: "Nobody came." })).toMatchObject({ ended: "completed", say: expect.stringContaining("Thank you") });
    expect(await stored(dialogueId)).toMatchObject({ state: "complete", answers: { nps: 3, why: "Nobody came." } });
  });

  test("is told at its end that the last place was taken meanwhile, and not thanked as if counted", async () => {
    const survey = await publish({ questions: [nps] });
    const { dialogueId } = await begin(survey);
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { responseLimit: 1 });
    const first = await begin(survey);
    expect(await say(first.dialogueId, { text: "9" })).toMatchObject({ ended: "completed", say: "Thank you!" });
    expect(await say(dialogueId, { text: "9" })).toMatchObject({ ended: "completed", say: expect.stringMatching(/^There are enough answers already\. While/) });
  });

  test("asks again with a word of help, and ends politely after the third answer nobody understands", async () => {
    const { dialogueId } = await begin(await publish());
    expect(await say(dialogueId, { text: "well" })).toMatchObject({ turn: { say: expect.stringMatching(/^Sorry, that was not understood\. Would you/), attempt: 2 } });
    await say(dialogueId, { text: "well" });
    expect(await say(dialogueId, { text: "well" })).toMatchObject({ ended: "not_understood" });
    expect(await stored(dialogueId)).toBeNull();
    expect(await ask(dialogueId, { text: "9" })).toMatchObject({ status: 409, body: { error: { code: "dialogue_ended" } } });
  });

  test("passes over an optional question nobody understands", async () => {
    const survey = await publish({ questions: [{ ...nps, isRequired: false }, why] });
    const { dialogueId } = await begin(survey);
    for (const text of ["well", "well"]) await say(dialogueId, { text });
    expect(await say(dialogueId, { text: "well" })).toMatchObject({ turn: { say: expect.stringContaining("Why") } });
  });

  test("stops when the person says so, and what was answered stays", async () => {
    const { dialogueId } = await begin(await publish());
    await say(dialogueId, { text: "9" });
    expect(await say(dialogueId, { text: "Stop" })).toEqual({ ended: "stopped", say: "All right, we stop here. Thank you." });
    expect(await stored(dialogueId)).toMatchObject({ state: "partial", answers: { nps: 9 } });
  });

  test("counts a turn said twice once, and answers it alike", async () => {
    const { dialogueId } = await begin(await publish());
    const replies = [await say(dialogueId, { text: "9" }, "first"), await say(dialogueId, { text: "9" }, "first")];
    expect(replies[0]).toEqual(replies[1]);
    const ends = [await say(dialogueId, { text: "Kind" }, "second"), await say(dialogueId, { text: "Kind" }, "second")];
    expect(ends[0]).toMatchObject({ ended: "completed" });
    expect(ends[0]).toEqual(ends[1]);
    expect(await say(dialogueId, { text: "9" }, "first")).toEqual(ends[0]);
    expect(await stored(dialogueId)).toMatchObject({ answers: { nps: 9, why: "Kind" } });
  });

  test("takes a turn that comes late, after a newer one, for no new answer", async () => {
    const { dialogueId } = await begin(await publish({ questions: [nps, { ...nps, id: "again" }, why] }));
    await say(dialogueId, { text: "9" }, "first");
    const now = await say(dialogueId, { text: "8" }, "second");
    expect(await say(dialogueId, { text: "9" }, "first")).toEqual(now);
    expect(await stored(dialogueId)).toMatchObject({ answers: { nps: 9, again: 8 } });
  });

  test("takes one of two answers given at once", async () => {
    const { dialogueId } = await begin(await publish());
    const replies = await Promise.all([ask(dialogueId, { text: "9" }), ask(dialogueId, { text: "2" })]);
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(replies.every(({ status }) => status === 200 || status === 409)).toBe(true);
  });

  test("speaks the language that was wished", async () => {
    const { dialogueId, turn } = await begin(await publish({ languages: ["en", "de"], title: { en: "A", de: "A" }, thanks: { title: { en: "Thank you!", de: "Danke!" } }, questions: [nps, why] }), { language: "de" });
    expect(turn.say).toBe("Würden Sie uns empfehlen? Bitte antworten Sie mit einer Zahl von 0 bis 10.");
    await say(dialogueId, { text: "neun" });
    expect(await say(dialogueId, { text: "weiter" })).toMatchObject({ ended: "completed", say: "Danke!" });
  });
});

describe("a survey asked on the phone", () => {
  test("is answered by keys and by voice, and stands on the caller's timeline once", async () => {
    const { workspaceId, manager } = organisation;
    await insertInteractions(installation.services.db, workspaceId, makeMessages(workspaceId, [{ at: 1, type: "identify", userId: "ann", traits: { name: "Ann Phone", phone: "+493012345678" } }]));
    await installation.settle();
    const { dialogueId, turn } = await begin(await publish(), { channel: "phone", subject: "phone:+49 30 12345678" });
    expect(turn).toMatchObject({ say: "Would you recommend us? Press a number from 0 to 10. Then press the hash key.", input: "keys" });
    expect(await say(dialogueId, { keys: "10#" })).toMatchObject({ turn: { input: "voice" } });
    await say(dialogueId, { voice: "Everything worked." });
    await installation.settle();
    expect(await stored(dialogueId)).toMatchObject({ state: "complete", channel: "phone", subject: "phone:+493012345678" });
    const found: unknown = (await manager.ask("GET", "/api/customers?search=Ann%20Phone")).body;
    const timeline = await manager.ask("GET", `/api/customers/${String(Object(found).items[0].id)}/timeline`);
    expect(JSON.stringify(timeline.body).match(/"Turn by turn"/g)).toHaveLength(1);
  });

  test("leaves out what a voice cannot ask; the response stays partial where that was required", async () => {
    const options = ["a", "b"].map((id) => ({ id, label: { en: id } }));
    const { dialogueId } = await begin(await publish({ questions: [nps, { id: "rank", type: "ranking", title: { en: "Put in order" }, isRequired: true, options }] }), { channel: "phone" });
    expect(await say(dialogueId, { keys: "9" })).toMatchObject({ ended: "completed" });
    expect(await stored(dialogueId)).toMatchObject({ state: "partial", answers: { nps: 9 } });
  });
});

describe("a dialogue that the organisation begins", () => {
  const subject = "phone:+493055555555";
  const ring = (survey: Survey, given: object = {}): Promise<Answer> =>
    organisation.manager.ask("POST", `/api/surveys/${survey.id}/dialogues`, { channel: "phone", begunBy: "organisation", subject, ...given });
  const asked = async (): Promise<LedgerEntry[]> =>
    page(ledgerEntry).parse((await organisation.manager.ask("GET", "/api/contact-ledger")).body).items.filter(({ decision }) => decision !== "answered");

  test("is a contact like any other, and refused where the contact policy says so", async () => {
    await setPolicy(organisation, { quietHours: null });
    const [survey, other] = [await publish(), await publish()];
    expect(await ring(survey, { subject: null })).toMatchObject({ status: 400, body: { error: { code: "subject_names_nobody" } } });
    expect((await ring(survey, { isTrial: true })).status).toBe(201);
    expect(await asked()).toEqual([]);

    expect((await ring(survey)).status).toBe(201);
    expect(await ring(other)).toMatchObject({ status: 409, body: { error: { code: "dialogue_not_allowed", details: { reason: "too_soon_any" } } } });
    expect(await asked()).toMatchObject([
      { channel: "phone", decision: "not_asked", reason: "too_soon_any", reference: { id: other.id } }, { channel: "phone", decision: "asked", reference: { id: survey.id } },
    ]);
    expect((await ring(other, { begunBy: "customer" })).status).toBe(201);
  });
});

test("what is only tried out is not saved", async () => {
  const { dialogueId } = await begin(await publish({ questions: [nps] }), { isTrial: true });
  expect(await say(dialogueId, { text: "9" })).toMatchObject({ ended: "completed" });
  expect(await stored(dialogueId)).toBeNull();
});

test("a closed survey, one with nothing to ask, and a subject that is nobody are refused", async () => {
  const closed = await publish();
  const { dialogueId } = await begin(closed);
  await organisation.manager.ask("POST", `/api/surveys/${closed.id}/closure`);
  const start = (survey: Survey, given: object = {}) => organisation.manager.ask("POST", `/api/surveys/${survey.id}/dialogues`, { channel: "phone", begunBy: "customer", ...given });
  expect(await start(closed)).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
  expect(await ask(dialogueId, { text: "9" })).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
  const silent = await publish({ questions: [{ id: "day", type: "date", title: { en: "When?" }, isRequired: false }] });
  expect(await start(silent)).toMatchObject({ status: 409, body: { error: { code: "dialogue_not_possible" } } });
  for (const subject of ["nobody", ":4930123456"]) expect(await start(await publish(), { subject })).toMatchObject({ status: 400, body: { error: { code: "subject_names_nobody" } } });
});

test("dialogues belong to their workspace and need the ability", async () => {
  const survey = await publish();
  const { dialogueId } = await begin(survey);
  const stranger = await installation.makeOrganisation();
  expect((await ask(dialogueId, { text: "9" }, "irrelevant", stranger.manager)).status).toBe(404);
  expect((await stranger.manager.ask("POST", `/api/surveys/${survey.id}/dialogues`, { channel: "chat", begunBy: "customer" })).status).toBe(404);
  expect((await organisation.viewer.ask("POST", `/api/surveys/${survey.id}/dialogues`, { channel: "chat", begunBy: "customer" })).status).toBe(403);
});

test("who is erased is forgotten here too", async () => {
  const { workspaceId, owner } = organisation;
  await insertInteractions(installation.services.db, workspaceId, makeMessages(workspaceId, [{ at: 1, type: "identify", userId: "eve", traits: { name: "Eve Gone", phone: "+493099999999" } }]));
  await installation.settle();
  const { dialogueId } = await begin(await publish(), { channel: "phone", subject: "phone:+493099999999" });
  const found: unknown = (await owner.ask("GET", "/api/customers?search=Eve%20Gone")).body;
  expect((await owner.ask("POST", `/api/customers/${String(Object(found).items[0].id)}/erasure`, { isConfirmed: true })).status).toBeLessThan(300);
  await installation.settle();
  expect((await ask(dialogueId, { keys: "9" })).status).toBe(404);
});
