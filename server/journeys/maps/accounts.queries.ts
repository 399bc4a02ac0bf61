import type { Queryable } from "#platform/db";
import type { EvidenceKind, Phase } from "./document.contract.ts";

export type AccountRow = {
  id: string; customerId: string; stepId: string; phase: Phase; feeling: number | null; motivation: string; evidence: EvidenceKind; at: Date; perceptionId: string | null;
  memberId: string | null; createdAt: Date; changedAt: Date;
};

const ACCOUNT = `id, customer_id as "customerId", step_id as "stepId", phase, feeling, motivation, evidence, at, perception_id as "perceptionId", member_id as "memberId",
  created_at as "createdAt", changed_at as "changedAt"`;

/** Accounts of a map in the order they were written.
 *  @param customerIds all ids of one customer; null: of everybody */
export const listAccounts = async (db: Queryable, workspaceId: string, mapId: string, asked: { customerIds: readonly string[] | null; limit: number }): Promise<AccountRow[]> => {
  const { rows } = await db.query<AccountRow>(
    `select ${ACCOUNT}
     from journeys.map_accounts
     where workspace_id = $1 and map_id = $2 and ($3::uuid[] is null or customer_id = any ($3))
     order by created_at, id
     limit $4`,
    [workspaceId, mapId, asked.customerIds === null ? null : [...asked.customerIds], asked.limit],
  );
  return rows;
};

export const lockAccount = async (tx: Queryable, workspaceId: string, mapId: string, id: string): Promise<AccountRow | null> => {
  const { rows } = await tx.query<AccountRow>(`select ${ACCOUNT} from journeys.map_accounts where workspace_id = $1 and map_id = $2 and id = $3 for update`, [workspaceId, mapId, id]);
  return rows[0] ?? null;
};

/** @returns whether the map had room for one more */
export const insertAccount = async (tx: Queryable, workspaceId: string, mapId: string, row: AccountRow, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into journeys.map_accounts (workspace_id, map_id, id, customer_id, step_id, phase, feeling, motivation, evidence, at, perception_id, member_id, created_at, changed_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
     from journeys.map_accounts
     where workspace_id = $1 and map_id = $2
     having count(*) < $15`,
    [
      workspaceId, mapId, row.id, row.customerId, row.stepId, row.phase, row.feeling, row.motivation, row.evidence, row.at, row.perceptionId, row.memberId, row.createdAt, row.changedAt, most,
    ],
  );
  return rowCount === 1;
};

export const updateAccount = async (tx: Queryable, workspaceId: string, mapId: string, row: AccountRow): Promise<void> => {
  await tx.query(
    `update journeys.map_accounts
     set step_id = $4, phase = $5, feeling = $6, motivation = $7, evidence = $8, at = $9, perception_id = $10, member_id = $11, changed_at = $12
     where workspace_id = $1 and map_id = $2 and id = $3`,
    [workspaceId, mapId, row.id, row.stepId, row.phase, row.feeling, row.motivation, row.evidence, row.at, row.perceptionId, row.memberId, row.changedAt],
  );
};

export const deleteAccount = async (tx: Queryable, workspaceId: string, mapId: string, id: string): Promise<void> => {
  await tx.query("delete from journeys.map_accounts where workspace_id = $1 and map_id = $2 and id = $3", [workspaceId, mapId, id]);
};

/** Everything that maps hold about one customer, map by map.
 *  @param customerIds all ids she has had */
export const listAccountsOfCustomer = async (db: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<Record<string, unknown>[]> => {
  const { rows } = await db.query<Record<string, unknown>>(
    `select map.name as map, account.map_id as "mapId", account.step_id as "stepId",
            (select step ->> 'name' from jsonb_array_elements(map.document -> 'steps') step where step ->> 'id' = account.step_id) as step,
            account.phase, account.feeling, account.motivation, account.evidence, account.at, account.created_at as "createdAt", account.changed_at as "changedAt"
     from journeys.map_accounts account
     join journeys.maps map on map.workspace_id = account.workspace_id and map.id = account.map_id
     where account.workspace_id = $1 and account.customer_id = any ($2::uuid[])
     order by lower(map.name), account.map_id, account.at, account.id`,
    [workspaceId, [...customerIds]],
  );
  return rows;
};

/** Feelings on timelines that a map brought there. */
export const listPerceptionsOfMap = async (tx: Queryable, workspaceId: string, mapId: string): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `select perception_id as id from journeys.map_accounts where workspace_id = $1 and map_id = $2 and perception_id is not null order by perception_id`,
    [workspaceId, mapId],
  );
  return rows.map(({ id }) => id);
};

/** Forgets a customer: what she told, and that a map was hers. The map stays, as one of everybody.
 *  @returns ids of the maps that knew her */
export const eraseCustomerFromMaps = async (tx: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<string[]> => {
  const told = await tx.query<{ id: string }>("delete from journeys.map_accounts where workspace_id = $1 and customer_id = any ($2::uuid[]) returning map_id as id", [workspaceId, [...customerIds]]);
  const drawn = await tx.query<{ id: string }>(
    `update journeys.maps
     set viewpoint = '{"kind": "everyone"}'
     where workspace_id = $1 and viewpoint ->> 'kind' = 'customer' and viewpoint ->> 'customerId' = any ($2::text[])
     returning id`,
    [workspaceId, [...customerIds]],
  );
  return [...new Set([...told.rows, ...drawn.rows].map(({ id }) => id))];
};
