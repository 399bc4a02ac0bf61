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

// Everything of a workspace goes with it: every table refers to it with `on delete cascade`.
export const deleteWorkspace = async (tx: Queryable, id: string): Promise<void> => {
  await tx.query("delete from platform.workspaces where id = $1", [id]);
};
