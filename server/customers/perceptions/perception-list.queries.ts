import type { Queryable } from "#platform/db";
import type { ListedPerception } from "./perceptions.contract.ts";

/** The feelings asked for, and the comments and choices the same person gave in the same response or the same row of a file.
 *  The index on (workspace_id, at, id) carries the rows of files: all feelings of one row have one time.
 *  @param ids at most some hundreds, of one workspace; unknown ones are left out
 *  @returns in no order */
export const listPerceptionsBeside = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<ListedPerception[]> => {
  const { rows } = await db.query<ListedPerception>(
    `with chosen as materialized (
       select id, at, response_id, interaction_id
       from customers.perceptions
       where workspace_id = $1 and id = any ($2::uuid[])
     ), wanted as (
       select id
       from chosen
       union
       select beside.id
       from customers.perceptions beside
       where beside.workspace_id = $1
         and beside.response_id in (select response_id from chosen)
         and beside.kind in ('comment', 'choice')
       union
       select beside.id
       from customers.perceptions beside
       where beside.workspace_id = $1
         and beside.at in (select at from chosen where response_id is null)
         and beside.interaction_id in (select interaction_id from chosen where response_id is null)
         and beside.kind in ('comment', 'choice')
     )
     select perception.id, perception.kind, perception.value, perception.scale_min as "scaleMin", perception.scale_max as "scaleMax", perception.choice,
       case when perception.kind = 'choice' then perception.properties ->> 'choiceLabel' end as "choiceLabel", perception.properties ->> 'question' as question, perception.text,
       perception.is_inferred as "isInferred", perception.source, perception.weight, perception.survey_id as "surveyId",
       perception.response_id as "responseId", perception.interaction_id as "interactionId"
     from wanted
     join customers.perceptions perception using (id)
     limit 2000`,
    [workspaceId, [...ids]],
  );
  return rows;
};
