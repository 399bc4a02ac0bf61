import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { blockContact } from "#customers";
import { transaction } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { irrelevantQuestions, publishSurvey } from "../feedback.make.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { confirmAnswer, openInvitation } from "./answering.ts";
import { urlOf } from "./composing.ts";
import { enqueueWork } from "./distribution-work.ts";
import type { Distribution } from "./distributions.contract.ts";
import { distributionsJobs } from "./distributions.jobs.ts";
import { lockDistribution } from "./distributions.queries.ts";
import { markDelivered } from "./invitations.queries.ts";
import { planPage } from "./planning.ts";
import { confirm, makeDistribution, pathOf, setPolicy, startDistribution } from "./distributions.make.ts";

// Monday, and later than any clock the tests run by.
const MONDAY = "2040-01-02T10:00:00.000Z";
const clock = { at: new Date(MONDAY) };
let installation: Installation;
let organisation: Organisation;
let manager: Client;
let authorization: string;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
  organisation = await installation.makeOrganisation("Corner Shop");
  manager = organisation.manager;
  authorization = `Basic ${Buffer.from(`${await installation.makeWriteKey(organisation)}:`).toString("base64")}`;
});
beforeEach(async () => {
  goTo(MONDAY);
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0, betweenDays: 30, transactionalDays: 90, caps: [{ contacts: 4, days: 365 }] });
});
afterAll(() => installation.stop());

type Row = { id: string; email: string; wave: number; state: string; step: number; reason: string | null; nextAt: Date | null };
const goTo = (time: string): void => void (clock.at = new Date(time));
const publish = (name?: string): Promise<Survey> => publishSurvey(manager, { questions: irrelevantQuestions.slice(0, 1) }, name);
const ask = async (surveyId: string, addresses: readonly string[], settings: Record<string, unknown> = {}): Promise<Distribution> =>
  startDistribution(manager, (await makeDistribution(manager, { surveyId, addresses, settings })).id);
const setTimes = (survey: Survey, times: Record<string, unknown>) => manager.ask("PUT", `/api/surveys/${survey.id}/settings`, times);
const rowsOf = async ({ id }: { id: string }): Promise<Row[]> =>
  (await installation.services.db.query<Row>(
    "select id, email, wave, state, step, reason, next_at as \"nextAt\" from feedback.invitations where distribution_id = $1 order by wave, email, id", [id])).rows;
/** Lets a distribution do what is due at the time of the clock until it looks as it should. */
const until = (of: { id: string }, looks: readonly Partial<Row>[]) => vi.waitFor(async () => {
  const work = distributionsJobs.find(({ name }) => name === "distributions.work");
  await work?.run({ services: installation.services, payload: { workspaceId: organisation.workspaceId, distributionId: of.id }, attempt: 1 });
  expect(await rowsOf(of)).toMatchObject(looks);
}, { timeout: 20_000, interval: 50 });
const know = async (traits: readonly Record<string, unknown>[]): Promise<string[]> => {
  const batch = traits.map((own) => ({ type: "identify", userId: own["email"], messageId: `known ${String(own["email"])}`, traits: own, timestamp: clock.at.toISOString() }));
  await installation.nobody.ask("POST", "/v1/batch", { batch }, { authorization });
  const emails = traits.map(({ email }) => String(email));
  return vi.waitFor(async () => {
    const { rows } = await installation.services.db.query<{ id: string }>(
      "select assignment.customer_id as id from customers.identifiers identifier join customers.assignments assignment on assignment.identifier_id = identifier.id where identifier.kind = 'email' and identifier.value = any ($1)", [emails]);
    expect(rows).toHaveLength(emails.length);
    return rows.map(({ id }) => id);
  }, { timeout: 20_000, interval: 100 });
};
const told = (survey: Survey, count: number) => vi.waitFor(async () => {
  const { rows } = await installation.services.db.query("select from customers.contact_plans where reference_id = $1", [survey.id]);
  expect(rows).toHaveLength(count);
}, { timeout: 20_000, interval: 50 });
const linkOf = async (of: { id: string }): Promise<string> => {
  const { rows } = await installation.services.db.query<{ secret: string }>("select secret from platform.workspaces where id = $1", [organisation.workspaceId]);
  return pathOf(urlOf(installation.services, { secret: rows[0]?.secret ?? "" }, (await rowsOf(of))[0]?.id ?? ""));
};
const at = (time: string): Date => new Date(time);

