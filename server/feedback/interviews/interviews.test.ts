import { transaction } from "#platform/db";
import { page } from "#platform/http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertInteractions } from "../../customers/interactions/interactions.queries.ts";
import { customerRow } from "../../customers/profiles/profiles.contract.ts";
import { makeMessages } from "../../customers/customers.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { setPolicy } from "../distributions/distributions.make.ts";
import { makeDefinition, makeSave } from "../feedback.make.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { CallList, CallOutcomes, NextCall, type Call } from "./interviews.contract.ts";
import { openFilledList } from "./interviews.queries.ts";

let installation: Installation;
let organisation: Organisation;
// A Wednesday; 10:00 in Berlin, 18:00 in Tokyo, 01:00 in Los Angeles.
const MORNING = new Date("2026-11-25T09:00:00Z");
const clock = { at: MORNING, now: () => clock.at };
const later = (hours: number): void => void (clock.at = new Date(clock.at.getTime() + hours * 3_600_000));

beforeAll(async () => {
  installation = await makeInstallation({ clock, environment: { RATE_LIMIT_FACTOR: "20" } });
});
beforeEach(async () => {
  clock.at = MORNING;
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

type Person = { name: string; phone?: string; zone?: string };
const berlin = (name: string, number: number): Person => ({ name, phone: `+49301234${String(number).padStart(4, "0")}`, zone: "Europe/Berlin" });

/** An open list of these people, with the survey they are asked. */
const makeList = async (people: Person[], given: Record<string, unknown> = {}): Promise<{ list: CallList; survey: Survey }> => {
  const { manager, workspaceId } = organisation;
  await insertInteractions(installation.services.db, workspaceId, makeMessages(workspaceId, people.map(({ name, phone, zone }, index) => ({
    at: index, type: "identify", userId: name, traits: { name, ...(phone === undefined ? {} : { phone }), ...(zone === undefined ? {} : { timezone: zone }) },
  }))));
  await installation.settle();
  const created = Survey.parse((await manager.ask("POST", "/api/surveys", { name: "By phone", definition: makeDefinition() })).body);
  const survey = Survey.parse((await manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  const segment = await manager.ask("POST", "/api/segments", { kind: "live", name: "All", rule: { match: "all", who: "known", conditions: [] } });
  expect(segment.status).toBe(201);
  const list = CallList.parse((await manager.ask("POST", "/api/call-lists", { name: "Autumn", surveyId: survey.id, segmentId: Object(segment.body).id, ...given })).body);
  return { survey, list: await filled(list) };
};
/** A list once its people are on it: they are put there in the background. */
const filled = (list: CallList): Promise<CallList> =>
  vi.waitFor(async () => {
    const now = CallList.parse((await organisation.manager.ask("GET", `/api/call-lists/${list.id}`)).body);
    if (now.status === "filling") throw new Error("The list is still being filled.");
    return now;
  }, { timeout: 20_000, interval: 50 });
const next = async (list: CallList, who: Client = organisation.agent): Promise<NextCall> => {
  const reply = await who.ask("POST", `/api/call-lists/${list.id}/next`);
  expect(reply.status).toBe(200);
  return NextCall.parse(reply.body);
};
const taken = async (list: CallList, who?: Client): Promise<Call> => {
  const { call } = await next(list, who);
  if (call === null) throw new Error("There is nobody to call.");
  return call;
};
const outcomesOf = async (list: CallList): Promise<CallOutcomes> => CallOutcomes.parse((await organisation.viewer.ask("GET", `/api/call-lists/${list.id}/outcomes`)).body);
const record = (list: CallList, call: Call, body: Record<string, unknown>, who: Client = organisation.agent) => who.ask("POST", `/api/call-lists/${list.id}/targets/${call.targetId}/attempts`, body);

describe("a call list", () => {
  test("holds everybody in its segment and opens by itself", async () => {
    const { list } = await makeList([berlin("Ann", 1), berlin("Bob", 2)]);
    expect(list).toMatchObject({ status: "open", people: 2, done: 0, attemptsMax: 5 });
  });

  test("gives each person to one interviewer, with number, time there and a link of their own", async () => {
    const { list } = await makeList([berlin("Ann", 1), berlin("Bob", 2)]);
    const calls = await Promise.all([taken(list), taken(list, organisation.manager)]);
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["Ann", "Bob"]));
    expect(calls[0]).toMatchObject({ localTime: "10:00", timeZone: "Europe/Berlin", attempts: [], surveyUrl: expect.stringContaining("channel=interview") });
    expect(await next(list)).toMatchObject({ call: null, nextAt: new Date(MORNING.getTime() + 30 * 60_000).toISOString() });
  });

  test("calls nobody outside the hours of their own place", async () => {
    const { list } = await makeList([{ name: "Los Angeles", phone: "+12135550123", zone: "America/Los_Angeles" }, { name: "Tokyo", phone: "+81312345678", zone: "Asia/Tokyo" }], { hoursFrom: "09:00", hoursTo: "17:30" });
    expect(await next(list)).toMatchObject({ call: null, skipped: 2, nextAt: "2026-11-25T17:00:00.000Z" });
    clock.at = new Date("2026-11-25T17:00:00Z");
    expect(await taken(list)).toMatchObject({ name: "Los Angeles", localTime: "09:00" });
  });

  test("calls nobody on a day that is not one of its days", async () => {
    const { list } = await makeList([berlin("Ann", 1)], { days: [4] });
    expect(await next(list)).toMatchObject({ call: null, nextAt: "2026-11-26T08:00:00.000Z" });
  });

  test("passes over who has no number", async () => {
    const { list } = await makeList([{ name: "Silent" }, berlin("Ann", 1)]);
    expect(await taken(list)).toMatchObject({ name: "Ann" });
    const { list: alone } = await makeList([{ name: "Silent too" }]);
    expect((await next(alone)).call?.name ?? null).not.toBe("Silent too");
  });

  test("never calls who asked not to be called, on any list", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    expect((await record(list, await taken(list), { outcome: "2.13" })).status).toBe(204);
    const again = await makeList([]);
    expect(await next(again.list)).toMatchObject({ call: null, skipped: 1, nextAt: null });
  });

  test("changes what is given and nothing else, also while it fills", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    const { db } = installation.services;
    await db.query("update feedback.call_lists set status = 'filling' where id = $1", [list.id]);
    const changed = await transaction(db, async (tx) => {
      await openFilledList(tx, { workspaceId: organisation.workspaceId, id: list.id });
      const change = organisation.manager.ask("PATCH", `/api/call-lists/${list.id}`, { name: "Winter" });
      await vi.waitFor(async () => expect((await tx.query("select 1 from pg_locks where not granted")).rowCount).toBeGreaterThan(0), { interval: 20, timeout: 10_000 });
      return { change };
    });
    expect(await changed.change).toMatchObject({ status: 200, body: { name: "Winter", status: "open", script: list.script, attemptsMax: 5 } });
  });

  test("gives nobody while its survey takes no answers, and cannot be made for one that was never published", async () => {
    const { list, survey } = await makeList([berlin("Ann", 1)]);
    const settings = (change: object) => organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, change);
    const refused = (standing: string) => ({ status: 409, body: { error: { code: "call_survey_not_open", details: { standing } } } });
    const look = () => organisation.agent.ask("POST", `/api/call-lists/${list.id}/next`);
    expect((await settings({ opensAt: "2026-11-26T00:00:00Z" })).status).toBe(200);
    expect(await look()).toMatchObject(refused("not_yet"));
    await settings({ responseLimit: 1 });
    expect((await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }))).status).toBe(200);
    expect(await look()).toMatchObject(refused("closed"));
    await settings({});
    expect((await look()).status).toBe(200);

    const draft = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Draft", definition: makeDefinition() })).body);
    const body = { name: "Too early", surveyId: draft.id, segmentId: list.segmentId };
    expect(await organisation.manager.ask("POST", "/api/call-lists", body)).toMatchObject({ status: 409, body: { error: { code: "survey_not_published" } } });
  });

  test("and another with the same people in another order do not stand in each other's way", async () => {
    await setPolicy(organisation, { consentNeeded: [{ purpose: "survey", channel: "phone" }] });
    const { list, survey } = await makeList(Array.from({ length: 20 }, (_, n) => berlin(`Customer ${n}`, n)));
    const reply = await organisation.manager.ask("POST", "/api/call-lists", { name: "Other", surveyId: survey.id, segmentId: list.segmentId });
    const other = await filled(CallList.parse(reply.body));
    await installation.services.db.query(
      `update feedback.call_targets target set next_at = next_at - place * interval '1 second'
       from (select id, row_number() over (order by id) as place from feedback.call_targets where list_id = $1) ordered where ordered.id = target.id`,
      [other.id],
    );
    const looks = await Promise.all([list, other].map((one) => next(one)));
    expect(looks).toMatchObject([{ call: null, skipped: 20 }, { call: null, skipped: 20 }]);
  });

  test("keeps its segment from being deleted while it is not closed, as distributions and website surveys do", async () => {
    const { manager } = organisation;
    const { list, survey } = await makeList([]);
    const { segmentId } = list;
    const distribution = { surveyId: survey.id, name: "By mail", settings: { channel: "email", kind: "relationship", schedule: { kind: "now" }, segmentId } };
    const { body } = await manager.ask("POST", "/api/distributions", distribution);
    expect((await manager.ask("PUT", `/api/surveys/${survey.id}/website`, { segmentId })).status).toBe(200);
    const remove = () => manager.ask("DELETE", `/api/segments/${segmentId}`);
    expect(await remove()).toMatchObject({
      status: 409,
      body: { error: { code: "segment_in_use", details: { uses: [{ kind: "call list", name: "Autumn" }, { kind: "distribution", name: "By mail" }, { kind: "website survey", name: "By phone" }] } } },
    });

    await manager.ask("PATCH", `/api/call-lists/${list.id}`, { status: "closed" });
    await manager.ask("PUT", `/api/surveys/${survey.id}/website`, {});
    expect((await manager.ask("DELETE", `/api/distributions/${String(Object(body).id)}`)).status).toBe(204);
    expect((await remove()).status).toBe(204);
  });

  test("does not ask the same person twice within the contact policy", async () => {
    const { list, survey } = await makeList([berlin("Ann", 1)]);
    await record(list, await taken(list), { outcome: "1.1" });
    const segments = await organisation.manager.ask("GET", "/api/segments");
    const segmentId: unknown = Object(segments.body).items[0].id;
    const second = CallList.parse((await organisation.manager.ask("POST", "/api/call-lists", { name: "Again", surveyId: survey.id, segmentId })).body);
    expect((await next(await filled(second))).call).toBeNull();
  });
});

