import type { Queryable } from "#platform/db";
import type { Answers } from "../surveys/definition.contract.ts";
import type { DialogueChannel, DialogueEnd } from "./dialogues.contract.ts";

export type DialogueRow = {
  workspaceId: string; id: string; surveyId: string; version: number; channel: DialogueChannel; language: string; subject: string | null; isTrial: boolean;
  answers: Answers; questionId: string | null; attempt: number; ended: DialogueEnd | null; turn: number; keys: string[]; createdAt: Date; updatedAt: Date;
};

export const insertDialogue = async (db: Queryable, row: DialogueRow): Promise<void> => {
  await db.query(
    `insert into feedback.dialogues (
       workspace_id, id, survey_id, version, channel, language, subject, is_trial, answers, question_id, attempt, ended, turn, keys, created_at, updated_at
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)`,
    [
      row.workspaceId, row.id, row.surveyId, row.version, row.channel, row.language, row.subject, row.isTrial, JSON.stringify(row.answers), row.questionId, row.attempt, row.ended,
      row.turn, row.keys, row.createdAt,
    ],
  );
};

export const findDialogue = async (db: Queryable, workspaceId: string, id: string): Promise<DialogueRow | null> => {
  const { rows } = await db.query<DialogueRow>(
    `select workspace_id as "workspaceId", id, survey_id as "surveyId", version, channel, language, subject, is_trial as "isTrial", answers, question_id as "questionId", attempt, ended,
       turn, keys, created_at as "createdAt", updated_at as "updatedAt"
     from feedback.dialogues
     where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** Goes one turn on.
 *  @returns false when somebody else went on meanwhile: nothing is changed then */
export const updateDialogue = async (db: Queryable, row: DialogueRow, now: Date): Promise<boolean> => {
  const { rowCount } = await db.query(
    `update feedback.dialogues
     set answers = $4, question_id = $5, attempt = $6, ended = $7, turn = $3, keys = $8, updated_at = $9
     where workspace_id = $1 and id = $2 and turn = $3 - 1`,
    [row.workspaceId, row.id, row.turn, JSON.stringify(row.answers), row.questionId, row.attempt, row.ended, row.keys, now],
  );
  return rowCount === 1;
};

export const deleteOldDialogues = async (db: Queryable, workspaceId: string, before: Date): Promise<void> => {
  await db.query("delete from feedback.dialogues where workspace_id = $1 and updated_at < $2", [workspaceId, before]);
};

export const deleteDialoguesOf = async (db: Queryable, workspaceId: string, people: { subjectHashes: readonly string[]; responseIds: readonly string[] }): Promise<void> => {
  await db.query(
    `delete from feedback.dialogues
     where workspace_id = $1
       and (id = any ($2::uuid[]) or (subject is not null and encode(sha256(convert_to(concat($1::uuid, E'\\n', subject), 'UTF8')), 'hex') = any ($3::text[])))`,
    [workspaceId, [...people.responseIds], [...people.subjectHashes]],
  );
};