describe("a survey with times", () => {
  test("is asked when it opens and by nobody who is due after its end", async () => {
    const survey = await publish();
    await setTimes(survey, { opensAt: "2040-01-04T10:00:00Z" });
    const made = await ask(survey.id, ["early@mail.example"]);
    expect(made).toMatchObject({ nextWaveAt: "2040-01-04T10:00:00.000Z" });
    await setTimes(survey, {});
    const moved = await ask(survey.id, ["moved@mail.example"], { schedule: { kind: "at", at: "2040-01-03T10:00:00Z" } });
    await setTimes(survey, { opensAt: "2040-01-04T10:00:00Z" });
    goTo("2040-01-03T10:00:01Z");
    await until(moved, [{ state: "planned", nextAt: at("2040-01-04T10:00:00Z") }]);
    const late = await ask(survey.id, ["late@mail.example"], { schedule: { kind: "at", at: "2040-01-06T10:00:00Z" } });

    goTo("2040-01-04T10:00:01Z");
    for (const each of [made, moved]) await until(each, [{ state: "sent", nextAt: null }]);
    await setTimes(survey, { closesAt: "2040-01-05T10:00:00Z" });
    goTo("2040-01-06T10:00:01Z");
    await until(late, [{ state: "not_asked", reason: "survey_closed", nextAt: null }]);

    const refused = await makeDistribution(manager, { surveyId: survey.id, addresses: ["later@mail.example"] });
    expect(await manager.ask("POST", `/api/distributions/${refused.id}/start`)).toMatchObject({
      status: 409, body: { error: { code: "distribution_survey_closed", message: expect.stringContaining("takes answers only until 2040-01-05 10:00 UTC") } },
    });
  });

  test("says on its pages that it has not begun or has ended, and takes no answer then", async () => {
    const survey = await publish();
    const made = await ask(survey.id, ["page@mail.example"]);
    await until(made, [{ state: "sent" }]);
    const link = await linkOf(made);

    for (const [times, words] of [[{ opensAt: "2040-02-01T00:00:00Z" }, "has not begun yet"], [{ closesAt: "2040-01-01T00:00:00Z" }, "This link has ended"]] as const) {
      await setTimes(survey, times);
      expect(await confirm(installation, `${link}?q=nps&a=9`)).toMatchObject({ status: 303, headers: { location: link } });
      for (const path of [link, `${link}?q=nps&a=9`]) expect(await installation.nobody.ask("GET", path)).toMatchObject({ status: 410, text: expect.stringContaining(words) });
    }
    expect((await manager.ask("GET", `/api/responses?surveyId=${survey.id}&state=partial`)).body).toMatchObject({ items: [] });
  });

  test("refuses on a page what is too much for it", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded", "accept-language": "de" };

    expect(await installation.nobody.ask("POST", "/i/irrelevant", Buffer.alloc(1_100_000, "a"), form)).toMatchObject({
      status: 413, headers: { "content-type": "text/html; charset=utf-8" }, text: expect.stringContaining("Das ist zu viel Text"),
    });
  });
});

describe("an invitation that has expired", () => {
  test("is not reminded of, and its page says so", async () => {
    const survey = await publish();
    const made = await ask(survey.id, ["expired@mail.example"], { expiresAfterDays: 1, reminders: { count: 1, afterDays: 2 } });
    await until(made, [{ state: "sent", step: 1, nextAt: at("2040-01-04T10:00:00Z") }]);

    goTo("2040-01-04T10:00:01Z");
    await until(made, [{ state: "sent", step: 1, nextAt: null }]);

    expect(await installation.nobody.ask("GET", await linkOf(made))).toMatchObject({ status: 410, text: expect.stringContaining("This link has ended") });
    expect(await confirm(installation, `${await linkOf(made)}?q=nps&a=9`)).toMatchObject({ status: 303 });
    expect((await manager.ask("GET", `/api/responses?surveyId=${survey.id}&state=partial`)).body).toMatchObject({ items: [] });
  });
});

