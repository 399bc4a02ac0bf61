import { compareEstimates, estimateShare, passesFalseDiscovery } from "../../customers/scores/comparisons.rules.ts";
import { wilsonInterval } from "../../customers/scores/intervals.rules.ts";
import type { EmotionName, GroupsReply, NeedName, Polarity, ReadShare, SentimentName, Share, ShareChange, SummaryReply } from "./comments.contract.ts";
import { correctorsFor, type Corrector, type Correctors } from "./corrected-shares.rules.ts";

/** How many comments were read as what. */
export type ReadingCounts = {
  count: number;
  urgent: number;
  unsure: number;
  /** Of which the language was told, and is not English. */
  otherLanguages: number;
  sentiments: Record<SentimentName, number>;
  emotions: Record<EmotionName, number>;
  needs: Record<NeedName, { met: number; unmet: number; mixed: number }>;
};

type Summary = Pick<SummaryReply, "count" | "previousCount" | "sentiments" | "needs" | "emotions" | "urgentCount" | "unsureCount">;

/** Below this no change is told: the anecdotes' limit of the scores (evidence.rules.ts). */
const COMPARED_MIN = 10;
export const FALSE_DISCOVERY_RATE = 0.1;

/** Shares of a period with their Wilson intervals, each compared with the period before; ten comparisons at once are corrected together.
 *  @param correctors null: shares stay as they were read */
export const summariseReadings = (current: ReadingCounts, previous: ReadingCounts, names: { sentiments: readonly SentimentName[]; needs: readonly NeedName[]; emotions: readonly EmotionName[] }, correctors: Correctors | null): Summary => {
  const valid = correctorsFor(current, correctors);
  const compared = [
    ...names.sentiments.map((name) => compareShares(current.sentiments[name], current.count, previous.sentiments[name], previous.count)),
    ...names.needs.map((name) => compareShares(current.needs[name].unmet, current.count, previous.needs[name].unmet, previous.count)),
  ];
  const passed = passesFalseDiscovery(compared.map((change) => change?.p ?? 1), FALSE_DISCOVERY_RATE);
  const changes = compared.map((change, place): ShareChange => (change === null ? null : { ...change, isSignificant: passed[place] === true }));
  return {
    count: current.count,
    previousCount: previous.count,
    sentiments: names.sentiments.map((name, place) => ({ name, ...readShareOf(current.sentiments[name], current.count, valid?.sentiments[name]), change: changes[place] ?? null })),
    needs: names.needs.map((name, place) => {
      const { met, unmet, mixed } = current.needs[name];
      return { name, met: readShareOf(met, current.count, valid?.needs[name].met), unmet: readShareOf(unmet, current.count, valid?.needs[name].unmet), mixed, change: changes[names.sentiments.length + place] ?? null };
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
export const summariseGroup = (counts: ReadingCounts, needs: readonly NeedName[], correctors: Correctors | null): Pick<GroupsReply["groups"][number], "count" | "positive" | "negative" | "needs"> => {
  const { count, sentiments } = counts;
  const valid = correctorsFor(counts, correctors);
  return {
    count,
    positive: readShareOf(sentiments.pos, count, valid?.sentiments.pos),
    negative: readShareOf(sentiments.neg, count, valid?.sentiments.neg),
    needs: needs.map((name) => ({
      name,
      met: readShareOf(counts.needs[name].met, count, valid?.needs[name].met),
      unmet: readShareOf(counts.needs[name].unmet, count, valid?.needs[name].unmet),
    })),
  };
};

/** A question as a list shows it: places that were filled in for each customer hold what stands for those who are not known, or dots.
 *  @param isAsking whether it is known to ask for something; the name of a column, such as "comment", mostly asks nothing
 *  @returns null where nothing was asked */
export const showQuestion = (question: string | null, isAsking = false): string | null =>
  question === null || !(isAsking || /[\s?]/u.test(question.trim())) ? null : question.replaceAll(/\{\{[^{}|]{1,100}(?:\|([^{}]{0,200}))?\}\}/gu, (_place, fallback: string | undefined) => fallback?.trim() || "…").trim();

export type Read = { language: string | null; sentiment: SentimentName; emotion: EmotionName | null; needs: Partial<Record<NeedName, Polarity>>; isUrgent: boolean };

/** Whether two readings of one comment say different things, however sure they are of it. */
export const differs = (one: Read, other: Read): boolean => saying(one) !== saying(other);
const saying = ({ language, sentiment, emotion, needs, isUrgent }: Read): string => JSON.stringify([language, sentiment, emotion, isUrgent, Object.entries(needs).toSorted()]);

/** Share with its Wilson interval. */
export const shareOf = (part: number, count: number): Share => {
  const interval = wilsonInterval(part, count);
  return { count: part, share: count === 0 ? 0 : part / count, low: interval?.low ?? 0, high: interval?.high ?? 0 };
};

/** A share as it was read, and as it is corrected where a correction holds. */
const readShareOf = (part: number, count: number, correct: Corrector | undefined): ReadShare => ({ ...shareOf(part, count), corrected: correct?.(part, count) ?? null });

/** Two shares compared; null when either is of too few comments. */
export const compareShares = (part: number, count: number, previousPart: number, previousCount: number): Omit<NonNullable<ShareChange>, "isSignificant"> | null => {
  if (count < COMPARED_MIN || previousCount < COMPARED_MIN) return null;
  const comparison = compareEstimates(estimateShare(part, count), estimateShare(previousPart, previousCount));
  if (comparison === null) return null;
  return { previousShare: previousPart / previousCount, difference: part / count - previousPart / previousCount, p: comparison.p };
};
