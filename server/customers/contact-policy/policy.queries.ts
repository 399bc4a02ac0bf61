import type { Queryable } from "#platform/db";
import type { ContactPolicy } from "./policy.contract.ts";

export const findPolicy = async (db: Queryable, workspaceId: string): Promise<{ policy: Record<string, unknown>; changedAt: Date } | null> => {
  const { rows } = await db.query<{ policy: Record<string, unknown>; changedAt: Date }>(
    `select policy, changed_at as "changedAt" from customers.contact_policies where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
};

export const savePolicy = async (tx: Queryable, given: { workspaceId: string; policy: ContactPolicy; changedAt: Date; memberId: string | null }): Promise<void> => {
  await tx.query(
    `insert into customers.contact_policies (workspace_id, policy, changed_at, changed_by_id)
     values ($1, $2, $3, $4)
     on conflict (workspace_id) do update set policy = excluded.policy, changed_at = excluded.changed_at, changed_by_id = excluded.changed_by_id`,
    [given.workspaceId, JSON.stringify(given.policy), given.changedAt, given.memberId],
  );
};
