import type { Db, Queryable } from "#platform/db";
import type { DryRun, ImportState } from "./imports.contract.ts";
import type { Mapping } from "./mapping.contract.ts";

export type ImportRow = {
  id: string;
  workspaceId: string;
  fileName: string;
  fileBytes: number;
  fileHash: string;
  hasFile: boolean;
  state: ImportState;
  attempts: number;
  mapping: Mapping;
  notes: { code: string; message: string }[];
  sheets: string[];
  dryRun: DryRun | null;
  position: number;
  totalRows: number | null;
  rowsRead: number;
  rowsAccepted: number;
  rowsRefused: number;
  rowsRepeated: number;
  rowsLeftOut: number;
  rowsWithoutCustomer: number;
  perceptionsAdded: number;
  faultCode: string | null;
  faultMessage: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const columns = `id, workspace_id as "workspaceId", file_name as "fileName", file_bytes as "fileBytes", file_hash as "fileHash", has_file as "hasFile",
  state, attempts, mapping, notes, sheets, dry_run as "dryRun", position, total_rows as "totalRows", rows_read as "rowsRead",
  rows_accepted as "rowsAccepted", rows_refused as "rowsRefused", rows_repeated as "rowsRepeated", rows_left_out as "rowsLeftOut", rows_without_customer as "rowsWithoutCustomer",
  perceptions_added as "perceptionsAdded", fault_code as "faultCode", fault_message as "faultMessage",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export type NewImport = Pick<ImportRow, "id" | "workspaceId" | "fileName" | "fileBytes" | "fileHash" | "mapping" | "notes" | "sheets"> & { createdBy: string; at: Date };

export const insertImport = async (tx: Queryable, given: NewImport): Promise<void> => {
  await tx.query(
    `insert into customers.imports (id, workspace_id, created_by, file_name, file_bytes, file_hash, state, mapping, notes, sheets, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, 'ready', $7, $8, $9, $10, $10)`,
    [
      given.id, given.workspaceId, given.createdBy, given.fileName, given.fileBytes, given.fileHash,
      JSON.stringify(given.mapping), JSON.stringify(given.notes), JSON.stringify(given.sheets), given.at,
    ],
  );
};

export const findImport = async (tx: Queryable, workspaceId: string, id: string): Promise<ImportRow | null> => {
  const { rows } = await tx.query<ImportRow>(`select ${columns} from customers.imports where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const listImports = async (tx: Queryable, workspaceId: string, before: { at: string; id: string } | null, limit: number): Promise<ImportRow[]> => {
  const { rows } = await tx.query<ImportRow>(
    `select ${columns}
     from customers.imports
     where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc
     limit $4`,
    [workspaceId, before?.at ?? null, before?.id ?? null, limit],
  );
  return rows;
};

/** Moves an import on, if it is in one of the states from which that is possible.
 *  @returns whether it was */
export const changeState = async (tx: Queryable, given: { workspaceId: string; id: string; from: readonly ImportState[]; to: ImportState; at: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update customers.imports
     set state = $4, updated_at = $5, attempts = 0, run_token = null, fault_code = null, fault_message = null
     where workspace_id = $1 and id = $2 and state = any ($3::text[])`,
    [given.workspaceId, given.id, given.from, given.to, given.at],
  );
  return rowCount === 1;
};

export const saveMapping = async (
  tx: Queryable,
  given: { workspaceId: string; id: string; from: readonly ImportState[]; mapping: Mapping; notes: ImportRow["notes"]; at: Date },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update customers.imports
     set mapping = $4, notes = $5, updated_at = $6, dry_run = null, total_rows = null, state = 'ready', fault_code = null, fault_message = null
     where workspace_id = $1 and id = $2 and state = any ($3::text[]) and position = 0`,
    [given.workspaceId, given.id, given.from, JSON.stringify(given.mapping), JSON.stringify(given.notes), given.at],
  );
  return rowCount === 1;
};

export const deleteImport = async (tx: Queryable, workspaceId: string, id: string, from: readonly ImportState[]): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "delete from customers.imports where workspace_id = $1 and id = $2 and state = any ($3::text[]) and position = 0",
    [workspaceId, id, from],
  );
  return rowCount === 1;
};

/** Imports some server should work on, the longest untouched first. */
export const listWaitingImports = async (tx: Queryable, limit: number): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `select id from customers.imports where state in ('checking', 'queued', 'running', 'undoing') order by updated_at, id limit $1`,
    [limit],
  );
  return rows.map((row) => row.id);
};

/** Does the work if no other server is at this import. The lock belongs to a connection, so a killed server frees it at once.
 *  @returns whether the work was done here */
export const withImportLock = async (db: Db, id: string, work: () => Promise<void>): Promise<boolean> => {
  const client = await db.pool.connect();
  // A connection lost during the work is noticed by the work's own statements; without a listener it would end the process.
  const ignore = (): void => undefined;
  client.on("error", ignore);
  let isBroken = false;
  try {
    const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock(hashtextextended($1, 7340022)) as locked", [id]);
    if (rows[0]?.locked !== true) return false;
    await work();
    return true;
  } finally {
    await client.query("select pg_advisory_unlock_all()").catch(() => {
      isBroken = true;
    });
    client.removeListener("error", ignore);
    client.release(isBroken);
  }
};

