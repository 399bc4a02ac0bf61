// Logs of changes are cleared once every copy has passed them; a copy that missed something begins anew.
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeInteraction } from "../interactions/interactions.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { followedChangesJobs } from "./followed-changes.jobs.ts";
import { killAnalytics } from "./kill-analytics.make.ts";

let firsthand: Installation;
let organisation: Organisation;
const HOUR_MS = 3_600_000;
const clock = { aheadMs: 0 };

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date(Date.now() + clock.aheadMs) } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  // Nothing is cleared before the first copy has been known for a day.
  clock.aheadMs = 25 * HOUR_MS;
  organisation = await firsthand.makeOrganisation();
  await firsthand.services.db.query("delete from customers.followed_changes where copy_id = $1", [OTHER_COPY]);
});

const OTHER_COPY = "00000000-0000-4000-8000-00000000000a";
const LOGS = ["identity_changes", "customer_changes", "deletions"];
const MANY = 5_000;
/** No log is that long here. */
const FAR = 1_000_000_000;

const run = async (text: string, values: unknown[] = []): Promise<void> => void (await firsthand.services.db.query(text, values));
const one = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> => {
  const [row] = (await firsthand.services.db.query<Row>(text, values)).rows;
  if (row === undefined) throw new Error("There is no such row.");
  return row;
};
const clear = async (): Promise<void> => {
  for (const job of followedChangesJobs) await job.run({ services: firsthand.services, payload: {}, attempt: 1 });
};
const count = async (log: string, upTo = Number.MAX_SAFE_INTEGER): Promise<number> =>
  (await one<{ count: number }>(`select count(*)::int as count from customers.${log} where workspace_id = $1 and seq <= $2`, [organisation.workspaceId, upTo])).count;
const change = async (): Promise<void> => {
  const { workspaceId } = organisation;
  await run("insert into customers.identity_changes (workspace_id, identifier_id) select $1, 1 from generate_series(1, $2)", [workspaceId, MANY]);
  await run("insert into customers.customer_changes (workspace_id, customer_id) select $1, gen_random_uuid() from generate_series(1, $2)", [workspaceId, MANY]);
  await run("insert into customers.deletions (workspace_id, kind, record_id) select $1, 'interaction', gen_random_uuid() from generate_series(1, $2)", [workspaceId, MANY]);
};
const untilCleared = (): Promise<void> =>
  vi.waitFor(async () => {
    await clear();
    for (const log of LOGS) expect(await count(log)).toBe(0);
  }, { timeout: 15_000, interval: 100 });
/** Another copy has followed a log to its end. @returns that end */
const letOtherFollow = async (log: string): Promise<number> =>
  (await one<{ seq: number }>(
    `insert into customers.followed_changes (copy_id, log, xid, seq, told_at)
     select $1, $2, xid, seq, now() from customers.${log} order by xid desc, seq desc limit 1 returning seq`,
    [OTHER_COPY, log],
  )).seq;

test("changes that were followed are cleared, however many", async () => {
  await change();
  await firsthand.settle();

  await untilCleared();
});

test("what another copy has not followed yet stays until it has, or was not heard of for a week", async () => {
  await change();
  const ends = new Map<string, number>();
  for (const log of LOGS) ends.set(log, await letOtherFollow(log));
  await change();
  await firsthand.settle();

  await vi.waitFor(async () => {
    await clear();
    for (const log of LOGS) expect(await count(log)).toBe(MANY);
  }, { timeout: 15_000, interval: 100 });
  for (const [log, end] of ends) expect(await count(log, end)).toBe(0);
  await run("update customers.followed_changes set told_at = now() - interval '5 days' where copy_id = $1", [OTHER_COPY]);
  await clear();
  expect(await count("customer_changes")).toBe(MANY);
  await run("update customers.followed_changes set told_at = now() - interval '8 days' where copy_id = $1", [OTHER_COPY]);

  await untilCleared();
});

test("nothing is cleared before a copy has been known for a day, when no server is left that follows and tells nothing", async () => {
  await change();
  await firsthand.settle();
  await vi.waitFor(async () => expect(await one("select count(*)::int as count from customers.followed_changes")).toEqual({ count: LOGS.length }));
  clock.aheadMs = 23 * HOUR_MS;

  await clear();

  for (const log of LOGS) expect(await count(log)).toBe(MANY);
  clock.aheadMs = 25 * HOUR_MS;
  await untilCleared();
});

test("where no copy follows, nothing is cleared", async () => {
  await change();
  await firsthand.settle();
  await run("delete from customers.followed_changes");

  await clear();

  for (const log of LOGS) expect(await count(log)).toBe(MANY);
});

test("a copy that comes back after changes were cleared that it never read begins anew, and is right", async () => {
  const { workspaceId } = organisation;
  const { db, analytics } = firsthand.services;
  await insertInteractions(db, workspaceId, [1, 2].map((person) => makeInteraction(workspaceId, { subject: `user:${person}`, touchpoint: "shop" })));
  await firsthand.settle();
  const owners = async () => analytics.query(`select count(distinct customer) as customers from experience where workspace_id = '${workspaceId}'`);
  expect(await owners()).toEqual([{ customers: 2 }]);

  // As if both were merged while this copy was away, and the others had followed that.
  await run("update customers.assignments set customer_id = (select min(customer_id::text)::uuid from customers.assignments where identifier_id in (select id from customers.identifiers where workspace_id = $1)) where identifier_id in (select id from customers.identifiers where workspace_id = $1)", [workspaceId]);
  await run(
    `insert into customers.cleared_changes (log, xid, seq) select log, pg_current_xact_id(), $2 from unnest($1::text[]) log
     on conflict (log) do update set xid = excluded.xid, seq = excluded.seq`,
    [LOGS, FAR],
  );
  killAnalytics();

  await vi.waitFor(async () => {
    await firsthand.settle();
    expect(await owners()).toEqual([{ customers: 1 }]);
  }, { timeout: 30_000, interval: 200 });
  // It goes on following from there.
  await change();
  await firsthand.settle();
  await untilCleared();
});

test.each(["begins", "goes on"])("a copy that %s under a name by which another was heard takes a name of its own, so that both are waited for", async (when) => {
  const namesHeard = async () => (await firsthand.services.db.query<{ id: string; isAhead: boolean }>(
    `select distinct copy_id as id, bool_or(seq > $1) as "isAhead" from customers.followed_changes where copy_id <> $2 group by copy_id`, [FAR, OTHER_COPY])).rows;
  await change();
  await firsthand.settle();
  await untilCleared();
  const [shared, ...others] = await namesHeard();
  expect(others).toEqual([]);
  onTestFinished(() => run("delete from customers.followed_changes where copy_id = $1", [shared?.id]));

  // As if another server, set up from a snapshot of this one's disk, had told how far it is.
  await run("update customers.followed_changes set xid = pg_current_xact_id(), seq = $2 where copy_id = $1", [shared?.id, 2 * FAR]);
  if (when === "begins") killAnalytics();
  await change();

  await vi.waitFor(async () => {
    await firsthand.settle();
    const names = await namesHeard();
    expect(names.map(({ isAhead }) => isAhead).toSorted()).toEqual([false, true]);
    expect(names.find(({ isAhead }) => isAhead)?.id).toBe(shared?.id);
  }, { timeout: 30_000, interval: 200 });
});
