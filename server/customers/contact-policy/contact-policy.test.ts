import { z } from "zod";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId, transaction } from "#platform/db";
import { page } from "#platform/http";
import { askToContact, blockContact, planContacts, recordAnswered, recordConsent, stopContact, unblockContact, type ContactDecision, type ContactRequest } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages, type MessageGiven } from "../customers.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { customerRow } from "../profiles/profiles.contract.ts";
import { defaultPolicy } from "./contact-policy.rules.ts";
import { contactStanding, ledgerEntry, type ContactPolicy, type LedgerEntry } from "./policy.contract.ts";

const now = new Date("2026-06-10T12:00:00Z");
const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);

let installation: Installation;
let organisation: Organisation;
let member: Client;
let stranger: Organisation;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => now } });
  stranger = await installation.makeOrganisation();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.manager;
});
afterAll(() => installation.stop());

const say = async (...given: MessageGiven[]): Promise<void> => {
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, given));
  await installation.settle();
};
const known = (userId: string, traits: Record<string, unknown> = {}): MessageGiven => ({ at: 1, type: "identify", userId, traits: { name: userId, ...traits } });
const idOf = async (name: string): Promise<string> =>
  page(customerRow).parse((await member.ask("GET", `/api/customers?search=${encodeURIComponent(name)}`)).body).items.find((one) => one.name === name)?.id ?? "";
const ask = (given: Partial<ContactRequest> = {}): Promise<ContactDecision> =>
  transaction(installation.services.db, (tx) =>
    askToContact(tx, {
      workspaceId: organisation.workspaceId, customerId: null, address: null, channel: "email", purpose: "survey", kind: "transactional",
      reference: { type: "survey", id: newId() }, isReminder: false, at: now, key: newId(), ...given,
    }));
const inTransaction = <Result>(work: Parameters<typeof transaction<Result>>[1]): Promise<Result> => transaction(installation.services.db, work);
const change = (policy: Partial<ContactPolicy>, who = member) => who.ask("PUT", "/api/contact-policy", { ...defaultPolicy, ...policy });
const ledger = async (query = "", who = member): Promise<LedgerEntry[]> => page(ledgerEntry).parse((await who.ask("GET", `/api/contact-ledger${query}`)).body).items;
const standing = async (customerId: string) => contactStanding.parse((await member.ask("GET", `/api/customers/${customerId}/contact`)).body);
const outcome = (decision: ContactDecision): string => (decision.decision === "asked" ? "asked" : decision.reason);

describe("the policy", () => {
  test("is what we propose until somebody changes it, and then what was saved", async () => {
    expect((await member.ask("GET", "/api/contact-policy")).body).toEqual({ policy: defaultPolicy, changedAt: null, timeZone: "UTC" });

    expect((await change({ betweenDays: 7, caps: [] })).status).toBe(200);

    expect((await member.ask("GET", "/api/contact-policy")).body).toMatchObject({ policy: { betweenDays: 7, caps: [] }, changedAt: now.toISOString() });
    expect((await stranger.manager.ask("GET", "/api/contact-policy")).body).toMatchObject({ policy: defaultPolicy });
  });

  test.each([
    ["every day quiet", { quietHours: { from: "20:00", to: "08:00", days: [1, 2, 3, 4, 5, 6, 7], channels: [] } }],
    ["a time that is none", { quietHours: { from: "25:00", to: "08:00", days: [], channels: [] } }],
    ["less than nothing", { betweenDays: -1 }],
    ["more held out than half", { holdOutPercent: 51 }],
    ["a cap of nothing", { caps: [{ contacts: 0, days: 5 }] }],
  ])("refuses %s", async (_, policy) => {
    expect((await change(policy)).body).toMatchObject({ error: { code: "invalid_input" } });
  });

  test("is changed by managers, not by agents", async () => {
    expect((await change({}, organisation.agent)).status).toBe(403);
    expect((await change({}, organisation.manager)).status).toBe(200);
  });
});

