import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "#platform/db";
import { page } from "#platform/http";
import { countSegment, findContactOf, findSegment, insertPerceptions, isInSegment, listSegmentCustomers } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages, type MessageGiven } from "../customers.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { makePerception } from "../perceptions/perceptions.make.ts";
import { customerRow } from "../profiles/profiles.contract.ts";
import { entriesReport, segment, segmentCustomer, segmentPreview, segmentReasons, type EntriesReport, type SegmentCondition, type SegmentGroup, type SegmentRule } from "./segments.contract.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;
let stranger: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  stranger = await installation.makeOrganisation();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.manager;
});
afterAll(() => installation.stop());

// Minutes since January 2026 of a time so many days before now: rules look back from now.
const ago = (days: number): number => Math.round((Date.now() - days * 86_400_000 - Date.UTC(2026, 0, 1)) / 60_000);
const say = async (...given: MessageGiven[]): Promise<void> => {
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, given));
  await installation.settle();
};
const known = (userId: string, traits: Record<string, unknown> = {}, at = ago(100)): MessageGiven => ({ at, type: "identify", userId, traits: { name: userId, ...traits } });
const did = (userId: string, name: string, days: number, given: Partial<MessageGiven> = {}): MessageGiven => ({ at: ago(days), userId, name, ...given });
const scored = async (userId: string, kind: "nps" | "csat" | "ces", value: number, days: number): Promise<void> => {
  const scale = { nps: [0, 10], csat: [1, 5], ces: [1, 7] }[kind];
  await insertPerceptions(installation.services.db, organisation.workspaceId, [
    makePerception({ id: newId(), subject: `user:${userId}`, kind, value, scaleMin: scale[0] ?? 0, scaleMax: scale[1] ?? 10, at: new Date(Date.now() - days * 86_400_000).toISOString() }),
  ]);
  await installation.settle();
};
const idOf = async (name: string): Promise<string> =>
  page(customerRow).parse((await member.ask("GET", `/api/customers?who=all&search=${encodeURIComponent(name)}`)).body).items.find((one) => one.name === name)?.id ?? "";

const names = async (...conditions: (SegmentCondition | SegmentGroup)[]): Promise<string[]> => namesBy({ match: "all", who: "known", conditions });
const namesBy = async (rule: SegmentRule): Promise<string[]> => {
  const { customers, examples } = segmentPreview.parse((await member.ask("POST", "/api/segments/previews", { rule })).body);
  expect(examples).toHaveLength(Math.min(customers, 8));
  return examples.map((one) => one.name).sort();
};
const makeList = async (name = "irrelevant list"): Promise<string> => segment.parse((await member.ask("POST", "/api/segments", { kind: "list", name })).body).id;
const makeLive = async (rule: SegmentRule, name = "irrelevant segment"): Promise<string> => segment.parse((await member.ask("POST", "/api/segments", { kind: "live", name, rule })).body).id;
const upload = async (id: string, text: string | Buffer): Promise<EntriesReport> => {
  const reply = await member.ask("POST", `/api/segments/${id}/uploads`, Buffer.from(text), { "content-type": "application/octet-stream" });
  expect(reply.status).toBe(201);
  await installation.settle();
  return entriesReport.parse(reply.body);
};
const membersOf = async (id: string): Promise<string[]> => page(segmentCustomer).parse((await member.ask("GET", `/api/segments/${id}/customers`)).body).items.map((one) => one.name).sort();

const trait = (name: string, operator: Extract<SegmentCondition, { kind: "trait" }>["operator"], value = ""): SegmentCondition => ({ kind: "trait", name, operator, value });

