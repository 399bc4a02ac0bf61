// One PostgreSQL for each worker of a run of tests, with a migrated database that every test file copies.
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connect, migrate } from "#platform/db";
import { startEmbeddedPostgres } from "./platform/db/embedded-postgres.ts";
import { migrateJobs } from "./platform/jobs/jobs-schema.ts";

const TEMPLATE = "firsthand_template";
const DROP_TRIES = 60;
const DROP_PAUSE_MS = 250;
// What a test writes is gone with the run: nothing is spent on surviving a crash.
const FORGETFUL = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", wal_level: "minimal", max_wal_senders: "0" };
const silent = { info: () => undefined, warn: () => undefined };

/** Starts the database of a test run.
 *  @returns the address of the template; copies stand beside it */
export const startTestPostgres = async (): Promise<{ connectionString: string; stop: () => Promise<void> }> => {
  const dataDir = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "firsthand-test-"));
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent, runtimeDir: join(tmpdir(), "firsthand-test-runtime"), settings: FORGETFUL });
  const admin = connect(postgres.connectionString, () => undefined, 1);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.close();
  const connectionString = withDatabase(postgres.connectionString, TEMPLATE);
  const db = connect(connectionString, () => undefined, 3);
  await migrate(db, import.meta.dirname);
  await migrateJobs(db);
  await db.close();
  return {
    connectionString,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** A fresh copy of the migrated database.
 *  @returns its address and how to drop it */
export const copyDatabase = async (templateString: string): Promise<{ connectionString: string; drop: () => Promise<void> }> => {
  const name = `firsthand_test_${randomBytes(6).toString("hex")}`;
  const run = async (sql: string): Promise<void> => {
    const admin = connect(withDatabase(templateString, "postgres"), () => undefined, 1);
    try {
      await admin.query(sql);
    } finally {
      await admin.close();
    }
  };
  // A fifth of the time that a copy through the log takes.
  await run(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  // PostgreSQL's own cleaning may be at work in the database, and only a superuser may end that: it is done in a moment.
  const drop = async (): Promise<void> => {
    for (let tries = 1; ; tries++)
      try {
        return await run(`drop database if exists ${name} with (force)`);
      } catch (error) {
        if (tries === DROP_TRIES) throw error;
        await wait(DROP_PAUSE_MS);
      }
  };
  return { connectionString: withDatabase(templateString, name), drop };
};

// The host part of a socket address is empty, which URL does not allow: so the name is replaced in the text.
const withDatabase = (connectionString: string, name: string): string => connectionString.replace(/^([^?]*\/)[^/?]*(\?|$)/, `$1${name}$2`);
