import type { Queryable } from "#platform/db";
import type { NewInteraction } from "./interactions.contract.ts";

/** Writes facts of one workspace in one statement. A row whose id is there already is a repeat and is left alone.
 *  @returns ids of the rows that were new */
export const insertInteractions = async (tx: Queryable, workspaceId: string, rows: readonly NewInteraction[]): Promise<string[]> => {
  if (rows.length === 0) return [];
  const { rows: inserted } = await tx.query<{ id: string }>(
    `insert into customers.interactions (
       workspace_id, id, message_id, type, name, subject, user_id, anonymous_id, at, received_at, sent_at, original_at,
       channel, touchpoint, stage, direction, source, import_id, member_id, message
     )
     select $1, given.*
     from unnest(
       $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[],
       $12::timestamptz[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::uuid[], $19::uuid[], $20::json[]
     ) given
     on conflict (id) do nothing
     returning id`,
    [
      workspaceId,
      rows.map((row) => row.id),
      rows.map((row) => row.messageId),
      rows.map((row) => row.type),
      rows.map((row) => row.name),
      rows.map((row) => row.subject),
      rows.map((row) => row.userId),
      rows.map((row) => row.anonymousId),
      rows.map((row) => row.at),
      rows.map((row) => row.receivedAt),
      rows.map((row) => row.sentAt),
      rows.map((row) => row.originalAt),
      rows.map((row) => row.channel),
      rows.map((row) => row.touchpoint),
      rows.map((row) => row.stage),
      rows.map((row) => row.direction),
      rows.map((row) => row.source),
      rows.map((row) => row.importId),
      rows.map((row) => row.memberId),
      rows.map((row) => row.message),
    ],
  );
  return inserted.map((row) => row.id);
};

/** Takes away up to `limit` facts and feelings of an import and notes it for the analytics copy.
 *  @returns how many rows went; call again until it is 0 */
export const deleteByImport = async (tx: Queryable, workspaceId: string, importId: string, limit: number): Promise<number> => {
  const { rows } = await tx.query<{ count: number }>(
    `with gone_interactions as (
       delete from customers.interactions
       where id in (select id from customers.interactions where workspace_id = $1 and import_id = $2 limit $3)
       returning id, subject
     ), gone_perceptions as (
       delete from customers.perceptions
       where id in (select id from customers.perceptions where workspace_id = $1 and import_id = $2 limit $3)
       returning id, subject
     ), gone as (
       select 'interaction' as kind, id, subject from gone_interactions union all select 'perception', id, subject from gone_perceptions
     ), to_repair as (
       insert into customers.pending_repairs (workspace_id, subject)
       select distinct $1::uuid, subject from gone where subject is not null
       on conflict do nothing
     ), noted as (
       insert into customers.deletions (workspace_id, kind, record_id, import_id)
       select $1, kind, id, $2 from gone
       returning 1
     )
     select count(*) as count from noted`,
    [workspaceId, importId, limit],
  );
  return rows[0]?.count ?? 0;
};

/** Takes away up to `limit` facts and as many feelings of a whole workspace and notes it for the analytics copy: a workspace that is
 *  deleted takes everything with it but these.
 *  @returns how many rows went; call again until it is 0 */
export const deleteByWorkspace = async (tx: Queryable, workspaceId: string, limit: number): Promise<number> => {
  const { rows } = await tx.query<{ count: number }>(
    `with gone_interactions as (
       delete from customers.interactions
       where id in (select id from customers.interactions where workspace_id = $1 limit $2)
       returning id, import_id
     ), gone_perceptions as (
       delete from customers.perceptions
       where id in (select id from customers.perceptions where workspace_id = $1 limit $2)
       returning id, import_id
     ), gone as (
       select 'interaction' as kind, id, import_id from gone_interactions union all select 'perception', id, import_id from gone_perceptions
     ), noted as (
       insert into customers.deletions (workspace_id, kind, record_id, import_id)
       select $1, kind, id, import_id from gone
       returning 1
     )
     select count(*) as count from noted`,
    [workspaceId, limit],
  );
  return rows[0]?.count ?? 0;
};

/** What naming needs of an interaction, with its id and time. */
export type LatestInteraction = {
  id: string;
  type: string;
  name: string;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  source: string;
  message: unknown;
  at: Date;
};

/** Facts by their ids, with who served in them; at most a thousand. */
export const listInteractionsById = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<(LatestInteraction & { memberId: string | null })[]> => {
  const { rows } = await db.query<LatestInteraction & { memberId: string | null }>(
    `select id, type, name, channel, touchpoint, stage, source, message, at, member_id as "memberId"
     from customers.interactions
     where workspace_id = $1 and id = any ($2::uuid[])
     limit 1000`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** The interactions of a workspace that arrived last, the latest first. The index on (xid, seq) carries it. */
export const listLatestInteractions = async (db: Queryable, workspaceId: string, limit: number): Promise<LatestInteraction[]> => listArrivals(db, workspaceId, { after: { xid: "0", seq: 0 }, limit });

/** The same, of those that arrived after a place, each with its own. */
export const listArrivals = async (db: Queryable, workspaceId: string, { after, limit }: { after: ArrivalPlace; limit: number }): Promise<(LatestInteraction & ArrivalPlace)[]> => {
  const { rows } = await db.query<LatestInteraction & ArrivalPlace>(
    `select interaction.xid::text as xid, interaction.seq, id, type, name, channel, touchpoint, stage, source, message, at
     from customers.interactions interaction
     where workspace_id = $1 and (interaction.xid, interaction.seq) > ($2::text::xid8, $3::bigint)
     order by interaction.xid desc, interaction.seq desc
     limit $4`,
    [workspaceId, after.xid, after.seq, limit],
  );
  return rows;
};
export type ArrivalPlace = { xid: string; seq: number };