describe("a call", () => {
  test("comes round again after its pause until the tries are used up", async () => {
    const { list } = await makeList([berlin("Ann", 1)], { attemptsMax: 2, pauseHours: 24 });
    expect((await record(list, await taken(list), { outcome: "3.13", note: "Rang ten times" })).status).toBe(204);
    expect(await next(list)).toMatchObject({ call: null, nextAt: "2026-11-26T09:00:00.000Z" });
    later(24);
    const again = await taken(list);
    expect(again.attempts).toMatchObject([{ number: 1, outcome: "3.13", note: "Rang ten times" }]);
    await record(list, again, { outcome: "3.13" });
    later(48);
    expect(await next(list)).toMatchObject({ call: null, nextAt: null });
  });

  test("comes back at the time that was named, before the others, even with no try left", async () => {
    const { list } = await makeList([berlin("Ann", 1), berlin("Bob", 2)], { attemptsMax: 1 });
    const first = await taken(list);
    expect((await record(list, first, { outcome: "2.21", callbackAt: "2026-11-25T14:00:00+01:00" })).status).toBe(204);
    clock.at = new Date("2026-11-25T13:00:00Z");
    expect(await taken(list)).toMatchObject({ name: first.name, isCallback: true });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["with an outcome nobody knows", { outcome: "9.9" }, "outcome_unknown"],
    ["with a call-back after a refusal", { outcome: "2.11", callbackAt: "2026-11-26T10:00:00Z" }, "callback_not_possible"],
    ["with a call-back yesterday", { outcome: "2.21", callbackAt: "2026-11-24T10:00:00Z" }, "callback_not_possible"],
  ])("is not recorded %s", async (_title, body, code) => {
    const { list } = await makeList([berlin("Ann", 1)]);
    expect(await record(list, await taken(list), body)).toMatchObject({ status: 400, body: { error: { code } } });
  });

  test("is recorded by who made it, once", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    const call = await taken(list);
    expect(await record(list, call, { outcome: "1.1" }, organisation.manager)).toMatchObject({ status: 409, body: { error: { code: "call_elsewhere" } } });
    expect((await record(list, call, { outcome: "1.1" })).status).toBe(204);
    expect((await record(list, call, { outcome: "1.1" })).status).toBe(409);
  });

  test("goes to somebody else when its interviewer falls silent, or gives it back", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    await taken(list);
    later(0.6);
    const call = await taken(list, organisation.manager);
    expect((await organisation.manager.ask("DELETE", `/api/call-lists/${list.id}/targets/${call.targetId}/claim`)).status).toBe(204);
    expect(await taken(list)).toMatchObject({ name: "Ann", attempts: [] });
  });

  test("given back can be taken the day after, and is one contact; what was said meanwhile holds", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    const call = await taken(list);
    const giveBack = () => organisation.agent.ask("DELETE", `/api/call-lists/${list.id}/targets/${call.targetId}/claim`);
    expect((await giveBack()).status).toBe(204);
    later(25);
    expect(await taken(list)).toMatchObject({ targetId: call.targetId });
    expect((await organisation.manager.ask("GET", "/api/contact-ledger")).body).toMatchObject({ items: [{ decision: "asked", channel: "phone" }] });

    await giveBack();
    await organisation.agent.ask("PUT", `/api/customers/${call.customerId}/contact/stops`, { channel: "phone", isStopped: true });
    later(1);
    expect(await next(list)).toMatchObject({ call: null, skipped: 1, nextAt: null });
    expect(await outcomesOf(list)).toMatchObject({ notCalled: 1, notCalledBecause: [{ reason: "do_not_contact", people: 1 }] });
  });

  test("waits while a complaint is open, and says why nobody called", async () => {
    const { list } = await makeList([berlin("Ann", 1), { name: "Silent" }]);
    const { items } = page(customerRow).parse((await organisation.manager.ask("GET", "/api/customers?search=Ann")).body);
    const blocks = `/api/customers/${items[0]?.id}/contact/blocks`;
    expect((await organisation.agent.ask("PUT", blocks, { reason: "complaint" })).status).toBe(200);
    expect(await next(list)).toMatchObject({ call: null, skipped: 2, nextAt: "2026-11-26T09:00:00.000Z" });
    expect((await outcomesOf(list)).notCalledBecause).toEqual([{ reason: "no_number", people: 1 }, { reason: "open_complaint", people: 1 }]);
    expect((await organisation.manager.ask("GET", "/api/contact-ledger?reason=no_address")).body).toMatchObject({ items: [{ customerName: "Silent", decision: "not_asked", channel: "phone" }] });

    await organisation.agent.ask("DELETE", blocks);
    later(24);
    expect(await taken(list)).toMatchObject({ name: "Ann" });
    expect((await outcomesOf(list)).notCalledBecause).toEqual([{ reason: "no_number", people: 1 }]);
  });

  test("is taken and written down by a program with a key, and by no other", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    const programs = await Promise.all([1, 2].map(async () => ({ authorization: `Bearer ${await installation.makeApiKey(organisation, ["interviews.call"])}` })));
    const ask = (url: string, body: unknown, headers = programs[0]) => installation.nobody.ask("POST", url, body, headers);
    const call = NextCall.parse((await ask(`/api/call-lists/${list.id}/next`, undefined)).body).call;
    const attempts = `/api/call-lists/${list.id}/targets/${call?.targetId}/attempts`;
    expect(await ask(attempts, { outcome: "1.1" }, programs[1])).toMatchObject({ status: 409, body: { error: { code: "call_elsewhere" } } });
    expect((await ask(attempts, { outcome: "1.1" })).status).toBe(204);
  });

  test("is still there, with the same address of its survey, when the page is loaded again", async () => {
    const { list } = await makeList([berlin("Ann", 1)]);
    const current = (who: Client = organisation.agent) => who.ask("GET", `/api/call-lists/${list.id}/call`);
    expect((await current()).body).toEqual({ call: null });
    const call = await taken(list);
    later(0.2);
    expect((await current()).body).toMatchObject({ call: { ...call, localTime: "10:12" } });
    expect((await current(organisation.manager)).body).toEqual({ call: null });
    await record(list, call, { outcome: "1.1" });
    expect((await current()).body).toEqual({ call: null });
  });

  test("brings its answers to the customer's timeline as an interview, once", async () => {
    const { list, survey } = await makeList([berlin("Ann", 1)]);
    const call = await taken(list);
    const url = new URL(call.surveyUrl);
    const save = makeSave(survey.slug, { nps: { number: 9 } }, { link: url.searchParams.get("c") ?? "", channel: "interview", campaign: call.targetId });
    for (const _ of [1, 2]) expect((await installation.nobody.ask("POST", "/api/public/responses", save)).status).toBe(200);
    await record(list, call, { outcome: "1.1" });
    await installation.settle();
    const timeline = await organisation.manager.ask("GET", `/api/customers/${call.customerId}/timeline`);
    expect(JSON.stringify(timeline.body).match(/"By phone"/g)).toHaveLength(1);
    expect(JSON.stringify(timeline.body)).toContain("interview");
  });
});

