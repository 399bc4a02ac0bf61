// Every probability and limit of the model, fitted on scores of sources that the heads had not seen.
import { mixSign, polaritySigns, sigmoid, urgentSigns } from "../../text/decisions.ts";
import type { Calibration, Limit, ModelHeader } from "../../text/model.ts";
import { countHints, countSigns } from "../../text/need-signs.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, NEGATIVE_LANE, POSITIVE_LANE } from "../../text/model.ts";
import { EMOTIONS, NEEDS } from "../../text/reading.ts";
import { anyPart } from "../../text/scores.ts";
import type { Scores } from "../../text/scores.ts";
import type { Guess, Sample } from "./calibration.ts";
import { bestLimit, fitCalibration, limitOfCount, limitOfPrecision, logitOf, rounded } from "./calibration.ts";
import type { LabelledComment } from "./labelled-comments.ts";

export type Scored = { comment: LabelledComment; scores: Scores };
export type Limits = Pick<ModelHeader, "sentiment" | "needs" | "met" | "emotions" | "urgent">;

/** Of real comments that were labelled, so many are urgent, but in one source one in three and in others one in a hundred: limits are fitted as if it were
 *  this share in every source. Otherwise a limit says more of how many comments of the other sources were urgent than of what this one says. */
const URGENT_SHARE = 0.064;
const URGENT_PRECISION = 0.7;
/** A family that is wrong more often than this is better not said. */
const EMOTION_PRECISION = 0.35;
/** Below its limit by this part, a guess is "not sure". */
const UNSURE_PART = 0.8;
const SENTIMENT_UNSURE = 0.5;
const NEEDS_RIDGE = 0.067;

export const fitLimits = (scored: readonly Scored[]): Limits => ({
  sentiment: fitSentiment(scored),
  needs: fitNeeds(scored),
  met: fitMet(scored),
  emotions: EMOTIONS.map((emotion, at) => fitQuestion(scored.filter(({ comment }) => comment.emotion !== undefined), FIRST_EMOTION_LANE + at, (comment) => comment.emotion === emotion)),
  urgent: fitUrgent(scored),
});

/** The signs that a need is judged by, in the order of the model's weights. */
export const needSigns = ({ comment, scores }: Scored, need: number): number[] => [scores.whole[FIRST_NEED_LANE + need] ?? 0, anyPart(scores, FIRST_NEED_LANE + need), countSigns(comment.text, need), countHints(comment.text, need)];

/** Large sources must not decide alone: each weighs by the root of its comments. Few weights and much pull to zero, as sources differ. */
export const fitNeeds = (scored: readonly Scored[]): (Calibration & Limit)[] => {
  const weights = sourceWeights(scored);
  return NEEDS.map((need, at) => {
    const samples = scored.map((row): Sample => ({ signs: needSigns(row, at), isTrue: row.comment.needs[need] !== undefined, weight: weights.get(row.comment.source) ?? 1 }));
    const calibration = fitCalibration(samples, NEEDS_RIDGE);
    const yes = bestLimit(samples.map(({ signs, isTrue }) => ({ probability: sigmoid(logitOf(calibration, signs)), isTrue })));
    return { ...calibration, yes: rounded(yes), unsure: rounded(yes * UNSURE_PART) };
  });
};

const sourceWeights = (scored: readonly Scored[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { comment } of scored) counts.set(comment.source, (counts.get(comment.source) ?? 0) + 1);
  return new Map([...counts].map(([source, count]) => [source, count ** -0.5]));
};

const fitUrgent = (scored: readonly Scored[]): Calibration & Limit => {
  const weights = sourceWeights(scored);
  const samples = scored.map(({ comment, scores }): Required<Sample> => ({ signs: urgentSigns(scores, comment.text), isTrue: comment.urgent, weight: weights.get(comment.source) ?? 1 }));
  const weightOf = (wanted: boolean): number => samples.reduce((sum, { isTrue, weight }) => sum + (isTrue === wanted ? weight : 0), 0);
  const [urgent, others] = [weightOf(true), weightOf(false)];
  return fitSamples(samples.map((sample) => ({ ...sample, weight: sample.weight * (sample.isTrue ? URGENT_SHARE / urgent : (1 - URGENT_SHARE) / others) })), (guesses) => limitOfPrecision(guesses, URGENT_PRECISION));
};

