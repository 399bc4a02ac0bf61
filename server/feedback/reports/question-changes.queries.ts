import type { Queryable } from "#platform/db";
import type { SurveyDefinition } from "../surveys/definition.contract.ts";

export type PublishedVersion = { surveyId: string; name: string; number: number; publishedAt: Date; definition: SurveyDefinition; before: SurveyDefinition };

/** Versions published in a period, each with the one before it; first versions follow none. */
export const listPublishedVersions = async (db: Queryable, asked: { workspaceId: string; surveyIds: readonly string[] | null; from: Date; to: Date }): Promise<PublishedVersion[]> => {
  const { rows } = await db.query<PublishedVersion>(
    `select version.survey_id as "surveyId", survey.name, version.number, version.published_at as "publishedAt", version.definition, earlier.definition as before
     from feedback.survey_versions version
     join feedback.surveys survey on survey.workspace_id = version.workspace_id and survey.id = version.survey_id
     join feedback.survey_versions earlier
       on earlier.workspace_id = version.workspace_id and earlier.survey_id = version.survey_id and earlier.number = version.number - 1
     where version.workspace_id = $1 and version.published_at >= $3 and version.published_at < $4
       and ($2::uuid[] is null or version.survey_id = any ($2))
     order by version.published_at, version.survey_id
     limit 500`,
    [asked.workspaceId, asked.surveyIds === null ? null : [...asked.surveyIds], asked.from, asked.to],
  );
  return rows;
};
