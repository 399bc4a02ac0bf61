// What a workspace's people set right becomes a small table of differences: trained from all of it at once, judged on a part that was kept
// aside, the same for the same lessons. The model itself stays as it is.
import type { Correction } from "./corrections.ts";
import { BYTES_READ_MAX, Features, PARTS_MAX } from "./features.ts";
import { Kernel } from "./kernel.ts";
import type { Model } from "./model.ts";
import { parseModel } from "./model.ts";
import { lookIntoBatch, turnTo } from "./need-signs.ts";
import { openParsed } from "./reader.ts";
import type { WordReading } from "./reading.ts";
import { NEEDS } from "./reading.ts";
import { makeScores, scoreText, type Scores } from "./scores.ts";
import { LaneTeacher } from "./teaching-lanes.ts";
import { anchorsOf, questionsOf, yes, type Lesson, type Question } from "./teaching-questions.ts";

export type { Lesson };

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

/** Learns from lessons.
 *  @param anchors comments of the same workspace that nobody set right: they are to be read as before
 *  @returns null when there are fewer than LESSONS_MIN */
export const teach = (model: Uint8Array, kernel: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[]): Teaching | null => {
  if (lessons.length < LESSONS_MIN) return null;
  const parsed = parseModel(model);
  const reader = openParsed(parsed, kernel);
  const aside = lessons.map(({ id }) => hashOf(id) % HELD_BACK_EVERY === 0);
  const heldBack = lessons.filter((_, place) => aside[place]);
  const texts = heldBack.map(({ text }) => text);
  const teacher = askAll(parsed, kernel, lessons, anchors);
  teacher.learnFirst((text) => aside[text] !== true);
  const trial = teacher.pack();
  // What was learnt without them is where learning from all goes on.
  teacher.learnOn();
  return {
    correction: teacher.pack(),
    heldBack: heldBack.length,
    before: agreement(heldBack, reader.readWords(texts)),
    after: agreement(heldBack, reader.readWords(texts, trial)),
  };
};

/** @returns a teacher that knows what is asked about each lesson, then about each anchor */
const askAll = (model: Model, kernelCode: Uint8Array, lessons: readonly Lesson[], anchors: readonly string[]): LaneTeacher => {
  const kernel = new Kernel(kernelCode, [model.main], model.header);
  const asked: Asking[] = [
    ...lessons.map((lesson) => ({ text: lesson.text, bytes: encoded(lesson.text), questionsOf: (scores: Scores) => questionsOf(lesson, scores, model.header) })),
    ...anchors.map((text) => ({ text, bytes: encoded(text), questionsOf: (scores: Scores) => anchorsOf(text, scores, model.header) })),
  ];
  const [teacher, features, scores] = [new LaneTeacher(), new Features(), makeScores(PARTS_MAX)];
  for (const batch of batchesOf(asked)) {
    const { bytes, offsets } = kernel.batch(batch.length, batch.reduce((sum, one) => sum + one.bytes.length, 0));
    let place = 0;
    offsets[0] = 0;
    batch.forEach((one, index) => {
      bytes.set(one.bytes, place);
      offsets[index + 1] = place += one.bytes.length;
    });
    lookIntoBatch(batch.length, { bytes, offsets });
    const { parts } = kernel.sums(batch.length, 0);
    let row = 0;
    batch.forEach((one, index) => {
      scoreText(kernel, row, parts[index] ?? 0, scores);
      row += parts[index] ?? 0;
      features.read(one.bytes, 0, one.bytes.length);
      turnTo(one.text, index);
      teacher.add(features, one.questionsOf(scores));
    });
  }
  return teacher;
};

type Asking = { text: string; bytes: Uint8Array; questionsOf: (scores: Scores) => Question[] };

const encoder = new TextEncoder();
const encoded = (text: string): Uint8Array => encoder.encode(text.slice(0, BYTES_READ_MAX));

const BATCH_TEXTS = 50;
const batchesOf = <One>(all: readonly One[]): One[][] => Array.from({ length: Math.ceil(all.length / BATCH_TEXTS) }, (_none, at) => all.slice(at * BATCH_TEXTS, (at + 1) * BATCH_TEXTS));

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