describe("asking", () => {
  test("writes down that somebody was asked, and then why not again", async () => {
    await say(known("ada", { email: "ada@example.com" }));
    const customerId = await idOf("ada");
    const reference = { type: "survey", id: "s1", label: "After purchase" };

    expect(await ask({ customerId, reference, at: daysAgo(3), address: "Ada@Example.com" })).toEqual({ decision: "asked", rule: null });
    expect(await ask({ customerId, channel: "text", reference: { type: "survey", id: "s2" } })).toMatchObject({
      decision: "not_asked", reason: "too_soon_any", rule: "between:30", until: new Date(daysAgo(3).getTime() + 30 * DAY_MS), lastAt: daysAgo(3), lastChannel: "email",
    });

    expect(await ledger(`?customerId=${customerId}`)).toMatchObject([
      { customerName: "ada", channel: "text", decision: "not_asked", reason: "too_soon_any", rule: "between:30", lastAt: daysAgo(3).toISOString(), lastChannel: "email" },
      { customerName: "ada", channel: "email", decision: "asked", reason: null, reference },
    ]);
  });

  test("with the same key gets the same decision and counts once", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");

    expect(outcome(await ask({ customerId, key: "one" }))).toBe("asked");
    expect(outcome(await ask({ customerId, key: "one" }))).toBe("asked");
    expect(outcome(await ask({ customerId, key: "two" }))).toBe("too_soon_any");
    expect(await ask({ customerId, key: "two" })).toMatchObject({ reason: "too_soon_any", rule: "between:30" });
    expect(await ledger()).toHaveLength(2);
  });

  test("without a decision to keep writes nothing", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");

    expect(outcome(await ask({ customerId, dryRun: true }))).toBe("asked");
    expect(outcome(await ask({ customerId, dryRun: true }))).toBe("asked");
    expect(await ledger()).toEqual([]);
  });

  test("of many at once lets one through", async () => {
    await say(known("ada", { email: "ada@example.com" }));
    const customerId = await idOf("ada");

    const decisions = await Promise.all([
      ...Array.from({ length: 10 }, () => ask({ customerId })),
      ...Array.from({ length: 5 }, () => ask({ address: "ada@example.com", channel: "email" })),
      ...Array.from({ length: 5 }, () => ask({ address: "new@example.com" })),
    ]);

    expect(decisions.slice(0, 15).map(outcome).sort()).toEqual(["asked", ...Array<string>(14).fill("too_soon_any")]);
    expect(decisions.slice(15).map(outcome).sort()).toEqual(["asked", ...Array<string>(4).fill("too_soon_any")]);
  });

  test("of the same key at once decides once", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");

    const decisions = await Promise.all(Array.from({ length: 8 }, () => ask({ customerId, key: "same" })));

    expect(decisions.map(outcome)).toEqual(Array<string>(8).fill("asked"));
    expect(await ledger()).toHaveLength(1);
  });

  test("gives the place back when the contact is not made", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");
    const failed = inTransaction(async (tx) => {
      await askToContact(tx, { workspaceId: organisation.workspaceId, customerId, address: null, channel: "email", purpose: "survey", kind: "transactional", reference: { type: "survey", id: "x" }, isReminder: false, at: now, key: "k" });
      throw new Error("irrelevant");
    });

    await expect(failed).rejects.toThrow("irrelevant");
    expect(outcome(await ask({ customerId, key: "k" }))).toBe("asked");
  });

  test("waits for the morning where the customer lives, else where the workspace is", async () => {
    await say(known("ada", { timezone: "Asia/Tokyo" }), known("bob"), known("cleo", { time_zone: "Mars/Olympus" }));

    expect(await ask({ customerId: await idOf("ada") })).toMatchObject({ reason: "quiet_hours", rule: "quiet:Asia/Tokyo", until: new Date("2026-06-10T23:00:00Z") });
    expect(outcome(await ask({ customerId: await idOf("bob") }))).toBe("asked");
    expect(outcome(await ask({ customerId: await idOf("cleo") }))).toBe("asked");
    expect(await standing(await idOf("ada"))).toMatchObject({ decision: "not_asked", reason: "quiet_hours", timeZone: "Asia/Tokyo" });
  });

  test("keeps distance after an answer given unasked, and notes the answer of who was asked", async () => {
    await say(known("ada"), known("bob"));
    const [ada, bob] = [await idOf("ada"), await idOf("bob")];
    const reference = { type: "survey", id: "s1" };
    await ask({ customerId: bob, reference, at: daysAgo(40) });

    await inTransaction(async (tx) => {
      for (const customerId of [ada, ada, bob]) await recordAnswered(tx, { workspaceId: organisation.workspaceId, customerId, address: null, channel: "web", reference, at: daysAgo(2) });
    });

    expect(outcome(await ask({ customerId: ada, reference }))).toBe("too_soon_survey");
    expect(outcome(await ask({ customerId: ada }))).toBe("asked");
    expect(await ledger(`?customerId=${bob}`)).toMatchObject([{ decision: "asked", answeredAt: daysAgo(2).toISOString() }]);
    expect(await ledger(`?decision=answered`)).toHaveLength(1);
  });

  test("lets a planned relationship survey go first, and only until it was asked", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");
    const reference = { type: "survey", id: "nps" };
    await inTransaction((tx) => planContacts(tx, { workspaceId: organisation.workspaceId, reference, people: [{ customerId, dueAt: new Date(now.getTime() + 5 * DAY_MS) }] }));
    await change({ betweenDays: 0, relationshipFirstDays: 7 });

    expect(outcome(await ask({ customerId }))).toBe("relationship_first");
    expect(outcome(await ask({ customerId, kind: "relationship", reference }))).toBe("asked");
    expect(outcome(await ask({ customerId }))).toBe("asked");
  });
});

