import { setImmediate as breathe } from "node:timers/promises";
import type { Queryable } from "#platform/db";
import { listTraitStatements } from "./trait-spans.queries.ts";
import { traitSpans, type TraitSpan } from "./trait-spans.rules.ts";

export type { TraitSpan };

/** So many statements are weighed before others get their turn: a few milliseconds. */
const PORTION = 5_000;

/** Who held which value of a trait when, for figures that split by it.
 *  @returns null when more than `limit` statements were made about it: too many to hand over to a query; else those of a customer one after another,
 *  in the order of time */
export const listTraitSpans = async (db: Queryable, workspaceId: string, name: string, limit: number): Promise<TraitSpan[] | null> => {
  const statements = await listTraitStatements(db, workspaceId, name, limit + 1);
  if (statements.length > limit) return null;
  const spans: TraitSpan[] = [];
  for (let from = 0; from < statements.length; ) {
    let to = Math.min(from + PORTION, statements.length);
    // What was said of one customer is weighed together.
    while (to < statements.length && statements[to]?.customerId === statements[to - 1]?.customerId) to += 1;
    for (const span of traitSpans(statements.slice(from, to))) spans.push(span);
    from = to;
    await breathe();
  }
  return spans;
};
