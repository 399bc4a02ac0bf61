// One metric by groups: places, ways, times and people.
import type { z } from "zod";
import { countAnswers, estimateTally, evidenceOf, gatherSegments, joinTallies, listOffsets, listPersonaNames, listSegmentNames, scoreTally, type Measure, type Tally } from "#customers";
import { listSurveyNames } from "#feedback";
import { listNamedMembers, listTeamRows } from "#people";
import type { Services } from "#platform/services";
import { getMetric } from "./custom-metrics.ts";
import { isOfSegments, isPersonal, unitOf, type Metric } from "./metric-kinds.rules.ts";
import { readRows, refuseWrongFilters, refuseWrongSplit, type FoundMetric } from "./metric-rows.ts";
import type { breakdownQuery, BreakdownReply, MetricFilters, MetricSummary, SplitKey } from "./metrics.contract.ts";
import { countPeople, tallyGroups, tallyLargestGroups, tallyPeople, type GroupBox, type RowSource, type Selection, type Split } from "./metrics.queries.ts";
import { chooseScale, firstGroups, scoreWithin, summarise, weightedIntervalOf, withoutFewPeople } from "./metrics.rules.ts";
import { readAskedDays, readAskedDaysOf } from "./outreach.ts";
import { partsOfAsked, type AskedSplit } from "./outreach-parts.rules.ts";
import { readHeld, readSelection, requireScale, showPeriod } from "./selection.ts";
import { tallySegments } from "./segment-tallies.queries.ts";
import { byDimension, byMonth, byReading, byTrait, byWeekday, unsplit } from "./splits.queries.ts";
import { countByScale, groupTallies, tallyOn } from "./tallied-parts.rules.ts";

const groupsMax = 100;
/** As many as one look at an answer can tell apart, and as are looked up for how many there are. */
const segmentsMax = 50;
const segmentsListed = 1_000;

export type Asked = { found: FoundMetric; selection: Selection; timeZone: string; filters: MetricFilters; by: SplitKey };
/** Groups as they were counted. `whole` is set where groups may share answers, with how many people gave these; `people` where groups are of people. */
type Counted = {
  listed: GroupBox[]; others: GroupBox[]; leftOut: number; whole: { boxes: GroupBox[]; people: number } | null; people: Map<string, number> | null; labels: Map<string, string> | null;
  /** What is tested instead, where what came in lately has not had its time. */
  settled?: { listed: GroupBox[]; whole: GroupBox[] };
};

/** One metric by touchpoint, channel, segment, member and so on, each group against everything else.
 *  @throws metric_unknown, split_not_for_metric, filter_not_for_metric, scale_not_scoreable and those of the filters */
export const showBreakdown = async (services: Services, workspaceId: string, query: z.output<typeof breakdownQuery>): Promise<BreakdownReply> =>
  (await readBreakdown(services, workspaceId, query)).reply;

export type ReadBreakdown = {
  reply: BreakdownReply;
  bandsOf: (group: string | null) => Pick<MetricSummary, "count" | "bands">;
  /** What is compared with another time: all answers, but of people asked those who had time to answer. */
  comparedOf: (group: string | null) => Compared;
  comparedTotal: Compared;
};
type Compared = { count: number; score: number | null; estimate: ReturnType<typeof estimateTally> };

