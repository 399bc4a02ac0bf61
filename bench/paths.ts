// Mined paths on a copy of ten million interactions of 700,000 customers in a year, over HTTP.
//   node tools/run.mjs bench/paths.ts [--interactions 10000000] [--rounds 10]
// Prints JSON. Sixty touchpoints, of which a few are met most; what came before each is stored as the follower stores it.
import duckdb from "@duckdb/node-api";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../server/config.ts";
import { startFirsthand, type Firsthand } from "../server/firsthand.ts";
import { createKey } from "../server/people/keys/keys.ts";
import { createWorkspace } from "../server/platform/workspaces/workspaces.api.ts";
import { startTestPostgres } from "../server/test-database.make.ts";
import { ownerOf } from "./filled-survey.ts";
import { measurePicture, type PictureFigures } from "./paths-picture.ts";
import { quantile, timed } from "./timings.ts";

export type PathFigures = { interactions: number; rounds: number; figures: { request: string; p50Ms: number; fastestMs: number; slowestMs: number }[]; firstPicture: PictureFigures };

const now = new Date("2026-11-01T00:00:00Z");
/** Of a browser; at most eight. */
const VISITS = 8;
const year = "from=2025-11-01";
const quarter = "from=2026-08-03";
const requests: Record<string, string> = {
  "graph with counts, whole": `graph?measures=counts&${year}`,
  "graph with counts, by visit": `graph?measures=counts&cut=session&${year}`,
  "graph with counts, 90 days": `graph?measures=counts&${quarter}`,
  "graph with customers, medians and feelings, whole": `graph?${year}`,
  "graph with customers, medians and feelings, 90 days": `graph?${quarter}`,
  "variants, 90 days": `variants?${quarter}`,
  "flow by step, 90 days": `flow?${quarter}`,
  "funnel of three steps, 90 days": `funnel?step=${["0", "1", "2"].map((one) => encodeURIComponent(`touchpoint ${one}`)).join("&step=")}&${quarter}`,
  "graph of paths that pass a touchpoint, 90 days": `graph?measures=counts&passes=touchpoint%207&${quarter}`,
};

/** Makes each request several times, none of them from what was kept of the one before. */
export const measurePaths = async (given: { interactions: number; rounds: number }): Promise<PathFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const path = join(folder, "analytics.duckdb");
  const config = readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error", RATE_LIMIT_FACTOR: "1000" });
  const start = (listen = false): Promise<Firsthand> => startFirsthand(config, { connectionString: postgres.connectionString, listen, analyticsPath: path, clock: { now: () => now } });
  try {
    const empty = await start();
    const workspaceId = await createWorkspace(empty.services.db, { name: "bench", timeZone: "UTC", isDemo: false });
    await empty.stop();
    await fill(path, workspaceId, given.interactions);
    const firsthand = await start(true);
    try {
      const periods = Array.from({ length: VISITS + 1 }, (_, visit) => `from=2026-08-0${1 + visit}&to=2026-10-31`);
      return { ...given, figures: await measure(firsthand, workspaceId, given.rounds), firstPicture: await measurePicture(firsthand, workspaceId, periods) };
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async ({ services, app }: Firsthand, workspaceId: string, rounds: number): Promise<PathFigures["figures"]> => {
  const { token } = await createKey(services, { ...ownerOf(workspaceId), abilities: new Set(["paths.read"]) }, { kind: "api", name: "bench", abilities: ["paths.read"] });
  const ask = async (request: string): Promise<void> => {
    const reply = await app.inject({ method: "GET", url: `/api/paths/${request}`, headers: { authorization: `Bearer ${token}` } });
    if (reply.statusCode !== 200) throw new Error(`${request}: ${reply.body.slice(0, 500)}`);
  };
  const figures: PathFigures["figures"] = [];
  for (const [request, url] of Object.entries(requests)) {
    await ask(url);
    const times: number[] = [];
    // Another end of the period is another question: nothing is answered from what was kept for a moment.
    for (let round = 0; round < rounds; round += 1) times.push(await timed(() => ask(`${url}&to=${new Date(now.getTime() - (round + 1) * 1_000).toISOString()}`)));
    figures.push({ request, p50Ms: quantile(times, 0.5, 0), fastestMs: Math.round(Math.min(...times)), slowestMs: Math.round(Math.max(...times)) });
  }
  return figures;
};

const fill = async (path: string, workspaceId: string, interactions: number): Promise<void> => {
  const stepMs = Math.floor((365 * 86_400_000) / interactions);
  const person = `hash(i * 7) % ${Math.ceil(interactions * 0.07)}`;
  const instance = await duckdb.DuckDBInstance.create(path, { preserve_insertion_order: "true", memory_limit: "3GB" });
  const connection = await instance.connect();
  await connection.run(`
    create temp table made as
    select i, cast(md5('customer' || ${person}) as uuid) as customer, cast(1 + ${person} as integer) as customer_no, timestamp '2025-11-01' + to_milliseconds(cast(i * ${stepMs} as bigint)) as met_at,
           cast(floor(60 * power((hash(i * 3) % 100000) / 100000.0, 2.5)) as int) as place
    from range(${interactions}) made(i)`);
  await connection.run(`
    insert into facts by name
    select cast('${workspaceId}' as uuid) as workspace_id, uuid() as id, cast(i as bigint) as seq, cast(1 as bigint) as subject, customer, customer_no, met_at as "at", met_at as received_at,
           'track' as type, 'event ' || place as name, 'touchpoint ' || place as touchpoint, 'touchpoint ' || previous as previous_touchpoint,
           (epoch_ms(met_at) - epoch_ms(previous_at)) / 1000.0 as gap_s, place as touchpoint_no, previous as previous_no,
           lag(met_at) over (partition by customer, place order by i) as here_before, lag(previous_at) over (partition by customer, previous, place order by i) as step_before,
           'stage ' || place % 5 as stage, (['web', 'app', 'shop'])[1 + cast(hash(i * 17) % 3 as int)] as channel, 'segment' as source
    from (select *, lag(place) over life as previous, lag(met_at) over life as previous_at from made window life as (partition by customer order by i)) lived
    order by i`);
  await connection.run(`insert into customer_numbers by name select distinct cast('${workspaceId}' as uuid) as workspace_id, customer_no, customer from made`);
  await connection.run(`insert into touchpoint_numbers by name select distinct cast('${workspaceId}' as uuid) as workspace_id, place as touchpoint_no, 'touchpoint ' || place as touchpoint from made`);
  await connection.run(`
    insert into feelings by name
    select cast('${workspaceId}' as uuid) as workspace_id, uuid() as id, cast(i as bigint) as seq, cast(1 as bigint) as subject, customer, customer_no, met_at as "at", 'touchpoint ' || place as touchpoint,
           'nps' as kind, (hash(i * 29) % 11) / 5.0 - 1 as normalised, 'survey' as source
    from made
    where i % 10 = 0
    order by i`);
  await connection.run("checkpoint");
  connection.closeSync();
  instance.closeSync();
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { interactions: { type: "string", default: "10000000" }, rounds: { type: "string", default: "10" } } });
  console.log(JSON.stringify(await measurePaths({ interactions: Number(values.interactions), rounds: Number(values.rounds) }), null, 2));
}