describe("a rule about traits", () => {
  beforeEach(() => say(
    known("ada", { plan: "Pro", seats: 12, joined: "2026-02-03T10:00:00Z", vip: true }), known("bob", { plan: "free", seats: "3", joined: "2025-12-31" }), known("cleo", { plan: "pro plus", seats: 3.5 }), known("dora"),
  ));

  test.each<[string, SegmentCondition, string[]]>([
    ["is, whatever the case", trait("plan", "is", "pro"), ["ada"]],
    ["is not, or nothing known", trait("plan", "is_not", "pro"), ["bob", "cleo", "dora"]],
    ["contains", trait("plan", "contains", "PRO"), ["ada", "cleo"]],
    ["contains, taking wildcards literally", trait("plan", "contains", "%"), []],
    ["starts with", trait("plan", "starts_with", "f"), ["bob"]],
    ["more than, as numbers", trait("seats", "more_than", "3.2"), ["ada", "cleo"]],
    ["less than, as numbers", trait("seats", "less_than", "3.2"), ["bob"]],
    ["more than something that is no number", trait("seats", "more_than", "many"), []],
    ["after a day", trait("joined", "after", "2026-01-01"), ["ada"]],
    ["before a day", trait("joined", "before", "2026-01-01"), ["bob"]],
    ["true is a value", trait("vip", "is", "true"), ["ada"]],
    ["known", trait("seats", "known"), ["ada", "bob", "cleo"]],
    ["unknown", trait("seats", "unknown"), ["dora"]],
  ])("%s", async (_, condition, expected) => expect(await names(condition)).toEqual(expected));

  test("looks at what is true now, and at a member's word before all", async () => {
    await say({ at: ago(10), type: "identify", userId: "ada", traits: { plan: "free" } });
    expect(await names(trait("plan", "is", "pro"))).toEqual([]);
    expect(await names(trait("plan", "is", "free"))).toEqual(["ada", "bob"]);

    await member.ask("POST", `/api/customers/${await idOf("ada")}/traits`, { name: "plan", value: "gold" });
    await say({ at: ago(1), type: "identify", userId: "ada", traits: { plan: "basic" } });
    expect(await names(trait("plan", "is", "gold"))).toEqual(["ada"]);
    expect(await names(trait("plan", "is", "basic"))).toEqual([]);

    await member.ask("POST", `/api/customers/${await idOf("ada")}/traits`, { name: "plan", value: null });
    expect(await names(trait("plan", "unknown"))).toEqual(["ada", "dora"]);
  });
});

describe("a rule about identifiers and times", () => {
  beforeEach(() => say(
    known("ada", { email: "ada@example.com" }, ago(200)), known("bob", { phone: "+49301234567" }, ago(20)), did("ada", "Looked", 3), { at: ago(2), anonymousId: "visitor", name: "Looked" },
  ));

  test.each<[string, SegmentCondition, string[]]>([
    ["has an e-mail address", { kind: "identifier", identifier: "email", isPresent: true }, ["ada"]],
    ["has no e-mail address", { kind: "identifier", identifier: "email", isPresent: false }, ["bob"]],
    ["has a number", { kind: "identifier", identifier: "phone", isPresent: true }, ["bob"]],
    ["first seen within", { kind: "seen", which: "first", operator: "within", days: 30 }, ["bob"]],
    ["first seen before", { kind: "seen", which: "first", operator: "not_within", days: 30 }, ["ada"]],
    ["last seen within", { kind: "seen", which: "last", operator: "within", days: 5 }, ["ada"]],
    ["last seen before", { kind: "seen", which: "last", operator: "not_within", days: 5 }, ["bob"]],
  ])("%s", async (_, condition, expected) => expect(await names(condition)).toEqual(expected));

  test("visitors are left out unless asked for", async () => {
    expect(await namesBy({ match: "all", who: "known", conditions: [] })).toEqual(["ada", "bob"]);
    expect(await namesBy({ match: "all", who: "all", conditions: [{ kind: "seen", which: "last", operator: "within", days: 5 }] })).toEqual(["Visitor visitor", "ada"]);
  });
});

