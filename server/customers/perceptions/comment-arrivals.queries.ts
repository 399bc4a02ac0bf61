import type { Queryable } from "#platform/db";
import type { ArrivalPosition } from "../interactions/arrivals.queries.ts";

/** `question`: what it answers, in the words of the survey or as the name of the column it was imported from; null where nobody asked. */
export type ArrivedComment = { id: string; workspaceId: string; at: Date; text: string; question: string | null };

/** Comments among the next `limit` feelings of all workspaces after a place, in commit order, so that none is missed and none comes twice.
 *  What a model inferred is not read again. The index on (xid, seq) carries it.
 *  @returns the comments, the place to go on from, and whether that is the end for now */
export const listArrivedComments = async (
  db: Queryable,
  after: ArrivalPosition,
  limit: number,
): Promise<{ comments: ArrivedComment[]; position: ArrivalPosition; isEnd: boolean }> => {
  const { rows } = await db.query<Omit<ArrivedComment, "text"> & { text: string | null; xid: string; seq: number }>(
    `select id, workspace_id as "workspaceId", at, xid::text as xid, seq,
            case when kind = 'comment' and not is_inferred then text end as text, case when kind = 'comment' then properties ->> 'question' end as question
     from customers.perceptions
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by perceptions.xid, perceptions.seq
     limit $3`,
    [after.xid, after.seq, limit],
  );
  const last = rows.at(-1);
  return {
    comments: rows.flatMap(({ id, workspaceId, at, text, question }) => (text === null || text.trim() === "" ? [] : [{ id, workspaceId, at, text, question }])),
    position: last === undefined ? after : { xid: last.xid, seq: Number(last.seq) },
    isEnd: rows.length < limit,
  };
};

/** Comments of a workspace before a place, newest first: for reading history anew.
 *  @param before sort key (at, id) of the last one of the portion before */
export const listCommentsBefore = async (
  db: Queryable,
  workspaceId: string,
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<ArrivedComment[]> => {
  const { rows } = await db.query<ArrivedComment>(
    `select id, workspace_id as "workspaceId", at, text, properties ->> 'question' as question
     from customers.perceptions
     where workspace_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
       and kind = 'comment' and not is_inferred and text is not null
     order by at desc, id desc
     limit $4`,
    [workspaceId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
};

/** Feelings among the next `limit` rows taken away after a place, of all workspaces, in commit order; some may have come back since.
 *  The index on (xid, seq) carries it.
 *  @returns their ids, whose they were, the place to go on from (null at the end) and how many rows of any kind were seen */
export const listRemovedPerceptions = async (
  db: Queryable,
  after: ArrivalPosition,
  horizon: string,
  limit: number,
): Promise<{ ids: string[]; workspaceIds: string[]; last: ArrivalPosition | null; count: number }> => {
  const { rows } = await db.query<{ id: string | null; workspaceId: string; xid: string; seq: number }>(
    `select case when kind = 'perception' then record_id end as id, workspace_id as "workspaceId", xid::text as xid, seq
     from customers.deletions
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by deletions.xid, deletions.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  const [removed, last] = [rows.filter(({ id }) => id !== null), rows.at(-1)];
  return {
    ids: [...new Set(removed.flatMap(({ id }) => id ?? []))],
    workspaceIds: [...new Set(removed.map(({ workspaceId }) => workspaceId))],
    last: last === undefined ? null : { xid: last.xid, seq: Number(last.seq) },
    count: rows.length,
  };
};

/** Those of the feelings that still stand in the record. */
export const listLivingPerceptions = async (db: Queryable, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select id from customers.perceptions where id = any ($1::uuid[])", [[...ids]]);
  return rows.map(({ id }) => id);
};
