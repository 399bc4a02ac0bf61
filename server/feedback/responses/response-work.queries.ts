// What members do to responses: tags, notes, corrections and their history.
import type { Queryable } from "#platform/db";
import type { ResponseChange } from "./response-work.contract.ts";
import type { ResponseRow } from "./responses.queries.ts";
import { RESPONSE_COLUMNS } from "./responses.queries.ts";

/** Puts tags on responses and takes others off; in the order of ids, so that two members never wait for each other crosswise.
 *  @returns ids of the responses that are there */
export const updateTags = async (tx: Queryable, workspaceId: string, given: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] }): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `with chosen as (
       select id from feedback.responses where workspace_id = $1 and id = any ($2::uuid[]) order by id for update
     )
     update feedback.responses response
     set tags = array(
       select distinct tag from unnest(response.tags || $3::text[]) tag where tag <> all ($4::text[]) order by tag limit 50
     )
     from chosen
     where response.workspace_id = $1 and response.id = chosen.id
     returning response.id`,
    [workspaceId, [...given.ids], [...given.add], [...given.remove]],
  );
  return rows.map((row) => row.id);
};

/** Responses of these ids with the names of their surveys, locked. */
export const lockResponses = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<(ResponseRow & { surveyName: string; settings: unknown })[]> => {
  const { rows } = await tx.query<ResponseRow & { surveyName: string; settings: unknown }>(
    `select ${RESPONSE_COLUMNS}, survey.name as "surveyName", survey.settings
     from feedback.responses response
     join feedback.surveys survey on survey.workspace_id = response.workspace_id and survey.id = response.survey_id
     where response.workspace_id = $1 and response.id = any ($2::uuid[])
     order by response.id
     for update of response`,
    [workspaceId, [...ids]],
  );
  return rows;
};

/** Writes what a member or the retention changed about a response. Unlike a save it may take its person away. */
export const updateWorkedOn = async (tx: Queryable, row: ResponseRow): Promise<void> => {
  await tx.query(
    `update feedback.responses
     set outcome = $3, flags = $4, ending_id = $5, calculations = $6, words = $7, score = $8, has_comment = $9, restated = $10, subject = $11, anonymised_at = $12, places = $13, served_by = $14
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.outcome, row.flags, row.endingId, row.calculations, row.words, row.score, row.hasComment, row.restated, row.subject, row.anonymisedAt, row.places, row.servedBy,
    ],
  );
};

export const deleteAnswers = async (tx: Queryable, workspaceId: string, responseId: string): Promise<void> => {
  await tx.query("delete from feedback.answers where workspace_id = $1 and response_id = $2", [workspaceId, responseId]);
};

export type NewChange = {
  id: string; workspaceId: string; responseId: string; kind: ResponseChange["kind"]; questionId: string | null; before: unknown; after: unknown;
  reason: string | null; memberId: string | null; at: Date;
};

export const insertChange = async (tx: Queryable, change: NewChange): Promise<void> => {
  await tx.query(
    `insert into feedback.response_history (workspace_id, id, response_id, kind, question_id, before, after, reason, member_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      change.workspaceId, change.id, change.responseId, change.kind, change.questionId, JSON.stringify(change.before), JSON.stringify(change.after),
      change.reason, change.memberId, change.at,
    ],
  );
};

export const listChanges = async (db: Queryable, workspaceId: string, responseId: string): Promise<NewChange[]> => {
  const { rows } = await db.query<NewChange>(
    `select change.id, change.workspace_id as "workspaceId", change.response_id as "responseId", change.kind, change.question_id as "questionId",
            change.before, change.after, change.reason, change.member_id as "memberId", change.at
     from feedback.response_history change
     where change.workspace_id = $1 and change.response_id = $2
     order by change.at desc, change.id desc
     limit 500`,
    [workspaceId, responseId],
  );
  return rows;
};

export type NoteRow = { id: string; workspaceId: string; responseId: string; text: string; memberId: string | null; createdAt: Date };

export const insertNote = async (tx: Queryable, note: NoteRow): Promise<void> => {
  await tx.query("insert into feedback.response_notes (workspace_id, id, response_id, text, member_id, created_at) values ($1, $2, $3, $4, $5, $6)", [
    note.workspaceId, note.id, note.responseId, note.text, note.memberId, note.createdAt,
  ]);
};

export const listNotes = async (db: Queryable, workspaceId: string, responseId: string): Promise<NoteRow[]> => {
  const { rows } = await db.query<NoteRow>(
    `select note.id, note.workspace_id as "workspaceId", note.response_id as "responseId", note.text, note.member_id as "memberId", note.created_at as "createdAt"
     from feedback.response_notes note
     where note.workspace_id = $1 and note.response_id = $2
     order by note.created_at, note.id
     limit 500`,
    [workspaceId, responseId],
  );
  return rows;
};

export const deleteNote = async (tx: Queryable, workspaceId: string, responseId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from feedback.response_notes where workspace_id = $1 and response_id = $2 and id = $3", [workspaceId, responseId, id]);
  return rowCount === 1;
};
