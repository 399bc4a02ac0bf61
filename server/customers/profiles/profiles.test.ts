import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import { newId } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages, type MessageGiven } from "../customers.make.ts";
import { groupRow } from "../groups/groups.contract.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { insertPerceptions } from "../perceptions/perceptions.queries.ts";
import { customerDetail, customerRow, erasureReport, timelineItem, type CustomerDetail, type CustomerRow, type TimelineItem } from "./profiles.contract.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation();
  stranger = (await installation.makeOrganisation()).owner;
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
const rate = async (subject: string, value: number, at: string, scaled: { kind: "nps" | "csat" | "ces" | "rating"; scaleMin: number; scaleMax: number } = { kind: "nps", scaleMin: 0, scaleMax: 10 }): Promise<void> => {
  await insertPerceptions(installation.services.db, organisation.workspaceId, [{
    id: newId(), subject, interactionId: null, at, value, ...scaled, choice: null, text: null, isInferred: false, modelVersion: null,
    source: "survey", channel: "email", touchpoint: "Delivery", stage: null, weight: 1, surveyId: null, responseId: null, importId: null, properties: null,
  }]);
  await installation.settle();
};
const list = async (query = ""): Promise<{ items: CustomerRow[]; nextCursor: string | null }> => page(customerRow).parse((await member.ask("GET", `/api/customers${query}`)).body);
const names = async (query: string): Promise<string[]> => (await list(query)).items.map((item) => item.name);
const find = async (name: string): Promise<CustomerDetail> => {
  const [found] = (await list(`?who=all&search=${encodeURIComponent(name)}`)).items;
  return customerDetail.parse((await member.ask("GET", `/api/customers/${found?.id ?? ""}`)).body);
};
const timeline = async (id: string, query = ""): Promise<TimelineItem[]> => page(timelineItem).parse((await member.ask("GET", `/api/customers/${id}/timeline${query}`)).body).items;
const ada: MessageGiven = { at: 1, type: "identify", userId: "ada", anonymousId: "dev", traits: { name: "Ada Lovelace", email: "Ada@Example.com", plan: "free" } };

