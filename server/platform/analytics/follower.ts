// Keeps the columnar copy in step with the record: reads what was committed since, in commit order, and writes it
// together with its own position in one transaction of the store. So each row arrives exactly once, whoever dies when.
import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "../db/db.ts";
import { findMigrations } from "../db/migrate.ts";
import type { Log } from "../log/log.ts";
import type { AnalyticsWriter } from "./duckdb.ts";

/** `isPressed`: it is behind because rows come in right now faster than they are copied. */
export type StepResult = { rows: number; isBehind: boolean; isPressed: boolean; workspaceIds: readonly string[] };

/** What copies one part of the record. Every step reads rows below the horizon only: all transactions before it have ended. */
export type Projection = {
  step: (given: { db: Db; writer: AnalyticsWriter; horizon: string }) => Promise<StepResult>;
  /** Forgets what it remembers of the store, after a step failed. */
  forget: () => void;
};

const NOTHING_NEW: StepResult = { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
const PAUSE_ACTIVE_MS = 15;
const PAUSE_IDLE_MS = 150;
const PAUSE_GROWTH = 1.3;
const PAUSE_FAILED_MS = 1_000;
// Pauses as a multiple of the step before: one pause per step gives half of the time away, two give two thirds.
const PRESSED_PAUSES = 2;

export type Follower = {
  /** Resolves once everything committed before the call is copied. */
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
  /** Runs work between two steps, so that nothing else writes meanwhile. */
  exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

export const startFollower = (given: {
  db: Db;
  writer: AnalyticsWriter;
  projection: Projection;
  log: Log;
  onAdvance: (workspaceIds: readonly string[]) => void;
}): Follower => {
  const { db, writer, projection, log, onAdvance } = given;
  let isStopping = false;
  let pauseMs = PAUSE_ACTIVE_MS;
  const takeTurn = makeTurns();
  let pause = new AbortController();
  // What is below this horizon is copied. While nothing was written since, it stands still and there is nothing to look for.
  let copiedTo: string | null = null;
  const waiters = new Set<Waiter>();

  const step = async (): Promise<void> => {
    const began = performance.now();
    const horizon = await readHorizon(db);
    const result = horizon === copiedTo ? NOTHING_NEW : await projection.step({ db, writer, horizon });
    copiedTo = result.isBehind ? null : horizon;
    if (result.rows > 0) onAdvance(result.workspaceIds);
    // Under pressure the processor belongs to collecting first: acknowledgements must not wait for figures, which catch up later.
    const behindMs = result.isPressed ? PRESSED_PAUSES * (performance.now() - began) : 0;
    pauseMs = result.isBehind ? behindMs : result.rows > 0 ? PAUSE_ACTIVE_MS : Math.min(PAUSE_IDLE_MS, pauseMs * PAUSE_GROWTH + 1);
    if (!result.isBehind) await settleWaiters(db, waiters, BigInt(horizon));
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      try {
        await takeTurn(step);
      } catch (error) {
        projection.forget();
        copiedTo = null;
        if (!isStopping) log.warn({ err: error }, "the analytics copy could not advance; trying again");
        pauseMs = PAUSE_FAILED_MS;
      }
      pause = new AbortController();
      await wait(pauseMs, undefined, { signal: pause.signal }).catch(() => undefined);
    }
  };
  const running = loop();

  return {
    caughtUp: async () => {
      const xid = await readTransactionId(db);
      pauseMs = PAUSE_ACTIVE_MS;
      await new Promise<void>((done) => {
        waiters.add({ xid, done, isSecondRound: false });
        pause.abort();
      });
    },
    stop: async () => {
      isStopping = true;
      pause.abort();
      await running;
    },
    exclusively: (work) =>
      takeTurn(() => {
        copiedTo = null;
        return work();
      }),
  };
};

/** Work given to what it returns is done one after the other, whether the one before failed or not. */
const makeTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
};

const settleWaiters = async (db: Db, waiters: Set<Waiter>, horizon: bigint): Promise<void> => {
  for (const waiter of waiters) {
    if (waiter.xid >= horizon) continue;
    if (waiter.isSecondRound) {
      waiters.delete(waiter);
      waiter.done();
    } else {
      // Copying can itself change the record (who is who); what it changed in this round is copied by the next.
      waiter.isSecondRound = true;
      waiter.xid = await readTransactionId(db);
    }
  }
};

type Waiter = { xid: bigint; done: () => void; isSecondRound: boolean };

const readTransactionId = async (db: Db): Promise<bigint> => {
  const { rows } = await db.query<{ xid: string }>("select pg_current_xact_id()::text as xid");
  return BigInt(rows[0]?.xid ?? "0");
};

// Every transaction with a smaller number has ended, so no row below can still appear.
const readHorizon = async (db: Db): Promise<string> => {
  const { rows } = await db.query<{ horizon: string }>("select pg_snapshot_xmin(pg_current_snapshot())::text as horizon");
  const horizon = rows[0]?.horizon;
  if (horizon === undefined) throw new Error("PostgreSQL gave no snapshot.");
  return horizon;
};

/** Makes the tables of the copy. When their definition changed since, the copy is emptied and follows from the start again.
 *  @returns true when it starts from nothing */
export const prepareStore = async (writer: AnalyticsWriter, serverFolder: string): Promise<boolean> => {
  const migrations = findMigrations(serverFolder, ".analytics.sql");
  const hash = createHash("sha256").update(migrations.map((migration) => migration.hash).join()).digest("hex");
  await writer.run("create table if not exists follower_state (key varchar primary key, value varchar not null)");
  const [row] = await writer.run("select value from follower_state where key = 'schema'");
  if (row?.["value"] === hash) return false;
  await writer.transaction(async () => {
    for (const { table_name: name, table_type: type } of await writer.run("select table_name, table_type from information_schema.tables where table_schema = 'main' order by table_type desc"))
      if (name !== "follower_state") await writer.run(`drop ${type === "VIEW" ? "view" : "table"} "${String(name)}"`);
    await writer.run("delete from follower_state");
    for (const migration of migrations) for (const statement of migration.sql.split(/;\s*$/m)) if (statement.trim() !== "") await writer.run(statement);
    await writer.run("insert into follower_state values ('schema', $1)", [hash]);
  });
  return true;
};
