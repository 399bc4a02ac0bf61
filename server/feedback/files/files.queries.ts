import type { Queryable } from "#platform/db";

export type FileRow = {
  workspaceId: string; id: string; surveyId: string; responseId: string | null; questionId: string | null; name: string; contentType: string;
  sizeBytes: number; createdBy: string | null; createdAt: Date;
};

const COLUMNS = `file.workspace_id as "workspaceId", file.id, file.survey_id as "surveyId", file.response_id as "responseId", file.question_id as "questionId",
  file.name, file.content_type as "contentType", file.size_bytes as "sizeBytes", file.created_by as "createdBy", file.created_at as "createdAt"`;

export const insertFile = async (tx: Queryable, file: FileRow): Promise<void> => {
  await tx.query(
    `insert into feedback.files (workspace_id, id, survey_id, response_id, question_id, name, content_type, size_bytes, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [file.workspaceId, file.id, file.surveyId, file.responseId, file.questionId, file.name, file.contentType, file.sizeBytes, file.createdBy, file.createdAt],
  );
};

/** Takes a place for a file of a question, before its bytes come: of uploads that run side by side no more get through than there are places.
 *  Call it in a transaction of its own.
 *  @returns whether there was a place left */
export const reserveFile = async (
  tx: Queryable,
  file: Pick<FileRow, "workspaceId" | "id" | "surveyId" | "responseId" | "questionId" | "name" | "createdAt">,
  most: number,
): Promise<boolean> => {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`files ${file.workspaceId} ${file.responseId} ${file.questionId}`]);
  const { rowCount } = await tx.query(
    `insert into feedback.files (workspace_id, id, survey_id, response_id, question_id, name, content_type, size_bytes, created_at)
     select $1, $2, $3, $4, $5, $6, 'application/octet-stream', 0, $7
     where (select count(*) from feedback.files where workspace_id = $1 and response_id = $4 and question_id = $5) < $8
     on conflict (workspace_id, id) do nothing`,
    [file.workspaceId, file.id, file.surveyId, file.responseId, file.questionId, file.name, file.createdAt, most],
  );
  return rowCount === 1;
};

/** Says what a reserved file has become once its bytes are there. */
export const completeFile = async (db: Queryable, file: Pick<FileRow, "workspaceId" | "id" | "name" | "contentType" | "sizeBytes">): Promise<void> => {
  await db.query("update feedback.files set name = $3, content_type = $4, size_bytes = $5 where workspace_id = $1 and id = $2", [
    file.workspaceId, file.id, file.name, file.contentType, file.sizeBytes,
  ]);
};

/** Gives the place of a file back whose bytes did not come. */
export const releaseFile = async (db: Queryable, workspaceId: string, id: string): Promise<void> => {
  await db.query("delete from feedback.files where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** A file of an answer of this response; null also for one that was sent and then left out. */
export const findFileOfResponse = async (db: Queryable, of: { workspaceId: string; responseId: string; id: string }): Promise<FileRow | null> => {
  const { rows } = await db.query<FileRow>(
    `select ${COLUMNS} from feedback.files file where file.workspace_id = $1 and file.response_id = $2 and file.id = $3 and file.is_used`,
    [of.workspaceId, of.responseId, of.id],
  );
  return rows[0] ?? null;
};

/** A picture of a survey by its public address, whatever its workspace: only pictures, never what somebody sent with an answer. */
export const findPicture = async (db: Queryable, id: string): Promise<FileRow | null> => {
  const { rows } = await db.query<FileRow>(`select ${COLUMNS} from feedback.files file where file.id = $1 and file.response_id is null`, [id]);
  return rows[0] ?? null;
};

export const countPictures = async (db: Queryable, workspaceId: string, surveyId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from feedback.files file where file.workspace_id = $1 and file.survey_id = $2 and file.response_id is null",
    [workspaceId, surveyId],
  );
  return rows[0]?.count ?? 0;
};

/** Which of the files named by the answers of a response were uploaded for their questions. Marks those as used and all others of the response as not.
 *  @param named file and question, side by side */
export const markUsed = async (
  tx: Queryable,
  response: { workspaceId: string; surveyId: string; id: string },
  named: readonly { id: string; questionId: string }[],
): Promise<Set<string>> => {
  const { rows } = await tx.query<{ id: string; isUsed: boolean }>(
    `update feedback.files file
     set is_used = exists (
       select from unnest($4::uuid[], $5::text[]) named (id, question_id) where named.id = file.id and named.question_id = file.question_id
     )
     where file.workspace_id = $1 and file.response_id = $2 and file.survey_id = $3 and file.size_bytes > 0
     returning file.id, file.is_used as "isUsed"`,
    [response.workspaceId, response.id, response.surveyId, named.map(({ id }) => id), named.map(({ questionId }) => questionId)],
  );
  return new Set(rows.filter((row) => row.isUsed).map((row) => row.id));
};

/** Gives uploads to the response whose answers name them; those another one uses stay with it.
 *  @returns the files that are its own now */
export const claimFiles = async (
  tx: Queryable,
  response: { workspaceId: string; surveyId: string; id: string },
  named: readonly { id: string; questionId: string }[],
): Promise<Pick<FileRow, "id" | "name" | "contentType" | "sizeBytes">[]> => {
  const { rows } = await tx.query<Pick<FileRow, "id" | "name" | "contentType" | "sizeBytes">>(
    `update feedback.files file
     set response_id = $2, question_id = named.question_id
     from unnest($4::uuid[], $5::text[]) named (id, question_id)
     where file.workspace_id = $1 and file.survey_id = $3 and file.id = named.id and file.response_id is not null and file.size_bytes > 0
       and (not file.is_used or (file.response_id = $2 and file.question_id = named.question_id))
     returning file.id, file.name, file.content_type as "contentType", file.size_bytes as "sizeBytes"`,
    [response.workspaceId, response.id, response.surveyId, named.map(({ id }) => id), named.map(({ questionId }) => questionId)],
  );
  return rows;
};

/** Forgets uploads that no answer names since a time; their bytes are removed after.
 *  @returns how many */
export const deleteUnusedFiles = async (tx: Queryable, before: Date, limit: number): Promise<number> => {
  const { rowCount } = await tx.query(
    `delete from feedback.files file
     using (
       select workspace_id, id from feedback.files where response_id is not null and not is_used and created_at < $1 order by created_at, id limit $2
     ) old
     where file.workspace_id = old.workspace_id and file.id = old.id`,
    [before, limit],
  );
  return rowCount ?? 0;
};

/** Photos that still have all that their cameras tell. */
export const listUnstrippedFiles = async (db: Queryable, limit: number): Promise<Pick<FileRow, "workspaceId" | "id" | "contentType">[]> => {
  const { rows } = await db.query<Pick<FileRow, "workspaceId" | "id" | "contentType">>(
    `select workspace_id as "workspaceId", id, content_type as "contentType" from feedback.files where awaits_stripping order by workspace_id, id limit $1`,
    [limit],
  );
  return rows;
};

/** @param sizeBytes null where there were no bytes to strip
 *  @returns whether the file is still known */
export const noteStripped = async (db: Queryable, { workspaceId, id }: Pick<FileRow, "workspaceId" | "id">, sizeBytes: number | null): Promise<boolean> => {
  const { rowCount } = await db.query("update feedback.files set awaits_stripping = false, size_bytes = coalesce($3, size_bytes) where workspace_id = $1 and id = $2", [workspaceId, id, sizeBytes]);
  return rowCount === 1;
};

/** Files whose rows are gone and whose bytes are to be removed. */
export const listRemovals = async (db: Queryable, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select id from feedback.file_removals order by id limit $1", [limit]);
  return rows.map((row) => row.id);
};

export const deleteRemovals = async (tx: Queryable, ids: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.file_removals where id = any ($1::uuid[])", [[...ids]]);
};

/** Which of these files have a row. */
export const listKnownFiles = async (db: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  const { rows } = await db.query<{ id: string }>("select id from feedback.files where id = any ($1::uuid[])", [[...ids]]);
  return new Set(rows.map((row) => row.id));
};
