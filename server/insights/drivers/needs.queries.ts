// What comments of a survey say about the six needs. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import type { NeedName } from "../comments/comments.contract.ts";

const columns = { EASY: "need_easy", EXPECT: "need_expect", PROMISE: "need_promise", INFORM: "need_inform", INDIVID: "need_individ", RIGHT: "need_right" } as const satisfies Record<NeedName, string>;

const COMMENTS_MAX = 200_000;

/** Comments of a survey that have been read. */
export const countReadComments = async (analytics: AnalyticsStore, workspaceId: string, surveyId: string): Promise<number> => {
  const [row] = await analytics.query(
    `select count(*) as count
     from experience
     join readings on readings.id = experience.id
     where experience.workspace_id = cast($1 as uuid) and experience.survey_id = cast($2 as uuid) and experience.kind = 'comment'`,
    [workspaceId, surveyId],
  );
  return Number(row?.["count"] ?? 0);
};

/** One row is a comment that has been read: 1 where it says that a need is met, -1 unmet, 0 both or nothing about it. */
export const listNeedsOfComments = async (
  analytics: AnalyticsStore,
  workspaceId: string,
  surveyId: string,
  needs: readonly NeedName[],
): Promise<{ id: string; signs: number[] }[]> => {
  const rows = await analytics.query(
    `select cast(readings.id as varchar) as id, ${needs.map((need) => `coalesce(readings.${columns[need]}, 0) as ${columns[need]}`).join(", ")}
     from experience
     join readings on readings.id = experience.id
     where experience.workspace_id = cast($1 as uuid) and experience.survey_id = cast($2 as uuid) and experience.kind = 'comment'
     order by readings.id`,
    [workspaceId, surveyId],
    { limitRows: COMMENTS_MAX },
  );
  return rows.map((row) => ({ id: String(row["id"]), signs: needs.map((need) => Number(row[columns[need]])) }));
};