test("what came of a list is counted with the response rates", async () => {
  const { list } = await makeList([1, 2, 3, 4, 5].map((n) => berlin(`Customer ${n}`, n)));
  for (const outcome of ["1.1", "1.1", "2.11", "4.31"]) await record(list, await taken(list), { outcome });
  const outcomes = await outcomesOf(list);
  expect(outcomes).toMatchObject({ notCalled: 1, rates: { RR1: 0.5, RR5: 2 / 3, e: 0.75 } });
  expect(outcomes.outcomes.find(({ code }) => code === "1.1")).toMatchObject({ people: 2 });
});

test("lists are made by managers, called by agents, and belong to their workspace", async () => {
  const { list, survey } = await makeList([berlin("Ann", 1)]);
  const body = { name: "Mine", surveyId: survey.id, segmentId: list.segmentId };
  expect((await organisation.agent.ask("POST", "/api/call-lists", body)).status).toBe(403);
  expect((await organisation.viewer.ask("POST", `/api/call-lists/${list.id}/next`)).status).toBe(403);
  const stranger = await installation.makeOrganisation();
  expect((await stranger.manager.ask("POST", "/api/call-lists", body)).status).toBe(404);
  expect((await stranger.manager.ask("POST", `/api/call-lists/${list.id}/next`)).status).toBe(404);
  await organisation.manager.ask("PATCH", `/api/call-lists/${list.id}`, { status: "paused" });
  expect(await organisation.agent.ask("POST", `/api/call-lists/${list.id}/next`)).toMatchObject({ status: 409, body: { error: { code: "call_list_not_open" } } });
});
