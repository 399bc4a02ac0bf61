// Words and scores that other tools send along with a fact, from the wire to the figures.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation, type Answer, type Installation, type Organisation } from "../../firsthand.make.ts";

let firsthand: Installation;
let organisation: Organisation;
let key: Record<string, string>;
beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  key = { authorization: `Bearer ${await firsthand.makeWriteKey(organisation)}` };
});

const send = (path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> => firsthand.nobody.ask("POST", path, body, { ...key, ...headers });
const track = (properties: object, more: object = {}) => ({ event: "Support chat ended", userId: "ada", timestamp: "2026-06-10T12:00:00Z", properties, ...more });

const said = z.array(z.object({ text: z.string().nullable(), question: z.string().nullable(), sentiment: z.string().nullable(), needs: z.record(z.string(), z.unknown()), channel: z.string().nullable(), touchpoint: z.string().nullable() }));
const listComments = async () => z.object({ items: said }).parse((await organisation.viewer.ask("GET", "/api/comments?from=2026-06-01&to=2026-07-01")).body).items;
const waitForComments = (count: number) => vi.waitFor(async () => {
  const items = await listComments();
  expect(items).toHaveLength(count);
  return items;
}, { timeout: 30_000, interval: 100 });
const readRows = async () => (await firsthand.services.db.query<object>("select kind, value, text, source, channel, subject from customers.perceptions where workspace_id = $1 order by kind", [organisation.workspaceId])).rows;
const countFacts = async (): Promise<number> => (await firsthand.services.db.query("select from customers.interactions where workspace_id = $1", [organisation.workspaceId])).rowCount ?? 0;
const listRefused = async () => z.object({ items: z.array(z.object({ id: z.uuid(), reason: z.string() })) }).parse((await organisation.admin.ask("GET", "/api/dead-letters?state=open")).body).items;

test("what a chat brings is a score in the figures and a comment that is read, at the touchpoint of the fact", async () => {
  const angry = "I am furious. Nobody told me that my order was cancelled, and nobody answers.";
  expect((await send("/v1/track", track({ channel: "chat", touchpoint: "Support chat", feedback: { nps: 2, text: angry } }))).status).toBe(200);

  expect(await waitForComments(1)).toMatchObject([{ text: angry, sentiment: "neg", needs: { INFORM: "neg" }, channel: "chat", touchpoint: "Support chat" }]);
  await firsthand.settle();
  expect((await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-06-01&to=2026-07-01&channel=chat")).body).toMatchObject({ metrics: expect.arrayContaining([expect.objectContaining({ metric: "nps", count: 1, score: -100 })]) });
});

test.each([
  ["a call", "/v1/track", track({ channel: "phone", feedback: { text: "You said it would be there on Monday." } }), {}, "call"],
  ["a mail of a helpdesk's webhook", "/v1/webhook", { event: "Ticket opened", userId: "ada", channel: "email", feedback: { text: "You said it would be there on Monday." } }, {}, "message"],
  ["a CloudEvent", "/v1/cloudevents", { id: "1", specversion: "1.0", source: "/desk", type: "Ticket opened", subject: "user:ada", data: { channel: "chat", feedback: { text: "You said it would be there on Monday." } } }, { "content-type": "application/cloudevents+json" }, "message"],
] as const)("the words of %s are kept with where they came from", async (_, path, body, headers, source) => {
  expect((await send(path, body, headers)).status).toBe(200);
  expect(await readRows()).toMatchObject([{ kind: "comment", text: "You said it would be there on Monday.", source, subject: "user:ada" }]);
});

test("words are read by the question they answer", async () => {
  await send("/v1/track", track({ feedback: { text: "Nothing", question: "What was good about your visit?" } }));
  await send("/v1/track", track({ feedback: { text: "Nothing", question: "What could we do better?" } }));

  expect((await waitForComments(2)).map(({ question, sentiment }) => [question, sentiment]).toSorted()).toEqual([["What could we do better?", "pos"], ["What was good about your visit?", "neg"]]);
});

test("what is sent again is counted once", async () => {
  const message = track({ feedback: { csat: 4, text: "Good" } }, { messageId: randomUUID() });
  await send("/v1/track", message);
  await send("/v1/batch", { batch: [{ ...message, type: "track" }, { ...message, type: "track" }] });
  expect(await readRows()).toMatchObject([{ kind: "comment", text: "Good" }, { kind: "csat", value: 4 }]);
});

test("a score off its scale costs neither its fact nor its neighbours, waits with the reason, and mended it is kept with its fact", async () => {
  const bad = { ...track({ feedback: { nps: 11 } }), type: "track" };
  await send("/v1/batch", { batch: [bad, { ...track({ feedback: { nps: 10 } }), type: "track" }] });
  const [letter] = await listRefused();
  expect([letter?.reason, (await readRows()).length, await countFacts()]).toEqual(["invalid_feedback", 1, 2]);

  const { payload } = z.object({ payload: z.string() }).parse((await organisation.admin.ask("GET", `/api/dead-letters/${letter?.id}`)).body);
  const mended = payload.replace('"nps":11', '"nps":1');
  expect((await organisation.admin.ask("POST", `/api/dead-letters/${letter?.id}/replays`, { payload: mended })).body).toMatchObject({ state: "replayed" });
  expect([(await readRows()).length, await countFacts()]).toEqual([2, 2]);
});

test("an organisation has no feelings about itself", async () => {
  await send("/v1/track", track({ direction: "organisation", feedback: { text: "We did well." } }));
  expect(await listRefused()).toMatchObject([{ reason: "invalid_feedback" }]);
});

test("a fact that the database refuses takes its words with it, and not those of others", async () => {
  const { db } = firsthand.services;
  await db.query("alter table customers.interactions add constraint test_refusal check (name <> 'Refused by the database')");
  await send("/v1/batch", { batch: ["Refused by the database", "Support chat ended"].map((event) => ({ ...track({ feedback: { text: `Said at: ${event}` } }), type: "track", event })) });
  await db.query("alter table customers.interactions drop constraint test_refusal");
  expect(await readRows()).toMatchObject([{ text: "Said at: Support chat ended" }]);
  expect(await listRefused()).toMatchObject([{ reason: "not_storable" }]);
});
