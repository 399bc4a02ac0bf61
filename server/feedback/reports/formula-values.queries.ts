import type { Queryable } from "#platform/db";
import type { StoredAnswer } from "../responses/stored-answers.rules.ts";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";

export type FormulaAsked = { workspaceId: string; surveyId: string; from: Date; to: Date };
export type FormulaResponse = { workspaceId: string; id: string; version: number; restated: number };

/** Responses of a survey that count and may have been given in a period; its index on survey and start carries it. */
export const listFormulaResponses = async (db: Queryable, asked: FormulaAsked, limit: number): Promise<FormulaResponse[]> => {
  const { rows } = await db.query<FormulaResponse>(
    `select response.workspace_id as "workspaceId", response.id, response.version, response.restated
     from feedback.responses response
     where ${MEANT}
     order by response.id
     limit $5`,
    [asked.workspaceId, asked.surveyId, asked.from, asked.to, limit],
  );
  return rows;
};

/** What was answered in them, but for what was only written: no formula can count with it. */
export const listFormulaAnswers = async (db: Queryable, asked: FormulaAsked): Promise<(StoredAnswer & { responseId: string })[]> => {
  const { rows } = await db.query<StoredAnswer & { responseId: string }>(
    `select answer.response_id as "responseId", answer.question_id as "questionId", answer.question_type as "questionType", answer.number, answer.choices,
            null as text, answer.details, answer.is_shown as "isShown"
     from feedback.responses response
     join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id
     where ${MEANT} and answer.is_shown and answer.question_type not in ('text', 'email', 'phone', 'contact', 'file', 'date')`,
    [asked.workspaceId, asked.surveyId, asked.from, asked.to],
  );
  return rows;
};

export const listVersions = async (db: Queryable, workspaceId: string, surveyId: string): Promise<{ number: number; definition: SurveyDefinition }[]> => {
  const { rows } = await db.query<{ number: number; definition: SurveyDefinition }>(
    "select number, definition from feedback.survey_versions where workspace_id = $1 and survey_id = $2 order by number desc limit 1000",
    [workspaceId, surveyId],
  );
  return rows;
};

// A response is dated by its last save at the latest, and begun before that.
const MEANT = `response.workspace_id = $1 and response.survey_id = $2 and response.outcome = 'counted' and response.recorded_at is not null
       and response.started_at < $4 and response.saved_at >= $3`;
