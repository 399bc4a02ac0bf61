// One measure by groups over time, every case at one age, so that neighbours can be compared.
import { gatherSegments, segmentBits } from "#customers";
import type { z } from "zod";
import type { Services } from "#platform/services";
import { isOfSegments } from "../metrics/metric-kinds.rules.ts";
import type { BucketName } from "../metrics/metrics.contract.ts";
import { readSelection, requireBuckets, showPeriod } from "../metrics/selection.ts";
import { askAtAge, ripenessOf } from "./case-days.ts";
import { readSplitOf } from "./case-groups.ts";
import type { MeasureName, NeedFactCourseReply, needFactsQuery, NeedFactSplit } from "./need-facts.contract.ts";
import { readKnown } from "./need-facts.ts";
import { noCases, shareOverOfMany, sumOf, type CustomerCases } from "./need-facts.rules.ts";
import { tallyCaseCells, type CasesAsked } from "./placed-cases.queries.ts";

type Points = NeedFactCourseReply["points"];
type Cells = Pick<NeedFactCourseReply, "ageDays" | "ripeUntil"> & { points: Map<string, Points> };
type Asked = z.output<typeof needFactsQuery> & { measure: MeasureName; by: NeedFactSplit; bucket: BucketName };
type Cell = CustomerCases & { group: string; name: string };

/** The share of cases over the limit of each of some groups, for every day, week or month of a period.
 *  @param groups values of the split, the empty text where it is not named
 *  @throws too_many_buckets and those of the filters */
export const showNeedFactCells = async (services: Services, workspaceId: string, { by, bucket, measure, ...query }: Asked, groups: readonly string[]): Promise<Cells> => {
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const buckets = requireBuckets(selection, bucket, timeZone);
  const known = await readKnown(services, workspaceId);
  const ripeness = ripenessOf(measure, known);
  const asked = askAtAge(known, { selection, timeZone }, measure);
  if (asked === null || groups.length === 0) return { ...ripeness, points: new Map() };
  const cells = await (isOfSegments(by) ? countInSegments(services, asked, bucket, groups) : countInGroups(services, asked, { by, bucket }, groups));
  const found = Map.groupBy(cells, ({ group, name }) => `${name} ${group}`);
  const pointsOf = (group: string): Points => buckets.map(({ key, ...span }) => {
    const cases = sumOf(found.get(`${key} ${group}`) ?? [noCases]);
    return { ...showPeriod(span), count: cases.count, over: shareOverOfMany(cases) };
  });
  return { ...ripeness, points: new Map(groups.map((group) => [group, pointsOf(group)])) };
};

const countInGroups = async (services: Services, asked: CasesAsked, { by, bucket }: { by: Exclude<NeedFactSplit, "segment" | "persona">; bucket: BucketName }, groups: readonly string[]): Promise<Cell[]> =>
  tallyCaseCells(services.analytics, asked, { period: asked.pieces.asked, bucket, split: await readSplitOf(services, asked.selection.workspaceId, by), only: groups });

// A customer's segments are the bits of one number: each number is counted once, and belongs to all of its segments.
const countInSegments = async (services: Services, asked: CasesAsked, bucket: BucketName, ids: readonly string[]): Promise<Cell[]> => {
  const segments = await gatherSegments(services, asked.selection.workspaceId, ids);
  const cells = await tallyCaseCells(services.analytics, asked, { period: asked.pieces.asked, bucket, split: () => ({ name: `cast(${segmentBits(segments)} as varchar)`, join: "" }), only: null });
  return segments.flatMap(({ id }, place) => cells.filter(({ group }) => (BigInt(group) >> BigInt(place)) % 2n === 1n).map((cell) => ({ ...cell, group: id })));
};
