// What a workspace's people set right becomes a small table of differences: trained from all of it at once, judged on a part that was kept
// aside, the same for the same lessons. The model itself stays as it is.
import type { Correction } from "./corrections.ts";
import { CORRECTION_BITS } from "./corrections.ts";
import { polaritySigns, sigmoid } from "./decisions.ts";
import { BYTES_READ_MAX, Features, PARTS_MAX, PIECE } from "./features.ts";
import { Kernel, LANES } from "./kernel.ts";
import type { Model, ModelHeader } from "./model.ts";
import { FIRST_EMOTION_LANE, FIRST_NEED_LANE, MET_LANE, NEGATIVE_LANE, parseModel, POSITIVE_LANE, URGENT_LANE } from "./model.ts";
import { openParsed } from "./reader.ts";
import type { Emotion, Need, Polarity, Sentiment, WordReading } from "./reading.ts";
import { EMOTIONS, NEEDS } from "./reading.ts";
import { makeScores, scoreText, type Scores } from "./scores.ts";

/** A comment and what a person said of it; a part that is left out was not looked at. */
export type Lesson = { id: string; text: string; sentiment?: Sentiment; emotion?: Emotion | null; needs?: Partial<Record<Need, Polarity>>; isUrgent?: boolean };

export type Teaching = {
  /** Learnt from all lessons. */
  correction: Correction;
  /** Lessons kept aside when `before` and `after` were measured: shares of their parts that are read as the person said. */
  heldBack: number;
  before: number;
  after: number;
};

/** With fewer there is too little to keep aside. */
export const LESSONS_MIN = 20;
const HELD_BACK_EVERY = 5;
const EPOCHS = 12;
const LAST_EPOCHS = 4;
const RATE = 0.4;
/** A large prime: neighbours in the list, which are the questions of one comment, are asked far from each other. */
const STRIDE = 1_000_003;
/** How far from the answer a probability may be and still count as right. */
const FAULT_MIN = 0.1;
const REST_EPOCHS = 4;
const PIECE_WEIGHT = 0.5;
/** How much a comment nobody set right holds back what is learnt: without it, lessons about complaints would turn everything into one. */
const ANCHOR_WEIGHT = 0.3;
const SHIFT = 32 - CORRECTION_BITS;

/** Learns from lessons.
 *  @param anchors comments of the same workspace that nobody set right: they are to be read as before
 *  @returns null when there are fewer than LESSONS_MIN */
export const teach = (model: Uint8Array, kernel: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[]): Teaching | null => {
  if (lessons.length < LESSONS_MIN) return null;
  const parsed = parseModel(model);
  const reader = openParsed(parsed, kernel);
  const tasks = tasksOf(parsed, kernel, lessons, anchors);
  const isHeldBack = ({ id }: Lesson): boolean => hashOf(id) % HELD_BACK_EVERY === 0;
  const heldBack = lessons.filter(isHeldBack);
  const texts = heldBack.map(({ text }) => text);
  const lanes = startLanes();
  learn(lanes, tasks.filter((_, place) => place >= lessons.length || !isHeldBack(lessons[place] ?? { id: "", text: "" })), 0, EPOCHS);
  const trial = packed(lanes);
  // What was learnt without them is where learning from all goes on.
  learn(lanes, tasks, EPOCHS - LAST_EPOCHS, EPOCHS);
  return {
    correction: packed(lanes),
    heldBack: heldBack.length,
    before: agreement(heldBack, reader.readWords(texts)),
    after: agreement(heldBack, reader.readWords(texts, trial)),
  };
};

/** One yes-or-no that a lesson asks: logit = base + gain x difference in the lane, to be 0 or more where the answer is yes. */
type Question = { lane: number; base: number; gain: number; target: number; weight: number };
type Task = { rows: Int32Array; weights: Float32Array; length: number; questions: Question[] };

const tasksOf = (model: Model, kernelCode: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[]): Task[] => {
  const kernel = new Kernel(kernelCode, [model.main]);
  const asked: Asking[] = [
    ...lessons.map((lesson) => ({ bytes: encoded(lesson.text), questionsOf: (scores: Scores) => questionsOf(lesson, scores, model.header) })),
    ...anchors.map((text) => ({ bytes: encoded(text), questionsOf: (scores: Scores) => anchorsOf(scores, model.header) })),
  ];
  const [features, scores] = [new Features(), makeScores(PARTS_MAX)];
  return batchesOf(asked).flatMap((batch) => {
    const { bytes, offsets } = kernel.batch(batch.length, batch.reduce((sum, one) => sum + one.bytes.length, 0));
    let place = 0;
    offsets[0] = 0;
    batch.forEach((one, index) => {
      bytes.set(one.bytes, place);
      offsets[index + 1] = place += one.bytes.length;
    });
    const { rows, parts } = kernel.sums(batch.length, 0);
    let row = 0;
    return batch.map((one, index): Task => {
      scoreText(rows, row, parts[index] ?? 0, model.header, scores);
      row += parts[index] ?? 0;
      features.read(one.bytes, 0, one.bytes.length);
      return { ...featuresOf(features), questions: one.questionsOf(scores) };
    });
  });
};

