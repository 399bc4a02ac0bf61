import { availableParallelism, loadavg } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { demoStatus } from "./demo.contract.ts";
import { loadDemo } from "./demo.ts";
import { streamDemo } from "./demo-stream.rules.ts";
import { addToTruth, startTruth } from "./demo-truth.rules.ts";
import type { DemoTruth, NpsCount } from "./demo-truth.rules.ts";

const now = Date.UTC(2026, 10, 21, 12);
const options = { seed: 7, scale: 1, now };

let installation: Installation;
let workspaceId: string;
let loadedMs: number;
const truth: DemoTruth = startTruth(options);

beforeAll(async () => {
  installation = await makeInstallation();
  const seen = new Set<string>();
  for (const batch of streamDemo(options)) addToTruth(truth, batch, seen, true);
  const before = performance.now();
  workspaceId = await loadDemo(installation.services, options);
  loadedMs = performance.now() - before;
}, 240_000);
afterAll(() => installation.stop());

const ask = (sql: string): Promise<Record<string, unknown>[]> => installation.services.analytics.query(sql, [workspaceId]);
const time = (at: number): string => `timestamp '${new Date(at).toISOString().slice(0, 23)}'`;

const npsBetween = async (from: number, to: number, condition = "true"): Promise<NpsCount> => {
  const [row] = await ask(
    `select count(*) as n, count(*) filter (value >= 9) as promoters, count(*) filter (value between 7 and 8) as passives, count(*) filter (value <= 6) as detractors
     from experience where workspace_id = cast($1 as uuid) and kind = 'nps' and "at" >= ${time(from)} and "at" < ${time(to)} and ${condition}`,
  );
  return { n: Number(row?.["n"]), promoters: Number(row?.["promoters"]), passives: Number(row?.["passives"]), detractors: Number(row?.["detractors"]) };
};

const points = (count: NpsCount): number => (100 * (count.promoters - count.detractors)) / count.n;
const standardError = (count: NpsCount): number => 100 * Math.sqrt(((count.promoters + count.detractors) / count.n - (points(count) / 100) ** 2) / count.n);

describe("the demo company, loaded", () => {
  test("is there within 30 seconds", () => {
    // On a machine that does other work as well, each of its programs takes that much longer.
    const crowding = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    expect(loadedMs / crowding).toBeLessThan(30_000);
  });

  test("has every fact and feeling once, though some were sent twice", async () => {
    const rows = await ask("select record, count(*) as n, count(distinct id) as ids from experience where workspace_id = cast($1 as uuid) group by record order by record");
    const perceptions = Object.values(truth.counts.perceptions).reduce((sum, n) => sum + n, 0);

    expect(truth.counts.duplicates).toBeGreaterThan(0);
    expect(rows).toEqual([
      { record: "interaction", n: truth.counts.interactions, ids: truth.counts.interactions },
      { record: "perception", n: perceptions, ids: perceptions },
    ]);
  });

  test("is not loaded a second time", async () => {
    expect(await loadDemo(installation.services, { ...options, seed: 8 })).toBe(workspaceId);
  });
});

