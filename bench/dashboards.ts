// Dashboards on a copy of ten million interactions and two million perceptions: every kind of tile by itself, and a board of twelve.
//   node tools/run.mjs bench/dashboards.ts [--interactions 10000000] [--rounds 20]
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../server/config.ts";
import { startFirsthand, type Firsthand } from "../server/firsthand.ts";
import { createKey } from "../server/people/keys/keys.ts";
import { createWorkspace } from "../server/platform/workspaces/workspaces.api.ts";
import { startTestPostgres } from "../server/test-database.make.ts";
import { fill } from "./home-figures.ts";
import { quantile } from "./timings.ts";

export type DashboardFigures = {
  filledS: number; fileMb: number; interactions: number; rounds: number; tiles: { tile: string; p50Ms: number; p95Ms: number }[]; twelveTilesP50Ms: number; twelveTilesP95Ms: number;
  /** Twelve tiles that are all split or narrowed by segments. */
  segmentTilesP50Ms: number; segmentTilesP95Ms: number;
};

const now = new Date("2026-11-01T00:00:00Z");
const period = { preset: "90d" };
const kinds = [
  { chart: "number" }, { chart: "trend" }, { chart: "distribution" }, { chart: "answers" }, { chart: "bars", split: "channel" }, { chart: "table", split: "touchpoint" }, { chart: "stacked", split: "channel" },
  { chart: "heat", split: "channel" }, { chart: "number", filters: { department: ["department 1"] } },
  ...["team", "department", "member", "product", "environment", "segment", "persona"].map((split) => ({ chart: "bars", split })),
];
/** Tiles about half of all customers. */
const narrowed = (half: string) => [{ chart: "number", filters: { segment: [half] } }, { chart: "trend", filters: { segment: [half] } }, { chart: "heat", split: "segment", filters: { segment: [half] } }];
// What a board is mostly made of: three scores, their courses, where they are low, and what people say.
const board = [
  ...["nps", "csat", "ces"].flatMap((metric) => [{ chart: "number", metric }, { chart: "trend", metric }, { chart: "bars", metric, split: "touchpoint" }]),
  { chart: "distribution", metric: "nps" }, { chart: "bars", metric: "nps", split: "channel" }, { chart: "answers", metric: "nps" },
];

/** Measures tiles one by one, each asked by itself, and then a whole board at once. */
export const measureDashboards = async (given: { interactions: number; rounds: number }): Promise<DashboardFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const path = join(folder, "analytics.duckdb");
  const config = readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error", RATE_LIMIT_FACTOR: "1000" });
  const start = (): Promise<Firsthand> => startFirsthand(config, { connectionString: postgres.connectionString, listen: false, analyticsPath: path, clock: { now: () => now } });
  try {
    const empty = await start();
    const workspaceId = await createWorkspace(empty.services.db, { name: "bench", timeZone: "Europe/Oslo", isDemo: false });
    const half = await addCustomers(empty, workspaceId);
    await empty.stop();
    const began = performance.now();
    await fill(path, workspaceId, given.interactions, 6);
    const [filledS, fileMb] = [Math.round((performance.now() - began) / 1_000), Math.round(statSync(path).size / 1_000_000)];
    const firsthand = await start();
    try {
      return { filledS, fileMb, ...(await measure(firsthand, { workspaceId, half }, given)) };
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

// The same 700,000 customers as in the copy, of whom three segments and two personas hold a tenth to a half.
const addCustomers = async ({ services: { db } }: Firsthand, workspaceId: string): Promise<string> => {
  await db.query("insert into customers.customers (id, workspace_id) select md5('customer' || number)::uuid, $1 from generate_series(0, 699999) number", [workspaceId]);
  await db.query(
    `insert into customers.activity (customer_id, workspace_id, is_anonymous, first_seen_at, last_seen_at, interactions)
     select md5('customer' || number)::uuid, $1, false, '2025-11-01', '2026-10-31', number % 100 from generate_series(0, 699999) number`, [workspaceId]);
  await db.query("analyze customers.activity");
  const rows = [["Regulars", "at_least", 90, null], ["Newcomers", "at_most", 19, null], ["Ada comes often", "at_least", 70, "A story."], ["Ben comes seldom", "at_most", 39, "A story."], ["Half", "at_least", 50, null]] as const;
  let id = "";
  for (const [name, operator, count, story] of rows) {
    const rule = { match: "all", who: "all", conditions: [{ kind: "interactions", name: null, operator, count, days: null }] };
    id = crypto.randomUUID();
    await db.query("insert into customers.segments (id, workspace_id, name, kind, rule, story, created_at, changed_at) values ($5, $1, $2, 'live', $3, $4, now(), now())", [workspaceId, name, rule, story, id]);
  }
  return id;
};

const measure = async ({ services, app }: Firsthand, { workspaceId, half }: { workspaceId: string; half: string }, given: { interactions: number; rounds: number }): Promise<Omit<DashboardFigures, "filledS" | "fileMb">> => {
  const abilities = ["metrics.read", "dashboards.read"];
  const { token } = await createKey(services, { kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set(abilities) }, { kind: "api", name: "bench", abilities });
  const ask = async (tiles: readonly object[]): Promise<number> => {
    const payload = { period, tiles: tiles.map((tile) => ({ metric: "nps", ...tile, id: crypto.randomUUID(), place: { x: 0, y: 0, w: 4, h: 3 } })) };
    const began = performance.now();
    const reply = await app.inject({ method: "POST", url: "/api/dashboards/data", payload, headers: { authorization: `Bearer ${token}` } });
    const tookMs = performance.now() - began;
    if (reply.statusCode !== 200 || reply.body.includes("\"failed\"")) throw new Error(reply.body.slice(0, 500));
    return tookMs;
  };
  const timesOf = async (tiles: readonly object[]): Promise<number[]> => {
    const times: number[] = [];
    await ask(tiles);
    for (let round = 0; round < given.rounds; round++) times.push(await ask(tiles));
    return times;
  };
  const tiles: DashboardFigures["tiles"] = [];
  for (const kind of [...kinds, ...narrowed(half)]) {
    const times = await timesOf([kind]);
    tiles.push({ tile: Object.values(kind).map((value) => (typeof value === "string" ? value : Object.keys(value).join())).join(" by "), p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) });
  }
  const whole = await timesOf(board);
  const byPeople = ["nps", "csat", "ces"].flatMap((metric) => [...narrowed(half).slice(0, 2), { chart: "bars", split: "segment" }, { chart: "bars", split: "persona" }].map((tile) => ({ ...tile, metric })));
  const peopled = await timesOf(byPeople);
  return { ...given, tiles, segmentTilesP50Ms: quantile(peopled, 0.5), segmentTilesP95Ms: quantile(peopled, 0.95), twelveTilesP50Ms: quantile(whole, 0.5), twelveTilesP95Ms: quantile(whole, 0.95) };
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { interactions: { type: "string", default: "10000000" }, rounds: { type: "string", default: "20" } } });
  console.log(JSON.stringify(await measureDashboards({ interactions: Number(values.interactions), rounds: Number(values.rounds) }), null, 2));
}
