import type { Queryable } from "#platform/db";
import { listTraitStatements } from "./trait-spans.queries.ts";
import { traitSpans, type TraitSpan } from "./trait-spans.rules.ts";

export type { TraitSpan };

/** Who held which value of a trait when, for figures that split by it.
 *  @returns null when more than `limit` statements were made about it: too many to hand over to a query */
export const listTraitSpans = async (db: Queryable, workspaceId: string, name: string, limit: number): Promise<TraitSpan[] | null> => {
  const statements = await listTraitStatements(db, workspaceId, name, limit + 1);
  return statements.length > limit ? null : traitSpans(statements);
};