describe("the list of customers", () => {
  const three: MessageGiven[] = [
    ada, { at: 20, userId: "ada", name: "Bought" }, { at: 5, type: "identify", userId: "bob", traits: { name: "Bob", plan: "pro" } },
    { at: 9, type: "identify", userId: "cleo", traits: { name: "cleo 100%_x" } }, { at: 30, anonymousId: "wanderer-123" },
  ];

  test("sorts by any column both ways and leaves visitors out until asked for", async () => {
    await say(...three);
    await rate("user:bob", 2, "2026-01-02T00:00:00.000Z");
    await rate("user:ada", 9, "2026-01-02T00:00:00.000Z");

    expect(await names("")).toEqual(["Ada Lovelace", "cleo 100%_x", "Bob"]);
    expect(await names("?sort=name&direction=asc")).toEqual(["Ada Lovelace", "Bob", "cleo 100%_x"]);
    expect(await names("?sort=interactions")).toHaveLength(3);
    expect((await names("?sort=interactions"))[0]).toBe("Ada Lovelace");
    expect(await names("?sort=lastScore&direction=asc")).toEqual(["Bob", "Ada Lovelace"]);
    expect(await names("?sort=lastScore")).toEqual(["Ada Lovelace", "Bob", "cleo 100%_x"]);
    expect(await names("?who=anonymous")).toEqual(["Visitor wanderer"]);
    expect(await names("?who=all&sort=lastSeen")).toEqual(["Visitor wanderer", "Ada Lovelace", "cleo 100%_x", "Bob"]);
  });

  test("tells a last score with the end of its scale, also when it is looked up again", async () => {
    const ofSeven = { kind: "ces", scaleMin: 1, scaleMax: 7 } as const;
    const ofFive = { kind: "csat", scaleMin: 1, scaleMax: 5 } as const;
    const lastScores = async () => (await list("?sort=name&direction=asc&limit=2")).items.map(({ lastScore }) => lastScore);
    await say(...three);
    await rate("user:ada", 5, "2026-01-02T00:00:00.000Z", ofSeven);
    await rate("user:bob", 5, "2026-01-02T00:00:00.000Z", ofFive);
    const expected = [{ kind: "ces", value: 5, scaleMax: 7 }, { kind: "csat", value: 5, scaleMax: 5 }];
    expect(await lastScores()).toMatchObject(expected);

    // Whoever else turns out to be Ada makes all of hers be added up anew.
    await say({ at: 50, type: "identify", userId: "ada", anonymousId: "wanderer-123" });
    expect(await lastScores()).toMatchObject(expected);
    await rate("user:ada", 4, "2026-01-03T00:00:00.000Z", ofFive);
    expect((await lastScores())[0]).toMatchObject({ kind: "csat", value: 4, scaleMax: 5 });
  });

  test.each([["rating first", ["rating", "csat"]], ["satisfaction first", ["csat", "rating"]]] as const)("tells of a satisfaction and a rating of one moment the satisfaction, as lists of answers do: %s", async (_order, kinds) => {
    await say(...three);
    const lastScore = async () => (await list("?sort=name&direction=asc&limit=1")).items[0]?.lastScore;
    for (const kind of kinds) await rate("user:ada", 4, "2026-01-02T00:00:00.000Z", { kind, scaleMin: 1, scaleMax: 5 });
    expect(await lastScore()).toMatchObject({ kind: "csat" });

    await say({ at: 50, type: "identify", userId: "ada", anonymousId: "wanderer-123" });
    expect(await lastScore()).toMatchObject({ kind: "csat" });
  });

  test.each(["lastSeen", "firstSeen", "interactions", "lastScore", "name"])("pages by %s show every customer once", async (sort) => {
    await say(...three, ...Array.from({ length: 8 }, (_, index) => ({ at: 40, type: "identify" as const, userId: `same${index}`, traits: { name: "Same" } })));
    const seen: string[] = [];
    let cursor = "";
    do {
      const { items, nextCursor } = await list(`?who=all&sort=${sort}&limit=3${cursor}`);
      seen.push(...items.map((item) => item.id));
      cursor = nextCursor === null ? "" : `&cursor=${nextCursor}`;
    } while (cursor !== "");

    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });

  test("finds by part of name, address or identifier, taking wildcards literally", async () => {
    await say(...three);

    expect(await names("?search=lovel")).toEqual(["Ada Lovelace"]);
    expect(await names("?search=ADA@example")).toEqual(["Ada Lovelace"]);
    expect(await names("?search=100%25_")).toEqual(["cleo 100%_x"]);
    expect(await names("?search=%25")).toEqual(["cleo 100%_x"]);
    expect(await names("?search=wanderer-123")).toEqual(["Visitor wanderer"]);
    expect(await names("?search=nobody")).toEqual([]);
  });

  test("shows the traits asked for as columns", async () => {
    await say(...three);

    expect((await list("?columns=plan&sort=name&direction=asc")).items.map((item) => item.traits["plan"])).toEqual(["free", "pro", undefined]);
  });

  test.each(["?cursor=xxx", "?sort=shoe", "?limit=0", "?cursor=WyJuYW1lIiwiYXNjIiwiYSIsImIiXQ"])("refuses %s", async (query) => {
    expect((await member.ask("GET", `/api/customers${query}`)).body).toMatchObject({ error: { code: "invalid_input" } });
  });
});

