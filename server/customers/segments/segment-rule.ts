import type { Queryable } from "#platform/db";
import { connectEntries } from "./list-entries.queries.ts";
import { segmentRule, type SegmentCondition, type SegmentRule } from "./segments.contract.ts";
import type { StoredSegment } from "./segments.queries.ts";

/** The rule of a segment; a contact list is the segment of who is on it. */
export const ruleOf = (segment: Pick<StoredSegment, "id" | "kind" | "rule">): SegmentRule =>
  segment.kind === "list"
    ? { match: "all", who: "all", conditions: [{ kind: "list", segmentId: segment.id, isMember: true }] }
    : segmentRule.parse(segment.rule);

/** Makes lists ready for a rule that asks for them: entries of people who became known since are connected. */
export const prepareRule = async (db: Queryable, workspaceId: string, rule: SegmentRule): Promise<SegmentRule> => {
  if (listedIn(rule).length > 0) await connectEntries(db, workspaceId);
  return rule;
};

/** The contact lists a rule asks for. */
export const listedIn = (rule: SegmentRule): string[] =>
  rule.conditions.flatMap((part): SegmentCondition[] => (part.kind === "group" ? part.conditions : [part])).flatMap((condition) => (condition.kind === "list" ? [condition.segmentId] : []));