describe("what is really in the demo company is found", () => {
  test("the score of each of the twelve months", async () => {
    for (const { from, to, answered } of truth.npsByWindow) expect(await npsBetween(from, to)).toEqual(answered);
  });

  test("the fall of the score in the app after the bad release, beyond chance, and none elsewhere as large", async () => {
    const { before, during } = truth.badRelease;
    const [appBefore, appDuring, restBefore, restDuring] = await Promise.all([
      npsBetween(before.from, before.to, "channel = 'app'"), npsBetween(during.from, during.to, "channel = 'app'"),
      npsBetween(before.from, before.to, "channel <> 'app'"), npsBetween(during.from, during.to, "channel <> 'app'"),
    ]);

    const fall = points(appBefore) - points(appDuring);
    expect([appBefore, appDuring]).toEqual([before.nps, during.nps]);
    expect(fall / Math.hypot(standardError(appBefore), standardError(appDuring))).toBeGreaterThan(1.96);
    expect(points(restBefore) - points(restDuring)).toBeLessThan(fall / 2);
  });

  test("who is the same person: nearly all that can be known, and hardly anybody taken for another", async () => {
    const owners = new Map(truth.persons.flatMap((person) => person.linkedIdentifiers.map((identifier) => [identifier, person.person] as const)));
    const { rows } = await installation.services.db.query<{ identifier: string; customerId: string }>(
      `select identifier.kind || ':' || identifier.value as identifier, assignment.customer_id as "customerId"
       from customers.identifiers identifier
       join customers.assignments assignment on assignment.identifier_id = identifier.id and not isfinite(assignment.valid_to)
       where identifier.workspace_id = $1`,
      [workspaceId],
    );
    const customers = Map.groupBy(rows.flatMap((row) => {
      const person = owners.get(row.identifier);
      return person === undefined ? [] : [{ ...row, person }];
    }), (row) => row.customerId);
    const pairs = (n: number): number => (n * (n - 1)) / 2;
    const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, n) => total + n, 0);
    const together = sum([...customers.values()].map((group) => pairs(group.length)));
    const rightly = sum([...customers.values()].flatMap((group) => [...Map.groupBy(group, (row) => row.person).values()].map((same) => pairs(same.length))));
    const wanted = sum(truth.persons.map((person) => pairs(person.linkedIdentifiers.length)));

    expect(rightly / together).toBeGreaterThan(0.99);
    expect(rightly / wanted).toBeGreaterThan(0.95);
  });

  test("which deliveries came when they were promised", async () => {
    const { rows } = await installation.services.db.query<{ onTime: number; late: number }>(
      `select count(*) filter (where (message #>> '{properties,days_late}')::integer = 0) as "onTime",
              count(*) filter (where (message #>> '{properties,days_late}')::integer > 0) as late
       from customers.interactions
       where workspace_id = $1 and name = 'Order Delivered'`,
      [workspaceId],
    );
    const { kept, late } = truth.promises.delivery;
    expect(rows[0]).toEqual({ onTime: kept, late });
  });

  test("broken identifiers stand for nobody", async () => {
    const { rows } = await installation.services.db.query<{ count: number }>(
      `select count(*) as count
       from customers.identifiers identifier
       join customers.assignments assignment on assignment.identifier_id = identifier.id
       where identifier.workspace_id = $1 and not identifier.is_blocked and identifier.kind || ':' || identifier.value = any ($2)`,
      [workspaceId, truth.identity.junk],
    );
    expect(rows[0]?.count).toBe(0);
  });
});

describe("loading and removing by hand", () => {
  const settled = async (organisation: Organisation, state: string): Promise<void> => {
    await expect.poll(async () => demoStatus.parse((await organisation.owner.ask("GET", "/api/demo")).body).state, { timeout: 60_000, interval: 200 }).toBe(state);
  };

  test("is for owners and admins, who own what they load, and leaves nothing behind", async () => {
    const other = await makeInstallation();
    try {
      const organisation = await other.makeOrganisation();
      const stranger = await other.makeOrganisation();
      expect((await organisation.manager.ask("POST", "/api/demo", {})).status).toBe(403);
      expect((await organisation.owner.ask("DELETE", "/api/demo")).body).toMatchObject({ error: { code: "demo_missing" } });

      const begun = await organisation.owner.ask("POST", "/api/demo", { scale: 0.02, seed: 3 });
      expect(begun).toMatchObject({ status: 202, body: { state: "loading" } });
      await settled(organisation, "ready");
      const { workspaceId: demoId, done } = demoStatus.parse((await organisation.owner.ask("GET", "/api/demo")).body);
      expect(done).toBeGreaterThan(500);
      expect((await organisation.admin.ask("POST", "/api/demo", {})).body).toMatchObject({ error: { code: "demo_exists" } });
      expect((await stranger.owner.ask("DELETE", "/api/demo")).body).toMatchObject({ error: { code: "demo_not_yours" } });
      expect((await organisation.owner.ask("PUT", "/api/session/workspace", { workspaceId: demoId })).status).toBeLessThan(300);
      expect((await organisation.owner.ask("GET", "/api/session")).body).toMatchObject({ workspace: { id: demoId, isDemo: true } });

      expect((await organisation.owner.ask("DELETE", "/api/demo")).status).toBe(202);
      expect((await organisation.owner.ask("GET", "/api/session")).body).toMatchObject({ workspace: { id: organisation.workspaceId, isDemo: false } });
      await settled(organisation, "none");
      await other.settle();
      const left = await other.services.analytics.query("select count(*) as n from experience where workspace_id = cast($1 as uuid)", [demoId]);
      const { rows } = await other.services.db.query<{ count: number }>(
        `select (select count(*) from customers.interactions where workspace_id = $1) + (select count(*) from customers.customers where workspace_id = $1)
              + (select count(*) from people.accounts where email like '%@nordlys.example') as count`,
        [demoId],
      );
      expect([left[0]?.["n"], rows[0]?.count]).toEqual([0, 0]);
    } finally {
      await other.stop();
    }
  });
});
