import type { Queryable } from "#platform/db";

export const findWorkspaceOfEnvironment = async (db: Queryable, id: string): Promise<string | null> => {
  const { rows } = await db.query<{ workspaceId: string }>(`select workspace_id as "workspaceId" from feedback.formbricks_environments where id = $1`, [id]);
  return rows[0]?.workspaceId ?? null;
};

export type ResponsePlace = { surveyId: string; version: number; language: string; outcome: string; startedAt: Date };

/** Where a response belongs, and whether it counts. */
export const findResponsePlace = async (db: Queryable, workspaceId: string, id: string): Promise<ResponsePlace | null> => {
  const { rows } = await db.query<ResponsePlace>(
    `select survey_id as "surveyId", version, language, outcome, started_at as "startedAt"
     from feedback.responses
     where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export const listEnvironments = async (db: Queryable, workspaceId: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select id from feedback.formbricks_environments where workspace_id = $1 order by id limit 100", [workspaceId]);
  return rows.map(({ id }) => id);
};

/** Makes these the ids of the workspace; those of another workspace stay with it.
 *  @returns the ids that are the workspace's now */
export const replaceEnvironments = async (tx: Queryable, workspaceId: string, ids: readonly string[], at: Date): Promise<string[]> => {
  await tx.query("delete from feedback.formbricks_environments where workspace_id = $1 and id <> all ($2)", [workspaceId, [...ids]]);
  await tx.query(
    `insert into feedback.formbricks_environments (id, workspace_id, added_at)
     select id, $1, $3 from unnest($2::text[]) as given (id)
     on conflict (id) do nothing`,
    [workspaceId, [...ids], at],
  );
  return listEnvironments(tx, workspaceId);
};