describe("a rule about what was done and met", () => {
  beforeEach(() => say(
    known("ada"), known("bob"), known("cleo"), ...[1, 2, 40].map((days) => did("ada", "Order Completed", days)), did("bob", "Order Completed", 50), did("bob", "Looked", 1),
    did("cleo", "Called", 5, { touchpoint: "Hotline" }),
  ));
  const interactions = (given: Partial<Extract<SegmentCondition, { kind: "interactions" }>>): SegmentCondition => ({ kind: "interactions", name: null, operator: "at_least", count: 1, days: null, ...given });

  test.each<[string, SegmentCondition, string[]]>([
    ["at least two of one name", interactions({ name: "order completed", count: 2 }), ["ada"]],
    ["at least one in a period", interactions({ name: "Order *", days: 30 }), ["ada"]],
    ["at most none in a period", interactions({ name: "Order Completed", operator: "at_most", count: 0, days: 30 }), ["bob", "cleo"]],
    ["at most one ever", interactions({ name: "Order Completed", operator: "at_most", count: 1 }), ["bob", "cleo"]],
    ["at least four of any name", interactions({ count: 4 }), ["ada"]],
    ["at least none", interactions({ count: 0, days: 3 }), ["ada", "bob", "cleo"]],
    ["any in a period", interactions({ days: 3 }), ["ada", "bob"]],
    ["a name with signs of patterns", interactions({ name: "Order%" }), []],
    ["met a touchpoint by its name", { kind: "touchpoint", touchpoint: "hotline", isMet: true, days: null }, ["cleo"]],
    ["met a touchpoint by the interaction", { kind: "touchpoint", touchpoint: "Order*", isMet: true, days: 45 }, ["ada"]],
    ["met a touchpoint by the name timelines show", { kind: "touchpoint", touchpoint: "order placed", isMet: true, days: 45 }, ["ada"]],
    ["did not meet it", { kind: "touchpoint", touchpoint: "Hotline", isMet: false, days: 90 }, ["ada", "bob"]],
  ])("%s", async (_, condition, expected) => expect(await names(condition)).toEqual(expected));
});

describe("a rule about the last score", () => {
  beforeEach(async () => {
    await say(known("ada"), known("bob"), known("cleo"));
    await scored("ada", "nps", 3, 100);
    await scored("ada", "nps", 9, 50);
    await scored("ada", "csat", 2, 10);
    await scored("bob", "nps", 6, 20);
    await scored("bob", "ces", 7, 30);
  });
  const score = (kind: "nps" | "csat" | "ces", from: number, to: number, days: number | null = null): SegmentCondition => ({ kind: "score", score: kind, from, to, days });

  test.each<[string, SegmentCondition, string[]]>([
    ["promoters", score("nps", 9, 10), ["ada"]],
    ["detractors by the last score, not an older one", score("nps", 0, 6), ["bob"]],
    ["promoters of the last month", score("nps", 9, 10, 30), []],
    ["unhappy", score("csat", 1, 2), ["ada"]],
    ["easy, though another score came later", score("ces", 6, 7), ["bob"]],
    ["the other way round", score("nps", 10, 0), []],
  ])("%s", async (_, condition, expected) => expect(await names(condition)).toEqual(expected));
});

test("conditions are joined by all or any, one level deep", async () => {
  await say(known("ada", { plan: "pro", city: "Bonn" }), known("bob", { plan: "pro", city: "Rome" }), known("cleo", { plan: "free", city: "Oslo" }));
  const either: SegmentGroup = { kind: "group", match: "any", conditions: [trait("city", "is", "rome"), trait("city", "is", "oslo")] };

  expect(await names(trait("plan", "is", "pro"), either)).toEqual(["bob"]);
  expect(await namesBy({ match: "any", who: "known", conditions: [trait("city", "is", "bonn"), { ...either, match: "all" }] })).toEqual(["ada"]);
  expect(await namesBy({ match: "any", who: "known", conditions: [trait("city", "is", "bonn"), either] })).toEqual(["ada", "bob", "cleo"]);
});

