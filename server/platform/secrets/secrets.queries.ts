import type { Queryable } from "../db/db.ts";
import type { StoredSecrets } from "./sealing.rules.ts";

/** `title` is what members call the thing the secrets are for. */
export type KeptSecrets = { id: string; workspaceId: string; title: string; secrets: StoredSecrets };

/** A table with columns workspace_id and secrets; `id` and `title` are columns, too. */
export type SecretTable = { name: string; id: string; title: string };

/** Rows of any workspace that keep secrets, in the order of their ids, those after the given one. */
export const listKeptSecrets = async (db: Queryable, { name, id, title }: SecretTable, page: { after: string | null; limit: number }): Promise<KeptSecrets[]> => {
  const { rows } = await db.query<KeptSecrets>(
    `select ${id} as id, workspace_id as "workspaceId", ${title} as title, secrets from ${name} where secrets <> '{}' and ($1::uuid is null or ${id} > $1) order by ${id} limit $2`,
    [page.after, page.limit],
  );
  return rows;
};

/** Writes only where they still are what they were: a member may be changing them. */
export const replaceKeptSecrets = async (db: Queryable, { name, id }: SecretTable, before: KeptSecrets, secrets: StoredSecrets): Promise<void> => {
  await db.query(`update ${name} set secrets = $4 where workspace_id = $1 and ${id} = $2 and secrets = $3`, [before.workspaceId, before.id, JSON.stringify(before.secrets), JSON.stringify(secrets)]);
};
