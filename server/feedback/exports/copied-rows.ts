import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import type { Connection, Db } from "#platform/db";
import { to as copyTo } from "pg-copy-streams";
import { BEGIN_SNAPSHOT, CANCEL_COPY, joinSnapshot } from "./exports.queries.ts";
import type { CopiedTable, Place, Snapshot } from "./exports.queries.ts";

/** Bytes of a portion that may wait while the one before it is still being read. */
const AHEAD_BYTES = 2_000_000;
/** With fewer connections left over, an export reads with one: nobody may have to wait because it took two. */
const SPARE_CONNECTIONS = 8;

/** What COPY writes, after a heading: as of one moment, in portions that two connections write in turn, because the database needs longer to write
 *  a row than we need to send it. Ends with whoever reads: when they go away, so do the statements. */
export const copyRows = async (db: Db, { heading, table }: { heading: string; table: CopiedTable }): Promise<Readable> => {
  const writers = await openWriters(db);
  const body = Readable.from(readInTurn(writers, { heading, table }), { objectMode: false });
  body.once("close", () => void Promise.all(writers.map((writer) => end(db, writer))));
  return body;
};

/** @property rows of the portion it writes or wrote last */
type Writer = { client: Connection; pid: number; rows: Readable | null };

const openWriters = async (db: Db): Promise<Writer[]> => {
  const first = await begin(db, BEGIN_SNAPSHOT);
  const { pool } = db;
  if (pool.waitingCount > 0 || pool.options.max - pool.totalCount + pool.idleCount < SPARE_CONNECTIONS) return [first.writer];
  try {
    return [first.writer, (await begin(db, joinSnapshot(first.snapshot))).writer];
  } catch (error) {
    await end(db, first.writer);
    throw error;
  }
};

const begin = async (db: Db, statements: readonly string[]): Promise<{ writer: Writer; snapshot: string }> => {
  const client = await db.pool.connect();
  try {
    let read: Snapshot | undefined;
    for (const statement of statements) read = (await client.query<Snapshot>(statement)).rows[0];
    return { writer: { client, pid: read?.pid ?? 0, rows: null }, snapshot: read?.snapshot ?? "" };
  } catch (error) {
    client.release(true);
    throw error;
  }
};

async function* readInTurn(writers: readonly Writer[], { heading, table }: { heading: string; table: CopiedTable }): AsyncGenerator<string | Buffer> {
  yield heading;
  const begun: Readable[] = [];
  let after: Place | null = null;
  for (let [turn, isAllBegun] = [0, false]; !isAllBegun || begun.length > 0; ) {
    while (!isAllBegun && begun.length < writers.length) {
      const portion = await beginPortion(writers, turn++, { table, after });
      begun.push(portion.rows);
      [after, isAllBegun] = [portion.until, portion.until === null];
    }
    yield* begun.shift() ?? [];
  }
}

const beginPortion = async (writers: readonly Writer[], turn: number, { table, after }: { table: CopiedTable; after: Place | null }): Promise<{ rows: Readable; until: Place | null }> => {
  const writer = writers[turn % writers.length];
  if (writer === undefined) throw new Error("An export needs a connection.");
  const { rows: [until = null] } = await writer.client.query<Place>(table.endOfPortion(after));
  const rows = writer.client.query(copyTo(table.copy(after, until)));
  const ahead = new PassThrough({ highWaterMark: AHEAD_BYTES });
  rows.once("error", (error) => ahead.destroy(error));
  // Whoever reads it is told; when nobody does any more, there is nobody to tell.
  ahead.on("error", () => undefined);
  writer.rows = rows;
  return { rows: rows.pipe(ahead), until };
};

const end = async (db: Db, { client, pid, rows }: Writer): Promise<void> => {
  if (rows === null || rows.readableEnded) return client.query("commit").then(() => client.release(), () => client.release(true));
  // PostgreSQL hears of the end of a copy only while its rows are taken: so they are taken and thrown away until it does.
  rows.unpipe();
  const isOver = rows.errored === null ? Promise.race([once(rows, "end"), once(rows, "close")]).catch(() => undefined) : undefined;
  rows.resume();
  await Promise.all([isOver, db.query(CANCEL_COPY, [pid])]).catch(() => undefined);
  client.release(true);
};
