import type { Queryable } from "../db/db.api.ts";

export type Workspace = {
  id: string;
  name: string;
  timeZone: string;
  isDemo: boolean;
  secret: string;
  settings: Record<string, unknown>;
  createdAt: Date;
};

const COLUMNS = `id, name, time_zone as "timeZone", is_demo as "isDemo", secret, settings, created_at as "createdAt"`;

export const insertWorkspace = async (
  tx: Queryable,
  workspace: { id: string; name: string; timeZone: string; isDemo: boolean; secret: string },
): Promise<void> => {
  await tx.query("insert into platform.workspaces (id, name, time_zone, is_demo, secret) values ($1, $2, $3, $4, $5)", [
    workspace.id,
    workspace.name,
    workspace.timeZone,
    workspace.isDemo,
    workspace.secret,
  ]);
};

export const findWorkspace = async (db: Queryable, id: string): Promise<Workspace | null> => {
  const { rows } = await db.query<Workspace>(`select ${COLUMNS} from platform.workspaces where id = $1`, [id]);
  return rows[0] ?? null;
};

/** The workspace, which nobody else changes or deletes until the transaction ends; rows that refer to it can still be written. */
export const lockWorkspace = async (tx: Queryable, id: string): Promise<Workspace | null> => {
  const { rows } = await tx.query<Workspace>(`select ${COLUMNS} from platform.workspaces where id = $1 for no key update`, [id]);
  return rows[0] ?? null;
};

/** The workspace, which may be changed but not deleted until the transaction ends. */
export const keepWorkspace = async (tx: Queryable, id: string): Promise<Workspace | null> => {
  const { rows } = await tx.query<Workspace>(`select ${COLUMNS} from platform.workspaces where id = $1 for key share`, [id]);
  return rows[0] ?? null;
};

export const listWorkspaces = async (db: Queryable): Promise<Workspace[]> => {
  const { rows } = await db.query<Workspace>(`select ${COLUMNS} from platform.workspaces order by created_at, id`);
  return rows;
};

export const updateWorkspace = async (
  tx: Queryable,
  id: string,
  change: { name?: string | undefined; timeZone?: string | undefined; settings?: Record<string, unknown> | undefined },
): Promise<void> => {
  await tx.query(
    `update platform.workspaces
     set name = coalesce($2, name), time_zone = coalesce($3, time_zone), settings = settings || coalesce($4::jsonb, '{}')
     where id = $1`,
    [id, change.name ?? null, change.timeZone ?? null, change.settings === undefined ? null : JSON.stringify(change.settings)],
  );
};

// Tables refer to it with `on delete cascade`; only facts and feelings do not (their writing must be quick) and are deleted before.
export const deleteWorkspace = async (tx: Queryable, id: string): Promise<void> => {
  await tx.query("delete from platform.workspaces where id = $1", [id]);
};

/** Puts the hash of a new set-up link in place of the last one.
 *  @returns the hash that was there; null when there was none. The row stays locked until the transaction ends. */
export const saveSetUpToken = async (tx: Queryable, tokenHash: string | null): Promise<string | null> => {
  const { rows } = await tx.query<{ tokenHash: string | null }>(
    `with before as (
       select value ->> 'tokenHash' as token_hash from platform.installation where key = 'set_up' for update
     ), written as (
       insert into platform.installation (key, value)
       values ('set_up', jsonb_build_object('tokenHash', $1::text))
       on conflict (key) do update set value = excluded.value, changed_at = now()
     )
     select token_hash as "tokenHash" from before`,
    [tokenHash],
  );
  return rows[0]?.tokenHash ?? null;
};
