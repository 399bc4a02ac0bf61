import type { SubjectSpan } from "#customers";
import type { Queryable } from "#platform/db";

/** Responses of people by their identifiers, each while it was theirs. Carried by responses_subject_index, or read through where many people are asked for. */
export const listResponsesOfSubjects = async (db: Queryable, workspaceId: string, surveyIds: readonly string[], spans: readonly SubjectSpan[]): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select distinct response.id
     from unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) span (subject, valid_from, valid_to)
     join feedback.responses response
       on response.workspace_id = $1 and response.subject = span.subject and response.saved_at >= span.valid_from and response.saved_at < span.valid_to
     where response.survey_id = any ($2::uuid[])`,
    [workspaceId, [...surveyIds], spans.map(({ subject }) => subject), spans.map(({ from }) => from), spans.map(({ to }) => to)],
  );
  return rows.map((row) => row.id);
};