describe("do not contact, consent, complaints", () => {
  test("an unsubscribe by address holds for the customer on that channel, however she is asked", async () => {
    await say(known("ada", { email: "ada@example.com" }));
    const customerId = await idOf("ada");
    await inTransaction(async (tx) => {
      const said = { workspaceId: organisation.workspaceId, customerId: null, address: "ADA@example.com", channel: "email" as const, source: "unsubscribe_link", at: daysAgo(1) };
      await stopContact(tx, said);
      await stopContact(tx, said);
    });

    expect(outcome(await ask({ customerId }))).toBe("do_not_contact");
    expect(outcome(await ask({ address: "ada@example.com" }))).toBe("do_not_contact");
    expect(outcome(await ask({ customerId, channel: "text" }))).toBe("asked");
    expect((await standing(customerId)).stops).toMatchObject([{ channel: "email", source: "unsubscribe_link", liftedAt: null }]);
  });

  test("an unsubscribe of nobody known holds once somebody turns out to bear the address", async () => {
    await inTransaction((tx) => stopContact(tx, { workspaceId: organisation.workspaceId, customerId: null, address: "+49 30 123456", channel: "all", source: "call", at: daysAgo(1) }));
    await say(known("ada", { phone: "+4930123456" }));

    expect(outcome(await ask({ customerId: await idOf("ada") }))).toBe("do_not_contact");
  });

  test("a member stops and allows contact, and both are on record", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");

    expect((await organisation.agent.ask("PUT", `/api/customers/${customerId}/contact/stops`, { channel: "all", isStopped: true })).body).toMatchObject({ decision: "not_asked", reason: "do_not_contact" });
    expect((await organisation.agent.ask("PUT", `/api/customers/${customerId}/contact/stops`, { channel: "all", isStopped: false })).body).toMatchObject({ decision: "asked" });
    expect((await standing(customerId)).stops).toMatchObject([{ channel: "all", source: "member", liftedAt: now.toISOString() }]);
    expect((await organisation.viewer.ask("PUT", `/api/customers/${customerId}/contact/stops`, { channel: "all", isStopped: true })).status).toBe(403);
  });

  test("consent counts as said last, per purpose and channel", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");
    await change({ consentNeeded: [{ purpose: "survey", channel: "text" }] });
    const consent = (isGiven: boolean, days: number, channel: "text" | "all" = "text") =>
      inTransaction((tx) => recordConsent(tx, { workspaceId: organisation.workspaceId, customerId, address: null, purpose: "survey", channel, isGiven, source: "form", at: daysAgo(days) }));

    expect(outcome(await ask({ customerId, channel: "text", dryRun: true }))).toBe("consent_missing");
    await consent(true, 9);
    expect(outcome(await ask({ customerId, channel: "text", dryRun: true }))).toBe("asked");
    await consent(false, 5, "all");
    expect(outcome(await ask({ customerId, channel: "text", dryRun: true }))).toBe("consent_withdrawn");
    expect(outcome(await ask({ customerId, channel: "email", dryRun: true }))).toBe("consent_withdrawn");
    expect((await standing(customerId)).consents.map((one) => [one.isGiven, one.channel])).toEqual([[false, "all"], [true, "text"]]);
    expect((await member.ask("POST", `/api/customers/${customerId}/contact/consents`, { purpose: "survey", channel: "text", isGiven: true })).status).toBe(201);
    expect(outcome(await ask({ customerId, channel: "text", dryRun: true }))).toBe("asked");
  });

  test("nobody is asked while a complaint is open", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");
    const block = { workspaceId: organisation.workspaceId, customerId, reason: "complaint", reference: { type: "case", id: "7" }, from: daysAgo(2), until: null };
    await inTransaction((tx) => blockContact(tx, block));

    expect(outcome(await ask({ customerId }))).toBe("open_complaint");
    expect((await standing(customerId)).blocks).toMatchObject([{ reason: "complaint", until: null }]);
    await inTransaction((tx) => unblockContact(tx, { ...block, at: now }));
    expect(outcome(await ask({ customerId }))).toBe("asked");
  });

  test("a member keeps everybody from asking while something is open, and lifts that and nothing else", async () => {
    await say(known("ada"));
    const customerId = await idOf("ada");
    const address = `/api/customers/${customerId}/contact/blocks`;
    await inTransaction((tx) => blockContact(tx, { workspaceId: organisation.workspaceId, customerId, reason: "case 7", reference: { type: "case", id: "7" }, from: daysAgo(2), until: null }));

    expect((await organisation.viewer.ask("PUT", address, { reason: "complaint" })).status).toBe(403);
    expect((await organisation.agent.ask("PUT", address, { reason: "complaint", until: daysAgo(1).toISOString() })).body).toMatchObject({ error: { code: "invalid_input" } });
    expect((await organisation.agent.ask("PUT", address, { reason: "complaint", until: daysAgo(-1).toISOString() })).body).toMatchObject({
      decision: "not_asked", reason: "open_complaint", blocks: [{ reason: "case 7", isByHand: false }, { reason: "complaint", until: daysAgo(-1).toISOString(), isByHand: true }],
    });
    expect((await organisation.agent.ask("DELETE", address)).body).toMatchObject({ reason: "open_complaint", blocks: [{ reason: "case 7" }] });
    await inTransaction((tx) => unblockContact(tx, { workspaceId: organisation.workspaceId, customerId, reference: { type: "case", id: "7" }, at: now }));
    expect(outcome(await ask({ customerId }))).toBe("asked");

    const { rows } = await installation.services.db.query<{ action: string }>(
      "select action from platform.audit_entries where workspace_id = $1 and action like 'customer.contact_%' order by at, id", [organisation.workspaceId]);
    expect(rows.map(({ action }) => action)).toEqual(["customer.contact_blocked", "customer.contact_unblocked"]);
  });

  test("who is held out is never surveyed, always the same ones", async () => {
    await change({ holdOutPercent: 50, betweenDays: 0, caps: [], quietHours: null });
    await say(...Array.from({ length: 24 }, (_, index) => known(`customer-${index}`)));
    const ids = page(customerRow).parse((await member.ask("GET", "/api/customers?limit=100")).body).items.map((one) => one.id);
    const held = async (): Promise<string[]> => {
      const decisions = await Promise.all(ids.map(async (customerId) => ((await ask({ customerId, dryRun: true })).decision === "asked" ? [] : [customerId])));
      return decisions.flat();
    };

    const first = await held();
    expect(first.length).toBeGreaterThan(2);
    expect(first.length).toBeLessThan(22);
    expect(await held()).toEqual(first);
    expect((await standing(first[0] ?? "")).isHeldOut).toBe(true);
  });
});

