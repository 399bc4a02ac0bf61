import type { Queryable } from "#platform/db";
import { compileCondition, compilePart, compileRule, startValues, type PreparedRule } from "./segment-conditions.queries.ts";
import type { SegmentCondition, SegmentRule } from "./segments.contract.ts";

export type StoredSegment = {
  id: string; name: string; description: string; kind: "list" | "live"; rule: unknown; story: string | null; pictureId: string | null; customers: number | null; countedAt: Date | null; createdAt: Date; changedAt: Date;
};

const PICTURE = `(select picture.id from customers.segment_pictures picture where picture.segment_id = segments.id) as "pictureId"`;
const COLUMNS = `id, name, description, kind, rule, story, ${PICTURE}, customers, counted_at as "countedAt", created_at as "createdAt", changed_at as "changedAt"`;

export const insertSegment = async (
  tx: Queryable,
  segment: { id: string; workspaceId: string; name: string; description: string; kind: string; rule: SegmentRule | null; story: string | null; at: Date; memberId: string | null },
): Promise<void> => {
  await tx.query(
    `insert into customers.segments (id, workspace_id, name, description, kind, rule, created_at, created_by_id, changed_at, story)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9)`,
    [segment.id, segment.workspaceId, segment.name, segment.description, segment.kind, segment.rule === null ? null : JSON.stringify(segment.rule), segment.at, segment.memberId, segment.story],
  );
};

export const findStoredSegment = async (db: Queryable, workspaceId: string, id: string): Promise<StoredSegment | null> => {
  const { rows } = await db.query<StoredSegment>(`select ${COLUMNS} from customers.segments where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const listSegmentsById = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Pick<StoredSegment, "id" | "name" | "kind" | "rule">[]> => {
  const { rows } = await db.query<Pick<StoredSegment, "id" | "name" | "kind" | "rule">>(
    "select id, name, kind, rule from customers.segments where workspace_id = $1 and id = any ($2::uuid[]) order by id", [workspaceId, [...ids]]);
  return rows;
};

/** How often the entries of contact lists changed. */
export const listRevisions = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ id: string; revision: number }>(
    "select id, entries_revision as revision from customers.segments where workspace_id = $1 and id = any ($2::uuid[]) order by id", [workspaceId, [...ids]]);
  return new Map(rows.map(({ id, revision }) => [id, revision]));
};

export const listStoredSegments = async (
  db: Queryable,
  workspaceId: string,
  page: { search: string | null; kind: string | null; isPersona?: boolean; after: { name: string; id: string } | null; limit: number },
): Promise<(StoredSegment & { sortName: string })[]> => {
  const { rows } = await db.query<StoredSegment & { sortName: string }>(
    `select ${COLUMNS}, lower(name) as "sortName"
     from customers.segments
     where workspace_id = $1
       and ($2::text is null or name ilike '%' || $2 || '%')
       and ($3::text is null or kind = $3)
       and ($4::text is null or (lower(name), id) > ($4, $5::uuid))
       and ($7::boolean is null or (story is not null) = $7)
     order by lower(name), id
     limit $6`,
    [workspaceId, page.search?.replace(/[\\%_]/g, "\\$&") ?? null, page.kind, page.after?.name ?? null, page.after?.id ?? null, page.limit, page.isPersona ?? null],
  );
  return rows;
};

export const updateSegment = async (
  tx: Queryable,
  workspaceId: string,
  id: string,
  change: { name: string | null; description: string | null; rule: SegmentRule | null; story: string | null | undefined; at: Date },
): Promise<void> => {
  await tx.query(
    `update customers.segments
     set name = coalesce($3, name), description = coalesce($4, description), rule = coalesce($5, rule), changed_at = $6,
       story = case when $7 then $8 else story end,
       customers = case when $5::jsonb is null then customers end, counted_at = case when $5::jsonb is null then counted_at end
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, change.name, change.description, change.rule === null ? null : JSON.stringify(change.rule), change.at, change.story !== undefined, change.story ?? null],
  );
};