describe("the contact policy", () => {
  test("makes people wait for the end of quiet hours, and keeps surveys apart", async () => {
    await setPolicy(organisation, { quietHours: { from: "20:00", to: "08:00", days: [], channels: ["email"] } });
    goTo("2040-01-02T21:00:00Z");
    const made = await ask((await publish()).id, ["quiet@mail.example"]);
    await until(made, [{ state: "planned", nextAt: at("2040-01-03T08:00:00Z") }]);

    goTo("2040-01-03T08:00:00Z");
    await until(made, [{ state: "sent" }]);
    const other = await ask((await publish()).id, ["quiet@mail.example"]);
    await until(other, [{ state: "not_asked", reason: "too_soon_any", nextAt: null }]);
  });

  test("never asks those who are held out, whatever the survey", async () => {
    await setPolicy(organisation, { holdOutPercent: 50, betweenDays: 0 });
    const people = Array.from({ length: 16 }, (_, place) => `held${place}@mail.example`);
    await know(people.map((email) => ({ email })));
    const heldOut = async (): Promise<string[]> => {
      const made = await ask((await publish()).id, people);
      await until(made, people.map(() => ({ nextAt: null })));
      const rows = await rowsOf(made);
      expect(rows.filter(({ state, reason }) => state === "sent" || reason === "held_out")).toHaveLength(people.length);
      return rows.filter(({ reason }) => reason === "held_out").map(({ email }) => email);
    };

    const first = await heldOut();

    expect(first).not.toEqual([]);
    expect(await heldOut()).toEqual(first);
  });

  test("has in its ledger also those who were never put before it", async () => {
    const survey = await publish("Never put before it");
    const phoneOnly = await ask(survey.id, ["+4915112345678"], { channel: "email" });
    await until(phoneOnly, [{ state: "not_asked", reason: "no_address" }]);
    const ledger = await installation.services.db.query<{ reason: string }>("select reason from customers.contact_ledger where reference_id = $1 and decision = 'not_asked'", [survey.id]);
    expect(ledger.rows).toEqual([{ reason: "no_address" }]);
  });

  test("makes those with a complaint wait for its end, in the hours of the distribution where they live", async () => {
    const [customerId = ""] = await know([{ email: "angry@mail.example", timezone: "America/New_York" }]);
    const blocked = { workspaceId: organisation.workspaceId, customerId, reason: "complaint", reference: { type: "case", id: "1" }, from: clock.at };
    await transaction(installation.services.db, (tx) => blockContact(tx, { ...blocked, until: at("2040-01-04T20:00:00Z") }));
    goTo("2040-01-02T12:00:00Z");
    const made = await ask((await publish()).id, ["angry@mail.example"], { drip: { perDay: 10 } });
    await until(made, [{ state: "planned", nextAt: at("2040-01-05T10:00:00Z") }]);

    goTo("2040-01-05T10:00:00Z");
    await until(made, [{ state: "sent" }]);
    await transaction(installation.services.db, (tx) => blockContact(tx, { ...blocked, until: null }));
    await setPolicy(organisation, { betweenDays: 0 });
    const other = await ask((await publish()).id, ["angry@mail.example"]);
    await until(other, [{ state: "not_asked", reason: "open_complaint" }]);
  });

  test("lets the survey about the relationship go first, as long as it is to come", async () => {
    await know([{ email: "both@mail.example" }]);
    await setPolicy(organisation, { betweenDays: 0 });
    const relationship = await publish("How we stand");
    const settings = { kind: "relationship", schedule: { kind: "at", at: "2040-01-08T10:00:00Z" } };
    const coming = await ask(relationship.id, ["both@mail.example"], settings);
    await until(coming, []);
    await told(relationship, 1);

    const before = await ask((await publish()).id, ["both@mail.example"]);
    await until(before, [{ state: "not_asked", reason: "relationship_first" }]);

    expect((await manager.ask("POST", `/api/distributions/${coming.id}/pause`)).status).toBe(200);
    const meanwhile = await ask((await publish()).id, ["both@mail.example"]);
    await until(meanwhile, [{ state: "sent" }]);

    await startDistribution(manager, coming.id);
    goTo("2040-01-08T09:00:00Z");
    await until(coming, []);
    await told(relationship, 1);
    const again = await ask((await publish()).id, ["both@mail.example"]);
    await until(again, [{ state: "not_asked", reason: "relationship_first" }]);
    goTo("2040-01-08T10:00:00Z");
    await until(coming, [{ state: "sent" }]);
  });

  test("waits no longer for a survey that is not coming to a person after all", async () => {
    await know([{ email: "recent@mail.example" }]);
    await setPolicy(organisation, { betweenDays: 0 });
    const relationship = await publish();
    await until(await ask(relationship.id, ["recent@mail.example"], { kind: "relationship" }), [{ state: "sent" }]);
    const again = await ask(relationship.id, ["recent@mail.example"], { kind: "relationship", schedule: { kind: "at", at: "2040-01-03T10:00:00Z" } });
    await until(again, []);
    await told(relationship, 1);

    goTo("2040-01-03T10:00:00Z");
    await until(again, [{ state: "not_asked", reason: "too_soon_survey" }]);

    await until(await ask((await publish()).id, ["recent@mail.example"]), [{ state: "sent" }]);
  });

  test("knows of invitations that a drip plans for later, also after a pause", async () => {
    await know([{ email: "drip-a@mail.example" }, { email: "drip-b@mail.example" }]);
    await setPolicy(organisation, { betweenDays: 0 });
    const survey = await publish();
    const dripping = await ask(survey.id, ["drip-a@mail.example", "drip-b@mail.example"], { kind: "relationship", drip: { perDay: 1 } });
    await until(dripping, [{ nextAt: at("2040-01-03T05:00:00Z") }, { nextAt: at("2040-01-04T05:00:00Z") }]);
    await until(await ask((await publish()).id, ["drip-b@mail.example"]), [{ state: "not_asked", reason: "relationship_first" }]);

    await manager.ask("POST", `/api/distributions/${dripping.id}/pause`);
    await told(survey, 0);
    await startDistribution(manager, dripping.id);
    await told(survey, 2);

    await until(await ask((await publish()).id, ["drip-a@mail.example"]), [{ state: "not_asked", reason: "relationship_first" }]);
    await manager.ask("POST", `/api/distributions/${dripping.id}/stop`);
    await until(await ask((await publish()).id, ["drip-a@mail.example"]), [{ state: "sent" }]);
  });
});

