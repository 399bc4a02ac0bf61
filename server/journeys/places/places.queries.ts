import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import type { Queryable } from "#platform/db";
import type { EntryKind, StagePhase } from "./places.contract.ts";
import type { RegisteredThings } from "./things.rules.ts";

export type EntryRow = {
  id: string; kind: EntryKind; name: string; formerNames: string[]; alsoCalled: string[]; field: string | null; parentId: string | null; phase: StagePhase | null; position: number;
  createdAt: Date; updatedAt: Date;
};

const COLUMNS = `id, kind, name, former_names as "formerNames", also_called as "alsoCalled", field, parent_id as "parentId", phase, position,
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Entries of one kind in their order; at most 500. */
export const listEntries = async (db: Queryable, workspaceId: string, kind: EntryKind): Promise<EntryRow[]> => {
  const { rows } = await db.query<EntryRow>(
    `select ${COLUMNS} from journeys.register_entries where workspace_id = $1 and kind = $2 order by position, id limit 500`, [workspaceId, kind]);
  return rows;
};

export const findEntry = async (db: Queryable, workspaceId: string, id: string): Promise<EntryRow | null> => {
  const { rows } = await db.query<EntryRow>(`select ${COLUMNS} from journeys.register_entries where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export type NamedThing = { kind: "product" | "place"; name: string; formerNames: string[]; alsoCalled: string[] };

/** Products and places with all they are called. */
export const listNamedThings = async (db: Queryable, workspaceId: string): Promise<NamedThing[]> => {
  const { rows } = await db.query<NamedThing>(
    `select kind, name, former_names as "formerNames", also_called as "alsoCalled"
     from journeys.register_entries
     where workspace_id = $1 and kind in ('product', 'place')
     order by position, id
     limit 1000`,
    [workspaceId],
  );
  return rows;
};

/** Environments and products with all they are called. */
export const listRegisteredThings = async (db: Queryable, workspaceId: string): Promise<RegisteredThings> => {
  const { rows } = await db.query<RegisteredThings["products"][number] & { kind: EntryKind }>(
    `select kind, name, former_names as "formerNames", also_called as "alsoCalled", field
     from journeys.register_entries
     where workspace_id = $1 and kind in ('environment', 'product')
     order by position, id
     limit 1000`,
    [workspaceId],
  );
  const of = (wanted: EntryKind) => rows.filter(({ kind }) => kind === wanted);
  return { environments: of("environment"), products: of("product") };
};

// Two people who change the entries at once wait for each other, so that names and positions stay unlike.
export const lockEntries = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select pg_advisory_xact_lock(hashtext('journeys.register_entries'), hashtext($1))", [workspaceId]);
};

export const insertEntry = async (tx: Queryable, workspaceId: string, row: EntryRow): Promise<void> => {
  await tx.query(
    `insert into journeys.register_entries (workspace_id, id, kind, name, former_names, also_called, field, parent_id, phase, position, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [workspaceId, row.id, row.kind, row.name, row.formerNames, row.alsoCalled, row.field, row.parentId, row.phase, row.position, row.createdAt, row.updatedAt],
  );
};

export const updateEntry = async (tx: Queryable, workspaceId: string, row: EntryRow): Promise<void> => {
  await tx.query(
    `update journeys.register_entries
     set name = $3, former_names = $4, also_called = $5, field = $6, parent_id = $7, phase = $8, updated_at = $9
     where workspace_id = $1 and id = $2`,
    [workspaceId, row.id, row.name, row.formerNames, row.alsoCalled, row.field, row.parentId, row.phase, row.updatedAt],
  );
};

export const deleteEntry = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from journeys.register_entries where workspace_id = $1 and id = $2", [workspaceId, id]);
};

export const orderRows = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query(
    `update journeys.register_entries entry
     set position = given.position
     from unnest($2::uuid[]) with ordinality given (id, position)
     where entry.workspace_id = $1 and entry.id = given.id`,
    [workspaceId, [...ids]],
  );
};

const seenRow = z.object({ name: z.string(), meetings: z.number() });

/** One row is one stage, channel or touchpoint that was met since a time, the most met first. At most a thousand. */
export const countSeen = async (analytics: AnalyticsStore, workspaceId: string, column: "stage" | "channel" | "touchpoint", since: Date): Promise<{ name: string; meetings: number }[]> => {
  const rows = await analytics.query(
    `select ${column} as name, count(*) as meetings
     from experience
     where workspace_id = cast($1 as uuid) and "at" >= ${analytics.dialect.timestamp("$2")} and record = 'interaction' and coalesce(${column}, '') <> ''
     group by ${column}
     order by meetings desc, ${column}
     limit 1000`,
    [workspaceId, since.toISOString()],
  );
  return rows.map((row) => seenRow.parse(row));
};
