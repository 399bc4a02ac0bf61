// Dashboards on a copy of ten million interactions and two million perceptions: every kind of tile by itself, and a board of twelve.
//   node tools/run.mjs bench/dashboards.ts [--interactions 10000000] [--rounds 20]
import { mkdtempSync, rmSync } from "node:fs";
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

export type DashboardFigures = { interactions: number; rounds: number; tiles: { tile: string; p50Ms: number; p95Ms: number }[]; twelveTilesP50Ms: number; twelveTilesP95Ms: number };

const now = new Date("2026-11-01T00:00:00Z");
const period = { preset: "90d" };
const kinds = [
  { chart: "number" }, { chart: "trend" }, { chart: "distribution" }, { chart: "answers" }, { chart: "bars", split: "channel" }, { chart: "table", split: "touchpoint" }, { chart: "stacked", split: "channel" },
  { chart: "heat", split: "channel" },
];
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
    await empty.stop();
    await fill(path, workspaceId, given.interactions, 6);
    const firsthand = await start();
    try {
      return await measure(firsthand, workspaceId, given);
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async ({ services, app }: Firsthand, workspaceId: string, given: { interactions: number; rounds: number }): Promise<DashboardFigures> => {
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
  for (const kind of kinds) {
    const times = await timesOf([kind]);
    tiles.push({ tile: Object.values(kind).join(" by "), p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) });
  }
  const whole = await timesOf(board);
  return { ...given, tiles, twelveTilesP50Ms: quantile(whole, 0.5), twelveTilesP95Ms: quantile(whole, 0.95) };
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { interactions: { type: "string", default: "10000000" }, rounds: { type: "string", default: "20" } } });
  console.log(JSON.stringify(await measureDashboards({ interactions: Number(values.interactions), rounds: Number(values.rounds) }), null, 2));
}