const fitQuestion = (scored: readonly Scored[], lane: number, isTrue: (comment: LabelledComment) => boolean): Calibration & Limit =>
  fitSamples(scored.map(({ comment, scores }) => ({ signs: [scores.whole[lane] ?? 0, scores.most[lane] ?? 0], isTrue: isTrue(comment) })), (guesses) => Math.max(bestLimit(guesses), limitOfPrecision(guesses, EMOTION_PRECISION)));

const fitSamples = (samples: readonly Sample[], limitOf: (guesses: Guess[]) => number): Calibration & Limit => {
  const calibration = fitCalibration(samples);
  const yes = limitOf(samples.map((sample) => ({ ...sample, probability: sigmoid(logitOf(calibration, sample.signs)) })));
  return { ...calibration, yes: rounded(yes), unsure: rounded(yes * UNSURE_PART) };
};

const fitMet = (scored: readonly Scored[]): ModelHeader["met"] => {
  const mentioned = scored.flatMap(({ comment, scores }) => NEEDS.flatMap((need, at) => (comment.needs[need] === undefined ? [] : [{ signs: polaritySigns(scores, at, comment.text), polarity: comment.needs[need] }])));
  const calibration = fitCalibration(mentioned.filter(({ polarity }) => polarity !== "mix").map(({ signs, polarity }) => ({ signs, isTrue: polarity === "pos" })));
  // Both at once is rare (2 %), and a narrow band around "neither" does not find it: saying so would cost more right answers than it gives.
  return { ...calibration, mix: 0 };
};

const fitSentiment = (scored: readonly Scored[]): ModelHeader["sentiment"] => {
  const temperature = bestTemperature(scored);
  const samples = scored.filter(({ scores }) => scores.parts > 1).map(({ comment, scores }) => ({ signs: mixSigns(scores, temperature), isTrue: comment.sentiment === "mix" }));
  const mix = fitCalibration(samples);
  // With the highest F1 of mixed alone, nearly twice as many comments were called mixed as are, most of them plain praise or complaint.
  const mixLimit = limitOfCount(samples.map(({ signs, isTrue }) => ({ probability: sigmoid(logitOf(mix, signs)), isTrue })));
  return { temperature, mix, mixLimit: rounded(mixLimit), unsure: SENTIMENT_UNSURE };
};

const mixSigns = (scores: Scores, temperature: number): number[] => {
  const [bad, good] = shares(scores, temperature);
  return [mixSign(scores), Math.min(bad, good)];
};

const shares = ({ whole }: Scores, temperature: number): [bad: number, good: number, all: number] => {
  const bad = Math.exp((whole[NEGATIVE_LANE] ?? 0) / temperature);
  const good = Math.exp((whole[POSITIVE_LANE] ?? 0) / temperature);
  return [bad / (bad + good + 1), good / (bad + good + 1), 1 / (bad + good + 1)];
};

/** The temperature with the least surprise over comments that are not mixed. */
const bestTemperature = (scored: readonly Scored[]): number => {
  let [best, least] = [1, Infinity];
  for (let temperature = 0.3; temperature <= 3; temperature += 0.05) {
    let surprise = 0;
    for (const { comment, scores } of scored) {
      if (comment.sentiment === "mix") continue;
      const [bad, good, neutral] = shares(scores, temperature);
      surprise -= Math.log(Math.max(1e-9, comment.sentiment === "neg" ? bad : comment.sentiment === "pos" ? good : neutral));
    }
    if (surprise < least) [best, least] = [temperature, surprise];
  }
  return rounded(best);
};
