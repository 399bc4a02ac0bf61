import type { Queryable } from "#platform/db";
import type { DiscoveryPhase, DiscoveryState } from "./themes.contract.ts";

export type DiscoveryRow = {
  id: string;
  workspaceId: string;
  kind: "discovery" | "assignment";
  state: DiscoveryState;
  phase: DiscoveryPhase;
  progress: number;
  commentCount: number;
  themeCount: number | null;
  version: number | null;
  assignedTo: string | null;
  startedAt: Date;
  movedAt: Date;
  endedAt: Date | null;
};

const columns = `id, workspace_id as "workspaceId", kind, state, phase, progress, comment_count as "commentCount", theme_count as "themeCount", version, assigned_to as "assignedTo",
            started_at as "startedAt", moved_at as "movedAt", ended_at as "endedAt"`;

/** The latest of a workspace, running or ended. */
export const findLatestDiscovery = async (db: Queryable, workspaceId: string): Promise<DiscoveryRow | null> => {
  const { rows } = await db.query<DiscoveryRow>(`select ${columns} from insights.theme_discoveries where workspace_id = $1 order by started_at desc, id desc limit 1`, [workspaceId]);
  return rows[0] ?? null;
};

export const findDiscovery = async (db: Queryable, workspaceId: string, id: string): Promise<DiscoveryRow | null> => {
  const { rows } = await db.query<DiscoveryRow>(`select ${columns} from insights.theme_discoveries where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Notes that one begins.
 *  @returns false when one is running already */
export const insertDiscovery = async (tx: Queryable, row: { id: string; workspaceId: string; kind: DiscoveryRow["kind"]; memberId: string | null; at: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.theme_discoveries (id, workspace_id, kind, state, phase, member_id, started_at, moved_at)
     values ($1, $2, $3, 'running', case when $3 = 'discovery' then 'reading' else 'assigning' end, $4, $5, $5)
     on conflict (workspace_id) where state = 'running' do nothing`,
    [row.id, row.workspaceId, row.kind, row.memberId, row.at],
  );
  return rowCount === 1;
};

/** Gives up what has not moved for long: its server died and its job with it. */
export const failStale = async (tx: Queryable, workspaceId: string, before: Date, at: Date): Promise<void> => {
  await tx.query("update insights.theme_discoveries set state = 'failed', ended_at = $3 where workspace_id = $1 and state = 'running' and moved_at < $2", [workspaceId, before, at]);
};

type Move = Partial<Pick<DiscoveryRow, "state" | "phase" | "progress" | "commentCount" | "themeCount" | "version" | "endedAt">>;

/** Notes how far one is. What is not given stays. */
export const moveDiscovery = async (db: Queryable, id: string, at: Date, move: Move & { assignedTo?: string | null }): Promise<void> => {
  await db.query(
    `update insights.theme_discoveries
     set moved_at = $2, state = coalesce($3, state), phase = coalesce($4, phase), progress = coalesce($5, progress), comment_count = coalesce($6, comment_count),
         theme_count = coalesce($7, theme_count), version = coalesce($8, version), ended_at = coalesce($9, ended_at),
         assigned_to = case when $10 then $11 else assigned_to end
     where id = $1`,
    [
      id, at, move.state ?? null, move.phase ?? null, move.progress ?? null, move.commentCount ?? null, move.themeCount ?? null, move.version ?? null, move.endedAt ?? null,
      move.assignedTo !== undefined, move.assignedTo ?? null,
    ],
  );
};

/** Workspaces whose themes have been looked for before; the first time is when there are enough comments. */
export const listDiscoveredWorkspaces = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ workspaceId: string }>(
    `select workspace_id as "workspaceId" from insights.theme_sets where discovered_at is not null order by workspace_id limit 100000`,
  );
  return rows.map(({ workspaceId }) => workspaceId);
};