describe("the timeline", () => {
  test("stands facts and feelings together, newest first, page by page", async () => {
    await say(ada, { at: 2, userId: "ada", name: "Ordered", channel: "web" }, { at: 4, anonymousId: "dev", name: "Looked", touchpoint: "Shop" });
    await rate("user:ada", 3, "2026-01-01T00:03:00.000Z");
    const { id } = await find("Ada");

    const all = await timeline(id);
    const first = page(timelineItem).parse((await member.ask("GET", `/api/customers/${id}/timeline?limit=2`)).body);
    const rest = await timeline(id, `?limit=2&cursor=${first.nextCursor ?? ""}`);

    expect(all.map((item) => item.name ?? item.type)).toEqual(["Looked", "nps", "Ordered", "identify"]);
    expect(all.map((item) => item.touchpoint)).toEqual(["Shop", "Delivery", "Ordered", null]);
    expect([...first.items, ...rest].map((item) => item.id)).toEqual(all.map((item) => item.id));
    expect((await timeline(id, "?record=feelings")).map((item) => item.value)).toEqual([3]);
    expect((await timeline(id, "?channel=web")).map((item) => item.name)).toEqual(["Ordered"]);
    expect((await timeline(id, "?type=identify"))[0]?.properties).toMatchObject({ plan: "free" });
  });

  test("takes notes, calls and visits by hand, with who wrote them", async () => {
    await say(ada);
    const { id } = await find("Ada");

    const call = await organisation.agent.ask("POST", `/api/customers/${id}/notes`, { kind: "call", text: "Wants <b>blue</b>", at: "2026-01-05T10:00:00+01:00", direction: "organisation" });
    await installation.settle();

    expect(call.status).toBe(201);
    expect((await timeline(id))[0]).toMatchObject({ type: "call", text: "Wants <b>blue</b>", channel: "phone", memberId: organisation.agent.memberId, at: "2026-01-05T09:00:00.000Z" });
    expect((await find("Ada")).interactions).toBe(2);
  });

  test("refuses notes from the future, of viewers, of strangers and for nobody", async () => {
    await say(ada);
    const { id } = await find("Ada");
    const note = { kind: "note", text: "irrelevant" };

    expect((await member.ask("POST", `/api/customers/${id}/notes`, { ...note, at: "2999-01-01T00:00:00Z" })).body).toMatchObject({ error: { code: "note_in_future" } });
    expect((await organisation.viewer.ask("POST", `/api/customers/${id}/notes`, note)).status).toBe(403);
    expect((await stranger.ask("POST", `/api/customers/${id}/notes`, note)).body).toMatchObject({ error: { code: "customer_unknown" } });
    expect((await member.ask("POST", `/api/customers/${id}/notes`, { kind: "note", text: "  " })).status).toBe(400);
  });
});

describe("traits", () => {
  test("keep their history, and a member's correction outranks later messages", async () => {
    await say(ada, { ...ada, at: 8, traits: { plan: "pro" } });
    const { id } = await find("Ada");
    await member.ask("POST", `/api/customers/${id}/traits`, { name: "name", value: "Ada King" });
    await say({ ...ada, at: 12, traits: { name: "A. L.", plan: "pro" } });

    const customer = await find("Ada King");
    const plan = customer.traits.find((trait) => trait.name === "plan");
    expect(plan).toMatchObject({ value: "pro", source: "segment" });
    expect(plan?.history.map((entry) => entry.value)).toEqual(["pro", "free"]);
    expect(customer.traits.find((trait) => trait.name === "name")).toMatchObject({ value: "Ada King", source: "manual" });
    expect(customer.name).toBe("Ada King");
  });

  test("what jsonb cannot hold does not hold up the messages after it", async () => {
    await say(
      { ...ada, traits: { name: "Ada", half: "a\ud800b", told: "\\u0000", zero: "a\u0000", email: "x\udc00@example.com" } },
      { at: 2, type: "group", userId: "ada", message: { groupId: "g\ud800", traits: { name: "G\u0000\ud800" } } },
      { at: 3, type: "identify", userId: "bob", traits: { name: "Bob" } },
    );

    expect((await find("Ada")).traits.map((trait) => [trait.name, trait.value])).toContainEqual(["told", "\\u0000"]);
    expect((await find("Bob")).interactions).toBe(1);
  });

  test("a hostile trait name or value is kept as data", async () => {
    await say({ ...ada, traits: { name: "Ada", __proto__x: 1, "'; drop table customers.traits; --": "<script>alert(1)</script>", nul: "a\u0000b" } });

    expect((await find("Ada")).traits.map((trait) => trait.value)).toContain("<script>alert(1)</script>");
  });
});

