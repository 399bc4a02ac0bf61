// Reads comments: language, sentiment, emotion, needs, urgency, personal data and mentions, with one pass of the kernel over the bytes.
import type { Asked } from "./asked.ts";
import { isBareReply } from "./bare-replies.ts";
import type { Correction } from "./corrections.ts";
import { addCorrections } from "./corrections.ts";
import { readCuesOfBatch, turnCuesTo } from "./cues.ts";
import { decideAnswer, decideBare, decideEmotion, decideNeeds, decideSentiment, decideUrgent, type Felt } from "./decisions.ts";
import type { What } from "./evidence.ts";
import { explainScores } from "./evidence.ts";
import { BYTES_READ_MAX, PARTS_MAX } from "./features.ts";
import { BYTES_PER_UNIT_MAX, encodeBatch, Kernel, type Batch, type Sums } from "./kernel.ts";
import { decideLanguage, LANGUAGE_BYTES } from "./language.ts";
import { findMentions } from "./mentions.ts";
import type { Model } from "./model.ts";
import { parseModel } from "./model.ts";
import { lookIntoBatch, soundsSarcastic, turnTo } from "./need-signs.ts";
import { findPersonalData, findPersonalDataInLong } from "./personal-data.ts";
import type { Evidence, Reading, Sentiment, WordReading } from "./reading.ts";
import type { Scores } from "./scores.ts";
import { makeScores, scoreText } from "./scores.ts";
import { searchedReading, unsureWordReading } from "./unsure-reading.ts";

/** So much of a text is searched for personal data. */
const SEARCHED_MAX = 1_000_000;
const BATCH_TEXTS = 1_000;
const BATCH_BYTES = 1 << 20;

/** Hears at which text the reader is, null while it is at many together; and how many times the usual time it may be silent then. */
type SayWhere = (text: number | null, times?: number) => void;

/** What texts are read with beside the model: what a workspace taught, and what each text was asked for, a place for each; null where nobody asked. */
export type ReadBy = { correction?: Correction | undefined; asked?: readonly (Asked | null)[] | undefined };

export type TextReader = {
  /** Hash of the model: readings of the same version are alike, byte for byte. */
  version: string;
  /** At most 20,000 bytes of each text are read, and a million characters of it searched for personal data; never throws for any text. */
  read: (texts: readonly string[], by?: ReadBy, at?: SayWhere) => Reading[];
  /** The same without personal data and mentions, in half the time. */
  readWords: (texts: readonly string[], by?: ReadBy, at?: SayWhere) => WordReading[];
  /** The same by several corrections, or none, a list for each; without the language, which no correction touches. */
  readWordsBy: (texts: readonly string[], corrections: readonly (Correction | undefined)[]) => WordReading[][];
  /** The words that carried a result, strongest first. Their weights and those left out add up to the score. */
  explain: (text: string, what: What, correction?: Correction) => Evidence[];
};

/** Opens a model for one thread.
 *  @param model the file text/model.bin @param kernel the file text/kernel.wasm
 *  @throws Error when either is no such file */
export const openReader = (model: Uint8Array, kernel: Uint8Array): TextReader => openParsed(parseModel(model), kernel);

export const openParsed = (model: Model, kernel: Uint8Array): TextReader => {
  const reader = new Reader(model, kernel);
  const shortened = (texts: readonly string[]): string[] => texts.map((text) => text.slice(0, BYTES_READ_MAX));
  return {
    get version() {
      return reader.model.version;
    },
    read: (texts, by, at = unheard) => searchedWhole(texts, shortened(texts).flatMap(batched((batch, from) => reader.readTexts(batch, partOf(by, from), countedFrom(from, at)))), at),
    readWords: (texts, by, at = unheard) => shortened(texts).flatMap(batched((batch, from) => reader.readWords(batch, partOf(by, from), countedFrom(from, at)))),
    readWordsBy: (texts, corrections) => {
      const batches = shortened(texts).flatMap(batched((batch) => [reader.readWordsBy(batch, corrections)]));
      return corrections.map((_, place) => batches.flatMap((batch) => batch[place] ?? []));
    },
    explain: (text, what, correction) => explainScores(reader.model, text.slice(0, BYTES_READ_MAX), what, correction),
  };
};