describe("one customer under several ids", () => {
  test("merged customers share one budget, and have their own again when it is undone", async () => {
    await say(known("ada", { email: "ada@example.com" }), known("bea"));
    const [ada, bea] = [await idOf("ada"), await idOf("bea")];
    await ask({ customerId: ada, at: daysAgo(1), key: "to ada" });
    const merged = await member.ask("POST", `/api/customers/${ada}/merges`, { otherId: bea });
    expect(merged.status).toBe(200);

    for (const customerId of [ada, bea]) expect(outcome(await ask({ customerId, dryRun: true }))).toBe("too_soon_any");
    for (const customerId of [ada, bea]) expect(await ledger(`?customerId=${customerId}`)).toHaveLength(1);

    const links = (await member.ask("GET", `/api/customers/${ada}/links`)).body;
    const claims = z.object({ items: z.array(z.object({ id: z.number(), rule: z.string() })) }).parse(links).items.filter((claim) => claim.rule === "manual");
    expect((await member.ask("POST", `/api/customers/${ada}/links/decisions`, { claimIds: claims.map((claim) => claim.id), decision: "retracted" })).status).toBe(200);

    expect([outcome(await ask({ customerId: ada, dryRun: true })), outcome(await ask({ customerId: bea, dryRun: true }))]).toEqual(["too_soon_any", "asked"]);
  });

  test("who was held out stays so, whoever she is merged with, and who was asked is not held out later", async () => {
    await change({ holdOutPercent: 50, betweenDays: 0, transactionalDays: 0, caps: [], quietHours: null });
    await say(...Array.from({ length: 16 }, (_, index) => known(`customer-${index}`)));
    const people = page(customerRow).parse((await member.ask("GET", "/api/customers?limit=100")).body).items.map(({ id }) => id).sort();
    const outcomes = await Promise.all(people.map(async (customerId) => outcome(await ask({ customerId, dryRun: true }))));
    // The older of the two would put the pair elsewhere than the younger one was told.
    const younger = outcomes.findLastIndex((one, index) => index > 0 && outcomes.slice(0, index).some((other) => other !== one));
    const older = outcomes.findIndex((one) => one !== outcomes[younger]);
    const [first, second] = [people[older] ?? "", people[younger] ?? ""];
    expect(outcome(await ask({ customerId: second, at: daysAgo(3) }))).toBe(outcomes[younger]);

    expect((await member.ask("POST", `/api/customers/${first}/merges`, { otherId: second })).status).toBe(200);

    for (const customerId of [first, second]) expect(outcome(await ask({ customerId }))).toBe(outcomes[younger]);
  });

  test("who was asked as an address is known as asked once the address has a name", async () => {
    await ask({ address: "ada@example.com", at: daysAgo(1) });
    await say(known("ada", { email: "ada@example.com" }));

    expect(outcome(await ask({ customerId: await idOf("ada") }))).toBe("too_soon_any");
  });
});

