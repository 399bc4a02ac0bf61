// How many events a second are acknowledged after their commit, beside what the database takes without us in the same minutes.
//   node tools/run.mjs bench/ingest.ts [--seconds 10]
// Prints JSON. The load generator shares the machine with the server and the database, so read the ratios.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { connect } from "../server/platform/db/db.api.ts";
import type { Db } from "../server/platform/db/db.api.ts";
import { startEmbeddedPostgres } from "../server/platform/db/embedded-postgres.ts";
import { insertInteractions } from "../server/customers/customers.api.ts";
import { startBenchServer } from "./bench-server.ts";
import type { BenchServer } from "./bench-server.ts";

export type IngestFigure = { eventsPerSecond: number; p50Ms: number; p99Ms: number; failed: number; serverMicrosPerEvent: number | null; ratioToRaw: number };
export type IngestFigures = {
  machine: string;
  loadBefore: number;
  single256: IngestFigure;
  batch100: IngestFigure;
  rawRowsPerSecond: number;
  serverIdleMb: number | null;
  serverUnderLoadMb: number | null;
};

const WARM_UP_SECONDS = 3;
const RAW_ROWS = 1000;
const RAW_CONNECTIONS = 2;

/** Measures single events at 256 connections, batches of 100 at 8, and plain multi-row inserts into the same table. */
export const measureIngest = async (given: { seconds: number }): Promise<IngestFigures> => {
  const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores`;
  const loadBefore = loadavg()[0] ?? 0;
  const server = await startBenchServer();
  try {
    const serverIdleMb = server.memoryMb();
    await runLoad(server, { connections: 256, eventsPerRequest: 1, seconds: WARM_UP_SECONDS });
    const single = await runLoad(server, { connections: 256, eventsPerRequest: 1, seconds: given.seconds });
    await runLoad(server, { connections: 8, eventsPerRequest: 100, seconds: WARM_UP_SECONDS });
    const batch = await runLoad(server, { connections: 8, eventsPerRequest: 100, seconds: given.seconds });
    const serverUnderLoadMb = server.memoryMb();
    await server.stop();
    const rawRowsPerSecond = await measureRaw(server.dataDir, given.seconds);
    const withRatio = (figure: Omit<IngestFigure, "ratioToRaw">): IngestFigure => ({ ...figure, ratioToRaw: round(figure.eventsPerSecond / rawRowsPerSecond, 100) });
    return { machine, loadBefore: round(loadBefore, 10), single256: withRatio(single), batch100: withRatio(batch), rawRowsPerSecond, serverIdleMb, serverUnderLoadMb };
  } finally {
    server.remove();
  }
};

type Load = { connections: number; eventsPerRequest: number; seconds: number };

const runLoad = async (server: BenchServer, load: Load): Promise<Omit<IngestFigure, "ratioToRaw">> => {
  const before = server.processorMs();
  const flags = [new URL(server.address).port, server.writeKey, load.connections, load.eventsPerRequest, load.seconds].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "ingest-load.ts"), ...flags]);
  const { events, seconds, p50Ms, p99Ms, failed } = JSON.parse(stdout);
  const after = server.processorMs();
  const serverMicrosPerEvent = before === null || after === null ? null : round(((after - before) * 1000) / events, 10);
  return { eventsPerSecond: Math.round(events / seconds), p50Ms, p99Ms, failed, serverMicrosPerEvent };
};

// The statement the other modules write with, a thousand rows at a time, without HTTP, checks or identities.
const measureRaw = async (dataDir: string, seconds: number): Promise<number> => {
  const postgres = await startEmbeddedPostgres({ dataDir, log: { info: () => undefined, warn: () => undefined } });
  const db = connect(postgres.connectionString, () => undefined, RAW_CONNECTIONS);
  try {
    const { rows } = await db.query<{ id: string }>("select id from platform.workspaces limit 1");
    const workspaceId = rows[0]?.id ?? "";
    await insertFor(db, workspaceId, 1);
    const began = performance.now();
    const counts = await Promise.all(Array.from({ length: RAW_CONNECTIONS }, () => insertFor(db, workspaceId, seconds)));
    return Math.round(counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1000));
  } finally {
    await db.close();
    await postgres.stop();
  }
};

const insertFor = async (db: Db, workspaceId: string, seconds: number): Promise<number> => {
  let count = 0;
  for (const end = performance.now() + seconds * 1000; performance.now() < end; count += RAW_ROWS)
    await insertInteractions(db, workspaceId, Array.from({ length: RAW_ROWS }, rawRow));
  return count;
};

const MESSAGE = JSON.stringify({ type: "track", event: "Order Completed", properties: { path: "/checkout/done", filler: "x".repeat(380) } });

const rawRow = () => {
  const now = new Date().toISOString();
  const user = `user-${Math.floor(Math.random() * 50_000)}`;
  const id = randomUUID();
  return {
    id, messageId: id, type: "track", name: "Order Completed", subject: `user:${user}`, userId: user, anonymousId: null, at: now, receivedAt: now, sentAt: null, originalAt: now,
    channel: null, touchpoint: null, stage: null, direction: "customer", source: "bench", importId: null, memberId: null, message: MESSAGE,
  } as const;
};

const round = (value: number, digits: number): number => Math.round(value * digits) / digits;

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" } } });
  console.log(JSON.stringify(await measureIngest({ seconds: Number(values.seconds) }), null, 2));
}
