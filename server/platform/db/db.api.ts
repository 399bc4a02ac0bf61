export { clientTransaction, connect, newId, quoteText, transaction } from "./db.ts";
export type { Connection, Db, Queryable } from "./db.ts";
export { keepReadings } from "./kept-readings.ts";
export { migrate } from "./migrate.ts";
export { describeSchema } from "./snapshot.ts";
export { nextCursor, readCursor } from "./cursor.rules.ts";
