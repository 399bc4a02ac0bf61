import type { Queryable } from "#platform/db";
import type { RefusalReason } from "./imports.contract.ts";

export type Refusal = { rowNumber: number; code: string; reason: string; cells: Record<string, string> };

export const insertRefusals = async (tx: Queryable, given: { workspaceId: string; importId: string }, refusals: readonly Refusal[]): Promise<void> => {
  if (refusals.length === 0) return;
  await tx.query(
    `insert into customers.import_refusals (workspace_id, import_id, row_number, code, reason, cells)
     select $1, $2, given.*
     from unnest($3::bigint[], $4::text[], $5::text[], $6::json[]) given
     on conflict (import_id, row_number) do nothing`,
    [
      given.workspaceId,
      given.importId,
      refusals.map((refusal) => refusal.rowNumber),
      refusals.map((refusal) => refusal.code),
      refusals.map((refusal) => refusal.reason),
      refusals.map((refusal) => JSON.stringify(refusal.cells)),
    ],
  );
};

/** The refused rows behind a row number, in the order of the file. */
export const listRefusals = async (tx: Queryable, given: { workspaceId: string; importId: string; after: number; limit: number }): Promise<Refusal[]> => {
  const { rows } = await tx.query<Refusal>(
    `select row_number as "rowNumber", code, reason, cells
     from customers.import_refusals
     where workspace_id = $1 and import_id = $2 and row_number > $3
     order by row_number
     limit $4`,
    [given.workspaceId, given.importId, given.after, given.limit],
  );
  return rows;
};

/** Why the rows of an import were refused: one row is a reason with its first refused row. Carried by the primary key. */
export const listReasons = async (tx: Queryable, workspaceId: string, importId: string): Promise<RefusalReason[]> => {
  const { rows } = await tx.query<{ code: string; count: number; row: number; reason: string }>(
    `select code, count(*) as count, min(row_number) as row, (array_agg(reason order by row_number))[1] as reason
     from customers.import_refusals
     where workspace_id = $1 and import_id = $2
     group by code
     order by count(*) desc, code
     limit 20`,
    [workspaceId, importId],
  );
  return rows.map(({ code, count, row, reason }) => ({ code, count, example: { row, reason } }));
};
