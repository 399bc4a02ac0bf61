import type { CommentFilters, CorrectedShare, NeedName, SentimentName } from "./comments.contract.ts";

/** Corrects a count of comments read as one class, among so many comments. */
export type Corrector = (count: number, comments: number) => CorrectedShare;
export type Correctors = { sentiments: Record<SentimentName, Corrector>; needs: Record<NeedName, { met: Corrector; unmet: Corrector }> };

type Read = { count: number; otherLanguages: number };

/** The errors were measured in English. Among so many comments of other languages the correction would be one for another model. */
const OTHER_LANGUAGES_MAX = 0.2;

/** The corrections that hold for some comments.
 *  @param read comments, and those of which the language was told and is not English
 *  @returns null where there is nothing to correct, or too much in languages that no errors were measured in */
export const correctorsFor = ({ count, otherLanguages }: Read, correctors: Correctors | null): Correctors | null =>
  count > 0 && otherLanguages <= OTHER_LANGUAGES_MAX * count ? correctors : null;

/** Whether comments were chosen by what was read in them: then those read wrongly are missing, and errors measured over all say nothing. */
export const isChosenByReading = ({ need, sentiment, emotion, urgent, unsure, language }: CommentFilters): boolean =>
  need !== undefined || sentiment !== undefined || emotion !== undefined || urgent !== undefined || unsure !== undefined || (language !== undefined && language !== "en");

type TrueAndRead = readonly [truth: number, read: number];
type Source = { comments: number; sentiment: Record<SentimentName, TrueAndRead>; needs: Record<NeedName, { met: TrueAndRead; unmet: TrueAndRead }> };
type Judged = { comments: number; truth: number; read: number };

/** One correction for each feeling and each side of each need.
 *  @param sources labelled, which the model had not seen
 *  @param open makes a correction from how often one class is true and was read; null when there are too few sources */
export const openCorrectors = (sources: readonly Source[], open: (sources: readonly Judged[]) => Corrector | null): Correctors | null => {
  if (open(sources.map(({ comments }) => ({ comments, truth: 0, read: 0 }))) === null) return null;
  const corrector = (of: (source: Source) => TrueAndRead): Corrector =>
    open(sources.map((source) => ({ comments: source.comments, truth: of(source)[0], read: of(source)[1] }))) ?? unknown;
  const feeling = (name: SentimentName): Corrector => corrector(({ sentiment }) => sentiment[name]);
  const need = (name: NeedName) => ({ met: corrector(({ needs }) => needs[name].met), unmet: corrector(({ needs }) => needs[name].unmet) });
  return {
    sentiments: { pos: feeling("pos"), neg: feeling("neg"), neu: feeling("neu"), mix: feeling("mix") },
    needs: { EASY: need("EASY"), EXPECT: need("EXPECT"), PROMISE: need("PROMISE"), INFORM: need("INFORM"), INDIVID: need("INDIVID"), RIGHT: need("RIGHT") },
  };
};

const unknown: Corrector = () => ({ share: 0, low: 0, high: 1 });