export const deleteStoredSegment = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from customers.segments where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** Segments that are personas, by name. */
export const listPersonaNames = async (db: Queryable, workspaceId: string, limit: number): Promise<{ id: string; name: string }[]> => {
  const { rows } = await db.query<{ id: string; name: string }>(
    "select id, name from customers.segments where workspace_id = $1 and story is not null order by lower(name), id limit $2", [workspaceId, limit]);
  return rows;
};

export type Persona = { id: string; name: string; story: string; pictureId: string | null };

/** Which of some segments are personas, with their stories. */
export const listPersonasAmong = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Persona[]> => {
  const { rows } = await db.query<Persona>(
    `select id, name, story, ${PICTURE} from customers.segments where workspace_id = $1 and id = any ($2::uuid[]) and story is not null order by id`, [workspaceId, [...ids]]);
  return rows;
};

/** Live segments whose rule names the list. */
export const listSegmentsNaming = async (db: Queryable, workspaceId: string, id: string): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    `select name from customers.segments where workspace_id = $1 and kind = 'live' and rule::text like '%"' || $2 || '"%' order by lower(name), id limit 10`,
    [workspaceId, id],
  );
  return rows.map((row) => row.name);
};

export const saveCount = async (tx: Queryable, workspaceId: string, id: string, counted: { customers: number; at: Date }): Promise<void> => {
  await tx.query("update customers.segments set customers = $3, counted_at = $4 where workspace_id = $1 and id = $2", [workspaceId, id, counted.customers, counted.at]);
};

/** Lets the transaction give up on statements that take longer, so that a hard rule cannot occupy the database. */
export const limitTime = async (tx: Queryable, limitMs: number): Promise<void> => {
  await tx.query("select set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)", [String(limitMs)]);
};

export const countByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule): Promise<number> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const { rows } = await db.query<{ customers: number }>(`select count(*) as customers from customers.activity activity where activity.workspace_id = $1 and ${condition}`, values.list);
  return rows[0]?.customers ?? 0;
};

/** About how many: counted among an even share of the customers, told by the last byte of their ids, which is random.
 *  @returns the estimate; with n customers counted its relative error is about one by the root of n */
export const estimateByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule): Promise<number> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const { rows } = await db.query<{ customers: number }>(
    `with sampled as materialized (
       select * from customers.activity where workspace_id = $1 and get_byte(uuid_send(customer_id), 15) % 64 = 0
     )
     select 64 * count(*) as customers from sampled activity where ${condition}`,
    values.list,
  );
  return rows[0]?.customers ?? 0;
};

const CHUNK_ROWS = 5000;
const CHUNKS_MAX = 4;

/** Ids of who is in, in the order of ids. First some thousand customers are looked at, chunk by chunk along the index: where many are in,
 *  a page costs the same wherever it lies. Where few are, the database finds the rest of the page by whatever index leads to them. */
export const listIdsByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule, page: { after: string | null; limit: number }): Promise<string[]> => {
  const found: string[] = [];
  let { after } = page;
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    const looked = await lookThrough(db, workspaceId, rule, { after, limit: page.limit - found.length });
    found.push(...looked.ids);
    if (found.length === page.limit || looked.size < CHUNK_ROWS) return found;
    after = looked.last;
  }
  return [...found, ...(await listRest(db, workspaceId, rule, { after, limit: page.limit - found.length }))];
};

const lookThrough = async (db: Queryable, workspaceId: string, rule: PreparedRule, page: { after: string | null; limit: number }): Promise<{ ids: string[]; last: string | null; size: number }> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const after = page.after === null ? "" : `and customer_id > ${values.add(page.after, "uuid")}`;
  const { rows } = await db.query<{ ids: string[]; last: string | null; size: number }>(
    `with chunk as materialized (
       select * from customers.activity where workspace_id = $1 ${after} order by customer_id limit ${CHUNK_ROWS}
     )
     select
       array(select activity.customer_id from chunk activity where ${condition} order by activity.customer_id limit ${values.add(page.limit, "int")}) as ids,
       (select customer_id from chunk order by customer_id desc limit 1) as last,
       (select count(*) from chunk) as size`,
    values.list,
  );
  return rows[0] ?? { ids: [], last: null, size: 0 };
};

