import type { Queryable } from "#platform/db";
import type { StoredSecrets } from "#platform/secrets";
import type { AlertFilters, ChatService, DirectionName, Told, WatchedName } from "./alerts.contract.ts";
import type { SensitivityName } from "./thresholds.rules.ts";
import type { WatchState } from "./watch.rules.ts";

export type RuleRow = {
  id: string;
  workspaceId: string;
  preset: string | null;
  name: string;
  what: WatchedName;
  direction: DirectionName;
  sensitivity: SensitivityName;
  smallestChange: number;
  filters: AlertFilters;
  told: Told;
  /** Of the address that alerts are posted to, which is sealed among the secrets. */
  hookHost: string | null;
  chat: { service: ChatService; host: string } | null;
  secrets: StoredSecrets;
  isOn: boolean;
  snoozedUntil: Date | null;
  state: WatchState | null;
  revision: number;
};

const RULE = `rule.id, rule.workspace_id as "workspaceId", rule.preset, rule.name, rule.what, rule.direction, rule.sensitivity, rule.smallest_change as "smallestChange",
  rule.filters, rule.told, rule.hook_host as "hookHost", rule.chat, rule.secrets, rule.is_on as "isOn", rule.snoozed_until as "snoozedUntil", rule.state, rule.revision`;

/** Names of rules that look at the people of a segment or persona. */
export const listRulesOfSegment = async (db: Queryable, workspaceId: string, segmentId: string): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    `select name
     from insights.alert_rules
     where workspace_id = $1 and deleted_at is null and (filters -> 'segment' ? $2 or filters -> 'persona' ? $2)
     order by created_at, id
     limit 20`,
    [workspaceId, segmentId],
  );
  return rows.map(({ name }) => name);
};

/** Names of rules that watch a theme. */
export const listRulesOfTheme = async (db: Queryable, workspaceId: string, themeId: string): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    "select name from insights.alert_rules where workspace_id = $1 and deleted_at is null and filters ->> 'theme' = $2 order by created_at, id limit 20",
    [workspaceId, themeId],
  );
  return rows.map(({ name }) => name);
};

/** Themes that rules watch, so that a search which does not find them again leaves them. */
export const listWatchedThemes = async (db: Queryable, workspaceId: string): Promise<string[]> => {
  const { rows } = await db.query<{ theme: string }>(
    "select distinct filters ->> 'theme' as theme from insights.alert_rules where workspace_id = $1 and deleted_at is null and filters ? 'theme' limit 1000",
    [workspaceId],
  );
  return rows.map(({ theme }) => theme);
};

export const listRules = async (db: Queryable, workspaceId: string, limit: number): Promise<RuleRow[]> => {
  const { rows } = await db.query<RuleRow>(
    `select ${RULE}
     from insights.alert_rules rule
     where rule.workspace_id = $1 and rule.deleted_at is null
     order by rule.created_at, rule.id
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

export const findRule = async (db: Queryable, workspaceId: string, id: string): Promise<RuleRow | null> => {
  const { rows } = await db.query<RuleRow>(`select ${RULE} from insights.alert_rules rule where rule.workspace_id = $1 and rule.id = $2 and rule.deleted_at is null`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Rules whose next look is due, longest due first. */
export const listDueRules = async (db: Queryable, now: Date, limit: number): Promise<{ id: string; workspaceId: string }[]> => {
  const { rows } = await db.query<{ id: string; workspaceId: string }>(
    `select id, workspace_id as "workspaceId"
     from insights.alert_rules
     where is_on and deleted_at is null and next_look_at <= $1
     order by next_look_at, id
     limit $2`,
    [now, limit],
  );
  return rows;
};

/** Workspaces that have not got the rules every workspace begins with. */
export const listWorkspacesWithoutPresets = async (db: Queryable, presets: readonly string[], limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select workspace.id
     from platform.workspaces workspace
     where (select count(*) from insights.alert_rules rule where rule.workspace_id = workspace.id and rule.preset = any ($1)) < $2
     order by workspace.id
     limit $3`,
    [[...presets], presets.length, limit],
  );
  return rows.map(({ id }) => id);
};

export type InsertedRule = Omit<RuleRow, "state" | "revision" | "snoozedUntil"> & { nextLookAt: Date; madeBy: string | null; createdAt: Date };

