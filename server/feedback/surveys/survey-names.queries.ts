import type { Queryable } from "#platform/db";

/** Names of surveys of one workspace; unknown ids are left out. */
export const listSurveyNames = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select id, name
     from feedback.surveys
     where workspace_id = $1 and id = any ($2::uuid[])`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** All surveys of a workspace by name, newest first. */
export const listAllSurveyNames = async (db: Queryable, workspaceId: string, limit: number): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.query<{ id: string; name: string }>("select id, name from feedback.surveys where workspace_id = $1 order by created_at desc, id desc limit $2", [workspaceId, limit]);
  return rows;
};
