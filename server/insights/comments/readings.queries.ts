import type { Queryable } from "#platform/db";
import type { Mark, ReadingPart } from "./comments.contract.ts";
import type { NamedReading } from "./read-each.ts";
import type { Asked, Emotion, Need, Polarity, Reading, Sentiment } from "@firsthand/text";

export type Position = { xid: string; seq: number };

/** How far comments have been read. */
export const findReadingPosition = async (db: Queryable): Promise<Position> => {
  const { rows } = await db.query<Position>("select xid::text as xid, seq from insights.reading_positions where source = 'perceptions'");
  return rows[0] === undefined ? { xid: "0", seq: 0 } : { xid: rows[0].xid, seq: Number(rows[0].seq) };
};

/** Moves the place on, unless another server has done so meanwhile.
 *  @returns whether it was moved */
export const moveReadingPosition = async (tx: Queryable, from: Position, to: Position): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update insights.reading_positions
     set xid = $3::text::xid8, seq = $4
     where source = 'perceptions' and xid = $1::text::xid8 and seq = $2`,
    [from.xid, from.seq, to.xid, to.seq],
  );
  return rowCount === 1;
};

/** Those of the comments that nobody has read yet. */
export const listUnread = async (db: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>(
    `select given.id
     from unnest($1::uuid[]) given (id)
     where not exists (select from insights.readings reading where reading.perception_id = given.id)`,
    [[...ids]],
  );
  return new Set(rows.map(({ id }) => id));
};

export type NewReading = { perceptionId: string; workspaceId: string; at: Date; modelVersion: string; reading: NamedReading; asked: Asked | null; marked: readonly Mark[] };

const RENEWED = `update
     set model_version = excluded.model_version,
         xid = pg_current_xact_id(),
         asked = excluded.asked,
         language = case when 'language' = any (readings.corrected) then readings.language else excluded.language end,
         sentiment = case when 'sentiment' = any (readings.corrected) then readings.sentiment else excluded.sentiment end,
         sentiment_score = case when 'sentiment' = any (readings.corrected) then readings.sentiment_score else excluded.sentiment_score end,
         emotion = case when 'emotion' = any (readings.corrected) then readings.emotion else excluded.emotion end,
         needs = (excluded.needs - readings.corrected) || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(readings.needs) where key = any (readings.corrected)),
         is_urgent = case when 'urgent' = any (readings.corrected) then readings.is_urgent else excluded.is_urgent end,
         is_unsure = excluded.is_unsure and cardinality(readings.corrected) = 0,
         confidence = excluded.confidence,
         personal_data = case when readings.marked = excluded.marked then excluded.personal_data else readings.personal_data end,
         mentions = case when readings.marked = excluded.marked then excluded.mentions else readings.mentions end,
         named = case when readings.marked = excluded.marked then excluded.named else readings.named end`;

/** Writes what was read; a comment read before by the same or another model gets the new reading, but for the parts a person has set. Words that
 *  somebody marked while it was being read stay as that person left them. */
export const writeReadings = (tx: Queryable, rows: readonly NewReading[]): Promise<void> => insertReadings(tx, rows, RENEWED);

/** Writes that comments brought their reader down; another server may have read them well meanwhile, which stays. */
export const writeUnread = (db: Queryable, rows: readonly NewReading[]): Promise<void> => insertReadings(db, rows, "nothing");

const insertReadings = async (tx: Queryable, rows: readonly NewReading[], onConflict: string): Promise<void> => {
  if (rows.length === 0) return;
  await tx.query(
    `insert into insights.readings (
       perception_id, workspace_id, at, model_version, language, sentiment, sentiment_score, emotion, needs, is_urgent, is_unsure, confidence, personal_data, mentions, named, marked, asked
     )
     select *
     from unnest(
       $1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::text[], $9::jsonb[], $10::boolean[], $11::boolean[],
       $12::jsonb[], $13::jsonb[], $14::jsonb[], $15::jsonb[], $16::jsonb[], $17::text[]
     )
     on conflict (perception_id) do ${onConflict}`,
    [
      rows.map((row) => row.perceptionId),
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.at),
      rows.map((row) => row.modelVersion),
      rows.map((row) => row.reading.language),
      rows.map((row) => row.reading.sentiment),
      rows.map((row) => row.reading.sentimentScore),
      rows.map((row) => row.reading.emotion),
      rows.map((row) => JSON.stringify(row.reading.needs)),
      rows.map((row) => row.reading.isUrgent),
      rows.map((row) => row.reading.isUnsure),
      rows.map((row) => JSON.stringify(row.reading.confidence)),
      rows.map((row) => JSON.stringify(row.reading.personalData)),
      rows.map((row) => JSON.stringify(row.reading.mentions)),
      rows.map((row) => JSON.stringify(row.reading.named)),
      rows.map((row) => JSON.stringify(row.marked)),
      rows.map((row) => row.asked),
    ],
  );
};

export type FollowedReading = {
  workspaceId: string;
  id: string;
  xid: string;
  seq: number;
  language: string | null;
  modelVersion: string;
  sentiment: Sentiment;
  sentimentScore: number;
  emotion: Emotion | null;
  needs: Partial<Record<Need, Polarity>>;
  isUrgent: boolean;
  isUnsure: boolean;
  named: string[];
};

/** Readings written or changed after a place in the order of commit; the index on (xid, seq) carries it. */
export const listReadingsAfter = async (db: Queryable, after: Position, horizon: string, limit: number): Promise<FollowedReading[]> => {
  const { rows } = await db.query<FollowedReading>(
    `select workspace_id as "workspaceId", perception_id as id, xid::text as xid, seq, language, model_version as "modelVersion", sentiment, sentiment_score as "sentimentScore", emotion, needs,
            is_urgent as "isUrgent", is_unsure as "isUnsure", named
     from insights.readings
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by readings.xid, readings.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** How many comments of a workspace were read, counted up to a limit. */
export const countReadingsUpTo = async (db: Queryable, workspaceId: string, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>("select count(*) as count from (select from insights.readings where workspace_id = $1 limit $2) read", [workspaceId, limit]);
  return Number(rows[0]?.count ?? 0);
};