describe("times of a distribution", () => {
  test("spread a drip over mornings, and keep to them when it falls behind", async () => {
    const people = ["a", "b", "c"].map((name) => `${name}-morning@mail.example`);
    const made = await ask((await publish()).id, people, { drip: { perDay: 2 } });
    await until(made, [{ nextAt: at("2040-01-03T05:00:00Z") }, { nextAt: at("2040-01-03T07:30:00Z") }, { nextAt: at("2040-01-04T05:00:00Z") }]);

    goTo("2040-01-03T05:00:00Z");
    await until(made, [{ state: "sent" }, { state: "planned" }, { state: "planned" }]);
    goTo("2040-01-03T23:00:00Z");
    await until(made, [{ state: "sent" }, { state: "planned", nextAt: at("2040-01-04T05:00:00Z") }, { state: "planned" }]);
    goTo("2040-01-04T05:00:00Z");
    await until(made, [{ state: "sent" }, { state: "sent" }, { state: "sent" }]);
  });

  test("ask in every wave of a schedule anew", async () => {
    await setPolicy(organisation, { betweenDays: 0, transactionalDays: 0 });
    const made = await ask((await publish()).id, ["weekly@mail.example"], { schedule: { kind: "recurring", startsAt: MONDAY, every: 1, unit: "week" } });
    await until(made, [{ wave: 1, state: "sent" }]);

    goTo("2040-01-09T10:00:00Z");

    await until(made, [{ wave: 1, state: "sent" }, { wave: 2, state: "sent" }]);
    expect((await manager.ask("GET", `/api/distributions/${made.id}`)).body).toMatchObject({ state: "running", wave: 2, nextWaveAt: "2040-01-16T10:00:00.000Z" });
  });

  test("wait after what triggers, and then for business hours where the person lives", async () => {
    await know([{ email: "tokyo@mail.example", timezone: "Asia/Tokyo" }]);
    const schedule = { kind: "triggered", interaction: "Parcel Delivered", delayMinutes: 60, businessHours: {} };
    const made = await ask((await publish()).id, [], { schedule });
    await installation.nobody.ask("POST", "/v1/track", { userId: "tokyo@mail.example", event: "Parcel Delivered", messageId: "parcel", timestamp: MONDAY }, { authorization });
    await until(made, [{ state: "planned", nextAt: at("2040-01-02T11:00:00Z") }]);

    goTo("2040-01-02T11:00:01Z");
    await until(made, [{ state: "planned", nextAt: at("2040-01-03T00:00:00Z") }]);
    goTo("2040-01-03T00:00:00Z");
    await until(made, [{ state: "sent", email: "tokyo@mail.example" }]);
  });
});

