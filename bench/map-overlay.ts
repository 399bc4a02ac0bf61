// A map's overlay, its deviations and the heavy questions beside it (gaps, what it costs, coming back, channels) on ten million interactions and a million
// perceptions, over HTTP, with and without filters.
//   node tools/run.mjs bench/map-overlay.ts [--interactions 10000000] [--rounds 5]
// Prints JSON. The rows are made in the analytics store itself: how fast they get there is measured by freshness, not here.
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
import { processorMs, quantile, timed } from "./timings.ts";

/** `processorMs`: of the server and the analytics process, at the request in the middle; it tells two versions apart where others use the machine as well.
 *  `customers`: null where the answer says none. */
type Figure = { request: string; p50Ms: number; slowestMs: number; processorMs: number | null; customers: number | null };
export type MapOverlayFigures = { interactions: number; steps: number; rounds: number; figures: Figure[] };

const now = new Date("2026-11-01T00:00:00Z");
const quarter = "from=2026-08-03";
const year = "from=2025-11-01";
const STEPS = 12;
const TOUCHPOINTS = 60;
const CUSTOMERS = 700_000;
const KNOWN = 50_000;

const requests = [
  ...[`channel=web&channel=app&${quarter}`, `channel=web&segment=SEGMENT&${quarter}`, quarter, `channel=web&${year}`, year, `againstFrom=2026-05-03&againstTo=2026-08-03&${quarter}`].map((query) => `maps/MAP/overlay?${query}`),
  `maps/MAP/deviations?${quarter}`, `maps/MAP/deviations?channel=web&${quarter}`,
  `gaps?${quarter}`, `paths/effects?outcome=goal&goal=touchpoint%205&${quarter}`, `paths/effects?outcome=leaving&${quarter}`, `paths/effects?outcome=revenue&${quarter}`,
  `paths/retention?${quarter}`, `channels?${quarter}`, `channel-switches?${quarter}`, `channel-effort?${quarter}`,
];

/** Makes the copy and a map of twelve steps with two touchpoints each, and asks. */
export const measureMapOverlay = async (given: { interactions: number; rounds: number }): Promise<MapOverlayFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const path = join(folder, "analytics.duckdb");
  const config = readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error", RATE_LIMIT_FACTOR: "1000" });
  const start = (): Promise<Firsthand> => startFirsthand(config, { connectionString: postgres.connectionString, listen: false, analyticsPath: path, clock: { now: () => now } });
  try {
    // The first start makes the tables; the file can be filled only while no process has it open.
    const empty = await start();
    const workspaceId = await createWorkspace(empty.services.db, { name: "bench", timeZone: "UTC", isDemo: false });
    await empty.stop();
    await fill(path, workspaceId, given.interactions);
    const firsthand = await start();
    try {
      return { ...given, steps: STEPS, figures: await measure(firsthand, workspaceId, given.rounds) };
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const measure = async ({ services, app }: Firsthand, workspaceId: string, rounds: number): Promise<Figure[]> => {
  const abilities = ["maps.read", "maps.write", "segments.read", "segments.write", "gaps.read", "paths.read", "touchpoints.read"];
  const actor = { kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set(abilities) } as const;
  const { token } = await createKey(services, actor, { kind: "api", name: "bench", abilities });
  const ask = async (method: "GET" | "POST", url: string, payload?: object): Promise<unknown> => {
    const reply = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload === undefined ? {} : { payload }) });
    if (reply.statusCode >= 300) throw new Error(`${url}: ${reply.body.slice(0, 500)}`);
    return reply.json();
  };
  const segment = await ask("POST", "/api/segments", { kind: "live", name: "bench", rule: { match: "all", who: "known", conditions: [] } });
  await addKnown(services.db, workspaceId);
  const map = await ask("POST", "/api/maps", { name: "bench", from: { kind: "document", document: drawn } });
  const figures: Figure[] = [];
  for (const request of requests) {
    const url = `/api/${request.replace("MAP", idOf(map)).replace("SEGMENT", idOf(segment))}`;
    const first = Object(await ask("GET", url));
    const [times, processor]: [number[], (number | null)[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const beforeMs = processorMs();
      // Most answers but overlays are kept for a moment: another end of the period is another question.
      times.push(await timed(() => ask("GET", `${url}${url.includes("/overlay") ? "" : `&to=2026-10-${31 - round}`}`)));
      const afterMs = processorMs();
      processor.push(beforeMs === null || afterMs === null ? null : afterMs - beforeMs);
    }
    const used = processor.filter((ms) => ms !== null);
    figures.push({ request, p50Ms: quantile(times, 0.5, 0), slowestMs: Math.round(Math.max(...times)), processorMs: used.length === 0 ? null : quantile(used, 0.5, 0), customers: first.customers ?? first.cases ?? null });
  }
  return figures;
};

const idOf = (made: unknown): string => String(Reflect.get(Object(made), "id"));

/** The customers of the segment, known to PostgreSQL as well. */
const addKnown = async (db: Firsthand["services"]["db"], workspaceId: string): Promise<void> => {
  const ids = `select cast(md5('customer' || number) as uuid) as id from generate_series(0, ${KNOWN - 1}) number`;
  await db.query(`insert into customers.customers (id, workspace_id, created_at) select id, $1, now() from (${ids}) made`, [workspaceId]);
  await db.query(`insert into customers.activity (customer_id, workspace_id, is_anonymous, first_seen_at, last_seen_at) select id, $1, false, now(), now() from (${ids}) made`, [workspaceId]);
};

