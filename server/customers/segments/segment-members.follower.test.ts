// Who is believed to be in a segment while much happens at once, beside the record and a store of their own.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openDuckDb, type CustomerSet } from "#platform/analytics";
import { newId } from "#platform/db";
import { createLog } from "#platform/log";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import type { DuckDb } from "../../platform/analytics/duckdb.ts";
import { prepareStore } from "../../platform/analytics/follower.ts";
import { SegmentMembers } from "./segment-members.follower.ts";

let firsthand: Installation;
let duck: DuckDb;
let workspaceId: string;
let customers: string[];
let nowMs: number;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

// Twenty customers of whom nobody was met.
beforeEach(async () => {
  // One follower to a store, as its statements follow each other on one connection.
  duck = await openDuckDb(":memory:", { memoryMb: 256, threads: 1 });
  await prepareStore(duck.writer, join(import.meta.dirname, "../.."));
  ({ workspaceId } = await firsthand.makeOrganisation());
  nowMs = Date.parse("2027-01-01T00:00:00Z");
  customers = Array.from({ length: 20 }, newId);
  await firsthand.services.db.query("insert into customers.customers (id, workspace_id) select unnest($2::uuid[]), $1", [workspaceId, customers]);
  await firsthand.services.db.query(
    "insert into customers.activity (customer_id, workspace_id, is_anonymous, first_seen_at, last_seen_at, interactions) select unnest($2::uuid[]), $1, false, now(), now(), 0", [workspaceId, customers]);
  for (const [at, customer] of customers.entries())
    await duck.writer.run("insert into customer_numbers (workspace_id, customer_no, customer) values (cast($1 as uuid), cast($2 as integer), cast($3 as uuid))", [workspaceId, at + 1, customer]);
});

afterEach(async () => {
  await Promise.all(followers.splice(0).map((one) => one.end()));
  await duck.close();
});

const followers: SegmentMembers[] = [];
const follow = (limits: { touchedMax?: number; statementMs?: number } = {}): SegmentMembers => {
  const members = new SegmentMembers(firsthand.services.db, duck.besideWriter, createLog("silent"), { ...limits, now: () => nowMs });
  followers.push(members);
  return members;
};
/** Whoever was met at all; `seconds` is how long it takes to tell. */
const metOnes = (given: { seconds?: number; isTimed?: boolean } = {}): CustomerSet => ({
  id: newId(), version: "1", isTimed: given.isTimed ?? false, values: [workspaceId],
  condition: `(select count(*) from pg_sleep(${given.seconds ?? 0})) = 1 and activity.interactions > 0`,
});
const meet = async (met: readonly string[], times = 1): Promise<void> => {
  await firsthand.services.db.query("update customers.activity set interactions = $2 where customer_id = any ($1::uuid[])", [met, times]);
};
const membersOf = async ({ id }: CustomerSet): Promise<string[]> => {
  const rows = await duck.query(
    `select cast(customer as varchar) as customer from customer_numbers numbers, gathered_sets sets
     where sets.set_id = cast($1 as uuid) and numbers.workspace_id = cast($2 as uuid) and get_bit(sets.bits, numbers.customer_no) = 1 order by customer_no`,
    [id, workspaceId], { timeoutMs: 5_000, queueMs: 5_000, limitRows: 100 });
  return rows.map(({ customer }) => String(customer));
};

test("more customers than can be remembered, touched while everybody is looked through, are looked through again", async () => {
  const [members, set] = [follow({ touchedMax: 5 }), metOnes({ seconds: 0.5 })];
  const looking = members.gather(workspaceId, [set]);
  await wait(200);
  await meet(customers.slice(0, 6));
  members.touch(workspaceId, new Set(customers.slice(0, 6)));
  await looking;
  await members.gather(workspaceId, [set]);
  expect(await membersOf(set)).toEqual(customers.slice(0, 6));
});

test("more than can be remembered, touched where nobody has asked for a while, are looked through again", async () => {
  const [members, set] = [follow({ touchedMax: 5 }), metOnes()];
  await members.gather(workspaceId, [set]);
  nowMs += 400_000;
  await meet(customers);
  members.touch(workspaceId, new Set(customers));
  await members.gather(workspaceId, [set]);
  expect(await membersOf(set)).toEqual(customers);
});

test("few that are touched are looked through alone", async () => {
  const [members, set] = [follow(), metOnes()];
  await members.gather(workspaceId, [set]);
  await meet(customers.slice(0, 2));
  members.touch(workspaceId, new Set(customers.slice(1, 3)));
  await members.gather(workspaceId, [set]);
  expect(await membersOf(set)).toEqual([customers[1]]);
});

test("one that is asked for after a day stays while another question drops what nobody asks for", async () => {
  const [members, one, other] = [follow(), metOnes(), metOnes({ seconds: 0.2 })];
  await meet(customers.slice(0, 3));
  await members.gather(workspaceId, [one, other]);
  nowMs += 25 * 3_600_000;
  members.touch(workspaceId, new Set(customers));
  await Promise.all([members.gather(workspaceId, [one]), members.gather(workspaceId, [other])]);
  await members.gather(workspaceId, [one, other]);
  expect([await membersOf(one), await membersOf(other)]).toEqual([customers.slice(0, 3), customers.slice(0, 3)]);
});

test("one whose row was taken away is looked through whole", async () => {
  const [members, set] = [follow(), metOnes()];
  await meet(customers.slice(0, 3));
  await members.gather(workspaceId, [set]);
  await duck.writer.run("delete from gathered_sets where set_id = cast($1 as uuid)", [set.id]);
  members.touch(workspaceId, new Set([customers[9] ?? ""]));
  await members.gather(workspaceId, [set]);
  expect(await membersOf(set)).toEqual(customers.slice(0, 3));
});

test("who drops out as time passes is noticed though others are touched all the time", async () => {
  const [members, set] = [follow(), metOnes({ isTimed: true })];
  await meet(customers.slice(0, 3));
  await members.gather(workspaceId, [set]);
  // As days that pass do, this changes who is in it without anybody being told.
  await meet(customers.slice(0, 1), 0);
  nowMs += 120_000;
  members.touch(workspaceId, new Set([customers[9] ?? ""]));
  await members.gather(workspaceId, [set]);
  await vi.waitFor(async () => expect(await membersOf(set)).toEqual(customers.slice(1, 3)), { timeout: 10_000 });
});

test("a rule too slow for its time is refused in words, also for the next half minute", async () => {
  const [members, set] = [follow({ statementMs: 200 }), metOnes({ seconds: 1 })];
  const asked = await Promise.allSettled([members.gather(workspaceId, [set]), members.gather(workspaceId, [set])]);
  expect(asked.map((one) => (one.status === "rejected" ? String(one.reason) : "gathered"))).toEqual(Array.from({ length: 2 }, () => expect.stringContaining("takes longer than a minute")));
  const quick = { ...set, condition: "activity.interactions > 0" };
  await expect(members.gather(workspaceId, [quick])).rejects.toThrow("narrow its rule");
  nowMs += 31_000;
  await meet(customers.slice(0, 1));
  await members.gather(workspaceId, [quick]);
  expect(await membersOf(set)).toEqual(customers.slice(0, 1));
});
