import type { Queryable } from "#platform/db";

/** A feeling as a list shows it. `isChosen`: one of those asked for, not one that stands beside it. */
export type ListedPerception = {
  id: string;
  isChosen: boolean;
  at: Date;
  kind: string;
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  choice: string | null;
  text: string | null;
  isInferred: boolean;
  source: string;
  weight: number;
  surveyId: string | null;
  responseId: string | null;
  interactionId: string | null;
};

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
       select id, true as is_chosen
       from chosen
       union all
       select beside.id, false
       from customers.perceptions beside
       where beside.workspace_id = $1
         and beside.response_id in (select response_id from chosen)
         and beside.kind in ('comment', 'choice')
       union all
       select beside.id, false
       from customers.perceptions beside
       where beside.workspace_id = $1
         and beside.at in (select at from chosen where response_id is null)
         and beside.interaction_id in (select interaction_id from chosen where response_id is null)
         and beside.kind in ('comment', 'choice')
     ), single as (
       select id, bool_or(is_chosen) as is_chosen
       from wanted
       group by id
     )
     select perception.id, single.is_chosen as "isChosen", perception.at, perception.kind, perception.value, perception.scale_min as "scaleMin",
       perception.scale_max as "scaleMax", perception.choice, perception.text, perception.is_inferred as "isInferred", perception.source,
       perception.weight, perception.survey_id as "surveyId", perception.response_id as "responseId", perception.interaction_id as "interactionId"
     from single
     join customers.perceptions perception using (id)
     limit 2000`,
    [workspaceId, [...ids]],
  );
  return rows;
};
