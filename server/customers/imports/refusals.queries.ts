import type { Queryable } from "#platform/db";

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
