import type { Queryable } from "#platform/db";

/** Ids of the feelings a response is recorded as now; carried by perceptions_response_id_index. */
export const listPerceptionIdsOfResponse = async (db: Queryable, workspaceId: string, responseId: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    "select id from customers.perceptions where response_id = $2 and workspace_id = $1 order by id limit 2000",
    [workspaceId, responseId],
  );
  return rows.map((row) => row.id);
};

/** The responses that feelings were recorded of; those of none are left out. Carried by the primary key. */
export const listResponsesOfPerceptions = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<{ id: string; responseId: string }[]> => {
  const { rows } = await db.query<{ id: string; responseId: string }>(
    `select perception.id, perception.response_id as "responseId"
     from unnest($2::uuid[]) given (id)
     join customers.perceptions perception on perception.id = given.id
     where perception.workspace_id = $1 and perception.response_id is not null`,
    [workspaceId, [...ids]],
  );
  return rows;
};