export const countReadingsAfter = async (db: Queryable, after: Position, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from (select from insights.readings where (xid, seq) > ($1::text::xid8, $2::bigint) limit $3) waiting",
    [after.xid, after.seq, limit],
  );
  return Number(rows[0]?.count ?? 0);
};

export type StoredReading = Omit<FollowedReading, "xid" | "seq" | "workspaceId" | "named"> & {
  confidence: Reading["confidence"];
  personalData: Reading["personalData"];
  mentions: Reading["mentions"];
  corrected: ReadingPart[];
  marks: Mark[];
  asked: Asked | null;
};

/** What was read in some comments of a workspace, in no order. */
export const listReadings = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<StoredReading[]> => {
  const { rows } = await db.query<StoredReading>(
    `select perception_id as id, language, sentiment, sentiment_score as "sentimentScore", emotion, needs, is_urgent as "isUrgent", is_unsure as "isUnsure",
            model_version as "modelVersion", confidence, personal_data as "personalData", mentions, corrected, marked as marks, asked
     from insights.readings
     where workspace_id = $1 and perception_id = any ($2::uuid[])`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** Ids of comments read, of all workspaces, in the order of ids. */
export const listReadingIds = async (db: Queryable, after: string | null, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    "select perception_id as id from insights.readings where $1::uuid is null or perception_id > $1 order by perception_id limit $2",
    [after, limit],
  );
  return rows.map(({ id }) => id);
};

/** Takes readings away with their themes and all that people said of them. */
export const deleteReadings = async (db: Queryable, ids: readonly string[]): Promise<void> => {
  await db.query(
    `with gone as (delete from insights.readings where perception_id = any ($1::uuid[])),
     themes as (delete from insights.theme_assignments where perception_id = any ($1::uuid[]))
     delete from insights.corrections where perception_id = any ($1::uuid[])`,
    [[...ids]],
  );
};
