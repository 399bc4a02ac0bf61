// What a person said of a comment, as questions about the lanes of the model: each is to be answered yes or no, or as before.
import { emotionLogit, logitOf, needLogit, polarityLogit, sigmoid, urgentLogit } from "./decisions.ts";
import type { Calibration, ModelHeader } from "./model.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, MET_LANE, NEGATIVE_LANE, POSITIVE_LANE, URGENT_LANE } from "./model.ts";
import type { Emotion, Need, Polarity, Sentiment } from "./reading.ts";
import { EMOTIONS, NEEDS } from "./reading.ts";
import type { Scores } from "./scores.ts";

/** A comment and what a person said of it; a part that is left out, or a need, was not looked at. Null: it is not spoken of. */
export type Lesson = { id: string; text: string; sentiment?: Sentiment; emotion?: Emotion | null; needs?: Partial<Record<Need, Polarity | null>>; isUrgent?: boolean };

/** One yes-or-no that a lesson asks: logit = base + gain x difference in the lane, to be 0 or more where the answer is yes. */
export type Question = { lane: number; base: number; gain: number; target: number; weight: number };

/** How much a comment nobody set right holds back what is learnt: without it, lessons about complaints would turn everything into one. */
const ANCHOR_WEIGHT = 0.3;

export const yes = (isYes: boolean): number => (isYes ? 1 : 0);
/** What one more in a lane brings: the weights of the lane in the whole text and of the lane in its parts, which stand first but for polarities. */
const gainOf = ({ weights }: Pick<Calibration, "weights">, [first, second]: readonly [number, number] = [0, 1]): number => (weights[first] ?? 0) + (weights[second] ?? 0);
const MET_PLACES = [0, 2] as const;

/** What a person said, as questions about lanes. Where a limit other than one half decides, the logit is counted from there. */
export const questionsOf = (lesson: Lesson, scores: Scores, header: ModelHeader): Question[] => {
  const questions: Question[] = [];
  const { sentiment, needs, isUrgent } = lesson;
  if (sentiment !== undefined && sentiment !== "mix")
    for (const [lane, side] of [[NEGATIVE_LANE, "neg"], [POSITIVE_LANE, "pos"]] as const)
      questions.push({ lane, base: sentimentLogit(scores, lane), gain: 1 / header.sentiment.temperature, target: yes(sentiment === side), weight: 1 });
  if (needs !== undefined)
    NEEDS.forEach((need, index) => {
      const limit = header.needs[index];
      const said = needs[need];
      if (limit === undefined || said === undefined) return;
      questions.push({ lane: FIRST_NEED_LANE + index, base: needLogit(scores, index, limit, lesson.text) - logitOf(limit.yes), gain: gainOf(limit), target: yes(said !== null), weight: 1 });
      if (said === "pos" || said === "neg") questions.push({ ...metQuestion(scores, header, index, lesson.text), target: yes(said === "pos"), weight: 1 });
    });
  if (lesson.emotion !== undefined) EMOTIONS.forEach((name, index) => questions.push({ ...emotionQuestion(scores, header, index), target: yes(lesson.emotion === name), weight: 1 }));
  if (isUrgent !== undefined) questions.push({ ...urgentQuestion(scores, header, lesson.text), target: yes(isUrgent), weight: 1 });
  return questions;
};

/** The same questions, to be answered as the model answers them; those of lanes that lessons ask about. */
export const anchorsOf = (text: string, scores: Scores, header: ModelHeader, isAsked: (lane: number) => boolean): Question[] =>
  [
    ...[NEGATIVE_LANE, POSITIVE_LANE].filter(isAsked).map((lane) => ({ lane, base: sentimentLogit(scores, lane), gain: 1 / header.sentiment.temperature })),
    ...NEEDS.flatMap((_need, index) => {
      const limit = header.needs[index];
      return limit === undefined || !isAsked(FIRST_NEED_LANE + index) ? [] : [{ lane: FIRST_NEED_LANE + index, base: needLogit(scores, index, limit, text) - logitOf(limit.yes), gain: gainOf(limit) }];
    }),
    ...EMOTIONS.flatMap((_name, index) => (isAsked(FIRST_EMOTION_LANE + index) ? [emotionQuestion(scores, header, index)] : [])),
    ...(isAsked(URGENT_LANE) ? [urgentQuestion(scores, header, text)] : []),
  ].map((question) => ({ ...question, target: sigmoid(question.base), weight: ANCHOR_WEIGHT }));

/** Against the likeliest of the other two sides; neutral has logit 0. */
const sentimentLogit = ({ whole }: Scores, lane: number): number => {
  const other = lane === NEGATIVE_LANE ? POSITIVE_LANE : NEGATIVE_LANE;
  return (whole[lane] ?? 0) - Math.max(0, whole[other] ?? 0);
};

const metQuestion = (scores: Scores, header: ModelHeader, need: number, text: string): Omit<Question, "target" | "weight"> =>
  ({ lane: MET_LANE, base: polarityLogit(scores, header, need, text), gain: gainOf(header.met, MET_PLACES) });

const emotionQuestion = (scores: Scores, header: ModelHeader, index: number): Omit<Question, "target" | "weight"> => {
  const calibration = header.emotions[index];
  const lane = FIRST_EMOTION_LANE + index;
  if (calibration === undefined) return { lane, base: 0, gain: 0 };
  return { lane, base: emotionLogit(scores, calibration, index) - logitOf(calibration.yes), gain: gainOf(calibration) };
};

const urgentQuestion = (scores: Scores, header: ModelHeader, text: string): Omit<Question, "target" | "weight"> =>
  ({ lane: URGENT_LANE, base: urgentLogit(scores, header, text) - logitOf(header.urgent.yes), gain: gainOf(header.urgent) });
