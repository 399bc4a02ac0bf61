import type { Queryable } from "#platform/db";
import { compileRule, startValues, type PreparedRule } from "./segment-conditions.queries.ts";

/** An identifier as a subject ("user:42") and when it was one person's; ends as the database writes times, with -infinity and infinity. */
export type SubjectSpan = { subject: string; from: string; to: string };

/** Everybody who is in by a rule, in one statement: no page is wanted, so it may take whatever way is shortest.
 *  @param limit most ids */
export const listAllIdsByRule = async (db: Queryable, workspaceId: string, rule: PreparedRule, limit: number): Promise<string[]> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  // One text for all: a row for each of half a million takes several times as long to bring over.
  const { rows: [found] } = await db.query<{ ids: string | null }>(
    `select string_agg(id::text, ',') as ids
     from (
       select activity.customer_id as id
       from customers.activity activity
       where activity.workspace_id = $1 and ${condition}
       limit ${values.add(limit, "int")}
     ) held`,
    values.list,
  );
  return found?.ids?.split(",") ?? [];
};

/** Those of some customers who are in by a rule. */
export const listIdsByRuleAmong = async (db: Queryable, workspaceId: string, rule: PreparedRule, customerIds: readonly string[]): Promise<string[]> => {
  const values = startValues(workspaceId, rule.namedAs);
  const condition = compileRule(rule, values);
  const { rows: [found] } = await db.query<{ ids: string | null }>(
    `select string_agg(activity.customer_id::text, ',') as ids
     from customers.activity activity
     where activity.workspace_id = $1 and activity.customer_id = any (${values.add([...customerIds], "uuid[]")}) and ${condition}`,
    values.list,
  );
  return found?.ids?.split(",") ?? [];
};

/** Every identifier customers ever had, with the time it was theirs. */
export const listSubjectSpans = async (db: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<SubjectSpan[]> => {
  const { rows } = await db.query<SubjectSpan>(
    `select identifier.kind || ':' || identifier.value as subject, assignment.valid_from::text as "from", assignment.valid_to::text as "to"
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = any ($2::uuid[]) and identifier.workspace_id = $1`,
    [workspaceId, [...customerIds]],
  );
  return rows;
};
