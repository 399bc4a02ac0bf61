import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import type { Queryable } from "#platform/db";
import type { MatchingRule, TouchpointInitiator, TouchpointKind, TouchpointNature } from "./touchpoints.contract.ts";
import type { RegisteredTouchpoint } from "./touchpoints.rules.ts";

export type TouchpointRow = {
  id: string;
  key: string;
  name: string;
  formerNames: string[];
  kind: TouchpointKind;
  stage: string | null;
  channel: string | null;
  ownerId: string | null;
  team: string | null;
  initiator: TouchpointInitiator;
  nature: TouchpointNature;
  environment: string | null;
  asks: string;
  steps: number | null;
  minutes: number | null;
  documents: string[];
  rules: MatchingRule[];
  position: number;
  createdAt: Date;
  updatedAt: Date;
};

const COLUMNS = `id, key, name, former_names as "formerNames", kind, stage, channel, owner_id as "ownerId", team, initiator, nature, environment,
  asks, steps, minutes, documents, rules, position, created_at as "createdAt", updated_at as "updatedAt"`;

/** The register in its order; it holds at most 500. */
export const listTouchpoints = async (db: Queryable, workspaceId: string): Promise<TouchpointRow[]> => {
  const { rows } = await db.query<TouchpointRow>(`select ${COLUMNS} from journeys.touchpoints where workspace_id = $1 order by position, id limit 500`, [workspaceId]);
  return rows;
};

export const listRegistered = async (db: Queryable, workspaceId: string): Promise<RegisteredTouchpoint[]> => {
  const { rows } = await db.query<RegisteredTouchpoint>(
    `select key, name, former_names as "formerNames", stage, channel, environment, rules
     from journeys.touchpoints
     where workspace_id = $1
     order by position, id
     limit 500`,
    [workspaceId],
  );
  return rows;
};

// Two people who change the register at once wait for each other, so that keys and positions stay unlike.
export const lockRegister = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtext('journeys.touchpoints'), hashtext($1))", [workspaceId]);
};

export const insertTouchpoint = async (tx: Queryable, workspaceId: string, row: TouchpointRow): Promise<void> => {
  await tx.query(
    `insert into journeys.touchpoints (workspace_id, id, key, name, former_names, kind, stage, channel, owner_id, team, initiator, nature, environment, asks, steps, minutes,
                                      documents, rules, position, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
    [
      workspaceId, row.id, row.key, row.name, row.formerNames, row.kind, row.stage, row.channel, row.ownerId, row.team, row.initiator, row.nature, row.environment,
      row.asks, row.steps, row.minutes, row.documents, JSON.stringify(row.rules), row.position, row.createdAt, row.updatedAt,
    ],
  );
};

export const updateTouchpoint = async (tx: Queryable, workspaceId: string, row: TouchpointRow): Promise<void> => {
  await tx.query(
    `update journeys.touchpoints
     set name = $3, former_names = $4, kind = $5, stage = $6, channel = $7, owner_id = $8, team = $9, initiator = $10, nature = $11,
         environment = $12, asks = $13, steps = $14, minutes = $15, documents = $16, rules = $17, updated_at = $18
     where workspace_id = $1 and id = $2`,
    [
      workspaceId, row.id, row.name, row.formerNames, row.kind, row.stage, row.channel, row.ownerId, row.team, row.initiator, row.nature,
      row.environment, row.asks, row.steps, row.minutes, row.documents, JSON.stringify(row.rules), row.updatedAt,
    ],
  );
};

export const updateOrder = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query(
    `update journeys.touchpoints touchpoint
     set position = given.position
     from unnest($2::uuid[]) with ordinality given (id, position)
     where touchpoint.workspace_id = $1 and touchpoint.id = given.id`,
    [workspaceId, [...ids]],
  );
};

export const deleteTouchpoint = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from journeys.touchpoints where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** Counts a change of the register that gives other names. */
export const raiseVersion = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query(
    `insert into journeys.registers (workspace_id, version)
     values ($1, 1)
     on conflict (workspace_id) do update set version = registers.version + 1`,
    [workspaceId],
  );
};

/** The version the register has now, when the past does not bear its names yet; else null. */
export const findUnnamedVersion = async (db: Queryable, workspaceId: string): Promise<number | null> => {
  const { rows } = await db.query<{ version: number }>("select version from journeys.registers where workspace_id = $1 and version > named_version", [workspaceId]);
  return rows[0]?.version ?? null;
};

export const noteNamedVersion = async (tx: Queryable, workspaceId: string, version: number): Promise<void> => {
  await tx.query("update journeys.registers set named_version = greatest(named_version, $2) where workspace_id = $1", [workspaceId, version]);
};

const seenRow = z.object({
  touchpoint: z.string(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  interactions: z.number(),
  customers: z.number(),
  scores: z.number(),
  feeling: z.number().nullable(),
  last_at: z.string(),
});

export type SeenRow = { touchpoint: string; interactions: number; customers: number; scores: number; feeling: number | null; lastAt: string; channel: string | null; stage: string | null };

/** One row is one touchpoint that was met or felt since a time, those with most meetings first; channel and stage are one of those it
 *  was met with. At most a thousand beside the registered ones: a sender that makes names of numbers must neither fill the screen nor
 *  hide what the register knows. */
export const listSeenTouchpoints = async (analytics: AnalyticsStore, workspaceId: string, since: Date, registered: readonly string[]): Promise<SeenRow[]> => {
  const isRegistered = registered.length === 0 ? "false" : `touchpoint in (${registered.map((_, index) => `$${index + 3}`).join(", ")})`;
  const rows = await analytics.query(
    `select touchpoint, max(channel) as channel, max(stage) as stage,
            count(case when record = 'interaction' then 1 end) as interactions,
            count(distinct customer) as customers,
            count(normalised) as scores, avg(normalised) as feeling, max("at") as last_at
     from experience
     where workspace_id = cast($1 as uuid) and "at" >= ${analytics.dialect.timestamp("$2")} and touchpoint is not null
     group by touchpoint
     order by case when ${isRegistered} then 0 else 1 end, interactions desc, touchpoint
     limit ${1_000 + registered.length}`,
    [workspaceId, since.toISOString(), ...registered],
  );
  return rows.map((row) => {
    const { last_at: lastAt, ...seen } = seenRow.parse(row);
    return { ...seen, lastAt };
  });
};