type Asking = { bytes: Uint8Array; questionsOf: (scores: Scores) => Question[] };

const encoder = new TextEncoder();
const encoded = (text: string): Uint8Array => encoder.encode(text.slice(0, BYTES_READ_MAX));

const BATCH_TEXTS = 50;
const batchesOf = <One>(all: readonly One[]): One[][] => Array.from({ length: Math.ceil(all.length / BATCH_TEXTS) }, (_none, at) => all.slice(at * BATCH_TEXTS, (at + 1) * BATCH_TEXTS));

const featuresOf = (features: Features): Pick<Task, "rows" | "weights" | "length"> => {
  const rows = new Int32Array(features.count);
  const weights = new Float32Array(features.count);
  let square = 1e-9;
  for (let at = 0; at < features.count; at++) {
    const weight = features.kind[at] === PIECE ? PIECE_WEIGHT : 1;
    rows[at] = (features.hash[at] ?? 0) >>> SHIFT;
    weights[at] = weight;
    square += weight * weight;
  }
  return { rows, weights, length: 1 / Math.sqrt(square) };
};

const yes = (isYes: boolean): number => (isYes ? 1 : 0);
const gainOf = ({ weights }: { weights: number[] }): number => (weights[0] ?? 0) + (weights[1] ?? 0);
const logitOf = (probability: number): number => Math.log(Math.max(1e-6, probability) / Math.max(1e-6, 1 - probability));

/** What a person said, as questions about lanes. Where a limit other than one half decides, the logit is counted from there. */
const questionsOf = (lesson: Lesson, scores: Scores, header: ModelHeader): Question[] => {
  const questions: Question[] = [];
  const { sentiment, needs, isUrgent } = lesson;
  if (sentiment !== undefined && sentiment !== "mix")
    for (const [lane, side] of [[NEGATIVE_LANE, "neg"], [POSITIVE_LANE, "pos"]] as const)
      questions.push({ lane, base: sentimentLogit(scores, lane), gain: 1 / header.sentiment.temperature, target: yes(sentiment === side), weight: 1 });
  if (needs !== undefined)
    NEEDS.forEach((need, index) => {
      const limit = header.needs[index];
      if (limit === undefined) return;
      const said = needs[need];
      questions.push({ lane: FIRST_NEED_LANE + index, base: calibratedLogit(limit, scores, FIRST_NEED_LANE + index) - logitOf(limit.yes), gain: gainOf(limit), target: yes(said !== undefined), weight: 1 });
      if (said === "pos" || said === "neg") questions.push({ ...metQuestion(scores, header, index), target: yes(said === "pos"), weight: 1 });
    });
  if (lesson.emotion !== undefined) EMOTIONS.forEach((name, index) => questions.push({ ...emotionQuestion(scores, header, index), target: yes(lesson.emotion === name), weight: 1 }));
  if (isUrgent !== undefined) questions.push({ ...urgentQuestion(scores, header), target: yes(isUrgent), weight: 1 });
  return questions;
};

/** The same questions, to be answered as the model answers them. */
const anchorsOf = (scores: Scores, header: ModelHeader): Question[] =>
  [
    ...[NEGATIVE_LANE, POSITIVE_LANE].map((lane) => ({ lane, base: sentimentLogit(scores, lane), gain: 1 / header.sentiment.temperature })),
    ...NEEDS.flatMap((_need, index) => {
      const limit = header.needs[index];
      return limit === undefined ? [] : [{ lane: FIRST_NEED_LANE + index, base: calibratedLogit(limit, scores, FIRST_NEED_LANE + index) - logitOf(limit.yes), gain: gainOf(limit) }];
    }),
    ...EMOTIONS.map((_name, index) => emotionQuestion(scores, header, index)),
    urgentQuestion(scores, header),
  ].map((question) => ({ ...question, target: sigmoid(question.base), weight: ANCHOR_WEIGHT }));

/** Against the likeliest of the other two sides; neutral has logit 0. */
const sentimentLogit = ({ whole }: Scores, lane: number): number => {
  const other = lane === NEGATIVE_LANE ? POSITIVE_LANE : NEGATIVE_LANE;
  return (whole[lane] ?? 0) - Math.max(0, whole[other] ?? 0);
};

const metQuestion = (scores: Scores, { met }: ModelHeader, need: number): Omit<Question, "target" | "weight"> => ({
  lane: MET_LANE,
  base: polaritySigns(scores, need).reduce((sum, sign, index) => sum + sign * (met.weights[index] ?? 0), met.bias),
  gain: gainOf(met),
});

const emotionQuestion = (scores: Scores, header: ModelHeader, index: number): Omit<Question, "target" | "weight"> => {
  const calibration = header.emotions[index];
  const lane = FIRST_EMOTION_LANE + index;
  if (calibration === undefined) return { lane, base: 0, gain: 0 };
  return { lane, base: calibratedLogit(calibration, scores, lane) - logitOf(calibration.yes), gain: gainOf(calibration) };
};

