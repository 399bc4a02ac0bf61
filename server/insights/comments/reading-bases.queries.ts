import type { Queryable } from "#platform/db";

export const findReadingBase = async (db: Queryable, workspaceId: string): Promise<string | null> => {
  const { rows } = await db.query<{ baseVersion: string }>(`select base_version as "baseVersion" from insights.reading_bases where workspace_id = $1`, [workspaceId]);
  return rows[0]?.baseVersion ?? null;
};

export const saveReadingBase = async (db: Queryable, workspaceId: string, baseVersion: string, since: Date): Promise<void> => {
  await db.query(
    `insert into insights.reading_bases (workspace_id, base_version, since)
     values ($1, $2, $3)
     on conflict (workspace_id) do update set base_version = excluded.base_version, since = excluded.since`,
    [workspaceId, baseVersion, since],
  );
};

/** Workspaces with comments that are not noted as read with this model; the index on (workspace_id, at) is gone through workspace by workspace.
 *  @returns also whether another model is noted */
export const listReadByOther = async (db: Queryable, baseVersion: string): Promise<{ workspaceId: string; isKnown: boolean }[]> => {
  const { rows } = await db.query<{ workspaceId: string; isKnown: boolean }>(
    `with recursive readers as (
       (select workspace_id from insights.readings order by workspace_id limit 1)
       union all
       select (select reading.workspace_id from insights.readings reading where reading.workspace_id > readers.workspace_id order by reading.workspace_id limit 1)
       from readers
       where readers.workspace_id is not null
     )
     select readers.workspace_id as "workspaceId", base.base_version is not null as "isKnown"
     from readers
     left join insights.reading_bases base on base.workspace_id = readers.workspace_id
     where readers.workspace_id is not null and base.base_version is distinct from $1`,
    [baseVersion],
  );
  return rows;
};

/** Whether any comment of a workspace was read with another model. A taught one is named after the model it was learnt over: "3f...+2". */
export const hasReadingsOfOther = async (db: Queryable, workspaceId: string, baseVersion: string): Promise<boolean> => {
  const { rows } = await db.query<{ found: boolean }>(
    "select exists (select from insights.readings where workspace_id = $1 and split_part(model_version, '+', 1) <> $2) as found",
    [workspaceId, baseVersion],
  );
  return rows[0]?.found === true;
};
