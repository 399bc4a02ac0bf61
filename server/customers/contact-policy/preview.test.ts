import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId, transaction } from "#platform/db";
import { page } from "#platform/http";
import { askToContact, recordNotAsked, type ContactRequest } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages } from "../customers.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { defaultPolicy } from "./contact-policy.rules.ts";
import { previewPolicy } from "./preview.ts";
import { ledgerEntry, policyPreview, type ContactPolicy, type PolicyPreview } from "./policy.contract.ts";

const now = new Date("2026-06-10T12:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

let installation: Installation;
let organisation: Organisation;
let member: Client;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => now } });
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.manager;
});
afterAll(() => installation.stop());

const ask = (address: string, given: Partial<ContactRequest> = {}) =>
  transaction(installation.services.db, (tx) =>
    askToContact(tx, {
      workspaceId: organisation.workspaceId, customerId: null, address, channel: "email", purpose: "survey", kind: "transactional",
      reference: { type: "survey", id: newId() }, isReminder: false, at: now, key: newId(), ...given,
    }));
const preview = async (policy: Partial<ContactPolicy>, days = 30, who = member): Promise<PolicyPreview> =>
  policyPreview.parse((await who.ask("POST", "/api/contact-policy/previews", { policy: { ...defaultPolicy, ...policy }, days })).body);
const outcomes = (list: PolicyPreview["before"]): Record<string, number> => Object.fromEntries(list.map((one) => [one.reason ?? one.decision, one.requests]));

test("a policy is tried on the requests of the past, each decision resting on those it made before", async () => {
  for (const days of [20, 15, 10, 5]) await ask("ada@example.com", { at: daysAgo(days) });
  await ask("bob@example.com", { at: daysAgo(40) });
  await ask("bob@example.com", { at: daysAgo(12) });

  const same = await preview({});
  expect(same).toMatchObject({ requests: 5, customers: 2, changedCount: 0, changed: [] });
  expect(outcomes(same.before)).toEqual({ asked: 1, too_soon_any: 4 });
  expect(outcomes(same.after)).toEqual({ asked: 1, too_soon_any: 4 });

  const looser = await preview({ betweenDays: 10 });
  expect(outcomes(looser.after)).toEqual({ asked: 3, too_soon_any: 2 });
  expect(looser.changedCount).toBe(2);

  const stricter = await preview({ betweenDays: 90 });
  expect(outcomes(stricter.after)).toEqual({ asked: 1, too_soon_any: 4 });
  expect(outcomes((await preview({ caps: [{ contacts: 1, days: 100 }], betweenDays: 0 })).after)).toEqual({ asked: 1, budget_used: 4 });
});

test("who was not asked before any policy was is written down once, and no policy changes that", async () => {
  const what = { workspaceId: organisation.workspaceId, channel: "email", purpose: "survey", kind: "transactional", reference: { type: "survey", id: "s1" }, isReminder: false, at: daysAgo(2), reason: "bounced" } as const;
  for (const _ of [1, 2]) {
    await transaction(installation.services.db, (tx) => recordNotAsked(tx, what, [
      { customerId: null, address: "ada@example.com", key: "1" }, { customerId: null, address: "bob@example.com", key: "2" }, { customerId: newId(), address: null, key: "somebody erased meanwhile" },
    ]));
  }
  expect((await ask("ada@example.com", { at: daysAgo(1) })).decision).toBe("asked");

  const { before, after, changedCount, customers } = await preview({ isOn: false });
  expect([outcomes(before), outcomes(after), changedCount, customers]).toEqual([{ asked: 1, bounced: 2 }, { asked: 1, bounced: 2 }, 0, 2]);
  expect(page(ledgerEntry).parse((await member.ask("GET", "/api/contact-ledger?reason=bounced")).body).items).toHaveLength(2);
});

test("what held for a customer then holds in the replay: night, hold-out", async () => {
  await ask("ada@example.com", { at: new Date("2026-06-08T23:00:00Z") });

  expect(outcomes((await preview({})).before)).toEqual({ quiet_hours: 1 });
  const { after, changed } = await preview({ quietHours: null });
  expect(outcomes(after)).toEqual({ asked: 1 });
  expect(changed).toMatchObject([{ before: { decision: "not_asked", reason: "quiet_hours" }, after: { decision: "asked", reason: null }, customerId: null }]);
});

