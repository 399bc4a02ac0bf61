import type { Measured } from "./tiles.contract.ts";

type Interval = { score: number | null; low: number | null; high: number | null };

/** The numbers of a tile by weights: scores, intervals, changes and tests against the rest, as Home shows them weighted. Where all answers weigh the same
 *  they stay as they are. Bands, spreads and rows of answers are of answers, however much each weighs. */
export const byWeights = (numbers: Measured): Measured => {
  const { summary, trend, breakdown, heat } = numbers;
  return {
    ...numbers,
    isWeighted: [summary, breakdown?.total, ...(trend?.points ?? []), ...(breakdown?.groups ?? [])].some((part) => part?.weighted != null),
    summary: summary === null || summary.weighted === null ? summary : { ...summary, ...intervalOf(summary.weighted), change: summary.weighted.change },
    trend: trend === null ? null : { ...trend, points: trend.points.map(weighed) },
    breakdown: breakdown === null ? null : {
      ...breakdown,
      total: weighed(breakdown.total),
      groups: breakdown.groups.map((group) => (group.weighted === null ? group : { ...weighed(group), versusRest: group.weighted.versusRest })),
    },
    heat: heat?.map((row) => ({ ...row, points: row.points.map(weighed) })) ?? null,
  };
};

const weighed = <Part extends Interval & { weighted: Interval | null }>(part: Part): Part => (part.weighted === null ? part : { ...part, ...intervalOf(part.weighted) });

const intervalOf = ({ score, low, high }: Interval): Interval => ({ score, low, high });
