import type { Queryable } from "#platform/db";

type Needles = { texts: readonly string[]; digits: readonly string[] };

// Addresses are kept in small letters and may have been sent in others.
const mayName = (text: string, texts: string, digits: string): string =>
  `(exists (select from unnest(${texts}::text[]) needle where strpos(${text}, needle) > 0 or strpos(lower(${text}), needle) > 0)
    or exists (select from unnest(${digits}::text[]) needle where strpos(regexp_replace(${text}, '\\D', '', 'g'), needle) > 0))`;

/** Refused events that may name somebody, in the order of their ids. Reads all of a workspace: an erasure is rare and the events are cleared after a quarter. */
export const listLettersWith = async (
  tx: Queryable,
  workspaceId: string,
  given: { needles: Needles; after: string | null; limit: number },
): Promise<{ id: string; payload: string }[]> => {
  const { rows } = await tx.query<{ id: string; payload: string }>(
    `select id, payload
     from customers.dead_letters
     where workspace_id = $1 and ($2::uuid is null or id > $2) and ${mayName("payload", "$3", "$4")}
     order by id
     limit $5`,
    [workspaceId, given.after, given.needles.texts, given.needles.digits, given.limit],
  );
  return rows;
};

export const deleteLetters = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query("delete from customers.dead_letters where workspace_id = $1 and id = any ($2::uuid[])", [workspaceId, ids]);
};

export type RefusedRow = { importId: string; rowNumber: number; cells: Record<string, string>; customerColumns: string[] };

/** Refused rows of imports that may name somebody, with the columns their import takes customers from. */
export const listRefusedRowsWith = async (
  tx: Queryable,
  workspaceId: string,
  given: { needles: Needles; after: { importId: string; rowNumber: number } | null; limit: number },
): Promise<RefusedRow[]> => {
  const { rows } = await tx.query<RefusedRow>(
    `select refusal.import_id as "importId", refusal.row_number as "rowNumber", refusal.cells,
       array(
         select entry ->> 'column' from json_array_elements(import.mapping -> 'columns') entry where entry -> 'use' ->> 'use' = 'customer'
       ) as "customerColumns"
     from customers.import_refusals refusal
     join customers.imports import on import.id = refusal.import_id
     where import.workspace_id = $1 and ($2::uuid is null or (refusal.import_id, refusal.row_number) > ($2, $3::bigint))
       and ${mayName("refusal.cells::text", "$4", "$5")}
     order by refusal.import_id, refusal.row_number
     limit $6`,
    [workspaceId, given.after?.importId ?? null, given.after?.rowNumber ?? null, given.needles.texts, given.needles.digits, given.limit],
  );
  return rows;
};

export const deleteRefusedRows = async (tx: Queryable, workspaceId: string, rows: readonly Pick<RefusedRow, "importId" | "rowNumber">[]): Promise<void> => {
  await tx.query(
    `delete from customers.import_refusals refusal
     using unnest($2::uuid[], $3::bigint[]) as gone (import_id, row_number)
     where refusal.workspace_id = $1 and refusal.import_id = gone.import_id and refusal.row_number = gone.row_number`,
    [workspaceId, rows.map((row) => row.importId), rows.map((row) => row.rowNumber)],
  );
};

/** Lets go of the files of ended imports, and of the same files uploaded once more. An import that still runs needs its own.
 *  @returns ids of the imports whose file is to be removed */
export const forgetFilesOf = async (tx: Queryable, workspaceId: string, importIds: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `update customers.imports
     set has_file = false
     where workspace_id = $1 and has_file and state in ('ready', 'done', 'failed', 'undone')
       and file_hash in (select file_hash from customers.imports where workspace_id = $1 and id = any ($2::uuid[]))
     returning id`,
    [workspaceId, importIds],
  );
  return rows.map((row) => row.id);
};
