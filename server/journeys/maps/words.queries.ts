import type { Queryable } from "#platform/db";
import type { NamedMap } from "./words.rules.ts";

/** Maps on which, or in whose comments or past, one of some texts stands in any place; whether as words of their own is looked at later.
 *  Reads all documents of the workspace: at most 500, and only before somebody is erased. */
export const listMapsHolding = async (db: Queryable, workspaceId: string, texts: readonly string[], limit: number): Promise<NamedMap[]> => {
  const { rows } = await db.query<NamedMap>(
    `select map.id, map.name, map.description, coalesce(map.viewpoint ->> 'story', '') || ' ' || coalesce(map.viewpoint ->> 'name', '') as story, map.document, past.is_there as "isInHistory",
            coalesce((
              select jsonb_agg(jsonb_build_object('stepId', comment.step_id, 'text', comment.text) order by comment.created_at, comment.id)
              from journeys.map_comments comment
              where comment.workspace_id = map.workspace_id and comment.map_id = map.id
            ), '[]') as comments
     from journeys.maps map
     cross join lateral (
       select exists (
         select from journeys.map_edits edit
         where edit.workspace_id = map.workspace_id and edit.map_id = map.id and lower(edit.edits::text || edit.refused::text) like any ($2::text[])
       ) or lower(map.first_document::text) like any ($2::text[]) as is_there
     ) past
     where map.workspace_id = $1 and (
       past.is_there or lower(map.name || ' ' || map.description || ' ' || map.viewpoint::text || ' ' || map.document::text) like any ($2::text[])
       or exists (
         select from journeys.map_comments comment
         where comment.workspace_id = map.workspace_id and comment.map_id = map.id and lower(comment.text) like any ($2::text[])
       )
     )
     order by lower(map.name), map.id
     limit $3`,
    [workspaceId, texts.map(patternOf), limit],
  );
  return rows;
};

// As the text of JSON writes it; a space may be any.
const patternOf = (text: string): string => `%${JSON.stringify(text.toLowerCase()).slice(1, -1).replace(/[\\%_]/gu, "\\$&").replaceAll(" ", "%")}%`;
