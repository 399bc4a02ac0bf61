import { localDays, previousPeriod, type SameCustomers } from "#customers";
import { can, type Actor } from "#platform/access";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { listNotedDays } from "../annotations/annotations.ts";
import { decideChange } from "../changes/decided.rules.ts";
import { showChanges } from "../changes/changes.ts";
import { summariseComments } from "../comments/comments.ts";
import { readBreakdown, type ReadBreakdown } from "../metrics/breakdown.ts";
import { getMetric } from "../metrics/custom-metrics.ts";
import { dimensionNames, type Change, type DimensionName } from "../metrics/metrics.contract.ts";
import { canSplit, measureOf, sourceOf } from "../metrics/metric-kinds.rules.ts";
import { readSummaries } from "../metrics/metrics.ts";
import { readSameGroups } from "../metrics/same-customers.ts";
import { readSelection, showPeriod } from "../metrics/selection.ts";
import { decomposeChange, type GroupScore } from "./decomposition.rules.ts";
import { toldOnce } from "./splits.rules.ts";
import type { Contribution, Explanation, ExplanationQuery } from "./explanations.contract.ts";

type Split = Explanation["splits"][number];

const NOTES_MAX = 20;
// Where a split names fewer of the answers, "without a product" is nearly all of them, and explains nothing.
const NAMED_SHARE_MIN = 0.2;
// Who did the work is not where to look first: a change is told of teams, and members are looked at on purpose.
const explainedBy = dimensionNames.filter((name) => name !== "member");

/** Stands for all groups that are not listed by themselves; no name of a group holds this character. */
const REST = "\u0000";

/** Why a metric moved against the period before: which groups moved themselves, which only became more or fewer, what comments say
 *  more often than before, and what people noted in those days. It tells what goes together, never what caused it. */
export const explainChange = async (services: Services, actor: Actor, query: ExplanationQuery): Promise<Explanation> => {
  const { workspaceId } = actor;
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const before = previousPeriod(selection, timeZone);
  const [period, previous] = [showPeriod(selection), showPeriod(before)];
  const filters = { ...query, from: period.from, to: period.to };
  const { reply: { metrics: [summary] }, same: known } = await readSummaries(services, workspaceId, { ...filters, metrics: [query.metric] });
  if (summary === undefined) throw new Error("A summary of one metric has that metric.");
  const scale = `${summary.scale.min}-${summary.scale.max}`;
  const read: ReadSplit[] = [];
  // One after the other: each asks the analytics store twice, and a page shows them together anyway.
  for (const by of explainedBy.filter((one) => canSplit(sourceOf(measureOf(query.metric)), one))) {
    const now = await readBreakdown(services, workspaceId, { ...filters, by, scale });
    const then = await readBreakdown(services, workspaceId, { ...filters, ...previous, by, scale });
    read.push({ by, then, now });
  }
  const found = await getMetric(services, workspaceId, query.metric);
  const same = await readSameGroups(services, { found, scale: summary.scale }, new Map(read.map((one) => [one.by, countGroups(one)])), { selection, previous: before, filters: query, timeZone });
  const splits = read.flatMap((one) => splitChange(one, same.get(one.by)) ?? []);
  const leftOut = partsBeside.filter(({ ability }) => !can(actor, ability));
  const isTold = (part: PartBeside): boolean => leftOut.every((one) => one.part !== part);
  const comments = isTold("needs") ? await summariseComments(services, workspaceId, { ...filters, language: undefined, emotion: undefined }) : null;
  // Notes are of days by the workspace's clock, and so are those of the period.
  const notes = isTold("notes") ? await listNotedDays(services, actor, { ...localDays({ fromMs: before.fromMs, toMs: selection.toMs }, timeZone), limit: NOTES_MAX }) : null;
  return {
    metric: summary.metric,
    title: summary.title,
    unit: summary.unit,
    period,
    previous,
    count: summary.change?.compared?.count ?? summary.count,
    previousCount: summary.change?.previousCount ?? 0,
    score: summary.change?.compared?.score ?? summary.score,
    low: summary.change?.compared == null ? summary.low : null,
    high: summary.change?.compared == null ? summary.high : null,
    change: summary.change && (await decide(services, workspaceId, query, { change: summary.change, known })),
    splits: toldOnce(splits.toSorted((one, other) => tellingOf(other) - tellingOf(one))).slice(0, query.top).map((split) => shorten(split, query.top)),
    needs: comments && movedNeeds(comments.needs),
    comments: comments?.count ?? null,
    correctedBy: comments?.correctedBy ?? null,
    notes: notes?.items ?? null,
    leftOut,
  };
};

