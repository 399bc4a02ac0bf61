import type { Queryable } from "#platform/db";

export type DigestPace = "daily" | "weekly";

/** Until when the digests of a pace have told; null before the first. */
export const findToldUntil = async (db: Queryable, workspaceId: string, pace: DigestPace): Promise<Date | null> => {
  const { rows } = await db.query<{ toldUntil: Date }>(`select told_until as "toldUntil" from insights.alert_digests where workspace_id = $1 and pace = $2`, [workspaceId, pace]);
  return rows[0]?.toldUntil ?? null;
};

export const saveToldUntil = async (tx: Queryable, workspaceId: string, pace: DigestPace, until: Date): Promise<void> => {
  await tx.query(
    `insert into insights.alert_digests (workspace_id, pace, told_until)
     values ($1, $2, $3)
     on conflict (workspace_id, pace) do update set told_until = greatest(alert_digests.told_until, excluded.told_until)`,
    [workspaceId, pace, until],
  );
};
