import { passesFalseDiscovery } from "@firsthand/server/customers/scores/comparisons.rules";
import type { BreakdownReply } from "./metrics.data.ts";
import { shownNumbers, shownOfGroup, type Summary } from "./scores.ts";

/** Of all that a screen calls a difference at most a tenth may be chance, as within one split. */
const falseRate = 0.1;

type Tested = { summaries: readonly Summary[]; others: readonly Summary[]; breakdowns: readonly BreakdownReply[] };

/** One control of false discoveries over everything a screen tests side by side: with thirty scores and as many groups, one in twenty of them would else
 *  be news by chance alone. What does not pass together is called a difference nowhere on that screen; nothing is called one that was not before.
 *  @param isWeighted whether the change of the weighted figures is the one that counts, where there are any
 *  Source: Benjamini & Hochberg, JRSS B 1995. */
export const controlDiscoveries = ({ summaries, others, breakdowns }: Tested, isWeighted: boolean): { summaries: Summary[]; others: Summary[]; breakdowns: BreakdownReply[] } => {
  const pOf = (summary: Summary): number | null => shownNumbers(summary, isWeighted).change?.p ?? null;
  const ps = [...[...summaries, ...others].map(pOf), ...breakdowns.flatMap(({ groups }) => groups.map((group) => shownOfGroup(group, isWeighted).versusRest?.p ?? null))].filter((p) => p !== null);
  const passing = passesFalseDiscovery(ps, falseRate);
  // Whatever has the same p or a smaller one passes as well.
  const limit = Math.max(-1, ...ps.filter((_, place) => passing[place]));
  const passes = (p: number | null): boolean => p !== null && p <= limit;
  const controlTest = (test: BreakdownReply["groups"][number]["versusRest"]) => test && { ...test, isDifferent: test.isDifferent && passes(test.p) };
  const control = (summary: Summary): Summary => {
    const { change, weighted } = summary;
    const isPassing = passes(pOf(summary));
    return {
      ...summary,
      change: change && { ...change, isSignificant: change.isSignificant && isPassing },
      weighted: weighted && { ...weighted, change: weighted.change && { ...weighted.change, isSignificant: weighted.change.isSignificant && isPassing } },
    };
  };
  return {
    summaries: summaries.map(control),
    others: others.map(control),
    breakdowns: breakdowns.map((breakdown) => ({
      ...breakdown,
      groups: breakdown.groups.map((group) => ({ ...group, versusRest: controlTest(group.versusRest), weighted: group.weighted && { ...group.weighted, versusRest: controlTest(group.weighted.versusRest) } })),
    })),
  };
};
