// From logits to what is said of a comment. Every limit and weight comes with the model; nothing is tuned here.
import type { Asked } from "./asked.ts";
import { bareFeeling, beginsWithNone } from "./bare-replies.ts";
import { LANES } from "./kernel.ts";
import type { Calibration, Leaning, Limit, ModelHeader } from "./model.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, MET_LANE, NEGATIVE_LANE, POSITIVE_LANE, URGENT_LANE } from "./model.ts";
import { countHints, countReasons, countSigns, countUrgent, metBalance } from "./need-signs.ts";
import type { Emotion, Need, Polarity, Reading, Sentiment } from "./reading.ts";
import { EMOTIONS, NEEDS } from "./reading.ts";
import { anyPart, anyPartAtMost } from "./scores.ts";
import type { Scores } from "./scores.ts";

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

const logitFrom = ({ weights, bias }: Calibration, signs: Float64Array): number => {
  let logit = bias;
  for (let at = 0; at < signs.length; at++) logit += (signs[at] ?? 0) * (weights[at] ?? 0);
  return logit;
};

// Signs of what is asked of every comment, filled in anew each time: a list each time was a third of all garbage.
const mixSigns = new Float64Array(2);
const needSigns = new Float64Array(4);
const metSigns = new Float64Array(5);
const emotionSigns = new Float64Array(2);
const signsOfUrgency = new Float64Array(5);

/** Far more than rounding moves a logit, and far less than anybody would notice. */
const ROUNDING = 1e-6;

export type Felt = Pick<Reading, "sentiment" | "sentimentScore" | "isUnsure"> & { confidence: number };

const NO_LEANING = { bad: 0, good: 0 };

/** Softmax over negative, neutral (logit 0) and positive; mixed when one part is good and another bad.
 *  @param leaning what is added to the logits of bad and good before the text is read */
export const decideSentiment = (scores: Scores, { sentiment: { temperature, mix, mixLimit, unsure } }: Pick<ModelHeader, "sentiment">, leaning: Pick<Leaning, "bad" | "good"> = NO_LEANING): Felt => {
  const bad = Math.exp((scores.whole[NEGATIVE_LANE] ?? 0) / temperature + leaning.bad);
  const good = Math.exp((scores.whole[POSITIVE_LANE] ?? 0) / temperature + leaning.good);
  const all = bad + good + 1;
  mixSigns[0] = mixSign(scores);
  mixSigns[1] = Math.min(bad, good) / all;
  const mixed = scores.parts < 2 ? 0 : sigmoid(logitFrom(mix, mixSigns));
  const sentiment: Sentiment = mixed >= mixLimit ? "mix" : bad >= good && bad >= 1 ? "neg" : good >= 1 ? "pos" : "neu";
  const confidence = sentiment === "mix" ? mixed : (sentiment === "neg" ? bad : sentiment === "pos" ? good : 1) / all;
  return { sentiment, sentimentScore: (good - bad) / all, confidence, isUnsure: confidence < unsure };
};

/** The same of an answer, by what its question asked for. */
export const decideAnswer = (scores: Scores, header: Pick<ModelHeader, "sentiment" | "asked">, text: string, asked: Asked): Felt => {
  const { bad, good, none } = header.asked[asked];
  const felt = decideSentiment(scores, header, beginsWithNone(text) ? { bad: bad + none.bad, good: good + none.good } : { bad, good });
  if (felt.sentiment !== "neu" || !isShort(text)) return felt;
  // "The parking" alone says neither by its words: then it is what was asked for, and nobody can be sure.
  const side = asked === "praise" ? 1 : -1;
  const confidence = (1 - felt.confidence + side * felt.sentimentScore) / 2;
  return { sentiment: asked === "praise" ? "pos" : "neg", sentimentScore: side * confidence, confidence, isUnsure: true };
};

const SHORT_WORDS = 4;
const SHORT_MAX = 60;
const isShort = (text: string): boolean => text.length <= SHORT_MAX && text.trim().split(/\s+/u).length < SHORT_WORDS;

