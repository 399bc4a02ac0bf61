// A backup is a folder: one compressed file per table, the files people uploaded, and a list of contents written last.
// All tables come from one snapshot, so they fit together while the server goes on working.
import { cpSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import type { Db, Queryable } from "../db/db.api.ts";
import { clientTransaction } from "../db/db.api.ts";
import { enqueue } from "../jobs/jobs.api.ts";
import type { ModuleManifest } from "../manifest/manifest.api.ts";
import { copyKeyFile, mergeKeyFile } from "../secrets/secret-keys.ts";
import * as queries from "./backup.queries.ts";
import type { Table } from "./backup.queries.ts";

export const SCHEMAS = ["platform", "people", "customers", "journeys", "conversations", "feedback", "insights", "cases", "engagement", "strategy"];

const FORMAT = 1;
const CONTENTS = "contents.json";

const contents = z.object({
  format: z.literal(FORMAT),
  madeAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), file: z.string() })),
  jobs: z.array(
    z.object({ name: z.string(), payload: z.record(z.string(), z.unknown()), runAt: z.coerce.date(), maxAttempts: z.number(), key: z.string().nullable(), queue: z.string().nullable() }),
  ),
  notes: z.record(z.string(), z.array(z.string())),
  hasFiles: z.boolean(),
});

/** A backup that cannot be made or used; the message says why and what to do. */
export class BackupError extends Error {}

type Say = (line: string) => void;
type Place = { db: Db; dataDir: string; folder: string; modules: readonly ModuleManifest[] };

/** Writes everything into a new or empty folder. The server may be running.
 *  @param say hears one line per step
 *  @returns how many tables and bytes were written */
export const makeBackup = async ({ db, dataDir, folder, modules }: Place, say: Say): Promise<{ tables: number; bytes: number }> => {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupError(`The folder "${folder}" is not empty. Name a new one: a backup never writes over another.`);
  mkdirSync(join(folder, "tables"), { recursive: true, mode: 0o700 });
  return clientTransaction(db, async (tx, client) => {
    await queries.beginSnapshot(tx);
    const tables = await queries.listTables(tx, SCHEMAS, ["platform.migrations", ...modules.flatMap((module) => module.backup.leftOut)]);
    let bytes = 0;
    for (const [index, table] of tables.entries()) {
      const output = createWriteStream(join(folder, fileOf(table)), { mode: 0o600 });
      await pipeline(client.query(copyTo(queries.copyOutText(table))), createGzip({ level: 4 }), output);
      bytes += output.bytesWritten;
      say(`${index + 1} of ${tables.length} tables: ${table.schema}.${table.name}`);
    }
    const uploads = join(dataDir, "files");
    const hasFiles = existsSync(uploads);
    if (hasFiles) cpSync(uploads, join(folder, "files"), { recursive: true });
    if (copyKeyFile(dataDir, folder)) say("the keys of the secrets, so that they can be opened again: keep the backup as safe as passwords");
    const list = {
      format: FORMAT,
      madeAt: new Date().toISOString(),
      migrations: await queries.listMigrationNames(tx),
      tables: tables.map((table) => ({ ...table, file: fileOf(table) })),
      jobs: await queries.listWaitingJobs(tx),
      notes: await noteAll(tx, modules),
      hasFiles,
    };
    // Written last: a backup that was cut short has no list and is refused.
    writeFileSync(join(folder, CONTENTS), JSON.stringify(list, null, 2), { mode: 0o600 });
    return { tables: tables.length, bytes };
  });
};

const noteAll = async (tx: Queryable, modules: readonly ModuleManifest[]): Promise<Record<string, string[]>> => {
  const notes: Record<string, string[]> = {};
  for (const module of modules) notes[module.name] = await module.backup.note(tx);
  return notes;
};

const fileOf = (table: Table): string => join("tables", `${table.schema}.${table.name}.copy.gz`);

/** Loads a backup into an empty, migrated database and data folder, in one transaction: all of it or nothing.
 *  @throws BackupError when the folder is no whole backup, is of a newer version, or there are data already */
export const restoreBackup = async ({ db, dataDir, folder, modules, analyticsPath }: Place & { analyticsPath: string }, say: Say): Promise<{ tables: number }> => {
  const list = readContents(folder);
  const known = new Set(await queries.listMigrationNames(db));
  const unknown = list.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new BackupError(`This backup was made by a newer Firsthand (it has ${unknown[0]}). Update first, then restore.`);
  if (await queries.hasRows(db)) throw new BackupError("There are data here already. Restore into a new data folder: firsthand restore FOLDER --data NEW_FOLDER");
  await clientTransaction(db, async (tx, client) => {
    await queries.emptyInstallation(tx);
    for (const [index, table] of list.tables.entries()) {
      await pipeline(createReadStream(join(folder, table.file)), createGunzip(), client.query(copyFrom(queries.copyInText(table))));
      say(`${index + 1} of ${list.tables.length} tables: ${table.schema}.${table.name}`);
    }
    await queries.advanceSequences(tx, list.tables);
    for (const module of modules) await module.backup.afterRestore(tx, list.notes[module.name] ?? []);
    for (const { name, payload, key, queue, ...job } of list.jobs)
      await enqueue(tx, name, payload, { ...job, ...(key === null ? {} : { key }), ...(queue === null ? {} : { queue }) });
    if (list.hasFiles) cpSync(join(folder, "files"), join(dataDir, "files"), { recursive: true });
    mergeKeyFile(folder, dataDir);
    // The analytics copy is made anew from what was restored.
    for (const suffix of ["", ".wal"]) rmSync(`${analyticsPath}${suffix}`, { force: true });
  });
  return { tables: list.tables.length };
};

/** The migrations of the schema a backup was made with. */
export const listMigrationsOf = (folder: string): string[] => readContents(folder).migrations;

const readContents = (folder: string): z.infer<typeof contents> => {
  let text: string;
  try {
    text = readFileSync(join(folder, CONTENTS), "utf8");
  } catch {
    throw new BackupError(`"${folder}" holds no whole backup: ${CONTENTS} is missing. A backup that was cut short has none.`);
  }
  const parsed = contents.safeParse(JSON.parse(text));
  if (!parsed.success) throw new BackupError(`"${join(folder, CONTENTS)}" is damaged: ${parsed.error.issues[0]?.message ?? "unreadable"}.`);
  return parsed.data;
};