const listRest = async (db: Queryable, workspaceId: string, rule: PreparedRule, page: { after: string | null; limit: number }): Promise<string[]> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const after = page.after === null ? "" : `and activity.customer_id > ${values.add(page.after, "uuid")}`;
  const { rows } = await db.query<{ id: string }>(
    `select activity.customer_id as id
     from customers.activity activity
     where activity.workspace_id = $1 ${after} and ${condition}
     order by activity.customer_id
     limit ${values.add(page.limit, "int")}`,
    values.list,
  );
  return rows.map((row) => row.id);
};

export const isInByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule, customerId: string): Promise<boolean> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const { rows } = await db.query(
    `select 1 from customers.activity activity where activity.workspace_id = $1 and activity.customer_id = ${values.add(customerId, "uuid")} and ${condition}`,
    values.list,
  );
  return rows.length > 0;
};

export type PartReasons = { holds: boolean; reasons: { condition: SegmentCondition; holds: boolean; found: string | null }[] };

/** Which conditions hold for one customer, and what was found there; null when the workspace has no such customer. */
export const explainByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule, customerId: string): Promise<{ isAnonymous: boolean; parts: PartReasons[] } | null> => {
  const values = startValues(workspaceId, rule.namedAs);
  const parts = rule.conditions.map((part) => ({ holds: compilePart(part, values), conditions: part.kind === "group" ? part.conditions : [part] }));
  const shown = parts.map(({ holds, conditions }) => {
    const reasons = conditions.map((condition) => compileCondition(condition, values)).map((one) => `jsonb_build_object('holds', ${one.holds}, 'found', ${one.found})`);
    return `jsonb_build_object('holds', ${holds}, 'reasons', jsonb_build_array(${reasons.join(", ")}))`;
  });
  const { rows } = await db.query<{ isAnonymous: boolean; parts: { holds: boolean; reasons: { holds: boolean; found: string | null }[] }[] }>(
    `select activity.is_anonymous as "isAnonymous", jsonb_build_array(${shown.join(", ")}) as parts
     from customers.activity activity
     where activity.workspace_id = $1 and activity.customer_id = ${values.add(customerId, "uuid")}`,
    values.list,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    isAnonymous: row.isAnonymous,
    parts: row.parts.map((part, index) => ({
      holds: part.holds,
      reasons: part.reasons.flatMap((reason, place) => {
        const condition = parts[index]?.conditions[place];
        return condition === undefined ? [] : [{ condition, ...reason }];
      }),
    })),
  };
};

/** Names of traits ever said of anybody: those said most often of the customers met last come first, then the others by name. */
export const listTraitNames = async (db: Queryable, workspaceId: string): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    `with lately as (
       select trait.name, count(*) as times
       from (select id from customers.identifiers where workspace_id = $1 and kind <> 'anonymous' order by id desc limit 2000) identifier
       join customers.traits trait on trait.identifier_id = identifier.id
       group by 1
     )
     select known.name
     from customers.trait_names known
     left join lately on lately.name = known.name
     where known.workspace_id = $1
     order by lately.times desc nulls last, known.name
     limit 500`,
    [workspaceId],
  );
  return rows.map((row) => row.name);
};

export type TraitValuesAsked = { name: string; search: string; limit: number };

/** Values said of one trait that hold some letters, those said most often first.
 *  @param newest among so many identifiers of the workspace, those met last; whose they are is settled first, for other workspaces may say as much under the name */
export const listTraitValuesLike = async (db: Queryable, workspaceId: string, { name, search, limit, newest }: TraitValuesAsked & { newest: number }): Promise<string[]> => {
  const { rows } = await db.query<{ value: string }>(
    `select said.value #>> '{}' as value
     from (
       select trait.value
       from (select id from customers.identifiers where workspace_id = $1 and kind <> 'anonymous' order by id desc limit $5) identifier
       join customers.traits trait on trait.identifier_id = identifier.id
       where trait.name = $2 and position(lower($3) in lower(trait.value #>> '{}')) > 0
     ) said
     where jsonb_typeof(said.value) in ('string', 'number', 'boolean') and length(said.value #>> '{}') between 1 and 100
     group by 1
     order by count(*) desc, 1
     limit $4`,
    [workspaceId, name, search, limit, newest],
  );
  return rows.map(({ value }) => value);
};