/** What stands beside the figures and is read by rights of its own. */
const partsBeside = [{ part: "needs", ability: "comments.read" }, { part: "notes", ability: "annotations.read" }] as const;
type PartBeside = (typeof partsBeside)[number]["part"];

/** As Home decides it, so that the sentence there and what explains it are of one test. Where alerts cannot be asked its own test decides, there as here. */
const decide = async (services: Services, workspaceId: string, query: ExplanationQuery, { change, known }: { change: Change; known: Parameters<typeof showChanges>[3] }): Promise<Change> => {
  try {
    const { changes: [found] } = await showChanges(services, workspaceId, { ...query, metrics: [query.metric] }, known);
    return decideChange(change, found);
  } catch (error) {
    if (error instanceof AppError) return change;
    throw error;
  }
};

const shorten = ({ by, within, mix, contributions }: Split, top: number): Split => ({
  by, within: rounded(within), mix: rounded(mix),
  contributions: contributions.slice(0, top).map(({ previousScore, score, p, ...one }) => ({
    ...one, within: rounded(one.within), mix: rounded(one.mix), previousScore: previousScore && rounded(previousScore), score: score && rounded(score), p: p && rounded(p),
  })),
});

// What no screen shows is noise that assistants pay for.
const rounded = (value: number): number => Number(value.toPrecision(6));

type ReadSplit = { by: DimensionName; then: ReadBreakdown; now: ReadBreakdown };

const countGroups = ({ then, now }: ReadSplit): Map<string, number> =>
  new Map([...now.reply.groups, ...then.reply.groups].map(({ value }) => [value ?? "", then.comparedOf(value).count + now.comparedOf(value).count]));

const splitChange = ({ by, then, now }: ReadSplit, same: ReadonlyMap<string, SameCustomers> | undefined): Split | null => {
  const found = decomposeChange(groupsOf(then), groupsOf(now), same);
  // One group is the whole: it explains nothing.
  if (found === null || found.contributions.length < 2) return null;
  const labels = new Map([...then.reply.groups, ...now.reply.groups].map((group) => [group.value ?? "", group.label]));
  const contributions = found.contributions.map(({ name, ...numbers }): Contribution => ({
    ...numbers, isRest: name === REST, value: name === REST || name === "" ? null : name, label: labels.get(name) ?? null,
  }));
  const answersOf = (parts: typeof found.contributions): number => parts.reduce((sum, { count, previousCount }) => sum + count + previousCount, 0);
  if (answersOf(found.contributions.filter(({ name }) => name !== "")) < NAMED_SHARE_MIN * answersOf(found.contributions)) return null;
  return { by, within: found.within, mix: found.mix, contributions };
};

const groupsOf = ({ reply: { groups }, comparedOf, comparedTotal: total }: ReadBreakdown): GroupScore[] => {
  const listed = groups.flatMap(({ value }) => {
    const { count, score, estimate } = comparedOf(value);
    return score === null ? [] : [{ name: value ?? "", count, score, estimate }];
  });
  const count = total.count - listed.reduce((sum, group) => sum + group.count, 0);
  if (count <= 0 || total.score === null) return listed;
  const score = (total.count * total.score - listed.reduce((sum, group) => sum + group.count * group.score, 0)) / count;
  // Nothing is known of how the small groups spread, so their own change is never called sure.
  return [...listed, { name: REST, count, score, estimate: null }];
};

/** How much of the change the groups account for that moved beyond chance. */
// That those moved of whom nothing is known tells least.
const tellingOf = ({ contributions }: Split): number =>
  contributions.reduce((sum, one) => sum + (one.isSignificant && one.value !== null ? Math.abs(one.within) : 0), 0) + contributions.reduce((sum, one) => sum + Math.abs(one.mix), 0) / 10;

const movedNeeds = (needs: Awaited<ReturnType<typeof summariseComments>>["needs"]): Explanation["needs"] =>
  needs
    .flatMap(({ name, unmet, change }) => (change === null ? [] : [{ need: name, share: unmet.share, previousShare: change.previousShare, difference: change.difference, p: change.p, isSignificant: change.isSignificant, corrected: unmet.corrected }]))
    .toSorted((one, other) => one.p - other.p);
