import type { Queryable } from "#platform/db";
import { listArrivals } from "../interactions/interactions.queries.ts";
import { namingOf } from "../profiles/timeline-naming.ts";
import { nameLatest } from "./latest-names.ts";
import { connectEntries } from "./list-entries.queries.ts";
import { namesOfTouchpoints, type NamedInteraction } from "./touchpoint-names.rules.ts";
import type { PreparedRule } from "./segment-conditions.queries.ts";
import { segmentRule, type SegmentCondition, type SegmentRule } from "./segments.contract.ts";
import type { StoredSegment } from "./segments.queries.ts";

/** The rule of a segment; a contact list is the segment of who is on it. */
export const ruleOf = (segment: Pick<StoredSegment, "id" | "kind" | "rule">): SegmentRule =>
  segment.kind === "list"
    ? { match: "all", who: "all", conditions: [{ kind: "list", segmentId: segment.id, isMember: true }] }
    : segmentRule.parse(segment.rule);

/** Makes a rule ready: entries of lists it asks for are connected with people who became known since, and touchpoints with the
 *  interactions that the register calls so. */
export const prepareRule = async (db: Queryable, workspaceId: string, rule: SegmentRule): Promise<PreparedRule> => {
  const [prepared] = await prepareRules(db, workspaceId, [rule]);
  return prepared ?? { ...rule, namedAs: {} };
};

/** The same for several rules, in their order. */
export const prepareRules = async (db: Queryable, workspaceId: string, rules: readonly SegmentRule[]): Promise<PreparedRule[]> => {
  if (rules.some((rule) => listedIn(rule).length > 0)) await connectEntries(db, workspaceId);
  const named = rules.some((rule) => touchpointsIn(rule).length > 0) ? await listNamed(db, workspaceId) : [];
  return rules.map((rule) => ({ ...rule, namedAs: namesOfTouchpoints(named, touchpointsIn(rule)) }));
};

const touchpointsIn = (rule: SegmentRule): string[] => conditionsOf(rule).flatMap((condition) => (condition.kind === "touchpoint" ? [condition.touchpoint] : []));

/** The contact lists a rule asks for. */
export const listedIn = (rule: SegmentRule): string[] => conditionsOf(rule).flatMap((condition) => (condition.kind === "list" ? [condition.segmentId] : []));

const conditionsOf = (rule: SegmentRule): SegmentCondition[] => rule.conditions.flatMap((part): SegmentCondition[] => (part.kind === "group" ? part.conditions : [part]));

// What was met lately tells which names occur; naming all that ever happened would read all of it.
const LATEST = 3000;

/** The latest interactions with the touchpoints timelines show them under. */
export const listNamed = async (db: Queryable, workspaceId: string): Promise<readonly NamedInteraction[]> =>
  nameLatest(await namingOf(workspaceId), { workspaceId, most: LATEST, listArrivals: (after) => listArrivals(db, workspaceId, { after, limit: LATEST }) });
