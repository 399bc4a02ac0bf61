import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";
import { makeInteraction } from "../interactions/interactions.make.ts";
import type { NewInteraction } from "../interactions/interactions.contract.ts";
import { deleteByImport, insertInteractions } from "../interactions/interactions.queries.ts";
import { makePerception } from "../perceptions/perceptions.make.ts";
import { insertPerceptions } from "../perceptions/perceptions.queries.ts";

let firsthand: Installation;
let workspaceId: string;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  ({ workspaceId } = await firsthand.makeOrganisation());
});

const add = (...rows: Partial<NewInteraction>[]) =>
  insertInteractions(firsthand.services.db, workspaceId, rows.map((row) => makeInteraction(workspaceId, row)));

type Step = { touchpoint: unknown; previous: unknown; gap: unknown };

// What is stored with each fact, and what looking at the whole life of its customer gives.
const strayed = async (): Promise<readonly unknown[]> =>
  firsthand.services.analytics.query(
    `select *
     from (
       select *, lag(previous_at) over (partition by customer, previous, touchpoint order by "at", seq) as begun_before
       from (
         select customer, touchpoint, "at", seq, touchpoint_no, previous_no, here_before, step_before, previous_touchpoint,
                lag(touchpoint) over life as previous, lag("at") over life as previous_at,
                lag("at") over (partition by customer, touchpoint order by "at", seq) as met_before
         from experience
         where workspace_id = cast($1 as uuid) and record = 'interaction' and touchpoint is not null and customer is not null
         window life as (partition by customer order by "at", seq)
       ) lived
     ) whole
     left join touchpoint_numbers own on own.workspace_id = cast($1 as uuid) and own.touchpoint = whole.touchpoint
     left join touchpoint_numbers before on before.workspace_id = cast($1 as uuid) and before.touchpoint = whole.previous
     where whole.touchpoint_no is null or whole.touchpoint_no is distinct from own.touchpoint_no or whole.previous_no is distinct from before.touchpoint_no
        or previous_touchpoint is distinct from previous or here_before is distinct from met_before or step_before is distinct from begun_before`,
    [workspaceId],
  );

const steps = async (): Promise<Step[]> => {
  await firsthand.settle();
  expect(await strayed()).toEqual([]);
  const rows = await firsthand.services.analytics.query(
    `select touchpoint, previous_touchpoint as previous, gap_s as gap
     from experience
     where workspace_id = cast($1 as uuid) and record = 'interaction'
     order by "at", seq`,
    [workspaceId],
  );
  return rows.map((row) => ({ touchpoint: row["touchpoint"] ?? null, previous: row["previous"] ?? null, gap: row["gap"] ?? null }));
};

const customers = async (): Promise<number> => {
  await firsthand.settle();
  const [row] = await firsthand.services.analytics.query("select count(distinct customer) as customers from experience where workspace_id = cast($1 as uuid)", [workspaceId]);
  return Number(row?.["customers"]);
};

const minute = (at: number): string => new Date(Date.UTC(2026, 5, 1, 12, at)).toISOString();