describe("at the same time", () => {
  test("a pause is answered once nothing can leave any more", async () => {
    const { db } = installation.services;
    const countMails = async (): Promise<number> => (await db.query("select from platform.mails where recipient = 'paused@mail.example'")).rows.length;
    const waiting = async (): Promise<number> => (await db.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rows.length;
    const survey = await publish();
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: ["paused@mail.example"] });
    let isAnswered = false;
    const pausing = await transaction(db, async (tx) => {
      await tx.query("lock table platform.mails in share mode");
      await startDistribution(manager, made.id);
      await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), { timeout: 20_000, interval: 20 });
      const before = await waiting();
      const answer = manager.ask("POST", `/api/distributions/${made.id}/pause`).then(async () => {
        isAnswered = true;
        return countMails();
      });
      await vi.waitFor(async () => expect(isAnswered || (await waiting()) > before).toBe(true), { timeout: 20_000, interval: 20 });
      return { answer };
    });

    const countAtAnswer = await pausing.answer;

    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 20_000, interval: 20 });
    expect(await countMails()).toBe(countAtAnswer);
  });

  test("whoever plans people or notes deliveries locks in the order of all others", async () => {
    const { services, services: { db } } = installation;
    const waiting = async (): Promise<number> => (await db.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rows.length;
    const made = await ask((await publish()).id, ["first@mail.example", "last@mail.example"], { reminders: { count: 1, afterDays: 3 } });
    await until(made, [{ state: "sent" }, { state: "sent" }]);
    const { rows } = await db.query<{ id: string; mailId: string }>(
      "update feedback.invitations set delivered_at = null where distribution_id = $1 returning id, mail_id as \"mailId\"", [made.id]);
    const [last, first] = rows.toSorted((one, other) => (one.id < other.id ? 1 : -1)).map((row) => ({ ...row, at: clock.at }));
    if (first === undefined || last === undefined) throw new Error("There are no invitations.");

    const work = await transaction(db, async (tx) => {
      await lockDistribution(tx, organisation.workspaceId, made.id);
      await tx.query("select from feedback.invitations where id = $1 for update", [last.id]);
      await db.query("insert into feedback.distribution_waves (workspace_id, distribution_id, number, begins_at, people) values ($1, $2, 9, now(), 0)", [organisation.workspaceId, made.id]);
      const before = await waiting();
      const both = Promise.all([markDelivered(db, [last, first]), planPage(services, organisation.workspaceId, made.id)]);
      await vi.waitFor(async () => expect(await waiting()).toBeGreaterThanOrEqual(before + 2), { timeout: 20_000, interval: 20 });
      const free = await db.query("select id from feedback.invitations where id = $1 for update skip locked", [first.id]);
      const freeWaves = await db.query("select number from feedback.distribution_waves where distribution_id = $1 and number = 9 for update skip locked", [made.id]);
      return { both, locked: { isFirstLocked: free.rows.length === 0, isWaveLocked: freeWaves.rows.length === 0 } };
    });
    await work.both;

    expect(work.locked).toEqual({ isFirstLocked: true, isWaveLocked: false });
  });

  test("work that is due now is not put off by work that is due later", async () => {
    const survey = await publish();
    const made = await makeDistribution(manager, { surveyId: survey.id, addresses: ["irrelevant@mail.example"] });
    const row = { workspaceId: organisation.workspaceId, id: made.id };
    const inMinutes = (minutes: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60_000);

    const due = await transaction(installation.services.db, async (tx) => {
      const times: number[] = [];
      for (const minutes of [60, 120, 30, 90]) {
        await enqueueWork(tx, row, inMinutes(minutes));
        const { rows } = await tx.query<{ runAt: Date }>("select run_at as \"runAt\" from graphile_worker._private_jobs where key = $1", [`distribution ${made.id}`]);
        times.push(...rows.map(({ runAt }) => Math.round((runAt.getTime() - Date.now()) / 60_000)));
      }
      return times;
    });

    expect(due).toEqual([60, 60, 30, 30]);
  });

  test("of two answers by links of one mail the later one stands", async () => {
    const survey = await publish();
    const made = await ask(survey.id, ["twice@mail.example"]);
    await until(made, [{ state: "sent" }]);
    const token = (await linkOf(made)).replace("/i/", "");
    const both = [await openInvitation(installation.services, token, []), await openInvitation(installation.services, token, [])];

    for (const [place, opened] of both.entries()) if (opened !== null) await confirmAnswer(installation.services, opened, { questionId: "nps", value: place === 0 ? "3" : "9" });

    const { rows } = await installation.services.db.query<{ number: number }>(
      "select answer.number from feedback.answers answer join feedback.responses response on response.id = answer.response_id where response.survey_id = $1", [survey.id]);
    expect(rows).toEqual([{ number: 9 }]);
  });
});