/** Takes an import over: writes of whoever held it before are refused from now on. */
export const beginWork = async (tx: Queryable, given: { id: string; token: string; at: Date }): Promise<ImportRow | null> => {
  const { rows } = await tx.query<ImportRow>(
    `update customers.imports
     set run_token = $2, updated_at = $3, attempts = attempts + 1,
       state = case when state = 'queued' then 'running' else state end,
       started_at = case when state = 'queued' and position = 0 then $3 else coalesce(started_at, $3) end,
       finished_at = null
     where id = $1 and state in ('checking', 'queued', 'running', 'undoing')
     returning ${columns}`,
    [given.id, given.token, given.at],
  );
  return rows[0] ?? null;
};

export type Progress = { position: number; read: number; accepted: number; refused: number; repeated: number; leftOut: number; withoutCustomer: number; perceptions: number };

/** Moves the saved position in the transaction that wrote the rows before it.
 *  @returns false when this run was paused, undone or taken over; then nothing may be committed */
export const advanceImport = async (tx: Queryable, given: { id: string; token: string; at: Date }, progress: Progress): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update customers.imports
     set position = $3, rows_read = rows_read + $4, rows_accepted = rows_accepted + $5, rows_refused = rows_refused + $6,
       rows_repeated = rows_repeated + $7, rows_without_customer = rows_without_customer + $8, perceptions_added = perceptions_added + $9,
       rows_left_out = rows_left_out + $10, updated_at = $11, attempts = 0
     where id = $1 and run_token = $2 and state = 'running'`,
    [
      given.id, given.token, progress.position, progress.read, progress.accepted, progress.refused,
      progress.repeated, progress.withoutCustomer, progress.perceptions, progress.leftOut, given.at,
    ],
  );
  return rowCount === 1;
};

export const saveTotal = async (tx: Queryable, given: { id: string; token: string; at: Date }, total: number): Promise<void> => {
  await tx.query("update customers.imports set total_rows = $3, updated_at = $4 where id = $1 and run_token = $2", [given.id, given.token, total, given.at]);
};

export const saveDryRun = async (tx: Queryable, given: { id: string; token: string; at: Date }, dryRun: DryRun): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update customers.imports
     set dry_run = $3, total_rows = $4, state = 'ready', updated_at = $5
     where id = $1 and run_token = $2 and state = 'checking'`,
    [given.id, given.token, JSON.stringify(dryRun), dryRun.rows, given.at],
  );
  return rowCount === 1;
};

export const finishImport = async (tx: Queryable, given: { id: string; token: string; at: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "update customers.imports set state = 'done', finished_at = $3, updated_at = $3 where id = $1 and run_token = $2 and state = 'running'",
    [given.id, given.token, given.at],
  );
  return rowCount === 1;
};

export const failImport = async (tx: Queryable, given: { id: string; token: string; at: Date }, fault: { code: string; message: string }): Promise<void> => {
  await tx.query(
    `update customers.imports
     set state = 'failed', fault_code = $3, fault_message = $4, finished_at = $5, updated_at = $5
     where id = $1 and run_token = $2`,
    [given.id, given.token, fault.code, fault.message, given.at],
  );
};

/** Before the rows of an import go: what was read of the file does not count any more. */
export const forgetPosition = async (db: Queryable, given: { id: string; token: string; at: Date }): Promise<void> => {
  await db.query("delete from customers.import_refusals where import_id = $1", [given.id]);
  await db.query(
    `update customers.imports
     set position = 0, rows_read = 0, rows_accepted = 0, rows_refused = 0, rows_repeated = 0, rows_left_out = 0, rows_without_customer = 0,
       perceptions_added = 0, updated_at = $3
     where id = $1 and run_token = $2 and state = 'undoing'`,
    [given.id, given.token, given.at],
  );
};

/** After the rows of an import are gone: it can be run anew. */
export const resetImport = async (tx: Queryable, given: { id: string; token: string; at: Date }): Promise<boolean> => {
  await tx.query("delete from customers.import_refusals where import_id = $1", [given.id]);
  const { rowCount } = await tx.query(
    `update customers.imports
     set state = 'undone', position = 0, rows_read = 0, rows_accepted = 0, rows_refused = 0, rows_repeated = 0, rows_left_out = 0, rows_without_customer = 0,
       perceptions_added = 0, finished_at = $3, updated_at = $3
     where id = $1 and run_token = $2 and state = 'undoing'`,
    [given.id, given.token, given.at],
  );
  return rowCount === 1;
};

/** Imports whose file has served its time: finished before the given time. */
export const listImportsWithOldFile = async (tx: Queryable, before: Date, limit: number): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `select id from customers.imports
     where has_file and state in ('ready', 'paused', 'done', 'failed', 'undone') and updated_at < $1
     order by updated_at, id
     limit $2`,
    [before, limit],
  );
  return rows.map((row) => row.id);
};

export const forgetFile = async (tx: Queryable, id: string): Promise<void> => {
  await tx.query("update customers.imports set has_file = false where id = $1", [id]);
};

export const listKnownImports = async (tx: Queryable, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>("select id from customers.imports where id = any ($1::uuid[])", [ids]);
  return rows.map((row) => row.id);
};