describe("the analytics copy", () => {
  test("holds every fact and feeling once, with the customer and the step before", async () => {
    await add({ subject: "user:1", userId: "1", touchpoint: "visit", at: minute(0) }, { subject: "user:1", userId: "1", touchpoint: "order", at: minute(2) });
    await insertPerceptions(firsthand.services.db, workspaceId, [makePerception({ subject: "user:1", value: 3 })]);

    expect(await steps()).toEqual([
      { touchpoint: "visit", previous: null, gap: null },
      { touchpoint: "order", previous: "visit", gap: 120 },
    ]);
    expect(await customers()).toBe(1);
  });

  test("repairs the neighbours of a fact that comes late", async () => {
    await add({ subject: "user:1", touchpoint: "visit", at: minute(0) }, { subject: "user:1", touchpoint: "order", at: minute(10) });
    await steps();

    await add({ subject: "user:1", touchpoint: "cart", at: minute(4) });

    expect(await steps()).toEqual([
      { touchpoint: "visit", previous: null, gap: null },
      { touchpoint: "cart", previous: "visit", gap: 240 },
      { touchpoint: "order", previous: "cart", gap: 360 },
    ]);
  });

  test("knows since when a customer was here and last went this way, whatever comes late", async () => {
    const visit = (touchpoint: string, at: number): Partial<NewInteraction> => ({ subject: "user:1", touchpoint, at: minute(at) });
    await add(visit("visit", 0), visit("order", 10), visit("visit", 20));
    await steps();
    await add(visit("order", 30));
    await steps();
    await add(visit("visit", 5), visit("order", 40), visit("order", 40));
    await steps();
    await add(visit("visit", 50), visit("order", 60));

    expect(await steps()).toHaveLength(9);
    const [last] = await firsthand.services.analytics.query(
      `select cast(here_before as varchar) as here, cast(step_before as varchar) as step from experience where workspace_id = cast($1 as uuid) and record = 'interaction' order by "at" desc, seq desc limit 1`, [workspaceId]);
    expect(last).toEqual({ here: "2026-06-01 12:40:00", step: "2026-06-01 12:20:00" });
  });

  test("gives the anonymous visit to the person it turns out to be", async () => {
    await add({ subject: "anonymous:abc", anonymousId: "abc", touchpoint: "visit", at: minute(0) });
    await add({ subject: "user:1", userId: "1", touchpoint: "order", at: minute(5) });
    expect(await customers()).toBe(2);

    await add({ type: "identify", subject: "user:1", userId: "1", anonymousId: "abc", name: "identify", at: minute(6) });

    expect(await customers()).toBe(1);
    expect((await steps())[1]).toEqual({ touchpoint: "order", previous: "visit", gap: 300 });
  });

  test("counts no step for a message in which nothing was met", async () => {
    await add(
      { subject: "user:1", userId: "1", touchpoint: "visit", at: minute(0) },
      { subject: "user:1", userId: "1", type: "identify", name: "identify", at: minute(1) },
      { subject: "user:1", userId: "1", touchpoint: "order", at: minute(5) },
    );

    expect(await steps()).toEqual([
      { touchpoint: "visit", previous: null, gap: null },
      { touchpoint: null, previous: null, gap: null },
      { touchpoint: "order", previous: "visit", gap: 300 },
    ]);
  });

  test("drops what an undone import brought, and its neighbours close up", async () => {
    const importId = "01900000-0000-7000-8000-000000000001";
    await add({ subject: "user:1", touchpoint: "visit", at: minute(0) }, { subject: "user:1", touchpoint: "imported", at: minute(1), importId }, { subject: "user:1", touchpoint: "order", at: minute(2) });
    await steps();

    await transaction(firsthand.services.db, (tx) => deleteByImport(tx, workspaceId, importId, 100));

    expect(await steps()).toEqual([
      { touchpoint: "visit", previous: null, gap: null },
      { touchpoint: "order", previous: "visit", gap: 120 },
    ]);
  });

  test("does not lose a row whose transaction ends after later ones", async () => {
    const client = await firsthand.services.db.pool.connect();
    await client.query("begin");
    await insertInteractions({ query: (text, values) => client.query(text, values === undefined ? undefined : [...values]) }, workspaceId, [
      makeInteraction(workspaceId, { subject: "user:1", touchpoint: "slow", at: minute(0) }),
    ]);
    await add({ subject: "user:1", touchpoint: "fast", at: minute(1) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.query("commit");
    client.release();

    expect(await steps()).toEqual([
      { touchpoint: "slow", previous: null, gap: null },
      { touchpoint: "fast", previous: "slow", gap: 60 },
    ]);
  });

  test("passes over no row when the numbers of transactions become a digit longer", async () => {
    const { db } = firsthand.services;
    await db.query(`do $$ begin
      while pg_current_xact_id()::text::bigint % 10000 < 9990 loop commit; end loop;
    end $$`);
    for (let transactions = 0; transactions < 20; transactions += 1) await add(...Array.from({ length: 500 }, () => ({ subject: "user:1" })));

    await firsthand.services.analytics.rebuild();

    expect(await steps()).toHaveLength(10_000);
  });

  test("is the same after it was dropped and built anew", async () => {
    const rows = Array.from({ length: 9_000 }, (_, index) => ({
      subject: `user:${index % 40}`,
      touchpoint: `event ${index % 7}`,
      at: new Date(Date.UTC(2026, 0, 1) + ((index * 7_919) % 9_000) * 60_000).toISOString(),
    }));
    for (let start = 0; start < rows.length; start += 1_000) await add(...rows.slice(start, start + 1_000));
    const before = await steps();

    await firsthand.services.analytics.rebuild();

    expect(before).toHaveLength(9_000);
    expect(await steps()).toEqual(before);
  });
});