describe("a contact list", () => {
  test("takes the people of a file, known or new, with what it says about them", async () => {
    await say(known("7", { name: "Ada", email: "ada@example.com" }, ago(50)), known("bob"));
    const id = await makeList();

    const report = await upload(id, `\ufeffE-Mail;Customer ID;Name;Language;Plan\nADA@example.com;;Ada L.;de-AT;pro\n;bob;Bob B.;;\nnew@example.com;;Nina;fr;"free; for now"\nbroken@;;Zoe;;\nada@example.com;;;;\n`);

    expect(report).toMatchObject({ rows: 5, added: 3, alreadyThere: 1, newCustomers: 1, refusedCount: 1, refused: [{ row: 5, text: "broken@, , Zoe, , " }] });
    expect(await membersOf(id)).toEqual(["Ada L.", "Bob B.", "Nina"]);
    const customers = await listSegmentCustomers(installation.services.db, organisation.workspaceId, id, { after: null, limit: 10 });
    expect(customers.find((one) => one.name === "Ada L.")).toMatchObject({ email: "ada@example.com", language: "de-at", phone: null, timeZone: null });
    expect(customers.find((one) => one.name === "Nina")).toMatchObject({ email: "new@example.com", language: "fr" });
    expect(await names(trait("Plan", "is", "free; for now"))).toEqual(["Nina"]);
    expect(await names({ kind: "seen", which: "last", operator: "not_within", days: 40 })).toEqual(["Ada L.", "Bob B."]);
  });

  test("takes a pasted column, and customers by hand; the same again changes nothing", async () => {
    await say(known("ada"), known("bob"));
    const id = await makeList();
    const add = async (body: unknown): Promise<unknown> => (await member.ask("POST", `/api/segments/${id}/entries`, body)).body;

    expect(await add({ customerIds: [await idOf("ada"), newId()] })).toMatchObject({ added: 1, refusedCount: 1 });
    expect(await add({ identifiers: ["ada", "bob", "nina@example.com", "+49 30 99887766", "@"] })).toMatchObject({ added: 3, alreadyThere: 1, newCustomers: 2, refusedCount: 1 });
    await installation.settle();

    expect(await membersOf(id)).toEqual(["+493099887766", "ada", "bob", "nina@example.com"]);
    expect((await member.ask("POST", `/api/segments/${id}/counts`)).body).toMatchObject({ customers: 4 });
    expect((await member.ask("GET", `/api/segments/${id}`)).body).toMatchObject({ customers: 4 });

    expect((await member.ask("POST", `/api/segments/${id}/removals`, { customerIds: [await idOf("ada"), await idOf("nina@example.com")] })).body).toEqual({ removed: 2 });
    expect(await membersOf(id)).toEqual(["+493099887766", "bob"]);
  });

  test("shows merged customers once, and both again when it is undone", async () => {
    await say(known("ada"), known("bea"));
    const id = await makeList();
    const [ada, bea] = [await idOf("ada"), await idOf("bea")];
    await member.ask("POST", `/api/segments/${id}/entries`, { customerIds: [ada, bea] });
    expect((await member.ask("POST", `/api/customers/${ada}/merges`, { otherId: bea })).status).toBe(200);

    expect(await membersOf(id)).toHaveLength(1);
    expect(await countSegment(installation.services.db, organisation.workspaceId, id)).toBe(1);
    for (const customerId of [ada, bea]) expect(await isInSegment(installation.services.db, organisation.workspaceId, id, customerId)).toBe(true);
  });

  test("forgets who is erased, also where nobody was known yet", async () => {
    await say(known("ada", { email: "ada@example.com" }));
    const id = await makeList();
    await member.ask("POST", `/api/segments/${id}/entries`, { identifiers: ["ada@example.com"] });

    expect((await organisation.admin.ask("POST", `/api/customers/${await idOf("ada")}/erasure`, { isConfirmed: true })).status).toBe(200);

    const { rows } = await installation.services.db.query("select * from customers.list_entries where segment_id = $1", [id]);
    expect(rows).toEqual([]);
  });

  test("can be asked for in a rule, which then keeps it from being deleted", async () => {
    await say(known("ada"), known("bob"));
    const list = await makeList("Fair visitors");
    await member.ask("POST", `/api/segments/${list}/entries`, { identifiers: ["ada"] });
    const live = await makeLive({ match: "all", who: "known", conditions: [{ kind: "list", segmentId: list, isMember: false }] }, "The others");

    expect(await membersOf(live)).toEqual(["bob"]);
    expect((await member.ask("DELETE", `/api/segments/${list}`)).body).toMatchObject({ error: { code: "segment_in_use", details: { uses: [{ kind: "segment", name: "The others" }] } } });
    expect((await member.ask("DELETE", `/api/segments/${live}`)).status).toBe(204);
    expect((await member.ask("DELETE", `/api/segments/${list}`)).status).toBe(204);
    expect((await member.ask("GET", `/api/segments/${list}`)).body).toMatchObject({ error: { code: "segment_unknown" } });
  });

  test("refuses what is no text, a rule, and entries for a live segment", async () => {
    const id = await makeList();
    const live = await makeLive({ match: "all", who: "known", conditions: [] });
    const binary = await member.ask("POST", `/api/segments/${id}/uploads`, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]), { "content-type": "application/octet-stream" });

    expect(binary.body).toMatchObject({ error: { code: "segment_file_wrong" } });
    expect((await member.ask("PATCH", `/api/segments/${id}`, { rule: { match: "all", conditions: [] } })).body).toMatchObject({ error: { code: "segment_not_live" } });
    expect((await member.ask("POST", `/api/segments/${live}/entries`, { identifiers: ["x@example.com"] })).body).toMatchObject({ error: { code: "segment_not_a_list" } });
    expect(await upload(id, "")).toMatchObject({ rows: 0, added: 0 });
    expect((await member.ask("POST", "/api/segments", { kind: "live", name: "x", rule: { match: "all", conditions: [{ kind: "list", segmentId: live, isMember: true }] } })).body).toMatchObject({ error: { code: "segment_not_a_list" } });
  });
});

