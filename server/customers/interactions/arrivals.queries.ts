import type { Queryable } from "#platform/db";

/** Place in the order in which interactions were committed. */
export type ArrivalPosition = { xid: string; seq: number };
export type ArrivedInteraction = { id: string; name: string; subject: string | null; at: Date };

/** The place after everything that has arrived by now. */
export const findArrivalEnd = async (db: Queryable): Promise<ArrivalPosition> => {
  const { rows } = await db.query<{ xid: string }>("select pg_snapshot_xmin(pg_current_snapshot())::text as xid");
  return { xid: rows[0]?.xid ?? "0", seq: 0 };
};

/** What arrived after a place, in commit order, so that nothing is missed and nothing comes twice.
 *  @param wanted `name` with * for any characters, or `touchpoint` as the sender named it; imports are left out: what happened long ago triggers nothing
 *  @returns the matches among the next `limit` arrivals of all workspaces, and the place to go on from. The index on (xid, seq) carries it. */
export const listArrivals = async (
  db: Queryable,
  workspaceId: string,
  wanted: { name: string | null; touchpoint: string | null; after: ArrivalPosition; limit: number },
): Promise<{ items: ArrivedInteraction[]; position: ArrivalPosition; isEnd: boolean }> => {
  const pattern = wanted.name === null ? null : wanted.name.replace(/[\\%_]/g, (character) => `\\${character}`).replaceAll("*", "%");
  const { rows } = await db.query<{ id: string | null; name: string; subject: string | null; at: Date; xid: string; seq: number }>(
    `with next as (
       select id, workspace_id, name, subject, touchpoint, source, direction, at, xid, seq
       from customers.interactions
       where (xid, seq) > ($4::text::xid8, $5::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
       order by xid, seq
       limit $6
     )
     select case when workspace_id = $1 and source <> 'import' and direction = 'customer'
                   and ($2::text is null or name like $2) and ($3::text is null or touchpoint = $3) then id end as id,
            name, subject, at, xid::text as xid, seq
     from next
     where (workspace_id = $1 and source <> 'import' and direction = 'customer' and ($2::text is null or name like $2) and ($3::text is null or touchpoint = $3))
        or (xid, seq) = (select xid, seq from next order by xid desc, seq desc limit 1)
     order by next.xid, next.seq`,
    [workspaceId, pattern, wanted.touchpoint, wanted.after.xid, wanted.after.seq, wanted.limit],
  );
  const last = rows.at(-1);
  return {
    items: rows.flatMap(({ id, name, subject, at }) => (id === null ? [] : [{ id, name, subject, at }])),
    position: last === undefined ? wanted.after : { xid: last.xid, seq: Number(last.seq) }, isEnd: last === undefined,
  };
};
