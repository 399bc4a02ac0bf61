// DuckDB in this process: a writer for the follower and a few readers. Only the analytics process opens it,
// because one file can be open in one process only and a long query must not hold up the server.
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as duckdb from "@duckdb/node-api";
import type { DuckDBConnection, DuckDBInstance, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import type { AnalyticsRow, AnalyticsValue } from "./analytics.contract.ts";
import { makeDuckDbReadings, type DuckDbReadings } from "./duckdb-readings.ts";
import { withSets } from "./duckdb-sets.ts";

export type AnalyticsColumn = { name: string; type: "uuid" | "integer" | "bigint" | "double" | "boolean" | "varchar" | "timestamp" };
export type AnalyticsTable = { name: string; columns: readonly AnalyticsColumn[] };

/** The follower's side of the store. One transaction at a time. */
export type AnalyticsWriter = {
  run: (sql: string, values?: readonly AnalyticsValue[]) => Promise<AnalyticsRow[]>;
  /** Adds rows column by column: the fastest way in. Times are milliseconds since 1970, ids are text. */
  append: (table: AnalyticsTable, columns: readonly (readonly AnalyticsValue[])[]) => Promise<void>;
  transaction: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

export type DuckDb = {
  writer: AnalyticsWriter;
  /** A second writer, for tables that the first leaves alone: what it does holds up nobody. */
  besideWriter: AnalyticsWriter;
  /** @param options `queueMs`: what waited longer for its turn is refused, since whoever asked has been told so by then */
  query: (sql: string, values: readonly AnalyticsValue[], options: { timeoutMs: number; limitRows: number; queueMs: number }) => Promise<AnalyticsRow[]>;
  readings: DuckDbReadings;
  close: () => Promise<void>;
};

const READERS = 2;
const OPEN_TRIES = 40;
const OPEN_PAUSE_MS = 250;
// A vector of DuckDB holds 2,048 values: larger chunks are refused.
const CHUNK_ROWS = 2048;

/** Opens the file, making it when there is none.
 *  @param path the file, or ":memory:"
 *  @throws when another process keeps the file open for longer than ten seconds */
export const openDuckDb = async (path: string, limits: { memoryMb: number; threads: number }): Promise<DuckDb> => {
  const instance = await open(path, limits);
  const [writing, beside] = [await instance.connect(), await instance.connect()];
  const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
  const readings = makeDuckDbReadings(instance, plainRow);
  const free = [...readers];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  const take = (): Promise<DuckDBConnection> => {
    const connection = free.pop();
    return connection === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(connection);
  };
  const give = (connection: DuckDBConnection): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next(connection);
  };
  return {
    writer: createWriter(writing),
    besideWriter: createWriter(beside),
    query: async (sql, values, { timeoutMs, limitRows, queueMs }) => {
      const askedAt = performance.now();
      const connection = await take();
      if (performance.now() - askedAt > queueMs) {
        give(connection);
        throw new Error("too many questions were waiting");
      }
      const timer = setTimeout(() => connection.interrupt(), timeoutMs);
      try {
        return await withSets(connection, sql, () => readRows(connection, sql, values, limitRows));
      } finally {
        clearTimeout(timer);
        give(connection);
      }
    },
    readings,
    close: async () => {
      await readings.endAll();
      for (const connection of [beside, ...readers]) connection.interrupt();
      await writing.run("checkpoint").catch(() => undefined);
      for (const connection of [writing, beside, ...readers]) connection.closeSync();
      instance.closeSync();
    },
  };
};

// After a kill the old process may hold the file for a moment longer than its parent lived.
const open = async (path: string, limits: { memoryMb: number; threads: number }): Promise<DuckDBInstance> => {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const options = { memory_limit: `${limits.memoryMb}MB`, threads: String(limits.threads), preserve_insertion_order: "false", autoinstall_known_extensions: "false" };
  for (let tries = 1; ; tries++)
    try {
      return await duckdb.DuckDBInstance.create(path, options);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (tries < OPEN_TRIES && message.includes("lock")) {
        await wait(OPEN_PAUSE_MS);
        continue;
      }
      if (path === ":memory:" || message.includes("lock")) throw error;
      // A copy that cannot be read is thrown away and built anew: the truth is in PostgreSQL.
      removeFile(path);
      return duckdb.DuckDBInstance.create(path, options);
    }
};

const removeFile = (path: string): void => {
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
};

const createWriter = (connection: DuckDBConnection): AnalyticsWriter => ({
  run: (sql, values = []) => readRows(connection, sql, values, Number.MAX_SAFE_INTEGER),
  append: async (table, columns) => {
    const count = columns[0]?.length ?? 0;
    if (count === 0) return;
    const types = table.columns.map((column) => TYPES[column.type]);
    const appender = await connection.createAppender(table.name);
    for (let start = 0; start < count; start += CHUNK_ROWS) {
      const chunk = duckdb.DuckDBDataChunk.create(types, Math.min(CHUNK_ROWS, count - start));
      table.columns.forEach((column, index) => {
        const convert = CONVERT[column.type];
        chunk.setColumnValues(index, (columns[index] ?? []).slice(start, start + CHUNK_ROWS).map((value) => (value === null ? null : convert(value))));
      });
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
    appender.closeSync();
  },
  transaction: async (work) => {
    await connection.run("begin transaction");
    try {
      const result = await work();
      await connection.run("commit");
      return result;
    } catch (error) {
      await connection.run("rollback").catch(() => undefined);
      throw error;
    }
  },
});

const TYPES: Record<AnalyticsColumn["type"], DuckDBType> = {
  uuid: duckdb.UUID,
  integer: duckdb.INTEGER,
  bigint: duckdb.BIGINT,
  double: duckdb.DOUBLE,
  boolean: duckdb.BOOLEAN,
  varchar: duckdb.VARCHAR,
  timestamp: duckdb.TIMESTAMP,
};

const CONVERT: Record<AnalyticsColumn["type"], (value: string | number | boolean) => DuckDBValue> = {
  uuid: (value) => uuidValue(String(value)),
  integer: Number,
  bigint: (value) => BigInt(value),
  double: Number,
  boolean: Boolean,
  varchar: String,
  timestamp: (value) => new duckdb.DuckDBTimestampValue(BigInt(Math.round(Number(value))) * 1000n),
};

const uuidValue = (text: string): DuckDBValue => duckdb.DuckDBUUIDValue.fromUint128(BigInt(`0x${text.replaceAll("-", "")}`));

const readRows = async (connection: DuckDBConnection, sql: string, values: readonly AnalyticsValue[], limitRows: number): Promise<AnalyticsRow[]> => {
  const reader = await connection.runAndReadUntil(sql, Math.min(limitRows, Number.MAX_SAFE_INTEGER - 1), [...values]);
  const rows = reader.getRowObjectsJS();
  if (rows.length > limitRows) throw new Error(`The query gives more than ${limitRows} rows; ask for aggregates.`);
  return rows.map(plainRow);
};

const plainRow = (row: Record<string, unknown>): AnalyticsRow => {
  const told: Record<string, AnalyticsValue> = {};
  for (const name of Object.keys(row)) told[name] = plain(row[name]);
  return told;
};

const plain = (value: unknown): AnalyticsValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  return String(value);
};
