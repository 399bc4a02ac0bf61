import { passesFalseDiscovery } from "@firsthand/server/customers/scores/comparisons.rules";
import { decideChange } from "@firsthand/server/insights/changes/decided.rules";
import type { BreakdownReply, LevelChange, MetricKey } from "./metrics.data.ts";
import { shownNumbers, shownOfGroup, type Summary } from "./scores.ts";

/** Of all that a screen calls a difference at most a tenth may be chance, as within one split. */
const falseRate = 0.1;

type Tested = { summaries: readonly Summary[]; others: readonly Summary[]; changes: readonly LevelChange[]; failed?: readonly MetricKey[]; breakdowns: readonly BreakdownReply[] };

/** What Home calls a change or a difference. Whether a score moved is decided as alerts decide (`changes`); all of a screen, scores and groups, stands under one
 *  control of false discoveries: with thirty scores and as many groups, one in twenty of them would else be news by chance alone.
 *  @param tested.failed metrics of which alerts could not be asked: their own test decides
 *  @param isWeighted whether the weighted figures count where there are any; alerts know no weights, so their own test decides then
 *  Source: Benjamini & Hochberg, JRSS B 1995. */
export const controlDiscoveries = ({ summaries, others, changes, failed = [], breakdowns }: Tested, isWeighted: boolean): { summaries: Summary[]; others: Summary[]; breakdowns: BreakdownReply[] } => {
  const decided = [...summaries, ...others].map((summary) => (failed.includes(summary.metric) ? summary : decidedBy(summary, changes, isWeighted)));
  const ps = [...decided.map((summary) => shownNumbers(summary, isWeighted).change?.p ?? null), ...breakdowns.flatMap(({ groups }) => groups.map((group) => shownOfGroup(group, isWeighted).versusRest?.p ?? null))].filter((p) => p !== null);
  const passing = passesFalseDiscovery(ps, falseRate);
  // Whatever has the same p or a smaller one passes as well.
  const limit = Math.max(-1, ...ps.filter((_, place) => passing[place]));
  const passes = (p: number | null): boolean => p !== null && p <= limit;
  const controlTest = (test: BreakdownReply["groups"][number]["versusRest"]) => test && { ...test, isDifferent: test.isDifferent && passes(test.p) };
  const control = <Change extends Summary["change"]>(change: Change): Change => change && { ...change, isSignificant: change.isSignificant && passes(change.p) };
  const controlled = decided.map((summary) => ({ ...summary, change: control(summary.change), weighted: summary.weighted && { ...summary.weighted, change: control(summary.weighted.change) } }));
  return {
    summaries: controlled.slice(0, summaries.length),
    others: controlled.slice(summaries.length),
    breakdowns: breakdowns.map((breakdown) => ({
      ...breakdown,
      groups: breakdown.groups.map((group) => ({ ...group, versusRest: controlTest(group.versusRest), weighted: group.weighted && { ...group.weighted, versusRest: controlTest(group.weighted.versusRest) } })),
    })),
  };
};

const decidedBy = (summary: Summary, changes: readonly LevelChange[], isWeighted: boolean): Summary => {
  const { change } = summary;
  if (change === null || shownNumbers(summary, isWeighted).isWeighted) return summary;
  return { ...summary, change: decideChange(change, changes.find(({ metric }) => metric === summary.metric)) };
};
