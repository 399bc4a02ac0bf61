// Results of any size, handed out portion by portion: each reading has a connection of its own, so that a slow reader holds up nobody.
import { randomUUID } from "node:crypto";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { AnalyticsRow, AnalyticsValue } from "./analytics.contract.ts";
import { withSets } from "./duckdb-sets.ts";

/** @property sql begins a new result; null goes on with the one before */
export type PortionAsked = { sql: string | null; values: readonly AnalyticsValue[]; timeoutMs: number };

export type DuckDbReadings = {
  /** @returns the id of the reading
   *  @throws when too many are open */
  open: () => Promise<string>;
  /** @returns no rows at the end of a result */
  portion: (reading: string, asked: PortionAsked) => Promise<AnalyticsRow[]>;
  /** Ends a reading, also in the middle of a portion. */
  end: (reading: string) => Promise<void>;
  endAll: () => Promise<void>;
};

// Each sorts what it reads, in memory that all queries share.
const READINGS_MAX = 6;
const PORTION_ROWS = 4096;

type Reading = { connection: DuckDBConnection; rows: AsyncIterator<AnalyticsRow[]> | null; work: Promise<unknown>; isOver: boolean };

/** @param plain turns a row of DuckDB into values that can be sent */
export const makeDuckDbReadings = (instance: DuckDBInstance, plain: (row: Record<string, unknown>) => AnalyticsRow): DuckDbReadings => {
  const readings = new Map<string, Reading>();
  let opening = 0;
  const end = async (id: string): Promise<void> => {
    const reading = readings.get(id);
    if (reading === undefined || reading.isOver) return;
    reading.isOver = true;
    reading.connection.interrupt();
    await reading.work.catch(() => undefined);
    readings.delete(id);
    reading.connection.closeSync();
  };
  return {
    open: async () => {
      if (readings.size + opening >= READINGS_MAX) throw new Error(`${READINGS_MAX} large results are being read already`);
      opening += 1;
      try {
        const connection = await instance.connect();
        // One transaction: all results of a reading are as of the same moment.
        await connection.run("begin transaction");
        // Not a number: when the process starts again, whoever still holds one of the process before must not read somebody else's result.
        const id = randomUUID();
        readings.set(id, { connection, rows: null, work: Promise.resolve(), isOver: false });
        return id;
      } finally {
        opening -= 1;
      }
    },
    portion: (id, asked) => {
      const reading = readings.get(id);
      if (reading === undefined || reading.isOver) return Promise.reject(new Error("the reading is over"));
      const work = readPortion(reading, asked, plain);
      reading.work = work;
      return work;
    },
    end,
    endAll: async () => {
      await Promise.all([...readings.keys()].map(end));
    },
  };
};

const readPortion = async (reading: Reading, { sql, values, timeoutMs }: PortionAsked, plain: (row: Record<string, unknown>) => AnalyticsRow): Promise<AnalyticsRow[]> => {
  const timer = setTimeout(() => reading.connection.interrupt(), timeoutMs);
  try {
    if (sql !== null) reading.rows = chunksOf(reading.connection, sql, values, plain);
    const rows: AnalyticsRow[] = [];
    while (rows.length < PORTION_ROWS && reading.rows !== null) {
      const { value, done } = await reading.rows.next();
      if (done === true) reading.rows = null;
      else rows.push(...value);
    }
    return rows;
  } finally {
    clearTimeout(timer);
  }
};

async function* chunksOf(connection: DuckDBConnection, sql: string, values: readonly AnalyticsValue[], plain: (row: Record<string, unknown>) => AnalyticsRow): AsyncGenerator<AnalyticsRow[]> {
  const result = await withSets(connection, sql, () => connection.stream(sql, [...values]));
  for await (const rows of result.yieldRowObjectJs()) yield rows.map(plain);
}
