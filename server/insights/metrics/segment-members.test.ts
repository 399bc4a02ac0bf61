// Who is in a segment, as figures know it: a moment after anything changed, whatever it was that changed.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeMessages, type MessageGiven } from "../../customers/customers.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { boardNumbers } from "../dashboards/tiles.contract.ts";
import { breakdownReply, summaryReply } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

const now = new Date("2026-06-30T12:00:00Z");
const june = "from=2026-06-01&to=2026-07-01";

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());

const say = async (...given: MessageGiven[]): Promise<void> => {
  await insertInteractions(firsthand.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, given));
  await firsthand.settle();
};
// In the middle of June, by the minutes that messages count.
const inJune = 165 * 1_440;
const known = (userId: string, plan: string): MessageGiven => ({ at: inJune, type: "identify", userId, traits: { name: userId, plan } });
const answers = async (people: readonly string[], value: number): Promise<void> => {
  const rows = people.map((one) => makePerception({ subject: `user:${one}`, kind: "csat", value, scaleMin: 1, scaleMax: 5, at: "2026-06-15T12:00:00.000Z", touchpoint: "Checkout" }));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};
const names = (word: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${word}-${at}`);
const ask = async <Shape extends z.ZodType>(shape: Shape, method: "GET" | "POST" | "PATCH", url: string, body?: unknown, who = organisation.manager): Promise<z.output<Shape>> => {
  const reply = await who.ask(method, url, body);
  expect([200, 201, 204], reply.text).toContain(reply.status);
  return shape.parse(reply.body);
};
const made = z.object({ id: z.uuid() });
const byPlan = (plan: string) => ({ match: "all", who: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value: plan }] });
const makeSegment = async (name: string, given: object): Promise<string> => (await ask(made, "POST", "/api/segments", { name, ...given })).id;
const live = (name: string, plan: string, story: string | null = null): Promise<string> => makeSegment(name, { kind: "live", rule: byPlan(plan), story });
const groupsBy = async (by: "segment" | "persona"): Promise<unknown[]> =>
  (await ask(breakdownReply, "GET", `/api/metrics/breakdown?${june}&metric=csat&by=${by}`)).groups.map(({ label, count, score }) => [label, count, score]);
const countOf = async (query: string): Promise<number | undefined> => (await ask(summaryReply, "GET", `/api/metrics/summary?${june}&metrics=csat&${query}`)).metrics[0]?.count;
const idOf = async (userId: string): Promise<string> => {
  const { items } = await ask(z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }), "GET", `/api/customers?who=all&search=${userId}`);
  return items.find(({ name }) => name === userId)?.id ?? "";
};

let gold: string;

beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  await say(...names("gold", 6).map((one) => known(one, "gold")), ...names("tin", 7).map((one) => known(one, "tin")));
  await answers(names("gold", 6), 5);
  await answers(names("tin", 7), 1);
  gold = await live("Gold", "gold", "Ada pays in gold.");
});

test("a tile split by segment, filters and boards count the same customers, each in every segment they are in", async () => {
  const tin = await live("Tin", "tin");
  const all = await makeSegment("All", { kind: "live", rule: { match: "all", who: "all", conditions: [] } });

  expect(await groupsBy("segment")).toEqual([["All", 13, 600 / 13], ["Tin", 7, 0], ["Gold", 6, 100]]);
  await answers(["new-0", "new-1", "new-2", "new-3", "new-4"], 5);
  expect(await groupsBy("segment")).toEqual([["All", 18, 1100 / 18], ["Tin", 7, 0], ["Gold", 6, 100]]);
  expect(await groupsBy("persona")).toEqual([["Gold", 6, 100]]);
  expect([await countOf(`segment=${gold}`), await countOf(`segment=${gold}&segment=${tin}`), await countOf(`segment=${tin}&persona=${gold}`), await countOf(`segment=${all}&persona=${gold}`)]).toEqual([6, 13, 0, 6]);
  const place = { x: 0, y: 0, w: 4, h: 3 };
  const tiles = [{ chart: "bars", split: "segment" }, { chart: "number", filters: { segment: [gold] } }, { chart: "heat", split: "segment", bucket: "month" }].map((tile) => ({ id: crypto.randomUUID(), place, metric: "csat", ...tile }));
  const board = await ask(boardNumbers, "POST", "/api/dashboards/data", { period: { from: "2026-06-01", to: "2026-07-01" }, tiles });
  expect(board).toMatchObject({
    tiles: [
      { breakdown: { groups: [{ label: "All", count: 18 }, { label: "Tin", count: 7 }, { label: "Gold", count: 6 }] } },
      { summary: { count: 6, score: 100 } },
      { heat: [{ label: "All", points: [{ count: 18 }] }, { label: "Tin", points: [{ count: 7 }] }, { label: "Gold", points: [{ count: 6 }] }] },
    ],
  });
});

describe("figures follow", () => {
  test("a rule that was changed", async () => {
    expect(await countOf(`segment=${gold}`)).toBe(6);
    await ask(z.unknown(), "PATCH", `/api/segments/${gold}`, { rule: byPlan("tin") });
    expect(await countOf(`segment=${gold}`)).toBe(7);
  });

  test("what customers say of themselves, and what a member corrects", async () => {
    expect(await countOf(`segment=${gold}`)).toBe(6);
    await say({ ...known("tin-0", "gold"), at: inJune + 1 });
    expect(await countOf(`segment=${gold}`)).toBe(7);
    const reply = await organisation.manager.ask("POST", `/api/customers/${await idOf("gold-0")}/traits`, { name: "plan", value: "tin" });
    expect(reply.status, reply.text).toBe(204);
    await firsthand.settle();
    expect(await countOf(`segment=${gold}`)).toBe(6);
  });

  test("who is met and who answers for the first time", async () => {
    const metTwice = await makeSegment("Twice", { kind: "live", rule: { match: "all", who: "all", conditions: [{ kind: "interactions", name: "Order", operator: "at_least", count: 2, days: null }] } });
    const content = await makeSegment("Content", { kind: "live", rule: { match: "all", who: "all", conditions: [{ kind: "score", score: "csat", from: 4, to: 5, days: null }] } });
    expect([await countOf(`segment=${metTwice}`), await countOf(`segment=${content}`)]).toEqual([0, 6]);
    await say({ at: inJune, userId: "tin-1", name: "Order" }, { at: inJune + 5, userId: "tin-1", name: "Order" });
    await answers(["nobody-before"], 4);
    expect([await countOf(`segment=${metTwice}`), await countOf(`segment=${content}`)]).toEqual([1, 7]);
  });

  test("entries of a contact list that come, go, and become known to be somebody only later", async () => {
    const list = await makeSegment("List", { kind: "list" });
    const [first, second] = [await idOf("gold-0"), await idOf("tin-0")];
    const entries = `/api/segments/${list}/entries`;
    await ask(z.unknown(), "POST", entries, { customerIds: [first, second] });
    expect(await countOf(`segment=${list}`)).toBe(2);
    await ask(z.unknown(), "POST", `/api/segments/${list}/removals`, { customerIds: [first] });
    expect(await countOf(`segment=${list}`)).toBe(1);
    await ask(z.unknown(), "POST", entries, { identifiers: ["late@example.org"] });
    await say({ at: inJune, type: "identify", userId: "late", traits: { email: "late@example.org" } });
    await answers(["late"], 3);
    expect(await countOf(`segment=${list}`)).toBe(2);
  });

  test("customers who are merged, and separated again", async () => {
    const [first, second] = [await idOf("gold-0"), await idOf("tin-0")];
    // Only one of both ids stays, whichever it is.
    const lists = [await makeSegment("First", { kind: "list" }), await makeSegment("Second", { kind: "list" })];
    for (const [at, list] of lists.entries()) await ask(z.unknown(), "POST", `/api/segments/${list}/entries`, { customerIds: [at === 0 ? first : second] });
    const counts = () => Promise.all(lists.map((list) => countOf(`segment=${list}`)));
    expect(await counts()).toEqual([1, 1]);
    const { customerId } = await ask(z.object({ customerId: z.uuid() }), "POST", `/api/customers/${second}/merges`, { otherId: first });
    await firsthand.settle();
    expect(await counts()).toEqual([2, 2]);
    const { items } = await ask(z.object({ items: z.array(z.object({ id: z.number(), rule: z.string() })) }), "GET", `/api/customers/${customerId}/links`);
    await ask(z.unknown(), "POST", `/api/customers/${customerId}/links/decisions`, { claimIds: items.filter(({ rule }) => rule === "manual").map(({ id }) => id), decision: "retracted" });
    await firsthand.settle();
    expect(await counts()).toEqual([1, 1]);
  });

  test("erasures, which leave no trace of whose number it was", async () => {
    const erased = await idOf("gold-0");
    expect(await countOf(`segment=${gold}`)).toBe(6);
    await ask(z.unknown(), "POST", `/api/customers/${erased}/erasure`, { isConfirmed: true }, organisation.owner);
    await firsthand.settle();
    expect(await countOf(`segment=${gold}`)).toBe(5);
    const numbers = await firsthand.services.analytics.query("select customer, customer_no from customer_numbers where workspace_id = cast($1 as uuid)", [organisation.workspaceId]);
    expect(numbers.map(({ customer }) => customer)).not.toContain(erased);
    // A number that was taken is never somebody else's.
    await answers(["next"], 1);
    const [last] = await firsthand.services.analytics.query("select max(customer_no) as no, count(*) as given from customer_numbers where workspace_id = cast($1 as uuid)", [organisation.workspaceId]);
    expect(last).toEqual({ no: 14, given: 14 });
    expect(await countOf(`segment=${gold}`)).toBe(5);
  });

  test("more new customers than there was room for when the segment was looked through", async () => {
    expect(await countOf(`segment=${gold}`)).toBe(6);
    await insertInteractions(firsthand.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, names("later", 9_000).map((one, at) => known(one, at % 2 === 0 ? "gold" : "tin"))));
    await firsthand.settle();
    await answers(["later-8998", "later-8999"], 5);
    expect(await countOf(`segment=${gold}`)).toBe(7);
  });
});

test("one who asks while another looks through sees what happened in between", async () => {
  const counts = await Promise.all(Array.from({ length: 12 }, () => countOf(`segment=${gold}`)));
  expect(new Set(counts)).toEqual(new Set([6]));
  await say({ ...known("tin-2", "gold"), at: inJune + 1 });
  expect(new Set(await Promise.all(Array.from({ length: 12 }, () => countOf(`segment=${gold}`))))).toEqual(new Set([7]));
});

test("a segment of others, or one that was deleted, is refused", async () => {
  const stranger = await firsthand.makeOrganisation();
  const theirs = await ask(made, "POST", "/api/segments", { kind: "live", name: "Theirs", rule: byPlan("gold") }, stranger.manager);
  expect(await countOf(`segment=${gold}`)).toBe(6);
  const deleted = await live("Deleted", "gold");
  expect(await countOf(`segment=${deleted}`)).toBe(6);
  expect((await organisation.manager.ask("DELETE", `/api/segments/${deleted}`)).status).toBe(204);
  for (const id of [theirs.id, deleted, crypto.randomUUID()]) {
    const reply = await organisation.manager.ask("GET", `/api/metrics/summary?${june}&metrics=csat&segment=${id}`);
    expect([reply.status, Object(reply.body).error.code]).toEqual([400, "segment_missing"]);
  }
  const own = await stranger.manager.ask("GET", `/api/metrics/summary?${june}&metrics=csat&segment=${theirs.id}`);
  expect(summaryReply.parse(own.body).metrics[0]?.count).toBe(0);
});

test("of more segments than one figure tells apart those after the first fifty by name are counted as left out", async () => {
  for (const name of names("Z list", 51)) await makeSegment(name, { kind: "list" });
  for (const metric of ["csat", "response_rate"]) {
    const { groupsLeftOut } = await ask(breakdownReply, "GET", `/api/metrics/breakdown?${june}&metric=${metric}&by=segment`);
    expect(groupsLeftOut, metric).toBe(2);
  }
});

describe("whoever follows the record anew looks through all segments again", () => {
  test("when the copy is made anew, where customers have other numbers", async () => {
    await ask(z.unknown(), "POST", `/api/customers/${await idOf("gold-0")}/erasure`, { isConfirmed: true }, organisation.owner);
    await firsthand.settle();
    expect(await countOf(`segment=${gold}`)).toBe(5);
    await firsthand.services.analytics.rebuild();
    expect(await countOf(`segment=${gold}`)).toBe(5);
    expect(await groupsBy("segment")).toEqual([["Gold", 5, 100]]);
  });

  test("when its process died", async () => {
    expect(await countOf(`segment=${gold}`)).toBe(6);
    const children = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line));
    for (const child of children) if (Number(child?.[2]) === process.pid && child?.[3]?.includes("analytics-process.ts") === true) process.kill(Number(child[1]), "SIGKILL");
    await vi.waitFor(() => firsthand.settle(), { timeout: 20_000, interval: 200 });
    await say({ ...known("tin-3", "gold"), at: inJune + 1 });
    expect(await countOf(`segment=${gold}`)).toBe(7);
  });
});
