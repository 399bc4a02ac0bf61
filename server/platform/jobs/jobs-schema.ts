import { runMigrations } from "graphile-worker";
import type { Db } from "../db/db.ts";

/** Brings the tables of the job queue up to date; they belong to its library. */
export const migrateJobs = async (db: Db): Promise<void> => {
  await runMigrations({ pgPool: db.pool, noHandleSignals: true });
};
