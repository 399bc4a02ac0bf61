import type { Queryable } from "#platform/db";

/** The context (device, library, page) that facts came with, as their senders wrote it; null where they sent none.
 *  @param ids of facts, a few thousand at most; the primary key carries it */
export const listContexts = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<{ id: string; context: unknown }[]> => {
  const { rows } = await db.query<{ id: string; context: unknown }>(
    `select id, message -> 'context' as context
     from customers.interactions
     where workspace_id = $1 and id = any ($2::uuid[])
     order by id
     limit $3`,
    [workspaceId, [...ids], ids.length],
  );
  return rows;
};