test("groups show who belongs to them", async () => {
  await say(ada, { at: 2, type: "group", userId: "ada", message: { groupId: "acme", traits: { name: "Acme", seats: 5 } } }, { at: 3, userId: "bob", message: { context: { groupId: "acme" } } });

  const groups = page(groupRow).parse((await member.ask("GET", "/api/customers/groups?search=acm")).body).items;
  expect(groups).toMatchObject([{ key: "acme", name: "Acme", customers: 2, traits: { seats: 5 } }]);
  expect((await find("Ada")).groups).toMatchObject([{ name: "Acme" }]);
});

describe("leaving", () => {
  test("the export holds everything about one person and only that", async () => {
    await say(ada, { at: 2, userId: "ada", name: "Ordered" }, { at: 3, userId: "bob", name: "Secret of Bob" });
    await rate("user:ada", 9, "2026-01-01T00:03:00.000Z");

    const reply = await member.ask("GET", `/api/customers/${(await find("Ada")).id}/export`);

    expect(reply.headers["content-disposition"]).toContain("attachment");
    expect(reply.body).toMatchObject({ customer: { name: "Ada Lovelace" }, timeline: [{ type: "nps", value: 9 }, { name: "Ordered" }, { name: "identify" }] });
    expect(reply.text).not.toContain("Secret of Bob");
  });

  test("erasure takes everything, says what went, and late duplicates stay out", async () => {
    const messages: MessageGiven[] = [ada, { at: 2, userId: "ada", name: "Ordered" }, { at: 3, anonymousId: "dev" }];
    const bob: MessageGiven[] = [{ at: 5, type: "identify", userId: "bob", anonymousId: "dev", traits: { name: "Bob" } }, { at: 6, anonymousId: "dev", name: "Bob looks" }];
    await say(...messages, ...bob);
    await rate("user:ada", 9, "2026-01-01T00:03:00.000Z");
    const { id } = await find("Ada");

    expect((await member.ask("POST", `/api/customers/${id}/erasure`, { isConfirmed: true })).status).toBe(403);
    expect((await organisation.admin.ask("POST", `/api/customers/${id}/erasure`, {})).status).toBe(400);
    const reply = await organisation.admin.ask("POST", `/api/customers/${id}/erasure`, { isConfirmed: true });
    await say(...messages);

    expect(erasureReport.parse(reply.body)).toMatchObject({ interactions: 3, perceptions: 1, traits: 3, identifiers: 2, files: 0, analyticsRows: 4, tombstones: 3 });
    expect(await names("?who=all")).toEqual(["Bob"]);
    expect((await timeline((await find("Bob")).id)).map((item) => item.name)).toEqual(["Bob looks", "identify"]);
    const left = await installation.services.analytics.query("select count(*) as n from experience where workspace_id = $1::uuid", [organisation.workspaceId]);
    expect(Number(left[0]?.["n"])).toBe(2);
    const traces = await installation.services.db.query("select 1 from customers.identifiers where workspace_id = $1 and value ilike '%ada%'", [organisation.workspaceId]);
    expect(traces.rows).toEqual([]);
  });
});

test.each([
  ["GET", ""], ["GET", "/timeline"], ["GET", "/links"], ["GET", "/export"], ["POST", "/notes", { kind: "note", text: "x" }], ["POST", "/traits", { name: "x", value: 1 }],
  ["POST", "/erasure", { isConfirmed: true }], ["GET", "/merges/preview?otherId=01980000-0000-7000-8000-000000000000"],
  ["POST", "/merges", { otherId: "01980000-0000-7000-8000-000000000000" }], ["GET", "/links/preview?claimIds=1&decision=accepted"],
  ["POST", "/links/decisions", { claimIds: [1], decision: "accepted" }],
] as const)("a stranger gets nothing by %s /api/customers/:id%s", async (method, path, body?) => {
  await say(ada);
  const { id } = await find("Ada");

  expect(await stranger.ask(method, `/api/customers/${id}${path}`, body)).toMatchObject({ status: 404, body: { error: { code: "customer_unknown" } } });
  expect((await installation.nobody.ask(method, `/api/customers/${id}${path}`, body)).status).toBe(401);
});