/** The same with how the answers of each group fall into the bands of the metric, which were counted on the way, and what can be compared with another time. */
export const readBreakdown = async (services: Services, workspaceId: string, query: z.output<typeof breakdownQuery>): Promise<ReadBreakdown> => {
  const { by } = query;
  const found = await getMetric(services, workspaceId, query.metric);
  refuseWrongFilters(found, query);
  refuseWrongSplit(found, by);
  const wanted = requireScale(found.metric, query.scale);
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const counted = await countGroups(services, { found, selection, timeZone, filters: query, by });
  const { measure: name, key, title } = found.metric;
  const { scale, otherScales } = chooseScale(found.metric, countByScale(counted.whole?.boxes ?? [...counted.listed, ...counted.others]), wanted);
  const measure = { metric: name, scale };
  const all = [...groupTallies(counted.listed, scale)].map(([group, tally]) => ({ name: group, tally, count: countAnswers(tally) }));
  const whole = counted.whole === null ? joinTallies([...all.map(({ tally }) => tally), tallyOn(scale, counted.others)]) : tallyOn(scale, counted.whole.boxes);
  const comparable = Map.groupBy((counted.settled ?? counted).listed, (part) => part.name);
  const comparedIn = (group: string | null): Tally => tallyOn(scale, comparable.get(group ?? "") ?? []);
  const tested = counted.settled === undefined ? whole : tallyOn(scale, counted.settled.whole);
  const { shown: safe, hidden } = withoutFew(counted, all);
  const ordered = safe.toSorted((a, b) => (isInTime(by) ? 0 : b.count - a.count) || (a.name < b.name ? -1 : 1));
  const shown = firstGroups(ordered, groupsMax);
  const labels = counted.labels ?? (await labelGroups(services, workspaceId, by, shown.map((group) => group.name)));
  const total = scoreTally(measure, whole);
  const reply: BreakdownReply = {
    metric: key,
    title,
    unit: unitOf(name),
    by,
    period: showPeriod(selection),
    scale,
    otherScales,
    total: { ...total, evidence: evidenceOf(total.count), weighted: weightedIntervalOf(measure, whole) },
    groups: scoreWithin(measure, shown.map((group) => ({ value: group.name === "" ? null : group.name, label: labels.get(group.name) ?? null, tally: group.tally, tested: comparedIn(group.name) })), tested),
    groupsLeftOut: ordered.length - shown.length + counted.leftOut,
    hiddenGroups: hidden,
    overlaps: counted.whole !== null,
    asOf: isOfSegments(by) ? "now" : "answer",
  };
  return {
    reply,
    bandsOf: (group) => bandsOfGroup(found.metric, counted.listed.filter((part) => part.name === (group ?? ""))),
    comparedOf: (group) => comparedOn(measure, comparedIn(group)),
    comparedTotal: comparedOn(measure, tested),
  };
};

const comparedOn = (measure: Measure, tally: Tally): Compared => {
  const { count, score } = scoreTally(measure, tally);
  return { count, score, estimate: estimateTally(measure, tally) };
};

// Each group on the scale most of its own answers use, as if it were asked for alone.
const bandsOfGroup = (metric: Metric, parts: readonly GroupBox[]): Pick<MetricSummary, "count" | "bands"> => {
  const { scale, otherScales } = chooseScale(metric, countByScale(parts), metric.limits);
  const { count, bands } = summarise({ metric, scale, otherScales, current: tallyOn(scale, parts), previous: [] });
  return { count, bands };
};

const isInTime = (by: SplitKey): boolean => by === "month" || by === "weekday";

const withoutFew = ({ people, whole }: Counted, groups: { name: string; tally: Tally; count: number }[]) =>
  people === null ? { shown: groups, hidden: 0 } : withoutFewPeople(groups, ({ name, count }) => people.get(name) ?? count, whole?.people ?? null);

const countGroups = async (services: Services, asked: Asked): Promise<Counted> => {
  if (asked.found.metric.source === "outreach") return countAskedGroups(services, asked);
  const { found, selection, filters, by } = asked;
  const source = await readRows(services, selection.workspaceId, found, { period: selection, filters });
  if (isOfSegments(by)) return countSegments(services, selection, { source, by });
  const split = await readSplit(services, asked);
  const counted = isPersonal(by) ? await tallyPeople(services.analytics, selection, { source, split }) : null;
  if (counted !== null) return { listed: counted.boxes, others: [], leftOut: 0, whole: null, people: counted.people, labels: null };
  const all = await tallyGroups(services.analytics, selection, { source, split });
  const groups = all === null ? await tallyLargestGroups(services.analytics, selection, { source, split }) : { listed: all, others: [], leftOut: 0 };
  return { ...groups, whole: null, people: isPersonal(by) ? await countPeople(services.analytics, selection, { source, split }) : null, labels: null };
};

// People can be in several segments, so the whole is no sum of them.
const countSegments = async (services: Services, selection: Selection, { source, by }: { source: RowSource; by: SegmentSplit }): Promise<Counted> => {
  const { chosen, leftOut } = await chooseSegments(services, selection.workspaceId, by);
  const segments = await gatherSegments(services, selection.workspaceId, chosen.map(({ id }) => id));
  const { boxes, people, whole } = await tallySegments(services.analytics, selection, { source, segments });
  return { listed: boxes, others: [], leftOut, whole, people, labels: new Map(segments.map(({ id, name }) => [id, name])) };
};

