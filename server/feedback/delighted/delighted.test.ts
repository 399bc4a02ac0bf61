// The real client, with nothing changed but where it asks.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeMailServer } from "../../platform/mail/smtp.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { awaitMail, setPolicy } from "../distributions/distributions.make.ts";

type Item = Record<string, unknown> & { id: string; save: () => Promise<Item> };
type Resource = {
  create: (given: unknown) => Promise<Item>; all: (params?: unknown) => Promise<Item[]>; retrieve: (id?: unknown, params?: unknown) => Promise<Item>; delete: (by: unknown) => Promise<Item>;
  deletePending: (given: unknown) => Promise<Item>; list: (params?: unknown) => { autoPagingEach: (each: (item: Item) => void, options?: unknown) => Promise<void> };
};
type Delighted = Record<"person" | "surveyRequest" | "surveyResponse" | "metrics" | "unsubscribe" | "bounce" | "autopilotConfiguration", Resource> & {
  autopilotMembership: { forEmail: () => Resource; forSms: () => Resource };
};
const clientFor: (key: string, options: Record<string, unknown>) => Delighted = createRequire(import.meta.url)("delighted");

// Fewer than usual, which are asked in a moment; no other test here asks as often with one key.
const LIMIT_PER_MINUTE = 240;
const EVERYTHING = ["responses.read", "responses.work", "responses.correct", "distributions.write"];
let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let delighted: Delighted;

beforeAll(async () => {
  server = await makeMailServer();
  installation = await makeInstallation({ listen: true, environment: { SMTP_URL: server.url, RATE_LIMIT_FACTOR: String(LIMIT_PER_MINUTE / 600) } });
  organisation = await installation.makeOrganisation("Corner Shop");
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
  delighted = await connect({});
});
afterAll(async () => {
  await installation.stop();
  await server.stop();
});

const connect = async (options: Record<string, unknown>, key?: string): Promise<Delighted> => {
  const { hostname, port } = new URL(installation.address);
  return clientFor(key ?? (await installation.makeApiKey(organisation, EVERYTHING)), { host: hostname, port, scheme: "http", ...options });
};

const ask = (method: "GET" | "POST" | "PUT", path: string, given: { key: string; accept?: string; body?: unknown }) =>
  installation.nobody.ask(method, path, given.body, { authorization: `Basic ${btoa(`${given.key}:`)}`, ...(given.accept === undefined ? {} : { accept: given.accept }) });

