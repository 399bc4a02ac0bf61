import type { Queryable } from "#platform/db";
import type { Alert, AlertFilters, Evidence, WatchedName } from "./alerts.contract.ts";

export type AlertRow = {
  id: string;
  workspaceId: string;
  ruleId: string;
  ruleName: string;
  what: WatchedName;
  filters: AlertFilters;
  direction: "up" | "down";
  raisedAt: Date;
  endedAt: Date | null;
  endReason: Alert["endReason"];
  isQuiet: boolean;
  isFromHistory: boolean;
  /** Raised while its rule was snoozed. */
  isHushed: boolean;
  evidence: Evidence;
  snoozedUntil: Date | null;
  seenAt: Date | null;
  mine: boolean | null;
  useful: number;
  notUseful: number;
};

const ALERT = `alert.id, alert.workspace_id as "workspaceId", alert.rule_id as "ruleId", rule.name as "ruleName", rule.what, rule.filters, alert.direction, alert.raised_at as "raisedAt",
  alert.ended_at as "endedAt", alert.end_reason as "endReason", alert.is_quiet as "isQuiet", alert.is_from_history as "isFromHistory", alert.is_hushed as "isHushed", alert.evidence, rule.snoozed_until as "snoozedUntil",
  own.seen_at as "seenAt", own.is_useful as mine,
  (select count(*) from insights.alert_opinions opinion where opinion.alert_id = alert.id and opinion.is_useful) as useful,
  (select count(*) from insights.alert_opinions opinion where opinion.alert_id = alert.id and not opinion.is_useful) as "notUseful"`;

/** Alerts of a workspace, newest first, as they are for one member (nobody in particular: null). */
export const listAlerts = async (
  db: Queryable,
  workspaceId: string,
  asked: { memberId: string | null; isOpen: boolean | null; ruleId: string | null; from: string | null; to: string | null; before: { at: string; id: string } | null; limit: number },
): Promise<AlertRow[]> => {
  const { rows } = await db.query<AlertRow>(
    `select ${ALERT}
     from insights.alerts alert
     join insights.alert_rules rule on rule.id = alert.rule_id
     left join insights.alert_opinions own on own.alert_id = alert.id and own.member_id = $2::uuid
     where alert.workspace_id = $1
       and ($3::boolean is null or (alert.ended_at is null) = $3)
       and ($4::uuid is null or alert.rule_id = $4)
       and ($5::timestamptz is null or (alert.raised_at, alert.id) < ($5, $6::uuid))
       and ($8::timestamptz is null or coalesce(alert.ended_at, 'infinity') > $8)
       and ($9::timestamptz is null or least(alert.raised_at, (alert.evidence ->> 'from')::timestamptz) < $9)
     order by alert.raised_at desc, alert.id desc
     limit $7`,
    [workspaceId, asked.memberId, asked.isOpen, asked.ruleId, asked.before?.at ?? null, asked.before?.id ?? null, asked.limit, asked.from, asked.to],
  );
  return rows;
};

export const findAlert = async (db: Queryable, workspaceId: string, id: string, memberId: string | null): Promise<AlertRow | null> => {
  const { rows } = await db.query<AlertRow>(
    `select ${ALERT}
     from insights.alerts alert
     join insights.alert_rules rule on rule.id = alert.rule_id
     left join insights.alert_opinions own on own.alert_id = alert.id and own.member_id = $3::uuid
     where alert.workspace_id = $1 and alert.id = $2`,
    [workspaceId, id, memberId],
  );
  return rows[0] ?? null;
};

/** Alerts of some rules that were told in a stretch of time, for a digest, oldest first. */
export const listToldBetween = async (db: Queryable, workspaceId: string, ruleIds: readonly string[], span: { from: Date; to: Date }, limit: number): Promise<AlertRow[]> => {
  const { rows } = await db.query<AlertRow>(
    `select ${ALERT}
     from insights.alerts alert
     join insights.alert_rules rule on rule.id = alert.rule_id
     left join insights.alert_opinions own on false
     where alert.workspace_id = $1 and alert.rule_id = any ($2::uuid[]) and alert.told_at >= $3 and alert.told_at < $4
     order by alert.told_at, alert.id
     limit $5`,
    [workspaceId, [...ruleIds], span.from, span.to, limit],
  );
  return rows;
};