const NO_FEATURES = new Uint32Array(0);
const unheard: SayWhere = () => undefined;
const partOf = (by: ReadBy | undefined, from: number): ReadBy => (by === undefined ? {} : from === 0 ? by : { ...by, asked: by.asked?.slice(from) });
const countedFrom = (from: number, at: SayWhere): SayWhere => (from === 0 ? at : (text, times) => at(text === null ? null : from + text, times));

/** Searching a million characters for one thing takes half a second on a quick machine, and says nothing meanwhile. */
const LONG_SEARCH_TIMES = 20;

/** What is too long to be read must be blacked out nevertheless: searching a million characters takes less than a second for each thing, whatever they are.
 *  What comes after these may be anything. */
const searchedWhole = (texts: readonly string[], readings: Reading[], at: SayWhere): Reading[] => {
  texts.forEach((text, index) => {
    const reading = readings[index];
    if (text.length > BYTES_READ_MAX && reading !== undefined) reading.personalData = [...findPersonalDataInLong(text.slice(0, SEARCHED_MAX), () => at(index, LONG_SEARCH_TIMES)), ...(text.length > SEARCHED_MAX ? [{ kind: "unread" as const, from: SEARCHED_MAX, to: text.length }] : [])];
  });
  return readings;
};

/** Gathers texts into batches that fit the kernel's memory. */
const batched = <One>(read: (texts: readonly string[], from: number) => One[]): ((text: string, index: number, all: string[]) => One[]) => {
  let [from, size] = [0, 0];
  return (text, index, all) => {
    size += text.length * BYTES_PER_UNIT_MAX;
    const isLast = index === all.length - 1;
    if (!isLast && index + 1 - from < BATCH_TEXTS && size < BATCH_BYTES) return [];
    const first = from;
    [from, size] = [index + 1, 0];
    return read(all.slice(first, from), first);
  };
};

/** Without the mark that some files begin with, so that patterns see the first word. */
const withoutByteOrderMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

/** Readings to be filled in by a correction. */
type Corrected = ReadBy & { readings: readonly WordReading[] };

class Reader {
  readonly model: Model;
  readonly #kernel: Kernel;
  readonly #scores: Scores = makeScores(PARTS_MAX);

  constructor(model: Model, kernel: Uint8Array) {
    this.model = model;
    this.#kernel = new Kernel(kernel, [model.main, model.languages], model.header);
  }

