import type { Queryable } from "#platform/db";
import type { StatedConsent } from "./consents.rules.ts";

export type ConsentingResponse = {
  surveyId: string;
  version: number;
  subject: string | null;
  outcome: string;
  savedAt: Date;
  /** Choices of the questions of consent that were shown and answered. */
  answers: Record<string, string[]>;
  stated: StatedConsent[];
};

/** A complete response with what it says about consent and what was noted of that, locked so that it is noted once. */
export const lockConsentingResponse = async (tx: Queryable, workspaceId: string, responseId: string): Promise<ConsentingResponse | null> => {
  const { rows } = await tx.query<ConsentingResponse>(
    `select response.survey_id as "surveyId", response.version, response.subject, response.outcome, response.saved_at as "savedAt",
       coalesce((
         select jsonb_object_agg(answer.question_id, answer.choices) from feedback.answers answer
         where answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.question_type = 'consent' and answer.is_shown and answer.choices is not null
       ), '{}') as answers,
       coalesce((
         select jsonb_agg(jsonb_build_object('questionId', consent.question_id, 'purpose', consent.purpose, 'isGiven', consent.is_given)) from feedback.consents consent
         where consent.workspace_id = response.workspace_id and consent.response_id = response.id
       ), '[]') as stated
     from feedback.responses response
     where response.workspace_id = $1 and response.id = $2 and response.state = 'complete'
     for no key update of response`,
    [workspaceId, responseId],
  );
  return rows[0] ?? null;
};

export const upsertConsent = async (tx: Queryable, workspaceId: string, responseId: string, consent: StatedConsent): Promise<void> => {
  await tx.query(
    `insert into feedback.consents (workspace_id, response_id, question_id, purpose, is_given)
     values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, response_id, question_id) do update set is_given = excluded.is_given`,
    [workspaceId, responseId, consent.questionId, consent.purpose, consent.isGiven],
  );
};
