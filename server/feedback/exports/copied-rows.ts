import { PassThrough } from "node:stream";
import type { Readable } from "node:stream";
import type { Connection, Db } from "#platform/db";
import { to as copyTo } from "pg-copy-streams";
import { CANCEL_COPY, READ_OWN_PID } from "./exports.queries.ts";

/** What COPY writes, after a heading. Ends with whoever reads: when they go away, so does the statement. */
export const copyRows = async (db: Db, { heading, copy }: { heading: string; copy: string }): Promise<Readable> => {
  const client = await db.pool.connect();
  const body = new PassThrough();
  body.write(heading);
  streamCopy(db, client, { copy, body }).then(
    () => client.release(),
    (error: unknown) => {
      client.release(true);
      body.destroy(error instanceof Error ? error : new Error(String(error)));
    },
  );
  return body;
};

const streamCopy = async (db: Db, client: Connection, { copy, body }: { copy: string; body: PassThrough }): Promise<void> => {
  await client.query("begin read only");
  const { rows: [own] } = await client.query<{ pid: number }>(READ_OWN_PID);
  const rows = client.query(copyTo(copy));
  await new Promise<void>((resolve, reject) => {
    rows.once("end", resolve);
    rows.once("error", reject);
    const giveUp = (): void => {
      if (rows.readableEnded) return;
      // PostgreSQL hears of the end of a copy only while its rows are taken: so they are taken and thrown away until it does.
      rows.unpipe(body);
      rows.resume();
      void db.query(CANCEL_COPY, [own?.pid]).catch(reject);
    };
    body.once("close", giveUp);
    if (body.destroyed) giveUp();
    rows.pipe(body);
  });
  await client.query("commit");
};
