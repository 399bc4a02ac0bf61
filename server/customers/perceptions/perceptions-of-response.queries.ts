import type { Queryable } from "#platform/db";

/** Ids of the feelings a response is recorded as now; carried by perceptions_response_id_index. */
export const listPerceptionIdsOfResponse = async (db: Queryable, workspaceId: string, responseId: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    "select id from customers.perceptions where response_id = $2 and workspace_id = $1 order by id limit 2000",
    [workspaceId, responseId],
  );
  return rows.map((row) => row.id);
};