/** What a reply like "Nothing" means to its question; null for any other text, and where it means neither. */
export const decideBare = ({ asked: { bare } }: Pick<ModelHeader, "asked">, text: string, asked: Asked): Felt | null => {
  const sentiment = bareFeeling(text, asked);
  return sentiment === null ? null : { sentiment, sentimentScore: sentiment === "pos" ? bare : -bare, confidence: bare, isUnsure: false };
};

/** How good the best part is and how bad the worst, whichever is less: high only when both are strong. */
export const mixSign = ({ byPart, parts }: Scores): number => {
  let [good, bad] = [-Infinity, -Infinity];
  for (let part = 0; part < parts; part++) {
    const lean = (byPart[part * LANES + POSITIVE_LANE] ?? 0) - (byPart[part * LANES + NEGATIVE_LANE] ?? 0);
    good = Math.max(good, lean);
    bad = Math.max(bad, -lean);
  }
  return Math.max(-6, Math.min(good, bad));
};

/** The logit that a need is said: from the sums, and from patterns where the text has any. */
export const needLogit = (scores: Scores, need: number, calibration: Calibration, text: string): number => logitAbove(-Infinity, scores, need, calibration, text);

/** The same where it may lie above a limit, else -Infinity: of most needs a bound tells already that they are not said, which takes no exponential of each part. */
const logitAbove = (limit: number, scores: Scores, need: number, calibration: Calibration, text: string): number => {
  const lane = FIRST_NEED_LANE + need;
  needSigns[0] = scores.whole[lane] ?? 0;
  needSigns[2] = countSigns(text, need);
  needSigns[3] = countHints(text, need);
  if ((calibration.weights[1] ?? 0) >= 0) {
    needSigns[1] = anyPartAtMost(scores, lane);
    if (logitFrom(calibration, needSigns) < limit - ROUNDING) return -Infinity;
  }
  needSigns[1] = anyPart(scores, lane);
  return logitFrom(calibration, needSigns);
};

export const logitOf = (probability: number): number => Math.log(Math.max(1e-6, probability) / Math.max(1e-6, 1 - probability));

/** Limits of needs or emotions as logits: comparing those takes no exponential. Made once for a model. */
const logitLimits = new WeakMap<readonly (Calibration & Limit)[], readonly (Calibration & Limit)[]>();
const logitLimitsOf = (limits: readonly (Calibration & Limit)[]): readonly (Calibration & Limit)[] => {
  const known = logitLimits.get(limits);
  if (known !== undefined) return known;
  const made = limits.map((limit) => ({ ...limit, yes: logitOf(limit.yes), unsure: logitOf(limit.unsure) }));
  logitLimits.set(limits, made);
  return made;
};

type Needs = { needs: Partial<Record<Need, Polarity>>; confidence: Partial<Record<Need, number>>; isUnsure: boolean };

/** @param asked what its question asked for; null where nobody asked
 *  @param found what is filled in and returned */
export const decideNeeds = (scores: Scores, header: ModelHeader, text: string, asked: Asked | null = null, found: Needs = { needs: {}, confidence: {}, isUnsure: false }): Needs => {
  const leaning = asked === null || beginsWithNone(text) ? 0 : header.asked[asked].met;
  const limits = logitLimitsOf(header.needs);
  for (let index = 0; index < NEEDS.length; index++) {
    const [need, limit] = [NEEDS[index], limits[index]];
    if (need === undefined || limit === undefined) continue;
    const logit = logitAbove(limit.unsure, scores, index, limit, text);
    if (logit >= limit.yes) {
      found.needs[need] = decidePolarity(polarityLogit(scores, header, index, text) + leaning, header);
      found.confidence[need] = sigmoid(logit);
    } else if (logit >= limit.unsure) found.isUnsure = true;
  }
  return found;
};

/** How much more a part counts that says the need more plainly: at 0.5 whether needs are met is read worse, and 1 or 1.25 gain nothing more. */
const PLAINNESS = 0.75;

/** What the polarity of a need is judged by, in the order of the model's weights: the parts, each by how plainly it says the need, then the whole, then wordings.
 *  The plainest part alone was read worse: people often say what happened in one sentence and what they make of it in the next. */
export const polaritySigns = (scores: Scores, need: number, text: string): number[] => [...fillMetSigns(scores, need, text)];