const urgentQuestion = (scores: Scores, { urgent }: ModelHeader): Omit<Question, "target" | "weight"> => ({
  lane: URGENT_LANE, base: calibratedLogit(urgent, scores, URGENT_LANE) - logitOf(urgent.yes), gain: gainOf(urgent),
});

const calibratedLogit = ({ weights, bias }: { weights: number[]; bias: number }, { whole, most }: Scores, lane: number): number =>
  (weights[0] ?? 0) * (whole[lane] ?? 0) + (weights[1] ?? 0) * (most[lane] ?? 0) + bias;

/** What is learnt of one lane, and how much was moved there already. */
type Lane = { differences: Float32Array; squares: Float32Array; bias: number; biasSquare: number };

const startLanes = (): Lane[] =>
  Array.from({ length: LANES }, () => ({ differences: new Float32Array(1 << CORRECTION_BITS), squares: new Float32Array(1 << CORRECTION_BITS).fill(1e-2), bias: 0, biasSquare: 1 }));

/** Lanes know nothing of each other, so each is learnt by itself: its table stays in the fast memory of the processor. */
const learn = (lanes: readonly Lane[], tasks: readonly Task[], from: number, until: number): void => {
  const asked = lanes.map((): Asked[] => []);
  for (const task of tasks) for (const question of task.questions) asked[question.lane]?.push({ task, question, restsUntil: isRight(question, 0) ? from + REST_EPOCHS : from });
  lanes.forEach((lane, number) => learnLane(lane, asked[number] ?? [], from, until));
};

type Asked = { task: Task; question: Question; restsUntil: number };

/** Logistic regression with AdaGrad, in an order that depends on nothing but how many questions there are. */
const learnLane = (lane: Lane, asked: Asked[], from: number, until: number): void => {
  const { differences, squares } = lane;
  for (let epoch = from; epoch < until; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS);
    for (let turn = 0; turn < asked.length; turn++) {
      const one = asked[(turn * STRIDE + epoch) % asked.length];
      if (one === undefined || one.restsUntil > epoch) continue;
      const { task: { rows, weights, length }, question } = one;
      let sum = 0;
      for (let at = 0; at < rows.length; at++) sum += (weights[at] ?? 0) * (differences[rows[at] ?? 0] ?? 0);
      const difference = sum * length + lane.bias;
      // Most of what a person says confirms what the model reads already; such questions are asked again only now and then.
      if (isRight(question, difference)) {
        one.restsUntil = epoch + REST_EPOCHS;
        continue;
      }
      const slope = faultOf(question, difference) * question.gain;
      lane.biasSquare += slope * slope;
      lane.bias -= (0.1 * rate * slope) / Math.sqrt(lane.biasSquare);
      for (let at = 0; at < rows.length; at++) {
        const row = rows[at] ?? 0;
        const part = slope * (weights[at] ?? 0) * length;
        const square = (squares[row] ?? 0) + part * part;
        squares[row] = square;
        differences[row] = (differences[row] ?? 0) - (rate * part) / Math.sqrt(square);
      }
    }
  }
};

const faultOf = ({ base, gain, target, weight }: Question, difference: number): number => (sigmoid(base + gain * difference) - target) * weight;
const isRight = (question: Question, difference: number): boolean => Math.abs(faultOf(question, difference)) < FAULT_MIN * question.weight;

/** Keeps the rows that hold anything; row 0 stands for all others. */
const packed = (lanes: readonly Lane[]): Correction => {
  const place = new Uint16Array(1 << CORRECTION_BITS);
  const kept: number[] = [];
  for (let row = 0; row < place.length && kept.length < 0xffff; row++) if (lanes.some(({ differences }) => differences[row] !== 0)) place[row] = kept.push(row);
  const values = new Float32Array((kept.length + 1) * LANES);
  kept.forEach((row, index) => lanes.forEach(({ differences }, number) => (values[(index + 1) * LANES + number] = differences[row] ?? 0)));
  return { place, values, bias: Float32Array.from(lanes, ({ bias }) => bias) };
};

/** Share of the parts a person set that are read so; the six needs of a comment are one part, each a sixth of it. */
const agreement = (lessons: readonly Lesson[], readings: readonly WordReading[]): number => {
  let [right, parts] = [0, 0];
  lessons.forEach((lesson, index) => {
    const reading = readings[index];
    if (reading === undefined) return;
    const { needs } = lesson;
    const marks = [
      ...(lesson.sentiment === undefined ? [] : [yes(lesson.sentiment === reading.sentiment)]),
      ...(lesson.emotion === undefined ? [] : [yes(lesson.emotion === reading.emotion)]),
      ...(lesson.isUrgent === undefined ? [] : [yes(lesson.isUrgent === reading.isUrgent)]),
      ...(needs === undefined ? [] : [NEEDS.filter((need) => needs[need] === reading.needs[need]).length / NEEDS.length]),
    ];
    for (const mark of marks) right += mark;
    parts += marks.length;
  });
  return parts === 0 ? 0 : right / parts;
};

/** FNV-1a: the same lesson is always on the same side. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};
