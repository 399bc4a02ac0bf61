import { randomBytes } from "node:crypto";
import pg from "pg";

export type Queryable = {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
};

/** One connection of the pool, for what needs the same one throughout. */
export type Connection = pg.PoolClient;

export type Db = Queryable & { pool: pg.Pool; connectionString: string; close(): Promise<void> };

const INT8_OID = 20;
const DATE_OID = 1082;
const POOL_SIZE = 20;

// int8 arrives as a number: counts and row numbers stay far below 2^53. Dates stay text: a day has no time zone.
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") => {
    if (oid === INT8_OID) return Number;
    if (oid === DATE_OID) return (text: string) => text;
    return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
  },
};

/** Opens the pool of connections to PostgreSQL (version 15 or later).
 *  @param onError is told of connections lost while idle; the pool replaces them by itself */
export const connect = (connectionString: string, onError: (error: Error) => void, size: number = POOL_SIZE): Db => {
  const pool = new pg.Pool({ connectionString, max: size, types, application_name: "firsthand", idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 });
  pool.on("error", onError);
  // A connection can also break while it is checked out; its query fails by itself, this keeps the process alive.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    pool,
    connectionString,
    query: (text, values) => pool.query(text, values === undefined ? undefined : [...values]),
    close: () => pool.end(),
  };
};

/** A text as a literal of SQL, for the few statements that take no parameters, such as COPY. */
export const quoteText = (text: string): string => pg.escapeLiteral(text);

/** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
export const transaction = <Result>(db: Db, work: (tx: Queryable) => Promise<Result>): Promise<Result> => clientTransaction(db, (tx) => work(tx));

/** The same for work that needs the connection itself, to stream rows in or out. */
export const clientTransaction = async <Result>(db: Db, work: (tx: Queryable, client: pg.PoolClient) => Promise<Result>): Promise<Result> => {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work({ query: (text, values) => client.query(text, values === undefined ? undefined : [...values]) }, client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

let lastMs = 0;
let counter = 0;

/** A new row id: UUID version 7, so that ids made later sort later and index pages fill from the right.
 *  Source: RFC 9562, section 5.7, with a 12-bit counter within the millisecond. */
export const newId = (): string => {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = randomBytes(1).readUInt8() & 0x7f;
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
