// Home's requests on a copy of ten million interactions and a million perceptions, against the bare DuckDB queries inside them.
//   node tools/run.mjs bench/home-figures.ts [--interactions 10000000] [--rounds 20]
// Prints JSON. Both sides run in turn on the same machine in the same minute, so that their ratio holds when it is busy.
import duckdb from "@duckdb/node-api";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createWorkspace } from "../server/platform/workspaces/workspaces.api.ts";
import { createKey } from "../server/people/keys/keys.ts";
import { readConfig } from "../server/config.ts";
import { startFirsthand, type Firsthand } from "../server/firsthand.ts";
import { startTestPostgres } from "../server/test-database.make.ts";
import { quantile, recordQueries, timed } from "./timings.ts";

export type HomeFigure = { request: string; p50Ms: number; p95Ms: number; bareP50Ms: number; bareP95Ms: number; ratio: number };
export type HomeFigures = { interactions: number; perceptions: number; rounds: number; figures: HomeFigure[]; wholeHomeP50Ms: number; wholeHomeP95Ms: number };

// The last instant in the made data: a year, one interaction every few seconds.
const now = new Date("2026-11-01T00:00:00Z");
const quarter = "from=2026-08-03";
const year = "from=2025-11-01";

const requests = [quarter, year].flatMap((period) => [
  `summary?${period}`,
  `trend?${period}`,
  `breakdown?by=touchpoint&${period}`,
  `breakdown?by=channel&${period}`,
  `latest?${period}`,
  `summary?${period}&channel=web`,
  `answers?band=detractors&${period}`,
  `changes?${period}`,
]);
const home = [...requests.slice(0, 5), `changes?${quarter}`];