describe("the npm client of Delighted", () => {
  test("creates a person, who is asked by mail", async () => {
    const person = await delighted.person.create({ email: "Ada@Example.com", name: "Ada", properties: { plan: "gold" } });

    expect(person).toMatchObject({ id: expect.stringMatching(/^\d+$/), email: "ada@example.com", name: "Ada", survey_scheduled_at: expect.any(Number) });
    expect(await awaitMail(server, "ada@example.com")).toMatchObject({ html: expect.stringContaining("How likely are you to recommend us") });
    await vi.waitFor(async () => expect((await organisation.manager.ask("GET", "/api/customers?search=Ada")).text).toContain("Ada"), { timeout: 15_000 });
  });

  test("creates a person again under the same number, and one who is not asked", async () => {
    const [one, two] = [await delighted.person.create({ email: "bob@example.com", send: false }), await delighted.person.create({ email: "bob@example.com", name: "Bob", send: "false" })];

    expect(two.id).toBe(one.id);
    expect(two).toMatchObject({ name: "Bob", survey_scheduled_at: null });
    expect(await delighted.person.retrieve(one.id)).toMatchObject({ email: "bob@example.com" });
    expect(server.received.some(({ to }) => to.includes("bob@example.com"))).toBe(false);
  });

  test("is told what is wrong with a person", async () => {
    await expect(delighted.person.create({ name: "Nobody" })).rejects.toMatchObject({ type: "ResourceValidationError", message: expect.stringContaining("email") });
    await expect(delighted.person.create({ email: "no address" })).rejects.toMatchObject({ type: "ResourceValidationError" });
  });

  test("lists people page by page, each once", async () => {
    for (let count = 0; count < 5; count += 1) await delighted.person.create({ email: `page${count}@example.com`, send: false });
    const seen: string[] = [];

    await delighted.person.list({ per_page: 2 }).autoPagingEach((person) => void seen.push(String(person["email"])));

    expect(seen.filter((email) => email.startsWith("page"))).toEqual([0, 1, 2, 3, 4].map((count) => `page${count}@example.com`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("deletes people by number, address and phone number", async () => {
    const { id } = await delighted.person.create({ email: "one@example.com", send: false });
    await delighted.person.create({ email: "two@example.com", send: false });
    await delighted.person.create({ phone_number: "+14155551212", send: false });

    expect(await delighted.person.delete({ id })).toEqual({ ok: true });
    expect(await delighted.person.delete({ email: "two@example.com" })).toEqual({ ok: true });
    expect(await delighted.person.delete({ phone_number: "+14155551212" })).toEqual({ ok: true });
    await expect(delighted.person.retrieve(id)).rejects.toBeDefined();
  });

  test("takes back what was planned", async () => {
    await delighted.person.create({ email: "later@example.com", delay: 3600 });

    expect(await delighted.surveyRequest.deletePending({ person_email: "later@example.com" })).toEqual({ ok: true });

    const { rows } = await installation.services.db.query<{ state: string }>("select state from feedback.invitations where email = 'later@example.com'");
    expect(rows).toEqual([{ state: "cancelled" }]);
  });

  test("brings, reads, changes and lists responses", async () => {
    const { id: person } = await delighted.person.create({ email: "answers@example.com", name: "Ann", send: false });
    const created = await delighted.surveyResponse.create({ person, score: 10, comment: "Loved it", person_properties: { store: "Oslo" }, created_at: Math.floor(Date.now() / 1000) - 86_400 });

    expect(created).toMatchObject({ person, survey_type: "nps", score: 10, comment: "Loved it", person_properties: { store: "Oslo" }, tags: [], notes: [] });
    expect(Number(created["created_at"])).toBeLessThan(Date.now() / 1000 - 80_000);
    expect(await delighted.surveyResponse.retrieve(created.id, { "expand[]": "person" })).toMatchObject({ person: { id: person, email: "answers@example.com", name: "Ann" } });
    Object.assign(created, { score: 3, comment: "Changed my mind", tags: ["Late", "Rude"] });
    const changed = await created.save();
    expect(changed).toMatchObject({ id: created.id, score: 3, comment: "Changed my mind", tags: ["Late", "Rude"] });
    expect(await delighted.surveyResponse.all({ person_email: "answers@example.com", order: "desc" })).toMatchObject([{ id: created.id, score: 3 }]);
    expect(await delighted.surveyResponse.all({ per_page: 1, page: 50 })).toEqual([]);
    expect((await organisation.manager.ask("GET", `/api/responses/${created.id}`)).body).toMatchObject({ subject: "email:answers@example.com", channel: "api" });
    await expect(delighted.surveyResponse.create({ person, score: 11 })).rejects.toMatchObject({ type: "ResourceValidationError" });
  });

  test("reads metrics as rounded numbers", async () => {
    const { id: person } = await delighted.person.create({ email: "metrics@example.com", send: false });
    const before = await delighted.metrics.retrieve();
    await delighted.surveyResponse.create({ person, score: 9 });
    await delighted.surveyResponse.create({ person, score: 8 });

    const after = await delighted.metrics.retrieve();

    expect(Number(after["response_count"])).toBe(Number(before["response_count"]) + 2);
    expect(Number(after["promoter_count"])).toBe(Number(before["promoter_count"]) + 1);
    expect(Number(after["passive_count"])).toBe(Number(before["passive_count"]) + 1);
    expect(after["nps"]).toBe(Math.round((100 * (Number(after["promoter_count"]) - Number(after["detractor_count"]))) / Number(after["response_count"])));
    expect(await delighted.metrics.retrieve({ since: new Date("2001-01-01"), until: new Date("2001-01-02") })).toMatchObject({ nps: null, response_count: 0 });
  });

  test("unsubscribes people, who are not asked any more, and lists them and those whose mail came back", async () => {
    expect(await delighted.unsubscribe.create({ person_email: "stop@example.com" })).toMatchObject({ ok: true });
    await delighted.person.create({ email: "stop@example.com" });

    expect(await delighted.unsubscribe.all()).toMatchObject([{ person_id: expect.any(String), email: "stop@example.com", unsubscribed_at: expect.any(Number) }]);
    await vi.waitFor(async () => {
      const { rows } = await installation.services.db.query<{ reason: string }>("select reason from feedback.invitations where email = 'stop@example.com'");
      expect(rows).toEqual([{ reason: "do_not_contact" }]);
    }, { timeout: 15_000 });
    expect(await delighted.bounce.all()).toEqual([]);
    server.refuse("bounced@example.com", 550);
    const { id } = await delighted.person.create({ email: "bounced@example.com", phone_number: "+4915100000001", name: "Bo" });
    await vi.waitFor(async () => expect(await delighted.bounce.all()).toMatchObject([{ person_id: id, email: "bounced@example.com", name: "Bo", bounced_at: expect.any(Number) }]), { timeout: 15_000, interval: 250 });
  });

  test("keeps autopilots of mail and text message", async () => {
    expect(await delighted.autopilotConfiguration.retrieve("email")).toMatchObject({ platform_id: "email", active: true, frequency: 7_776_000 });
    await delighted.person.create({ email: "pilot@example.com", phone_number: "+14155550000", send: false });
    for (const [membership, by] of [[delighted.autopilotMembership.forEmail(), { person_email: "pilot@example.com" }], [delighted.autopilotMembership.forSms(), { person_phone_number: "+14155550000" }]] as const) {
      expect(await membership.create({ ...by, properties: { plan: "gold" } })).toMatchObject({ person: { email: "pilot@example.com" }, next_survey_request: { properties: { plan: "gold" } } });
      const seen: Item[] = [];
      await membership.list().autoPagingEach((item) => void seen.push(item));
      expect(seen).toMatchObject([{ person: { email: "pilot@example.com" } }]);
      expect(await membership.delete(by)).toMatchObject({ person: { email: "pilot@example.com" } });
    }
    await expect(delighted.autopilotMembership.forEmail().create({ person_email: "unknown@example.com" })).rejects.toMatchObject({ type: "ResourceValidationError" });
  });

  test("may ask under a base of its own", async () => {
    expect(await (await connect({ base: "/delighted/v1" })).metrics.retrieve()).toMatchObject({ response_count: expect.any(Number) });
  });

  test("is refused without a key, with a wrong one and by another workspace's", async () => {
    const { id } = await delighted.person.create({ email: "mine@example.com", send: false });
    await expect((await connect({}, "fhk_wrong")).metrics.retrieve()).rejects.toMatchObject({ type: "AuthenticationError" });
    const stranger = await installation.makeOrganisation();
    const other = await connect({}, await installation.makeApiKey(stranger, ["responses.read", "distributions.write"]));
    await expect(other.person.retrieve(id)).rejects.toBeDefined();
    await expect(other.person.delete({ id })).rejects.toBeDefined();
    expect(await other.surveyResponse.all()).toEqual([]);
  });

  test("reads without making anything; the first two writes at once make one survey to ask with", async () => {
    const other = await installation.makeOrganisation();
    const client = await connect({}, await installation.makeApiKey(other, EVERYTHING));
    const made = async () => [(await other.owner.ask("GET", "/api/surveys")).body, (await other.owner.ask("GET", "/api/distributions")).body].map((list) => Reflect.get(Object(list), "items").length);

    expect(await client.metrics.retrieve()).toMatchObject({ nps: null, response_count: 0 });
    expect(await client.surveyResponse.all()).toEqual([]);
    await expect(client.surveyResponse.retrieve(crypto.randomUUID())).rejects.toBeDefined();
    expect(await made()).toEqual([0, 0]);

    await Promise.all([1, 2, 3].map((count) => client.person.create({ email: `first${count}@example.com`, send: false })));
    expect(await made()).toEqual([1, 1]);
  });

  test("changes with a key only what members with its abilities may", async () => {
    const { id: person } = await delighted.person.create({ email: "rights@example.com", send: false });
    const { id } = await delighted.surveyResponse.create({ person, score: 10 });
    const change = async (abilities: readonly string[], body: Record<string, unknown>) => (await ask("PUT", `/v1/survey_responses/${id}`, { key: await installation.makeApiKey(organisation, abilities), body })).status;
    const writing = ["responses.read", "distributions.write"];

    expect(await change(writing, { score: 1 })).toBe(401);
    expect(await change(writing, { comment: "x" })).toBe(401);
    expect(await change([...writing, "responses.correct"], { tags: ["x"] })).toBe(401);
    expect((await ask("POST", "/v1/survey_responses", { key: await installation.makeApiKey(organisation, writing), body: { person, score: 1, tags: ["x"] } })).status).toBe(401);
    expect(await change(writing, { person_properties: { plan: "gold" } })).toBe(200);
    expect(await delighted.surveyResponse.retrieve(id)).toMatchObject({ score: 10, comment: null, tags: [] });
    expect(await change([...writing, "responses.work"], { tags: ["x"] })).toBe(200);
  });
});

describe("other programs of Delighted", () => {
  test("are told that a body cannot be read", async () => {
    const key = await installation.makeApiKey(organisation, EVERYTHING);
    const send = (body: string) => fetch(new URL("/v1/people", installation.address), { method: "POST", headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" }, body });

    expect((await send("{not json")).status).toBe(400);
    expect((await send(`"${"x".repeat(2_000_000)}"`)).status).toBe(413);
  });

  test("may end addresses with .json and are told what they may not ask for", async () => {
    const key = await installation.makeApiKey(organisation, EVERYTHING);
    const { id } = await delighted.person.create({ email: "dots@mail.json", send: false });

    expect(await ask("GET", "/v1/metrics.json", { key })).toMatchObject({ status: 200, body: { response_count: expect.any(Number) } });
    expect(await ask("GET", `/v1/people/${id}.json`, { key })).toMatchObject({ status: 200, body: { id } });
    expect(await ask("GET", "/v1/people/email:dots@mail.json", { key })).toMatchObject({ status: 200, body: { id } });
    expect(await ask("GET", "/v1/metrics", { key, accept: "application/xml" })).toMatchObject({ status: 406, body: { status: 406, message: "Only JSON is supported." } });
  });

  test("that ask too often are told when to come again", async () => {
    const key = await installation.makeApiKey(organisation, EVERYTHING);
    // Some more than may be asked: while they are asked the next ones become free.
    const replies = await Promise.all(Array.from({ length: LIMIT_PER_MINUTE * 1.25 }, () => ask("GET", "/v1/autopilot/email", { key })));

    const [refused, ...others] = replies.filter(({ status }) => status !== 200);

    expect(replies.length - others.length - 1).toBeGreaterThanOrEqual(LIMIT_PER_MINUTE);
    expect(refused).toMatchObject({ status: 429, body: { status: 429 }, headers: { "retry-after": expect.stringMatching(/^[1-9]\d?$/) } });
  });
});
