import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Db } from "./db.ts";
import { transaction } from "./db.ts";

export type Migration = { name: string; stamp: string; sql: string; hash: string };

const FILE = /^(\d{8}_\d{4})_[a-z0-9_]+\.sql$/;
// One number for all of Firsthand: two servers that start together must not migrate together.
const LOCK = 7_340_021;

/** Finds every feature's migrations for PostgreSQL, oldest stamp first. */
export const findMigrations = (serverFolder: string, suffix: ".sql" | ".analytics.sql" = ".sql"): Migration[] => {
  const found: Migration[] = [];
  for (const module of folders(serverFolder))
    for (const feature of folders(join(serverFolder, module))) {
      const folder = join(serverFolder, module, feature, "migrations");
      if (!existsSync(folder)) continue;
      for (const file of readdirSync(folder)) {
        const isAnalytics = file.endsWith(".analytics.sql");
        if (!file.endsWith(".sql") || isAnalytics !== (suffix === ".analytics.sql")) continue;
        const stamp = FILE.exec(file.replace(".analytics.sql", ".sql"))?.[1];
        if (stamp === undefined) throw new Error(`Migration ${join(folder, file)} is not named yyyymmdd_hhmm_what.sql.`);
        const sql = readFileSync(join(folder, file), "utf8");
        found.push({ name: basename(file), stamp, sql, hash: createHash("sha256").update(sql).digest("hex") });
      }
    }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
};

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map((entry) => entry.name);

/** Brings the schema up to date: applies what is missing, each file in a transaction of its own.
 *  @param isWanted leaves some for later: a restored backup is loaded into the schema it was made with
 *  @returns names of the migrations applied now
 *  @throws when an applied migration was edited since, because then nobody knows what the schema is */
export const migrate = async (db: Db, serverFolder: string, isWanted: (name: string) => boolean = () => true): Promise<string[]> => {
  const client = await db.pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await prepare(client);
    const { rows } = await client.query<{ name: string; hash: string }>("select name, hash from platform.migrations");
    const applied = new Map(rows.map((row) => [row.name, row.hash]));
    const done: string[] = [];
    for (const migration of findMigrations(serverFolder)) {
      if (!isWanted(migration.name)) continue;
      const hash = applied.get(migration.name);
      if (hash === migration.hash) continue;
      if (hash !== undefined) throw new Error(`Migration ${migration.name} was changed after it had been applied. Write a new one instead.`);
      await transaction(db, async (tx) => {
        await tx.query(migration.sql);
        await tx.query("insert into platform.migrations (name, hash) values ($1, $2)", [migration.name, migration.hash]);
      });
      done.push(migration.name);
    }
    return done;
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LOCK]).catch(() => undefined);
    client.release();
  }
};

const prepare = async (tx: { query: (text: string) => Promise<unknown> }): Promise<void> => {
  await tx.query("create schema if not exists platform");
  await tx.query("create table if not exists platform.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())");
};