type SegmentSplit = "segment" | "persona";

/** Segments and lists, or personas alone, by name. */
export const listSegmentsOf = ({ db }: Services, workspaceId: string, by: SegmentSplit): Promise<{ id: string; name: string }[]> =>
  by === "persona" ? listPersonaNames(db, workspaceId, segmentsListed) : listSegmentNames(db, workspaceId, segmentsListed);

// The first by name: who has most answers is known only once all are looked up.
const chooseSegments = async (services: Services, workspaceId: string, by: SegmentSplit): Promise<{ chosen: { id: string; name: string }[]; leftOut: number }> => {
  const all = await listSegmentsOf(services, workspaceId, by);
  return { chosen: all.slice(0, segmentsMax), leftOut: Math.max(0, all.length - segmentsMax) };
};

const countAskedGroups = async (services: Services, asked: Asked): Promise<Counted> => {
  const { by, selection } = asked;
  const isSettled = true;
  if (!isOfSegments(by)) {
    const days = await readAskedDays(services, asked, null);
    const split = askedSplits[by] ?? "all";
    const settled = partsOfAsked(days, split, { isSettled });
    return { listed: partsOfAsked(days, split), others: [], leftOut: 0, whole: null, people: by === "language" ? new Map() : null, labels: null, settled: { listed: settled, whole: settled } };
  }
  const { chosen: segments, leftOut } = await chooseSegments(services, selection.workspaceId, by);
  const days = Map.groupBy(await readAskedDaysOf(services, asked, segments), ({ name }) => name);
  const listedBy = (manner: { isSettled?: boolean }): GroupBox[] => [...days].flatMap(([name, own]) => partsOfAsked(own, "all", manner).map((part) => ({ ...part, name })));
  const everybody = await readAskedDays(services, asked, null);
  const boxes = partsOfAsked(everybody, "all");
  return {
    listed: listedBy({}), others: [], leftOut, whole: { boxes, people: boxes.reduce((sum, { box }) => sum + box.count, 0) }, people: new Map(), labels: new Map(segments.map(({ id, name }) => [id, name])),
    settled: { listed: listedBy({ isSettled }), whole: partsOfAsked(everybody, "all", { isSettled }) },
  };
};

export const askedSplits: Partial<Record<SplitKey, AskedSplit>> = { channel: "channel", survey: "survey", language: "language", month: "month", weekday: "weekday" };

export const readSplit = async (services: Services, { selection, timeZone, by }: Asked): Promise<Split> => {
  switch (by) {
    case "touchpoint":
    case "channel":
    case "stage":
    case "survey":
    case "source":
    case "environment":
    case "product":
    case "member":
    case "team":
    case "department":
      return byDimension(by);
    case "language":
    case "emotion":
      return byReading(by);
    case "month":
      return byMonth(services.analytics, listOffsets(selection, timeZone));
    case "weekday":
      return byWeekday(listOffsets(selection, timeZone));
    case "segment":
    case "persona":
      return unsplit;
    default:
      return byTrait(await readHeld(services, selection.workspaceId, by.slice("trait:".length)));
  }
};

/** What people should read for the names of groups. */
export const labelGroups = async (services: Services, workspaceId: string, by: SplitKey, names: readonly string[]): Promise<Map<string, string>> => {
  const named = names.filter((name) => name !== "");
  // What is deleted keeps its answers; its id is all that is left of its name.
  return new Map([...named.map((name) => [name, name] as const), ...(await listLabels(services, workspaceId, by, named)).map(({ id, name }) => [id, name] as const)]);
};

const listLabels = async ({ db }: Services, workspaceId: string, by: SplitKey, named: readonly string[]): Promise<readonly { id: string; name: string }[]> => {
  if (named.length === 0) return [];
  if (by === "survey") return listSurveyNames(db, workspaceId, [...named]);
  if (by === "team") return listTeamRows(db, workspaceId);
  return by === "member" ? listNamedMembers(db, workspaceId) : [];
};