const fillMetSigns = (scores: Scores, need: number, text: string): Float64Array => {
  let [met, lean, all] = [0, 0, 0];
  for (let part = 0; part < scores.parts; part++) {
    const at = part * LANES;
    // As sigmoid does: a call hands its number over in an object of its own.
    const weight = 1 / (1 + Math.exp(-PLAINNESS * (scores.byPart[at + FIRST_NEED_LANE + need] ?? 0)));
    met += weight * (scores.byPart[at + MET_LANE] ?? 0);
    lean += weight * leanOf(scores.byPart, at);
    all += weight;
  }
  const [wholeMet, wholeLean] = [scores.whole[MET_LANE] ?? 0, leanOf(scores.whole, 0)];
  metSigns[0] = all === 0 ? wholeMet : met / all;
  metSigns[1] = all === 0 ? wholeLean : lean / all;
  metSigns[2] = wholeMet;
  metSigns[3] = wholeLean;
  metSigns[4] = metBalance(text, need);
  return metSigns;
};

const leanOf = (values: Float64Array, from: number): number => (values[from + POSITIVE_LANE] ?? 0) - (values[from + NEGATIVE_LANE] ?? 0);

export const polarityLogit = (scores: Scores, { met }: ModelHeader, need: number, text: string): number => logitFrom(met, fillMetSigns(scores, need, text));

const decidePolarity = (logit: number, { met }: ModelHeader): Polarity => (Math.abs(logit) < met.mix ? "mix" : logit > 0 ? "pos" : "neg");

/** Who praises is not afraid, and who complains has no joy: families that a feeling leaves room for. */
const FITTING: Record<Sentiment, readonly Emotion[]> = { pos: ["joy", "surprise"], neg: ["anger", "disgust", "fear", "sadness", "surprise"], mix: EMOTIONS, neu: EMOTIONS };

export const emotionLogit = ({ whole, most }: Scores, calibration: Calibration, index: number): number => {
  emotionSigns[0] = whole[FIRST_EMOTION_LANE + index] ?? 0;
  emotionSigns[1] = most[FIRST_EMOTION_LANE + index] ?? 0;
  return logitFrom(calibration, emotionSigns);
};

export const decideEmotion = (scores: Scores, header: ModelHeader, sentiment: Sentiment): { emotion: Emotion | null; confidence: number } => {
  let emotion: Emotion | null = null;
  let [most, confidence] = [1, 0];
  const limits = logitLimitsOf(header.emotions);
  for (let index = 0; index < EMOTIONS.length; index++) {
    const [name, calibration, limit] = [EMOTIONS[index], header.emotions[index], limits[index]];
    if (name === undefined || calibration === undefined || limit === undefined || !FITTING[sentiment].includes(name)) continue;
    const logit = emotionLogit(scores, calibration, index);
    if (logit < limit.yes - ROUNDING) continue;
    const probability = sigmoid(logit);
    // Rare families are said at lower probabilities: what counts is how far above its own limit each lies.
    if (probability / calibration.yes > most) [emotion, most, confidence] = [name, probability / calibration.yes, probability];
  }
  return { emotion, confidence };
};

/** What urgency is judged by, in the order of the model's weights. */
export const urgentSigns = (scores: Scores, text: string): number[] => [...fillUrgentSigns(scores, text)];

const fillUrgentSigns = (scores: Scores, text: string): Float64Array => {
  signsOfUrgency[0] = scores.whole[URGENT_LANE] ?? 0;
  signsOfUrgency[1] = anyPart(scores, URGENT_LANE);
  signsOfUrgency[2] = countUrgent(text);
  signsOfUrgency[3] = leanOf(scores.whole, 0);
  signsOfUrgency[4] = countReasons(text);
  return signsOfUrgency;
};

export const urgentLogit = (scores: Scores, { urgent }: ModelHeader, text: string): number => logitFrom(urgent, fillUrgentSigns(scores, text));

export const decideUrgent = (scores: Scores, header: ModelHeader, text: string): { isUrgent: boolean; probability: number; isUnsure: boolean } => {
  const { urgent } = header;
  const probability = sigmoid(urgentLogit(scores, header, text));
  return { isUrgent: probability >= urgent.yes, probability, isUnsure: probability >= urgent.unsure && probability < urgent.yes };
};