describe("a live segment", () => {
  test("says why somebody is in it or not", async () => {
    await say(known("ada", { plan: "pro" }), did("ada", "Order Completed", 3), known("bob"));
    await scored("ada", "nps", 9, 5);
    const id = await makeLive({
      match: "all", who: "known",
      conditions: [trait("plan", "is", "pro"), { kind: "group", match: "any", conditions: [{ kind: "interactions", name: "Order*", operator: "at_least", count: 1, days: 30 }, { kind: "score", score: "nps", from: 0, to: 6, days: null }] }],
    });
    const reasons = async (name: string) => segmentReasons.parse((await member.ask("GET", `/api/segments/${id}/reasons?customerId=${await idOf(name)}`)).body);

    expect(await reasons("ada")).toMatchObject({
      isIn: true, isOfKnown: true,
      parts: [{ match: null, holds: true, reasons: [{ holds: true, found: "pro" }] }, { match: "any", holds: true, reasons: [{ holds: true, found: "1" }, { holds: false, found: expect.stringMatching(/^9 /) }] }],
    });
    expect(await reasons("bob")).toMatchObject({ isIn: false, parts: [{ holds: false, reasons: [{ holds: false, found: null }] }, { holds: false }] });
  });

  test("is paged by id, each customer once", async () => {
    await say(...Array.from({ length: 7 }, (_, index) => known(`customer-${index}`)));
    const id = await makeLive({ match: "all", who: "known", conditions: [{ kind: "identifier", identifier: "user", isPresent: true }] });
    const { db } = installation.services;

    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const customers: { customerId: string }[] = await listSegmentCustomers(db, organisation.workspaceId, id, { after, limit: 3 });
      seen.push(...customers.map((one) => one.customerId));
      after = customers.at(-1)?.customerId ?? null;
      if (customers.length < 3) break;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual([...seen].sort());
    const first = page(segmentCustomer).parse((await member.ask("GET", `/api/segments/${id}/customers?limit=5`)).body);
    const second = page(segmentCustomer).parse((await member.ask("GET", `/api/segments/${id}/customers?limit=5&cursor=${first.nextCursor}`)).body);
    expect([...first.items, ...second.items].map((one) => one.customerId)).toEqual(seen);
  });

  test("is changed, listed and found by name", async () => {
    const id = await makeLive({ match: "all", who: "known", conditions: [] }, "Zebra");
    await makeList("apple");
    await member.ask("PATCH", `/api/segments/${id}`, { name: "Mango", rule: { match: "any", conditions: [trait("plan", "known")] } });

    const all = page(segment).parse((await member.ask("GET", "/api/segments")).body).items;
    expect(all.map((one) => [one.name, one.kind])).toEqual([["apple", "list"], ["Mango", "live"]]);
    expect(all[1]?.rule).toEqual({ match: "any", who: "known", conditions: [{ kind: "trait", name: "plan", operator: "known", value: "" }] });
    expect(page(segment).parse((await member.ask("GET", "/api/segments?search=MAN&kind=live")).body).items).toHaveLength(1);
    expect(await findSegment(installation.services.db, organisation.workspaceId, id)).toEqual({ id, name: "Mango", kind: "live" });
  });

  test.each([
    ["a group in a group", { match: "all", conditions: [{ kind: "group", match: "any", conditions: [{ kind: "group", match: "any", conditions: [] }] }] }],
    ["an empty group", { match: "all", conditions: [{ kind: "group", match: "any", conditions: [] }] }],
    ["an unknown condition", { match: "all", conditions: [{ kind: "weather" }] }],
  ])("refuses %s", async (_, rule) => {
    expect((await member.ask("POST", "/api/segments/previews", { rule })).body).toMatchObject({ error: { code: "invalid_input" } });
  });
});