/** Measures every request of Home in turn with the bare queries it makes. */
export const measureHome = async (given: { interactions: number; rounds: number }): Promise<HomeFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const path = join(folder, "analytics.duckdb");
  const config = readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" });
  const start = (): Promise<Firsthand> =>
    startFirsthand(config, { connectionString: postgres.connectionString, listen: false, analyticsPath: path, clock: { now: () => now } });
  try {
    // The first start makes the tables; the file can be filled only while no process has it open.
    const empty = await start();
    const workspaceId = await createWorkspace(empty.services.db, { name: "bench", timeZone: "Europe/Oslo", isDemo: false });
    await empty.stop();
    await fill(path, workspaceId, given.interactions);
    copyFileSync(path, `${path}.bare`);
    const firsthand = await start();
    try {
      return await measure(firsthand, workspaceId, `${path}.bare`, given);
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async (firsthand: Firsthand, workspaceId: string, barePath: string, given: { interactions: number; rounds: number }): Promise<HomeFigures> => {
  const { services, app } = firsthand;
  const abilities = ["metrics.read"];
  const actor = { kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set(abilities) } as const;
  const { token } = await createKey(services, actor, { kind: "api", name: "bench", abilities });
  const ask = async (request: string): Promise<void> => {
    const reply = await app.inject({ method: "GET", url: `/api/${request.startsWith("changes") ? "" : "metrics/"}${request}`, headers: { authorization: `Bearer ${token}` } });
    if (reply.statusCode !== 200) throw new Error(`${request}: ${reply.body}`);
  };
  const recorded = recordQueries(services.analytics);
  const instance = await duckdb.DuckDBInstance.create(barePath, { memory_limit: `${services.config.analyticsMemoryMb}MB`, threads: String(services.config.analyticsThreads) });
  const bare = await instance.connect();
  const figures: HomeFigure[] = [];
  for (const request of requests) {
    recorded.start();
    await ask(request);
    const queries = recorded.stop();
    const runBare = async (): Promise<void> => {
      for (const { sql, values } of queries) (await bare.runAndReadAll(sql, values)).getRowObjectsJS();
    };
    await runBare();
    const [ours, theirs] = await inTurn(given.rounds, () => ask(request), runBare);
    figures.push({
      request,
      p50Ms: quantile(ours, 0.5),
      p95Ms: quantile(ours, 0.95),
      bareP50Ms: quantile(theirs, 0.5),
      bareP95Ms: quantile(theirs, 0.95),
      ratio: Math.round((quantile(ours, 0.5) / quantile(theirs, 0.5)) * 100) / 100,
    });
  }
  const [whole] = await inTurn(given.rounds, () => Promise.all(home.map(ask)), () => Promise.resolve());
  const [row] = await services.analytics.query("select count(*) as perceptions from experience where record = 'perception'");
  bare.closeSync();
  instance.closeSync();
  return { interactions: given.interactions, perceptions: Number(row?.["perceptions"]), rounds: given.rounds, figures, wholeHomeP50Ms: quantile(whole, 0.5), wholeHomeP95Ms: quantile(whole, 0.95) };
};

const inTurn = async (rounds: number, first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<[number[], number[]]> => {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    times[0].push(await timed(first));
    times[1].push(await timed(second));
  }
  return times;
};

/** A year of made rows in the order they came: of eleven rows ten are interactions and one is a perception (of `every` rows, one), one row in
 *  twenty belongs to another workspace. Each says where it was, what it was about and who served: 300 members in 30 teams in 6 departments. */
export const fill = async (path: string, workspaceId: string, interactions: number, every = 11): Promise<void> => {
  const rows = Math.round((interactions * every) / (every - 1));
  const stepMs = Math.floor((365 * 86_400_000) / rows);
  const instance = await duckdb.DuckDBInstance.create(path, { preserve_insertion_order: "true", memory_limit: "2GB" });
  const connection = await instance.connect();
  const pick = (salt: number, values: readonly string[]): string => `([${values.map((value) => `'${value}'`).join(", ")}])[1 + cast(hash(i * ${salt}) % ${values.length} as int)]`;
  const kind = "cast(hash(i * 23) % 4 as int)";
  const felt = (text: string): string => `case when i % ${every} = 0 then ${text} end`;
  const made = (rowsOf: string): string => `
    select
      cast(case when hash(i * 41) % 20 = 0 then '01a2b3c4-1111-7abc-8def-0123456789ab' else '${workspaceId}' end as uuid) as workspace_id,
      uuid() as id,
      cast(i as bigint) as seq,
      cast(hash(i * 7) % 700000 as bigint) as subject,
      cast(md5('customer' || hash(i * 7) % 700000) as uuid) as customer,
      cast(1 + hash(i * 7) % 700000 as integer) as customer_no,
      timestamp '2025-11-01' + to_milliseconds(cast(i * ${stepMs} as bigint)) as "at",
      timestamp '2025-11-01' + to_milliseconds(cast(i * ${stepMs} + 1000 as bigint)) as received_at,
      case when i % ${every} = 0 then null else 'track' end as type,
      case when i % ${every} = 0 then null else 'event ' || hash(i * 3) % 80 end as name,
      'touchpoint ' || hash(i * 3) % 60 as touchpoint,
      'touchpoint ' || hash(i * 5) % 60 as previous_touchpoint,
      cast(hash(i * 13) % 100000 as double) as gap_s,
      'stage ' || hash(i * 3) % 5 as stage,
      ${pick(17, ["web", "app", "shop", "phone", "mail"])} as channel,
      ${pick(19, ["segment", "survey", "import"])} as source,
      ${felt(`(['nps', 'csat', 'ces', 'comment'])[1 + ${kind}]`)} as kind,
      ${felt(`case ${kind} when 0 then hash(i * 29) % 11 when 1 then 1 + hash(i * 29) % 5 when 2 then 1 + hash(i * 29) % 7 end`)} as value,
      ${felt(`case ${kind} when 0 then 0 when 1 then 1 when 2 then 1 end`)} as scale_min,
      ${felt(`case ${kind} when 0 then 10 when 1 then 5 when 2 then 7 end`)} as scale_max,
      ${felt(`${kind} = 3`)} as has_text,
      ${felt("0.5 + (hash(i * 31) % 300) / 100.0")} as weight,
      ${felt("cast(md5('survey' || hash(i * 37) % 20) as uuid)")} as survey_id,
      ${pick(43, ["At home", "In the shop", "On the move"])} as environment,
      'product ' || hash(i * 47) % 200 as product,
      cast(md5('member' || hash(i * 53) % 300) as uuid) as member_id,
      cast(md5('team' || hash(i * 53) % 300 % 30) as uuid) as team_id,
      'department ' || hash(i * 53) % 300 % 30 % 6 as department
    from range(${rows}) made(i)
    where ${rowsOf}`;
  await connection.run(`insert into facts by name ${made(`i % ${every} <> 0`)}`);
  await connection.run(`insert into feelings by name ${made(`i % ${every} = 0`)}`);
  await connection.run(`insert into customer_numbers by name select cast('${workspaceId}' as uuid) as workspace_id, 1 + i as customer_no, cast(md5('customer' || i) as uuid) as customer from range(700000) made(i)`);
  await connection.run("checkpoint");
  connection.closeSync();
  instance.closeSync();
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { interactions: { type: "string", default: "10000000" }, rounds: { type: "string", default: "20" } } });
  console.log(JSON.stringify(await measureHome({ interactions: Number(values.interactions), rounds: Number(values.rounds) }), null, 2));
}