test("merged customers are one in the replay, and examples bear the name of today", async () => {
  const named = (userId: string) => ({ at: 1, type: "identify" as const, userId, traits: { name: userId } });
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, [named("ada"), named("bea")]));
  await installation.settle();
  const { rows } = await installation.services.db.query<{ id: string }>("select customer_id as id from customers.profiles where workspace_id = $1 order by name", [organisation.workspaceId]);
  const [ada, bea] = [rows[0]?.id ?? "", rows[1]?.id ?? ""];
  await ask("irrelevant@example.com", { customerId: ada, address: null, at: daysAgo(3) });
  await ask("irrelevant@example.com", { customerId: bea, address: null, at: daysAgo(2) });
  expect(outcomes((await preview({})).after)).toEqual({ asked: 2 });

  expect((await member.ask("POST", `/api/customers/${ada}/merges`, { otherId: bea })).status).toBe(200);

  const merged = await preview({});
  expect(outcomes(merged.before)).toEqual({ asked: 2 });
  expect(outcomes(merged.after)).toEqual({ asked: 1, too_soon_any: 1 });
  expect(merged).toMatchObject({ customers: 1, changed: [{ customerName: expect.any(String), before: { decision: "asked" }, after: { reason: "too_soon_any" } }] });
});

test("outcomes of the last days are counted, and another organisation sees none of it", async () => {
  await ask("ada@example.com", { at: daysAgo(2) });
  await ask("ada@example.com", { at: daysAgo(1) });
  const stranger = await installation.makeOrganisation();

  expect((await member.ask("GET", "/api/contact-ledger/outcomes?days=7")).body).toEqual({
    items: [{ decision: "asked", reason: null, requests: 1 }, { decision: "not_asked", reason: "too_soon_any", requests: 1 }],
  });
  expect((await stranger.owner.ask("GET", "/api/contact-ledger/outcomes")).body).toEqual({ items: [] });
  expect(await preview({}, 30, stranger.owner)).toMatchObject({ requests: 0 });
  expect((await stranger.owner.ask("GET", "/api/contact-ledger")).body).toEqual({ items: [], nextCursor: null });
});

test("the ledger is filtered and paged by its whole order", async () => {
  for (const name of ["a", "b", "c", "d", "e"]) await ask(`${name}@example.com`, { at: daysAgo(2) });
  await ask("a@example.com", { at: daysAgo(1) });
  const read = async (query: string): Promise<{ ids: string[]; nextCursor: string | null }> => {
    const { items, nextCursor } = page(ledgerEntry).parse((await member.ask("GET", `/api/contact-ledger${query}`)).body);
    return { ids: items.map((item) => item.id), nextCursor };
  };

  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const part = await read(`?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    seen.push(...part.ids);
    cursor = part.nextCursor;
  }
  expect(new Set(seen).size).toBe(6);
  expect((await read("?decision=not_asked&reason=too_soon_any")).ids).toHaveLength(1);
  expect((await read(`?from=${daysAgo(1.5).toISOString()}`)).ids).toHaveLength(1);
  expect((await read(`?until=${daysAgo(1.5).toISOString()}`)).ids).toHaveLength(5);
  expect((await member.ask("GET", "/api/contact-ledger?cursor=WzEsMl0")).status).toBe(400);
});

test("of very many requests those of some customers are replayed, each with all of hers, and the numbers are estimates", async () => {
  for (let person = 0; person < 24; person += 1) for (const days of [3, 2]) await ask(`customer-${person}@example.com`, { at: daysAgo(days) });

  const { db } = installation.services;
  const estimate = await previewPolicy(db, organisation.workspaceId, { ...defaultPolicy, betweenDays: 0, caps: [] }, { from: daysAgo(30), until: now }, 16);

  expect(estimate).toMatchObject({ every: 3, after: [{ decision: "asked" }] });
  expect(estimate.requests).toBe(estimate.customers * 2);
  expect(estimate.requests).toBeGreaterThan(12);
  expect(estimate.requests).toBeLessThan(120);
  expect(outcomes(estimate.before)).toEqual({ asked: estimate.customers, too_soon_any: estimate.customers });
});