/** What lasts, or was raised lately, and one member has not seen. Of what was found in history only what lasts is news. */
export const countUnseen = async (db: Queryable, workspaceId: string, memberId: string, { since, now }: { since: Date; now: Date }): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count
     from (
       select
       from insights.alerts alert
       join insights.alert_rules rule on rule.id = alert.rule_id
       where alert.workspace_id = $1
         and (alert.ended_at is null or (alert.raised_at >= $3 and not alert.is_quiet))
         and (rule.snoozed_until is null or rule.snoozed_until <= $4) and (alert.told_at is not null or not alert.is_hushed)
         and not exists (select from insights.alert_opinions own where own.alert_id = alert.id and own.member_id = $2)
       limit 100
     ) unseen`,
    [workspaceId, memberId, since, now],
  );
  return Number(rows[0]?.count ?? 0);
};

export type NewAlert = {
  id: string; workspaceId: string; ruleId: string; step: number; direction: "up" | "down"; raisedAt: Date; endedAt: Date | null; endReason: Alert["endReason"];
  isQuiet: boolean; isFromHistory: boolean; isHushed: boolean; toldAt: Date | null; evidence: Evidence;
};

/** @returns false when this look has raised it already, or another alert of the rule lasts */
export const insertAlert = async (tx: Queryable, row: NewAlert): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.alerts (id, workspace_id, rule_id, step, direction, raised_at, ended_at, end_reason, is_quiet, is_from_history, evidence, is_hushed, told_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict do nothing`,
    [row.id, row.workspaceId, row.ruleId, row.step, row.direction, row.raisedAt, row.endedAt, row.endReason, row.isQuiet, row.isFromHistory, JSON.stringify(row.evidence), row.isHushed, row.toldAt],
  );
  return rowCount === 1;
};

/** Alerts nobody was told of because their rule was snoozed, which last now that it no longer is; longest first. */
export const listAwoken = async (db: Queryable, now: Date, limit: number): Promise<{ id: string; workspaceId: string; ruleId: string }[]> => {
  const { rows } = await db.query<{ id: string; workspaceId: string; ruleId: string }>(
    `select alert.id, alert.workspace_id as "workspaceId", alert.rule_id as "ruleId"
     from insights.alerts alert
     join insights.alert_rules rule on rule.id = alert.rule_id
     where alert.is_hushed and alert.told_at is null and alert.ended_at is null
       and rule.is_on and rule.deleted_at is null and (rule.snoozed_until is null or rule.snoozed_until <= $1)
     order by alert.raised_at, alert.id
     limit $2`,
    [now, limit],
  );
  return rows;
};

/** @returns false when it is over, or was told, meanwhile */
export const noteTold = async (tx: Queryable, workspaceId: string, id: string, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "update insights.alerts set told_at = $3, is_quiet = false where workspace_id = $1 and id = $2 and is_hushed and told_at is null and ended_at is null",
    [workspaceId, id, now],
  );
  return rowCount === 1;
};

/** @returns the alert that lasted, if one did */
export const endOpenAlert = async (tx: Queryable, workspaceId: string, ruleId: string, end: { at: Date; reason: Alert["endReason"] }): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string }>(
    "update insights.alerts set ended_at = greatest($3, raised_at), end_reason = $4 where workspace_id = $1 and rule_id = $2 and ended_at is null returning id",
    [workspaceId, ruleId, end.at, end.reason],
  );
  return rows[0]?.id ?? null;
};

/** What a rule found in history and nobody has said a word about. */
export const deleteFoundInHistory = async (tx: Queryable, workspaceId: string, ruleId: string): Promise<void> => {
  await tx.query(
    `delete from insights.alerts alert
     where alert.workspace_id = $1 and alert.rule_id = $2 and alert.is_from_history
       and not exists (select from insights.alert_opinions opinion where opinion.alert_id = alert.id and opinion.is_useful is not null)`,
    [workspaceId, ruleId],
  );
};

/** Whether a live alert of the rule was raised near a step, or any stands at it: history does not tell it a second time. */
export const hasAlertNear = async (tx: Queryable, ruleId: string, span: { from: Date; to: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "select from insights.alerts where rule_id = $1 and raised_at < $3 and coalesce(ended_at, 'infinity') > $2 limit 1",
    [ruleId, span.from, span.to],
  );
  return (rowCount ?? 0) > 0;
};

export const noteSeen = async (db: Queryable, workspaceId: string, memberId: string, ids: readonly string[] | null, now: Date): Promise<void> => {
  await db.query(
    `insert into insights.alert_opinions (alert_id, member_id, workspace_id, seen_at)
     select alert.id, $2, $1, $4
     from insights.alerts alert
     where alert.workspace_id = $1 and ($3::uuid[] is null or alert.id = any ($3))
     on conflict (alert_id, member_id) do nothing`,
    [workspaceId, memberId, ids === null ? null : [...ids], now],
  );
};

export const saveOpinion = async (tx: Queryable, given: { workspaceId: string; alertId: string; memberId: string; isUseful: boolean | null; now: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.alert_opinions (alert_id, member_id, workspace_id, seen_at, is_useful)
     select alert.id, $3, $1, $5, $4
     from insights.alerts alert
     where alert.workspace_id = $1 and alert.id = $2
     on conflict (alert_id, member_id) do update set is_useful = excluded.is_useful`,
    [given.workspaceId, given.alertId, given.memberId, given.isUseful, given.now],
  );
  return rowCount === 1;
};
