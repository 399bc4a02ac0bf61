import { compareEstimates, estimateShare, passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import type { EmotionName, GroupsReply, NeedName, Polarity, SentimentName, Share, ShareChange, SummaryReply } from "./comments.contract.ts";

/** How many comments were read as what. */
export type ReadingCounts = {
  count: number;
  urgent: number;
  unsure: number;
  sentiments: Record<SentimentName, number>;
  emotions: Record<EmotionName, number>;
  needs: Record<NeedName, { met: number; unmet: number; mixed: number }>;
};

type Summary = Pick<SummaryReply, "count" | "previousCount" | "sentiments" | "needs" | "emotions" | "urgentCount" | "unsureCount">;

/** Below this no change is told: the anecdotes' limit of the scores (evidence.rules.ts). */
const COMPARED_MIN = 10;
export const FALSE_DISCOVERY_RATE = 0.1;

/** Shares of a period with their Wilson intervals, each compared with the period before; ten comparisons at once are corrected together. */
export const summariseReadings = (current: ReadingCounts, previous: ReadingCounts, names: { sentiments: readonly SentimentName[]; needs: readonly NeedName[]; emotions: readonly EmotionName[] }): Summary => {
  const compared = [
    ...names.sentiments.map((name) => compareShares(current.sentiments[name], current.count, previous.sentiments[name], previous.count)),
    ...names.needs.map((name) => compareShares(current.needs[name].unmet, current.count, previous.needs[name].unmet, previous.count)),
  ];
  const passed = passesFalseDiscovery(compared.map((change) => change?.p ?? 1), FALSE_DISCOVERY_RATE);
  const changes = compared.map((change, place): ShareChange => (change === null ? null : { ...change, isSignificant: passed[place] === true }));
  return {
    count: current.count,
    previousCount: previous.count,
    sentiments: names.sentiments.map((name, place) => ({ name, ...shareOf(current.sentiments[name], current.count), change: changes[place] ?? null })),
    needs: names.needs.map((name, place) => {
      const { met, unmet, mixed } = current.needs[name];
      return { name, met: shareOf(met, current.count), unmet: shareOf(unmet, current.count), mixed, change: changes[names.sentiments.length + place] ?? null };
    }),
    emotions: names.emotions
      .map((name) => ({ name, ...shareOf(current.emotions[name], current.count) }))
      .filter(({ count }) => count > 0)
      .toSorted((one, other) => other.count - one.count),
    urgentCount: current.urgent,
    unsureCount: current.unsure,
  };
};

/** What the comments of one group say, without a comparison. */
export const summariseGroup = (counts: ReadingCounts, needs: readonly NeedName[]): Pick<GroupsReply["groups"][number], "count" | "positive" | "negative" | "needs"> => ({
  count: counts.count,
  positive: shareOf(counts.sentiments.pos, counts.count),
  negative: shareOf(counts.sentiments.neg, counts.count),
  needs: needs.map((name) => ({ name, met: shareOf(counts.needs[name].met, counts.count), unmet: shareOf(counts.needs[name].unmet, counts.count) })),
});

/** Share with its Wilson interval. */
export type Read = { language: string | null; sentiment: SentimentName; emotion: EmotionName | null; needs: Partial<Record<NeedName, Polarity>>; isUrgent: boolean };

/** Whether two readings of one comment say different things, however sure they are of it. */
export const differs = (one: Read, other: Read): boolean => saying(one) !== saying(other);
const saying = ({ language, sentiment, emotion, needs, isUrgent }: Read): string => JSON.stringify([language, sentiment, emotion, isUrgent, Object.entries(needs).toSorted()]);

/** Share with its Wilson interval. */
export const shareOf = (part: number, count: number): Share => {
  const interval = wilsonInterval(part, count);
  return { count: part, share: count === 0 ? 0 : part / count, low: interval?.low ?? 0, high: interval?.high ?? 0 };
};

/** Two shares compared; null when either is of too few comments. */
export const compareShares = (part: number, count: number, previousPart: number, previousCount: number): Omit<NonNullable<ShareChange>, "isSignificant"> | null => {
  if (count < COMPARED_MIN || previousCount < COMPARED_MIN) return null;
  const comparison = compareEstimates(estimateShare(part, count), estimateShare(previousPart, previousCount));
  if (comparison === null) return null;
  return { previousShare: previousPart / previousCount, difference: part / count - previousPart / previousCount, p: comparison.p };
};