  readTexts(texts: readonly string[], by: ReadBy, at: SayWhere): Reading[] {
    const batch = encodeBatch(this.#kernel, texts);
    readCuesOfBatch(texts.length, batch);
    const readings = texts.map((text, index): Reading => {
      at(index);
      turnCuesTo(text, index);
      return searchedReading(findPersonalData(text), findMentions(text));
    });
    this.#readBatch(texts, batch, { ...by, readings, at });
    return readings;
  }

  readWords(texts: readonly string[], by: ReadBy, at: SayWhere): WordReading[] {
    const readings = texts.map(unsureWordReading);
    this.#readBatch(texts, encodeBatch(this.#kernel, texts), { ...by, readings, at });
    return readings;
  }

  readWordsBy(texts: readonly string[], corrections: readonly (Correction | undefined)[]): WordReading[][] {
    const each = corrections.map((correction) => ({ correction, readings: texts.map(unsureWordReading) }));
    const batch = encodeBatch(this.#kernel, texts);
    this.#judgeBatch(texts, { ...batch, parts: this.#kernel.sums(texts.length).parts }, each, unheard);
    return each.map(({ readings }) => readings);
  }

  /** Fills in the readings: the language by the sums over the first bytes, all else by those of the parts. */
  #readBatch(texts: readonly string[], { bytes, offsets }: Batch, { correction, asked, readings, at }: Corrected & { at: SayWhere }): void {
    at(null);
    const { parts, languages } = this.#kernel.sumsAndLanguages(texts.length, LANGUAGE_BYTES);
    const { header } = this.model;
    readings.forEach((reading, text) => {
      const { language, confidence } = decideLanguage(texts[text] ?? "", { bytes, start: offsets[text] ?? 0, end: offsets[text + 1] ?? 0 }, languages, text, header.languages);
      reading.language = language;
      reading.confidence.language = confidence;
    });
    this.#judgeBatch(texts, { bytes, offsets, parts }, [{ correction, asked, readings }], at);
  }

  /** Fills in readings of the texts, by each correction those that are its own. */
  #judgeBatch(texts: readonly string[], { bytes, offsets, parts }: Batch & Pick<Sums, "parts">, each: readonly Corrected[], at: SayWhere): void {
    lookIntoBatch(texts.length, { bytes, offsets });
    const isCorrected = each.some(({ correction }) => correction !== undefined);
    for (let text = 0, row = 0; text < texts.length; text++) {
      const own = parts[text] ?? 0;
      at(text);
      const features = isCorrected ? this.#kernel.listFeatures(text) : NO_FEATURES;
      const words = withoutByteOrderMark(texts[text] ?? "");
      turnTo(words, text);
      for (const { correction, asked, readings } of each) {
        scoreText(this.#kernel, row, own, this.#scores);
        if (correction !== undefined) addCorrections(this.#scores, features, correction);
        const reading = readings[text];
        if (reading !== undefined && own > 0) this.#judge(reading, words, asked?.[text] ?? null);
      }
      row += own;
    }
    at(null);
  }

  /** Fills in what the scores say, and what was asked where they say nothing. */
  #judge(reading: WordReading, text: string, asked: Asked | null): void {
    const { header } = this.model;
    const bare = asked === null ? null : decideBare(header, text, asked);
    if (bare !== null) return feel(reading, bare);
    if (isBareReply(text)) return;
    const felt = asked === null ? decideSentiment(this.#scores, header) : decideAnswer(this.#scores, header, text, asked);
    const needs = decideNeeds(this.#scores, header, text, asked, { needs: reading.needs, confidence: reading.confidence.needs, isUnsure: false });
    const emotion = decideEmotion(this.#scores, header, felt.sentiment);
    const urgent = decideUrgent(this.#scores, header, text);
    feel(reading, felt);
    reading.emotion = emotion.emotion;
    reading.isUrgent = urgent.isUrgent;
    // Sentiment, needs and emotions were learned from English: in another language they are a guess.
    reading.isUnsure = felt.isUnsure || needs.isUnsure || contradicts(felt.sentiment, needs.needs) || urgent.isUnsure || reading.language !== "en" || soundsSarcastic(text);
    reading.confidence.emotion = emotion.confidence;
    reading.confidence.urgent = urgent.probability;
  }
}

/** Whether praise speaks of unmet needs alone, or a complaint of met ones: then one of the two is read wrongly more often than not. */
const contradicts = (sentiment: Sentiment, needs: WordReading["needs"]): boolean => {
  const polarities = Object.values(needs);
  const opposite = sentiment === "pos" ? "neg" : sentiment === "neg" ? "pos" : null;
  return opposite !== null && polarities.length > 0 && polarities.every((polarity) => polarity === opposite);
};

const feel = (reading: WordReading, { sentiment, sentimentScore, confidence, isUnsure }: Felt): void => {
  reading.sentiment = sentiment;
  reading.sentimentScore = sentimentScore;
  reading.confidence.sentiment = confidence;
  reading.isUnsure = isUnsure;
};
