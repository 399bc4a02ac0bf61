import type { Queryable } from "#platform/db";
import type { DeliveryWay } from "./alerts.contract.ts";

export type DeliveryState = "waiting" | "trying" | "sent" | "given_up";

/** Notes that alerts are on their way; what was given up before begins anew. */
export const openDelivery = async (tx: Queryable, given: { workspaceId: string; ruleId: string; alertId: string; way: DeliveryWay }): Promise<void> => {
  await tx.query(
    `insert into insights.alert_deliveries (alert_id, way, workspace_id, rule_id, state)
     values ($1, $2, $3, $4, 'waiting')
     on conflict (alert_id, way) do update set state = 'waiting', attempts = 0`,
    [given.alertId, given.way, given.workspaceId, given.ruleId],
  );
};

/** Notes what came of a try; what was taken meanwhile stays so, whatever an older try comes to.
 *  @returns whether it was noted */
export const noteDelivery = async (
  db: Queryable, given: { workspaceId: string; alertId: string; way: DeliveryWay; state: DeliveryState; attempts: number; fault: string | null; triedAt: Date },
): Promise<boolean> => {
  const { rowCount } = await db.query(
    "update insights.alert_deliveries set state = $4, attempts = $5, fault = $6, tried_at = $7 where workspace_id = $1 and alert_id = $2 and way = $3 and state <> 'sent'",
    [given.workspaceId, given.alertId, given.way, given.state, given.attempts, given.fault, given.triedAt],
  );
  return rowCount === 1;
};

/** What has nowhere to go any more: its rule has no such address now. */
export const dropDelivery = async (db: Queryable, workspaceId: string, alertId: string, way: DeliveryWay): Promise<void> => {
  await db.query("delete from insights.alert_deliveries where workspace_id = $1 and alert_id = $2 and way = $3", [workspaceId, alertId, way]);
};

/** Of a rule that goes elsewhere from now on. */
export const dropDeliveriesOfRule = async (tx: Queryable, workspaceId: string, ruleId: string, way: DeliveryWay): Promise<void> => {
  await tx.query("delete from insights.alert_deliveries where workspace_id = $1 and rule_id = $2 and way = $3 and state <> 'sent'", [workspaceId, ruleId, way]);
};

export type DeliveryCounts = { ruleId: string; way: DeliveryWay; open: number; givenUp: number; attempts: number; fault: string | null; triedAt: Date | null; sentAt: Date | null };

/** For each rule and way: how many alerts are still to be taken, how many were given up, what the last failed try was told, and when one was taken last. */
export const countDeliveries = async (db: Queryable, workspaceId: string): Promise<DeliveryCounts[]> => {
  const { rows } = await db.query<DeliveryCounts>(
    `select rule_id as "ruleId", way, count(*) filter (where state in ('waiting', 'trying'))::int as open, count(*) filter (where state = 'given_up')::int as "givenUp",
            coalesce(max(attempts) filter (where state = 'trying'), 0)::int as attempts,
            (array_agg(fault order by tried_at desc nulls last) filter (where state in ('trying', 'given_up')))[1] as fault,
            max(tried_at) filter (where state in ('trying', 'given_up')) as "triedAt", max(tried_at) filter (where state = 'sent') as "sentAt"
     from insights.alert_deliveries
     where workspace_id = $1
     group by rule_id, way
     order by rule_id, way
     limit 1000`,
    [workspaceId],
  );
  return rows;
};

/** Alerts of a rule that were tried and not taken, given up or not, newest first; what was not tried yet comes in its time.
 *  @returns `left`: how many more there are */
export const listUntaken = async (tx: Queryable, workspaceId: string, ruleId: string, limit: number): Promise<{ untaken: { alertId: string; way: DeliveryWay }[]; left: number }> => {
  const { rows } = await tx.query<{ alertId: string; way: DeliveryWay; all: number }>(
    `select delivery.alert_id as "alertId", delivery.way, count(*) over ()::int as "all"
     from insights.alert_deliveries delivery
     join insights.alerts alert on alert.id = delivery.alert_id
     where delivery.workspace_id = $1 and delivery.rule_id = $2 and delivery.state in ('trying', 'given_up')
     order by alert.raised_at desc, alert.id
     limit $3`,
    [workspaceId, ruleId, limit],
  );
  return { untaken: rows, left: (rows[0]?.all ?? 0) - rows.length };
};
