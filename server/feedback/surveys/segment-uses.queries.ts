import type { SegmentUse } from "#customers";
import type { Queryable } from "#platform/db";

const SHOWN_MAX = 10;

/** What asks the people of a segment and is not over: distributions, surveys on the website, call lists. */
export const listSegmentUses = async (db: Queryable, workspaceId: string, segmentId: string): Promise<SegmentUse[]> => {
  const { rows } = await db.query<SegmentUse>(
    `select kind, name
     from (
       select 'distribution' as kind, name
       from feedback.distributions
       where workspace_id = $1 and settings ->> 'segmentId' = $2 and state not in ('finished', 'stopped')
       union all
       select 'website survey', survey.name
       from feedback.widget_placements placement
       join feedback.surveys survey on survey.workspace_id = placement.workspace_id and survey.id = placement.survey_id
       where placement.workspace_id = $1 and placement.settings ->> 'segmentId' = $2
       union all
       select 'call list', name
       from feedback.call_lists
       where workspace_id = $1 and segment_id = $2::uuid and status <> 'closed'
     ) use
     order by kind, lower(name)
     limit ${SHOWN_MAX}`,
    [workspaceId, segmentId],
  );
  return rows;
};