test("names that occurred lately are suggested", async () => {
  await say(known("ada", { plan: "pro" }), did("ada", "Order Completed", 2), did("ada", "Order Completed", 1), did("ada", "Called", 1, { touchpoint: "Hotline" }));

  expect((await member.ask("GET", "/api/segments/suggestions")).body).toEqual({ traits: ["name", "plan"], interactions: ["Order Completed", "Called"], touchpoints: ["Order placed", "Hotline"] });
});

test("traits that only customers of long ago have are suggested as well, after those said lately", async () => {
  await say(known("ada", { plan: "pro" }));
  await installation.services.db.query("insert into customers.identifiers (workspace_id, kind, value) select $1, 'user', 'later ' || number from generate_series(1, 2100) number", [organisation.workspaceId]);
  await say(known("zoe", { city: "Rome" }));
  await member.ask("POST", `/api/customers/${await idOf("ada")}/traits`, { name: "seats", value: 3 });
  await upload(await makeList(), "email,size\nbob@example.com,XL\n");

  expect((await member.ask("GET", "/api/segments/suggestions")).body).toMatchObject({ traits: ["city", "email", "name", "size", "plan", "seats"] });
  expect((await stranger.manager.ask("GET", "/api/segments/suggestions")).body).toMatchObject({ traits: [] });
});

test("hostile text in a rule is only text", async () => {
  await say(known("ada", { plan: "x' or '1'='1" }));
  const hostile = "x' or '1'='1";

  expect(await names(trait("plan", "is", hostile))).toEqual(["ada"]);
  expect(await names(trait("name'; drop table customers.traits; --", "is", hostile))).toEqual([]);
  expect(await names({ kind: "touchpoint", touchpoint: hostile, isMet: true, days: null })).toEqual([]);
});

test("a contact is found by any id the customer ever had", async () => {
  await say(known("ada", { email: "ada@example.com", phone: "0049 30 1234567", locale: "pt_BR.UTF-8", timezone: "America/Sao_Paulo" }), known("bea", { language: "??", timezone: "Nowhere" }));
  const { db } = installation.services;
  const [ada, bea] = [await idOf("ada"), await idOf("bea")];

  expect(await findContactOf(db, organisation.workspaceId, ada)).toEqual({ customerId: ada, name: "ada", email: "ada@example.com", phone: "+49301234567", language: "pt-br", timeZone: "America/Sao_Paulo" });
  expect(await findContactOf(db, organisation.workspaceId, bea)).toMatchObject({ email: null, phone: null, language: null, timeZone: null });
  expect(await findContactOf(db, stranger.workspaceId, ada)).toBeNull();
  expect(await findContactOf(db, organisation.workspaceId, newId())).toBeNull();
});

test("another organisation sees, changes and counts nothing of it", async () => {
  await say(known("ada"));
  const list = await makeList("Secret");
  await member.ask("POST", `/api/segments/${list}/entries`, { identifiers: ["ada"] });
  const rule = { match: "all", conditions: [{ kind: "list", segmentId: list, isMember: true }] };

  expect((await stranger.owner.ask("GET", "/api/segments")).body).toEqual({ items: [], nextCursor: null });
  expect((await stranger.owner.ask("POST", "/api/segments/previews", { rule })).body).toEqual({ customers: 0, isEstimate: false, examples: [] });
  expect((await stranger.owner.ask("POST", "/api/segments", { kind: "live", name: "x", rule })).status).toBe(404);
  expect((await stranger.owner.ask("POST", `/api/segments/${list}/entries`, { identifiers: ["x"] })).status).toBe(404);
  expect(await findSegment(installation.services.db, stranger.workspaceId, list)).toBeNull();
  expect(await countSegment(installation.services.db, stranger.workspaceId, list)).toBe(0);
  const own = segment.parse((await stranger.owner.ask("POST", "/api/segments", { kind: "list", name: "Own" })).body).id;
  expect((await stranger.owner.ask("POST", `/api/segments/${own}/entries`, { customerIds: [await idOf("ada")] })).body).toMatchObject({ added: 0, refusedCount: 1 });
  expect((await organisation.viewer.ask("POST", "/api/segments", { kind: "list", name: "x" })).status).toBe(403);
});
