import type { Queryable } from "#platform/db";

/** The facts a measure is counted from, in alphabetical order, and its limit. */
export type Basis = { facts: string[]; limit: number };

/** Notes what measures are counted from, where that is other than it was noted last. The primary key carries the newest row of each. */
export const noteBases = async (db: Queryable, workspaceId: string, bases: readonly (Basis & { measure: string })[], at: Date): Promise<void> => {
  if (bases.length === 0) return;
  await db.query(
    `insert into insights.need_fact_bases (workspace_id, measure, noted_at, facts, case_limit)
     select $1, given.measure, $3, given.facts, given.limit
     from jsonb_to_recordset($2) as given (measure text, facts text[], "limit" double precision)
     left join lateral (
       select facts, case_limit
       from insights.need_fact_bases
       where workspace_id = $1 and measure = given.measure
       order by noted_at desc
       limit 1
     ) last on true
     where (last.facts, last.case_limit) is distinct from (given.facts, given.limit)
     on conflict (workspace_id, measure, noted_at) do update set facts = excluded.facts, case_limit = excluded.case_limit`,
    [workspaceId, JSON.stringify(bases), at],
  );
};

export type BasisChange = { at: Date; before: Basis; after: Basis };

/** When a measure came to be counted otherwise, in a stretch of time, oldest first. Who looks at the same moment may note the same basis twice: that is no change. */
export const listBasisChanges = async (db: Queryable, workspaceId: string, measure: string, { fromMs, toMs }: { fromMs: number; toMs: number }): Promise<BasisChange[]> => {
  const { rows } = await db.query<BasisChange>(
    `select noted_at as at, json_build_object('facts', facts_before, 'limit', limit_before) as before, json_build_object('facts', facts, 'limit', case_limit) as after
     from (
       select noted_at, facts, case_limit, lag(facts) over (order by noted_at) as facts_before, lag(case_limit) over (order by noted_at) as limit_before
       from insights.need_fact_bases
       where workspace_id = $1 and measure = $2
     ) noted
     where facts_before is not null and (facts, case_limit) is distinct from (facts_before, limit_before) and noted_at >= $3 and noted_at < $4
     order by noted_at
     limit 200`,
    [workspaceId, measure, new Date(fromMs), new Date(toMs)],
  );
  return rows;
};