test("what is kept about contacts is part of what a customer is told", async () => {
  await say(known("ada", { email: "ada@example.com" }));
  const customerId = await idOf("ada");
  await ask({ customerId, reference: { type: "survey", id: "s1", label: "After purchase" } });
  await organisation.agent.ask("PUT", `/api/customers/${customerId}/contact/stops`, { channel: "text", isStopped: true });

  const reply = await member.ask("GET", `/api/customers/${customerId}/export`);

  expect(JSON.parse(reply.text)).toMatchObject({ contact: { stops: [{ channel: "text", source: "member" }], consents: [], decisions: [{ decision: "asked", reference: { label: "After purchase" } }], lists: [] } });
});

describe("an erased customer", () => {
  test("leaves nothing but the hash of the address that must not be written to", async () => {
    await say(known("ada", { email: "ada@example.com" }), known("bob"));
    const [ada, bob] = [await idOf("ada"), await idOf("bob")];
    await ask({ customerId: ada, address: "ada@example.com" });
    await ask({ customerId: bob });
    await inTransaction(async (tx) => {
      await recordConsent(tx, { workspaceId: organisation.workspaceId, customerId: ada, address: null, purpose: "survey", channel: "email", isGiven: true, source: "form", at: daysAgo(1) });
      await stopContact(tx, { workspaceId: organisation.workspaceId, customerId: ada, address: null, channel: "email", source: "member", at: daysAgo(1) });
    });

    expect((await organisation.admin.ask("POST", `/api/customers/${ada}/erasure`, { isConfirmed: true })).status).toBe(200);

    expect((await ledger()).map((entry) => entry.customerName)).toEqual(["bob"]);
    expect(outcome(await ask({ address: "ada@example.com" }))).toBe("do_not_contact");
    expect(outcome(await ask({ address: "ada@example.com", channel: "text" }))).toBe("asked");
    const { rows } = await installation.services.db.query<{ left: number }>(
      `select (select count(*) from customers.contact_consents where workspace_id = $1) + (select count(*) from customers.contact_stops where workspace_id = $1 and customer_id is not null) as left`,
      [organisation.workspaceId],
    );
    expect(rows).toEqual([{ left: 0 }]);
  });
});
