import type { Queryable } from "#platform/db";
import type { ArrivalPosition } from "./arrivals.queries.ts";

export type InteractionProperties = ArrivalPosition & { id: string; workspaceId: string; properties: unknown };

/** What facts carry beside their columns, in the order of commit; null for those that carry nothing or are no doings (pages, who somebody is).
 *  One row is one fact, so that a reader knows how far it came; the index on (xid, seq) carries it. */
export const listPropertiesAfter = async (db: Queryable, after: ArrivalPosition, horizon: string, limit: number): Promise<InteractionProperties[]> => {
  const { rows } = await db.query<InteractionProperties>(
    `select xid::text, seq, id, workspace_id as "workspaceId",
            case when type not in ('page', 'screen', 'identify', 'group', 'alias') then coalesce(message -> 'properties', message -> 'data') end as properties
     from customers.interactions
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by interactions.xid, interactions.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** How many facts came after a place; counted no further than a limit. */
export const countInteractionsAfter = async (db: Queryable, after: ArrivalPosition, limit: number): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    "select count(*) as count from (select from customers.interactions where (xid, seq) > ($1::text::xid8, $2::bigint) limit $3) waiting",
    [after.xid, after.seq, limit],
  );
  return Number(rows[0]?.count ?? 0);
};

/** What one property says for each of some facts; facts without it are left out, a list is a row for each of its different values.
 *  A list of names leads into the property, such as `["order", "id"]`.
 *  @param limit rows at most, since one fact may list thousands; who gets as many asks for one more than allowed */
export const listPropertyOfInteractions = async (db: Queryable, workspaceId: string, ids: readonly string[], path: readonly string[], limit: number): Promise<{ id: string; value: string }[]> => {
  const { rows } = await db.query<{ id: string; value: string }>(
    `select interactions.id, said.value
     from customers.interactions
     cross join lateral (select coalesce(message -> 'properties' #> $3::text[], message -> 'data' #> $3::text[]) as property) found
     cross join lateral (
       select left(property #>> '{}', 200) as value
       where json_typeof(property) <> 'array'
       union
       select left(listed.value, 200)
       from json_array_elements_text(case when json_typeof(property) = 'array' then property end) as listed (value)
     ) said
     where interactions.workspace_id = $1 and interactions.id = any ($2::uuid[]) and said.value is not null
     limit $4`,
    [workspaceId, ids, path, limit],
  );
  return rows;
};
