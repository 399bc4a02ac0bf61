// What a workspace's people set right becomes a small table of differences: trained from all of it at once, judged on a part that was kept
// aside, the same for the same lessons. The model itself stays as it is.
import type { Correction } from "./corrections.ts";
import { BYTES_READ_MAX, PARTS_MAX } from "./features.ts";
import { encodeBatch, Kernel } from "./kernel.ts";
import type { Model } from "./model.ts";
import { parseModel } from "./model.ts";
import { lookIntoBatch, turnTo } from "./need-signs.ts";
import { openParsed, type TextReader } from "./reader.ts";
import type { WordReading } from "./reading.ts";
import { NEEDS } from "./reading.ts";
import { makeScores, scoreText, type Scores } from "./scores.ts";
import { LaneTeacher } from "./teaching-lanes.ts";
import { anchorsOf, questionsOf, yes, type Lesson, type Question } from "./teaching-questions.ts";

export type { Lesson };

export type Teaching = {
  /** Learnt from all lessons. */
  correction: Correction;
  /** What was learnt without the lessons of each fold, to be judged on them now, and on those that come later. */
  trials: Correction[];
  /** Lessons kept aside when `before` and `after` were measured: shares of their parts that are read as the person said. */
  heldBack: number;
  before: number;
  after: number;
  /** Of the lessons kept aside: how many are read better, and how many worse. */
  better: number;
  worse: number;
};

/** What a workspace has in use: a training as it was made. */
export type InUse = Pick<Teaching, "correction" | "trials">;

/** With fewer there is too little to keep aside. */
export const LESSONS_MIN = 20;
// A fifth is kept aside: of many lessons one fifth, of few each fifth in turn, since a handful of lessons proves nothing.
const FOLDS = 5;
const FEW_LESSONS = 500;

/** Learns from lessons, and judges what was learnt on lessons that it was learnt without.
 *  @param anchors comments of the same workspace that nobody set right: they are to be read as before
 *  @param inUse what `before` is measured with, likewise by what was learnt without the lessons it is judged on; null: the model as it is
 *  @returns null when there are fewer than LESSONS_MIN */
export const teach = (model: Uint8Array, kernel: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[], inUse: InUse | null = null): Teaching | null => {
  if (lessons.length < LESSONS_MIN) return null;
  const parsed = parseModel(model);
  const folds = lessons.map(({ id }) => hashOf(id) % FOLDS);
  const trials: Correction[] = [];
  for (let fold = lessons.length <= FEW_LESSONS ? FOLDS - 1 : 0; fold > 0; fold--) {
    const teacher = askAll(parsed, kernel, lessons, anchors);
    teacher.learnFirst((text) => folds[text] !== fold);
    trials[fold] = teacher.pack();
  }
  const teacher = askAll(parsed, kernel, lessons, anchors);
  teacher.learnFirst((text) => folds[text] !== 0);
  trials[0] = teacher.pack();
  // What was learnt without them is where learning from all goes on.
  teacher.learnOn();
  return { correction: teacher.pack(), trials, ...judge(openParsed(parsed, kernel), Map.groupBy(lessons, (_, place) => folds[place] ?? 0), trials, inUse) };
};

type Judged = Pick<Teaching, "heldBack" | "before" | "after" | "better" | "worse">;

/** Reads the lessons of each fold with what was learnt without them. A fold for which what is in use has no trial was never kept from it: it is left out. */
const judge = (reader: TextReader, lessonsOf: ReadonlyMap<number, readonly Lesson[]>, trials: readonly Correction[], inUse: InUse | null): Judged => {
  const marks = trials.flatMap((trial, fold) => {
    const [lessons, trialInUse] = [lessonsOf.get(fold) ?? [], inUse?.trials[fold]];
    if (inUse !== null && trialInUse === undefined) return [];
    const texts = lessons.map(({ text }) => text);
    const [before, after] = reader.readWordsBy(texts, [trialInUse, trial]);
    return lessons.map((lesson, place) => ({ before: markOf(lesson, before?.[place]), after: markOf(lesson, after?.[place]) }));
  });
  const parts = marks.reduce((sum, { after }) => sum + after.parts, 0);
  const shareOf = (right: number): number => (parts === 0 ? 0 : right / parts);
  return {
    heldBack: marks.length,
    before: shareOf(marks.reduce((sum, { before }) => sum + before.right, 0)),
    after: shareOf(marks.reduce((sum, { after }) => sum + after.right, 0)),
    better: marks.filter(({ before, after }) => after.right > before.right + SAME).length,
    worse: marks.filter(({ before, after }) => after.right < before.right - SAME).length,
  };
};

/** Sums of sixths differ by less than this where they are the same. */
const SAME = 1e-9;

/** @returns a teacher that knows what is asked about each lesson, then about each anchor */
const askAll = (model: Model, kernelCode: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[]): LaneTeacher => {
  const kernel = new Kernel(kernelCode, [model.main], model.header);
  const [teacher, scores] = [new LaneTeacher(), makeScores(PARTS_MAX)];
  const asked: Asking[] = [
    ...lessons.map((lesson) => ({ text: lesson.text, questionsOf: (read: Scores) => questionsOf(lesson, read, model.header) })),
    ...anchors.map((text) => ({ text, questionsOf: (read: Scores) => anchorsOf(text, read, model.header, (lane) => teacher.isAsked(lane)) })),
  ];
  // Feelings and emotions are read without wordings.
  const wantsWordings = lessons.some(({ needs, isUrgent }) => needs !== undefined || isUrgent !== undefined);
  for (const batch of batchesOf(asked)) {
    const { bytes, offsets } = encodeBatch(kernel, batch.map(({ text }) => text.slice(0, BYTES_READ_MAX)));
    if (wantsWordings) lookIntoBatch(batch.length, { bytes, offsets });
    const { parts } = kernel.sums(batch.length);
    let row = 0;
    batch.forEach((one, index) => {
      scoreText(kernel, row, parts[index] ?? 0, scores);
      row += parts[index] ?? 0;
      turnTo(one.text, index);
      teacher.add(kernel.listFeatures(index), one.questionsOf(scores));
    });
  }
  return teacher;
};

type Asking = { text: string; questionsOf: (scores: Scores) => Question[] };

const BATCH_TEXTS = 50;
const batchesOf = <One>(all: readonly One[]): One[][] => Array.from({ length: Math.ceil(all.length / BATCH_TEXTS) }, (_none, at) => all.slice(at * BATCH_TEXTS, (at + 1) * BATCH_TEXTS));

/** How many of the parts a person set are read so; needs are one part together, each that was set an equal share of it. */
const markOf = (lesson: Lesson, reading: WordReading | undefined): { right: number; parts: number } => {
  if (reading === undefined) return { right: 0, parts: 0 };
  const { needs } = lesson;
  const said = needs === undefined ? [] : NEEDS.filter((need) => needs[need] !== undefined);
  const marks = [
    ...(lesson.sentiment === undefined ? [] : [yes(lesson.sentiment === reading.sentiment)]),
    ...(lesson.emotion === undefined ? [] : [yes(lesson.emotion === reading.emotion)]),
    ...(lesson.isUrgent === undefined ? [] : [yes(lesson.isUrgent === reading.isUrgent)]),
    ...(said.length === 0 ? [] : [said.filter((need) => (needs?.[need] ?? null) === (reading.needs[need] ?? null)).length / said.length]),
  ];
  return { right: marks.reduce((sum, mark) => sum + mark, 0), parts: marks.length };
};

/** FNV-1a: the same lesson is always on the same side. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};