const drawn = {
  stages: [{ id: "stage1", name: "All" }], lanes: [], cards: [], measured: [],
  steps: Array.from({ length: STEPS }, (_, at) => ({
    id: `step${at}`, stageId: "stage1", name: `Step ${at}`, description: "", matches: [2 * at, 2 * at + 1].map((place) => ({ touchpoint: `touchpoint ${place}`, channel: null })),
    failures: at % 4 === 0 ? [{ touchpoint: `touchpoint ${40 + at}`, channel: null }] : [], isOptional: at === 3, isMomentOfTruth: false, importanceToCustomer: null, importanceToUs: null,
    designed: { before: null, during: null, after: null }, nextWithinHours: 48, ownerId: null, childMapId: null,
  })),
};

/** A year of made rows in the order they came; one in eleven is a perception, every hundredth fact tells a promised date, one of eighty kinds is a purchase with a sum and the number of its order. */
const fill = async (path: string, workspaceId: string, interactions: number): Promise<void> => {
  const rows = Math.round(interactions * 1.1);
  const stepMs = Math.floor((365 * 86_400_000) / rows);
  const instance = await duckdb.DuckDBInstance.create(path, { preserve_insertion_order: "true", memory_limit: "2GB" });
  const connection = await instance.connect();
  const kind = "cast(hash(i * 23) % 4 as int)";
  const row = `
    cast(case when hash(i * 41) % 20 = 0 then '01a2b3c4-1111-7abc-8def-0123456789ab' else '${workspaceId}' end as uuid) as workspace_id,
    cast(md5('row' || i) as uuid) as id, cast(i as bigint) as seq,
    cast(hash(i * 7) % ${CUSTOMERS} as bigint) as subject, cast(md5('customer' || hash(i * 7) % ${CUSTOMERS}) as uuid) as customer, cast(1 + hash(i * 7) % ${CUSTOMERS} as integer) as customer_no,
    timestamp '2025-11-01' + to_milliseconds(cast(i * ${stepMs} as bigint)) as "at", timestamp '2025-11-01' + to_milliseconds(cast(i * ${stepMs} + 1000 as bigint)) as received_at,
    'touchpoint ' || hash(i * 3) % ${TOUCHPOINTS} as touchpoint, (['web', 'app', 'shop', 'phone', 'mail'])[1 + cast(hash(i * 17) % 5 as int)] as channel, 'segment' as source`;
  await connection.run(`
    insert into facts by name
    select ${row}, 'track' as type, case when hash(i * 3) % 80 = 7 then 'Order Completed' else 'event ' || hash(i * 3) % 80 end as name, cast(hash(i * 3) % ${TOUCHPOINTS} as integer) as touchpoint_no, 'touchpoint ' || hash(i * 5) % ${TOUCHPOINTS} as previous_touchpoint, cast(hash(i * 13) % 100000 as double) as gap_s
    from range(${rows}) made(i) where i % 11 <> 0`);
  await connection.run(`
    insert into feelings by name
    select ${row}, (['nps', 'csat', 'ces', 'comment'])[1 + ${kind}] as kind, case when ${kind} < 3 then (hash(i * 29) % 5) / 2.0 - 1 end as normalised, ${kind} = 3 as has_text
    from range(${rows}) made(i) where i % 11 = 0`);
  await connection.run(`
    insert into readings by name
    select workspace_id, id, 'en' as language, 'bench' as model_version, (['pos', 'neg', 'neu'])[1 + cast(seq % 3 as int)] as sentiment, (seq % 3) - 1.0 as sentiment_score,
           case when seq % 4 = 0 then -1 end as need_promise, case when seq % 5 = 0 then 1 end as need_inform, false as is_urgent, false as is_unsure
    from feelings where kind = 'comment'`);
  await connection.run(`insert into customer_numbers by name select cast('${workspaceId}' as uuid) as workspace_id, 1 + i as customer_no, cast(md5('customer' || i) as uuid) as customer from range(${CUSTOMERS}) made(i)`);
  await connection.run(`insert into touchpoint_numbers by name select cast('${workspaceId}' as uuid) as workspace_id, i as touchpoint_no, 'touchpoint ' || i as touchpoint from range(${TOUCHPOINTS}) made(i)`);
  await connection.run(`insert into details by name select workspace_id, id, seq, 'promised_date' as name, date_trunc('month', "at") as moment from facts where seq % 100 = 1`);
  await connection.run(`insert into details by name select workspace_id, id, seq, 'total' as name, seq % 300 as number from facts where seq % 20 = 1 or name = 'Order Completed'`);
  await connection.run(`insert into details by name select workspace_id, id, seq, 'order_id' as name, 'order ' || seq // 3 as text from facts where name = 'Order Completed'`);
  await connection.run("checkpoint");
  connection.closeSync();
  instance.closeSync();
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { interactions: { type: "string", default: "10000000" }, rounds: { type: "string", default: "5" } } });
  console.log(JSON.stringify(await measureMapOverlay({ interactions: Number(values.interactions), rounds: Number(values.rounds) }), null, 2));
}