/** @returns whether it was added: a preset that is there, or was deleted, is not made again; nor one beyond the most there may be */
export const insertRule = async (tx: Queryable, row: InsertedRule, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.alert_rules (
       id, workspace_id, preset, name, what, direction, sensitivity, smallest_change, filters, told, hook_host, secrets, is_on, next_look_at, made_by, created_at, chat
     )
     select $1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $18
     where (select count(*) from insights.alert_rules rule where rule.workspace_id = $2 and rule.deleted_at is null) < $17
     on conflict (workspace_id, preset) do nothing`,
    [
      row.id, row.workspaceId, row.preset, row.name, row.what, row.direction, row.sensitivity, row.smallestChange, JSON.stringify(row.filters), JSON.stringify(row.told), row.hookHost,
      JSON.stringify(row.secrets), row.isOn, row.nextLookAt, row.madeBy, row.createdAt, most, jsonOf(row.chat),
    ],
  );
  return rowCount === 1;
};

/** Writes a changed rule; `state` null lets it look back anew. */
export const updateRule = async (tx: Queryable, row: RuleRow, nextLookAt: Date): Promise<void> => {
  await tx.query(
    `update insights.alert_rules
     set name = $3, what = $4, direction = $5, sensitivity = $6, smallest_change = $7, filters = $8, told = $9, hook_host = $10, secrets = $11, is_on = $12, snoozed_until = $13,
         state = $14, next_look_at = $15, chat = $16, revision = revision + 1
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.name, row.what, row.direction, row.sensitivity, row.smallestChange, JSON.stringify(row.filters), JSON.stringify(row.told), row.hookHost,
      JSON.stringify(row.secrets), row.isOn, row.snoozedUntil, jsonOf(row.state), nextLookAt, jsonOf(row.chat),
    ],
  );
};

const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export const lockRule = async (tx: Queryable, workspaceId: string, id: string): Promise<RuleRow | null> => {
  const { rows } = await tx.query<RuleRow>(`select ${RULE} from insights.alert_rules rule where rule.workspace_id = $1 and rule.id = $2 and rule.deleted_at is null for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Rules that have found nothing to look at yet look at once. */
export const makeRulesDue = async (tx: Queryable, workspaceId: string, at: Date): Promise<void> => {
  await tx.query("update insights.alert_rules set next_look_at = $2 where workspace_id = $1 and state is null and next_look_at > $2", [workspaceId, at]);
};

export const setNextLook = async (db: Queryable, workspaceId: string, id: string, at: Date): Promise<void> => {
  await db.query("update insights.alert_rules set next_look_at = $3 where workspace_id = $1 and id = $2", [workspaceId, id, at]);
};

/** Notes what was seen, unless the rule was changed or looked at meanwhile.
 *  @returns whether it was noted */
export const saveLook = async (tx: Queryable, row: Pick<RuleRow, "workspaceId" | "id" | "revision">, state: WatchState, nextLookAt: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update insights.alert_rules
     set state = $4, next_look_at = $5, revision = revision + 1
     where workspace_id = $1 and id = $2 and revision = $3 and deleted_at is null`,
    [row.workspaceId, row.id, row.revision, JSON.stringify(state), nextLookAt],
  );
  return rowCount === 1;
};

/** Takes a rule away with what it found; the row stays, so that a preset does not come back. */
export const deleteRule = async (tx: Queryable, workspaceId: string, id: string, now: Date): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "update insights.alert_rules set deleted_at = $3, hook_host = null, chat = null, secrets = '{}', revision = revision + 1 where workspace_id = $1 and id = $2 and deleted_at is null",
    [workspaceId, id, now],
  );
  await tx.query("delete from insights.alerts where workspace_id = $1 and rule_id = $2", [workspaceId, id]);
  return rowCount === 1;
};

export type RuleCounts = { ruleId: string; count: number; useful: number; notUseful: number };

/** Alerts and opinions of each rule since a time. */
export const countByRule = async (db: Queryable, workspaceId: string, since: Date): Promise<RuleCounts[]> => {
  const { rows } = await db.query<RuleCounts>(
    `select alert.rule_id as "ruleId", count(distinct alert.id) as count,
            count(*) filter (where opinion.is_useful) as useful, count(*) filter (where not opinion.is_useful) as "notUseful"
     from insights.alerts alert
     left join insights.alert_opinions opinion on opinion.alert_id = alert.id and opinion.is_useful is not null
     where alert.workspace_id = $1 and alert.raised_at >= $2
     group by alert.rule_id`,
    [workspaceId, since],
  );
  return rows;
};
