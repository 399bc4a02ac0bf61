import type { Queryable } from "#platform/db";

type Due = { workspaceId: string; surveyId: string; before: Date };

/** Responses of a survey that began before a time and are not anonymous yet; carried by responses_survey_id_started_at_index. */
export const countDue = async (db: Queryable, due: Due): Promise<{ responses: number; oldestAt: Date | null; named: number }> => {
  const { rows } = await db.query<{ responses: number; oldestAt: Date | null; named: number }>(
    `select count(*) as responses, min(response.started_at) as "oldestAt", count(response.subject) as named
     from feedback.responses response
     where response.workspace_id = $1 and response.survey_id = $2 and response.started_at < $3 and response.anonymised_at is null`,
    [due.workspaceId, due.surveyId, due.before],
  );
  return rows[0] ?? { responses: 0, oldestAt: null, named: 0 };
};

export const listDue = async (db: Queryable, due: Due, limit: number): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select response.id
     from feedback.responses response
     where response.workspace_id = $1 and response.survey_id = $2 and response.started_at < $3 and response.anonymised_at is null
     order by response.started_at, response.id
     limit $4`,
    [due.workspaceId, due.surveyId, due.before, limit],
  );
  return rows.map((row) => row.id);
};

/** Takes away what members wrote beside a response, its files, and what stood in answers before they were corrected. */
export const deleteBeside = async (tx: Queryable, workspaceId: string, responseId: string): Promise<void> => {
  await tx.query("delete from feedback.response_notes where workspace_id = $1 and response_id = $2", [workspaceId, responseId]);
  await tx.query("delete from feedback.files where workspace_id = $1 and response_id = $2", [workspaceId, responseId]);
  await tx.query("update feedback.response_history set before = null, after = null, reason = null where workspace_id = $1 and response_id = $2", [workspaceId, responseId]);
};
