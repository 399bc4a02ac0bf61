// One measure by groups: places, teams and people, each against all other cases.
import type { z } from "zod";
import { gatherSegments, listOffsets, listPersonaNames, listSegmentNames, segmentBits, type Period } from "#customers";
import type { Services } from "#platform/services";
import { labelGroups } from "../metrics/breakdown.ts";
import type { Split } from "../metrics/metrics.queries.ts";
import { isOfSegments } from "../metrics/metric-kinds.rules.ts";
import { firstGroups, withoutFewPeople } from "../metrics/metrics.rules.ts";
import { readHeld, readSelection } from "../metrics/selection.ts";
import { byDimension, byTrait } from "../metrics/splits.queries.ts";
import type { needFactGroupsQuery, NeedFactGroupsReply, NeedFactSplit } from "./need-facts.contract.ts";
import { readKnown } from "./need-facts.ts";
import { compareGroups, factsOf, noCases, shareOverOfMany, sumOf, type CustomerCases } from "./need-facts.rules.ts";
import { tallyCaseGroups, type CaseGroup, type CasesAsked } from "./placed-cases.queries.ts";

const GROUPS_SHOWN = 100;

/** One measure by groups, each against all other cases.
 *  @throws those of the filters */
export const showNeedFactGroups = async (services: Services, workspaceId: string, query: z.output<typeof needFactGroupsQuery>): Promise<NeedFactGroupsReply> => {
  const { measure, by } = query;
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const period = { fromMs: selection.fromMs, toMs: selection.toMs };
  const { settings, matters, endMs } = await readKnown(services, workspaceId);
  const asked: CasesAsked = { measure, settings, selection, pieces: { endMs, matters, offsets: listOffsets(period, timeZone), asked: period } };
  const isMeasured = factsOf(measure, settings).length > 0;
  const { all, total, left, labels, overlaps } = isMeasured ? await countGroups(services, asked, { period, by }) : { all: [], total: noCases, left: 0, labels: new Map<string, string>(), overlaps: false };
  const people = all.filter(({ isWhole }) => isWhole).reduce((sum, one) => sum + one.people, 0);
  const { shown, hidden } = withoutFewPeople(all.filter(({ isGroup }) => isGroup), (group) => group.people, overlaps ? people : null);
  const groups = compareGroups(shown, total).toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const page = firstGroups(groups, GROUPS_SHOWN);
  const named = labels ?? (await labelGroups(services, workspaceId, by, page.map(({ name }) => name)));
  return {
    measure, limit: settings.limits[measure] ?? 0, by, total: { count: total.count, over: shareOverOfMany(total) },
    groups: page.map(({ name, count, share, versusRest }) => ({ value: name === "" ? null : name, label: named.get(name) ?? null, count, over: share, versusRest })),
    groupsLeftOut: groups.length - page.length + left, hiddenGroups: hidden, overlaps,
  };
};

/** `isWhole`: counts towards the total; `isGroup`: stands in the list. Groups that share customers do the second alone. */
type Counted = CaseGroup & { isWhole: boolean; isGroup: boolean };

/** `total`: of all cases; `left`: how many groups are too many to be counted one by one. */
type CountedGroups = { all: Counted[]; total: CustomerCases; left: number };

const countGroups = async (services: Services, asked: CasesAsked, { period, by }: { period: Period; by: NeedFactSplit }): Promise<CountedGroups & { labels: Map<string, string> | null; overlaps: boolean }> => {
  if (isOfSegments(by)) return countSegments(services, asked, { period, by });
  const split = await readSplitOf(services, asked.selection.workspaceId, by);
  const { groups: rows, total, left } = await tallyCaseGroups(services.analytics, asked, { period, split });
  return { all: rows.map((row) => ({ ...row, isWhole: true, isGroup: true })), total, left, labels: null, overlaps: false };
};

const SEGMENTS_MAX = 50;

// A customer's segments are the bits of one number: each of the few numbers there are is counted once, and added to all of its segments.
const countSegments = async (services: Services, asked: CasesAsked, { period, by }: { period: Period; by: "segment" | "persona" }): Promise<CountedGroups & { labels: Map<string, string>; overlaps: boolean }> => {
  const { workspaceId } = asked.selection;
  const known = await (by === "persona" ? listPersonaNames : listSegmentNames)(services.db, workspaceId, SEGMENTS_MAX);
  const segments = await gatherSegments(services, workspaceId, known.map(({ id }) => id));
  const split: Split = () => ({ name: `cast(${segmentBits(segments)} as varchar)`, join: "" });
  const { groups: rows, total } = await tallyCaseGroups(services.analytics, asked, { period, split });
  const groups = segments.map(({ id }, place): Counted => {
    const own = rows.filter(({ name }) => (BigInt(name) >> BigInt(place)) % 2n === 1n);
    const sums = sumOf(own);
    // All that a customer has is in one of these numbers.
    return { ...sums, shared: sums.squares, name: id, people: own.reduce((sum, { people }) => sum + people, 0), isWhole: false, isGroup: true };
  });
  return { all: [...rows.map((row) => ({ ...row, isWhole: true, isGroup: false })), ...groups.filter(({ count }) => count > 0)], total, left: 0, labels: new Map(segments.map(({ id, name }) => [id, name])), overlaps: true };
};

export const readSplitOf = async (services: Services, workspaceId: string, by: Exclude<NeedFactSplit, "segment" | "persona">): Promise<Split> => {
  switch (by) {
    case "touchpoint":
    case "channel":
    case "stage":
    case "environment":
    case "product":
    case "source":
    case "team":
    case "department":
    case "member":
      return byDimension(by);
    default:
      return byTrait(await readHeld(services, workspaceId, by.slice("trait:".length)));
  }
};
