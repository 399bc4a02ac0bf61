import type { Queryable } from "#platform/db";
import { textArray, timeArray, uuidArray } from "./binary-arrays.rules.ts";
import type { ArrivingInteraction } from "./ingest.rules.ts";

/** An event that was refused, as a row. */
export type DeadLetter = {
  id: string;
  workspaceId: string;
  source: string;
  reason: string;
  detail: string;
  payload: string;
  receivedAt: number;
};

/** Writes facts of any number of workspaces in one statement; repeats are left alone. The general `insertInteractions` takes half
 *  as many rows a second, because it sends text arrays, one workspace at a time. */
export const insertArriving = async (db: Queryable, rows: readonly ArrivingInteraction[]): Promise<void> => {
  if (rows.length === 0) return;
  await db.query(
    `insert into customers.interactions (
       id, workspace_id, message_id, type, name, subject, user_id, anonymous_id,
       at, received_at, sent_at, original_at, channel, touchpoint, direction, source, message
     )
     select given.*
     from unnest(
       $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $15::text[], $16::text[], $17::json[]
     ) given
     on conflict (id) do nothing`,
    [
      uuidArray(rows.map((row) => row.id)),
      uuidArray(rows.map((row) => row.workspaceId)),
      textArray(rows.map((row) => row.messageId)),
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.name)),
      textArray(rows.map((row) => row.subject)),
      textArray(rows.map((row) => row.userId)),
      textArray(rows.map((row) => row.anonymousId)),
      timeArray(rows.map((row) => row.at)),
      timeArray(rows.map((row) => row.receivedAt)),
      timeArray(rows.map((row) => row.sentAt)),
      timeArray(rows.map((row) => row.originalAt)),
      textArray(rows.map((row) => row.channel)),
      textArray(rows.map((row) => row.touchpoint)),
      textArray(rows.map((row) => row.direction)),
      textArray(rows.map((row) => row.source)),
      textArray(rows.map((row) => row.message), "json"),
    ],
  );
};

/** Keeps refused events. A retried request brings the same refusal again: its id is the same, and it is kept once. */
export const insertDeadLetters = async (db: Queryable, letters: readonly DeadLetter[]): Promise<void> => {
  if (letters.length === 0) return;
  await db.query(
    `insert into customers.dead_letters (id, workspace_id, source, reason, detail, payload, received_at)
     select given.*
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) given
     on conflict (id) do nothing`,
    [
      uuidArray(letters.map((letter) => letter.id)),
      uuidArray(letters.map((letter) => letter.workspaceId)),
      textArray(letters.map((letter) => letter.source)),
      textArray(letters.map((letter) => letter.reason)),
      textArray(letters.map((letter) => letter.detail)),
      textArray(letters.map((letter) => letter.payload)),
      timeArray(letters.map((letter) => letter.receivedAt)),
    ],
  );
};
