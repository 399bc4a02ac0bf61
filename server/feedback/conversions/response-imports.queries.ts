import type { Queryable } from "#platform/db";

export type ResponseImportRow = {
  id: string; fileName: string; rowsRead: number; rowsAdded: number; rowsRepeated: number; rowsRefused: number; createdAt: Date; undoneAt: Date | null;
};

const COLUMNS = `id, file_name as "fileName", rows_read as "rowsRead", rows_added as "rowsAdded", rows_repeated as "rowsRepeated", rows_refused as "rowsRefused",
  created_at as "createdAt", undone_at as "undoneAt"`;

export const insertResponseImport = async (
  tx: Queryable,
  given: { workspaceId: string; id: string; surveyId: string; fileName: string; rowsRead: number; rowsRefused: number; createdBy: string | null; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into feedback.response_imports (workspace_id, id, survey_id, file_name, rows_read, rows_added, rows_repeated, rows_refused, created_by, created_at)
     values ($1, $2, $3, $4, $5, 0, 0, $6, $7, $8)`,
    [given.workspaceId, given.id, given.surveyId, given.fileName, given.rowsRead, given.rowsRefused, given.createdBy, given.at],
  );
};

/** Notes which responses an import added and counts them with those that were there already. */
export const noteImported = async (tx: Queryable, workspaceId: string, given: { importId: string; added: readonly string[]; repeated: number }): Promise<void> => {
  await tx.query(
    `insert into feedback.imported_responses (workspace_id, response_id, import_id)
     select $1, response_id, $2 from unnest($3::uuid[]) given (response_id)
     on conflict do nothing`,
    [workspaceId, given.importId, [...given.added]],
  );
  await tx.query("update feedback.response_imports set rows_added = rows_added + $3, rows_repeated = rows_repeated + $4 where workspace_id = $1 and id = $2", [
    workspaceId, given.importId, given.added.length, given.repeated,
  ]);
};

export const findResponseImport = async (db: Queryable, given: { workspaceId: string; surveyId: string; id: string }): Promise<ResponseImportRow | null> => {
  const { rows } = await db.query<ResponseImportRow>(
    `select ${COLUMNS} from feedback.response_imports where workspace_id = $1 and survey_id = $2 and id = $3`,
    [given.workspaceId, given.surveyId, given.id],
  );
  return rows[0] ?? null;
};

export const listResponseImports = async (db: Queryable, workspaceId: string, surveyId: string): Promise<ResponseImportRow[]> => {
  const { rows } = await db.query<ResponseImportRow>(
    `select ${COLUMNS}
     from feedback.response_imports
     where workspace_id = $1 and survey_id = $2
     order by created_at desc, id desc
     limit 100`,
    [workspaceId, surveyId],
  );
  return rows;
};

/** Responses an import added that are still there, some at a time. */
export const listImportedResponses = async (tx: Queryable, workspaceId: string, importId: string, limit: number): Promise<{ id: string; anonymisedAt: Date | null }[]> => {
  const { rows } = await tx.query<{ id: string; anonymisedAt: Date | null }>(
    `select response.id, response.anonymised_at as "anonymisedAt"
     from feedback.imported_responses imported
     join feedback.responses response on response.workspace_id = imported.workspace_id and response.id = imported.response_id
     where imported.workspace_id = $1 and imported.import_id = $2
     order by response.id
     limit $3`,
    [workspaceId, importId, limit],
  );
  return rows;
};

export const markUndone = async (tx: Queryable, workspaceId: string, id: string, at: Date): Promise<void> => {
  await tx.query("update feedback.response_imports set undone_at = coalesce(undone_at, $3) where workspace_id = $1 and id = $2", [workspaceId, id, at]);
};
