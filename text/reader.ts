// Reads comments: language, sentiment, emotion, needs, urgency, personal data and mentions, with one pass of the kernel over the bytes.
import type { Correction } from "./corrections.ts";
import { addCorrections } from "./corrections.ts";
import { decideEmotion, decideNeeds, decideSentiment, decideUrgent } from "./decisions.ts";
import type { What } from "./evidence.ts";
import { explainScores } from "./evidence.ts";
import { BYTES_READ_MAX, Features, PARTS_MAX } from "./features.ts";
import { Kernel } from "./kernel.ts";
import { decideLanguage, LANGUAGE_BYTES } from "./language.ts";
import { findMentions } from "./mentions.ts";
import type { Model } from "./model.ts";
import { parseModel } from "./model.ts";
import { findPersonalData } from "./personal-data.ts";
import type { Evidence, Reading, WordReading } from "./reading.ts";
import type { Scores } from "./scores.ts";
import { makeScores, scoreText } from "./scores.ts";
import { unsureWordReading } from "./unsure-reading.ts";

/** No UTF-16 code unit takes more than three bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
const BATCH_TEXTS = 1_000;
const BATCH_BYTES = 1 << 20;
const MAIN_TABLE = 0;
const LANGUAGE_TABLE = 1;

export type TextReader = {
  /** Hash of the model: readings of the same version are alike, byte for byte. */
  version: string;
  /** At most 20,000 bytes of each text are read; never throws for any text. */
  read: (texts: readonly string[], correction?: Correction) => Reading[];
  /** The same without personal data and mentions, for texts that lie as UTF-8 in one array: text i is bytes[offsets[i]..offsets[i + 1]). */
  readBytes: (bytes: Uint8Array, offsets: Uint32Array, correction?: Correction) => WordReading[];
  /** The words that carried a result, strongest first. Their weights and those left out add up to the score. */
  explain: (text: string, what: What, correction?: Correction) => Evidence[];
};

/** Opens a model for one thread.
 *  @param model the file text/model.bin @param kernel the file text/kernel.wasm
 *  @throws Error when either is no such file */
export const openReader = (model: Uint8Array, kernel: Uint8Array): TextReader => {
  const reader = new Reader(parseModel(model), kernel);
  return {
    version: reader.model.version,
    read: (texts, correction) => texts.map((text) => text.slice(0, BYTES_READ_MAX)).flatMap(batched((batch) => reader.readTexts(batch, correction))),
    readBytes: (bytes, offsets, correction) => reader.readBytes(bytes, offsets, correction),
    explain: (text, what, correction) => explainScores(reader.model, text.slice(0, BYTES_READ_MAX), what, correction),
  };
};

/** Gathers texts into batches that fit the kernel's memory. */
const batched = (read: (texts: readonly string[]) => Reading[]): ((text: string, index: number, all: string[]) => Reading[]) => {
  let [from, size] = [0, 0];
  return (text, index, all) => {
    size += text.length * BYTES_PER_UNIT_MAX;
    const isLast = index === all.length - 1;
    if (!isLast && index + 1 - from < BATCH_TEXTS && size < BATCH_BYTES) return [];
    const batch = all.slice(from, index + 1);
    [from, size] = [index + 1, 0];
    return read(batch);
  };
};

/** As decoders leave it out. */
const withoutByteOrderMark = (text: string): string => (text.startsWith("\ufeff") ? text.slice(1) : text);

const once = (make: () => string): (() => string) => {
  let made: string | null = null;
  return () => (made ??= make());
};

class Reader {
  readonly model: Model;
  readonly #kernel: Kernel;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();
  readonly #scores: Scores = makeScores(PARTS_MAX);
  readonly #features = new Features();

  constructor(model: Model, kernel: Uint8Array) {
    this.model = model;
    this.#kernel = new Kernel(kernel, [model.main, model.languages]);
  }

  readTexts(texts: readonly string[], correction?: Correction): Reading[] {
    const room = texts.reduce((sum, text) => sum + text.length * BYTES_PER_UNIT_MAX, 0);
    const { bytes, offsets } = this.#kernel.batch(texts.length, room);
    let place = 0;
    offsets[0] = 0;
    texts.forEach((text, index) => {
      place += this.#encoder.encodeInto(text, bytes.subarray(place)).written;
      offsets[index + 1] = place;
    });
    const readings = this.#readBatch(bytes, offsets, (index) => withoutByteOrderMark(texts[index] ?? ""), correction);
    return readings.map(({ language, sentiment, sentimentScore, emotion, needs, isUrgent, isUnsure, confidence }, index) => {
      const text = texts[index] ?? "";
      // Named one by one: a spread takes four times as long.
      return { language, sentiment, sentimentScore, emotion, needs, isUrgent, isUnsure, confidence, personalData: findPersonalData(text), mentions: findMentions(text) };
    });
  }

  readBytes(bytes: Uint8Array, offsets: Uint32Array, correction?: Correction): WordReading[] {
    const readings: WordReading[] = [];
    for (let from = 0; from < offsets.length - 1; ) {
      let to = from + 1;
      while (to < offsets.length - 1 && to - from < BATCH_TEXTS && (offsets[to + 1] ?? 0) - (offsets[from] ?? 0) < BATCH_BYTES) to++;
      for (const reading of this.#readSlice(bytes, offsets, from, to, correction)) readings.push(reading);
      from = to;
    }
    return readings;
  }

  #readSlice(source: Uint8Array, places: Uint32Array, from: number, to: number, correction?: Correction): WordReading[] {
    const first = places[from] ?? 0;
    const { bytes, offsets } = this.#kernel.batch(to - from, (places[to] ?? 0) - first);
    bytes.set(source.subarray(first, places[to] ?? 0));
    for (let text = from; text <= to; text++) offsets[text - from] = (places[text] ?? 0) - first;
    const textOf = (index: number): string => this.#decoder.decode(bytes.subarray(offsets[index] ?? 0, offsets[index + 1] ?? 0));
    return this.#readBatch(bytes, offsets, textOf, correction);
  }

  /** Two passes: the few bytes that tell the language, then all. Rows of the first are used up before the second overwrites them. */
  #readBatch(bytes: Uint8Array, offsets: Uint32Array, textOf: (index: number) => string, correction?: Correction): WordReading[] {
    const count = offsets.length - 1;
    const { header } = this.model;
    const readings: WordReading[] = [];
    const first = this.#kernel.sums(count, LANGUAGE_TABLE, LANGUAGE_BYTES);
    for (let text = 0, row = 0; text < count; text++) {
      const parts = first.parts[text] ?? 0;
      const { language, confidence } = decideLanguage(bytes, offsets[text] ?? 0, offsets[text + 1] ?? 0, first.rows, row, parts, header.languages);
      const reading = unsureWordReading();
      reading.language = language;
      reading.confidence.language = confidence;
      readings.push(reading);
      row += parts;
    }
    const all = this.#kernel.sums(count, MAIN_TABLE);
    for (let text = 0, row = 0; text < count; text++) {
      const parts = all.parts[text] ?? 0;
      scoreText(all.rows, row, parts, header, this.#scores);
      if (correction !== undefined) {
        this.#features.read(bytes, offsets[text] ?? 0, offsets[text + 1] ?? 0);
        addCorrections(this.#scores, this.#features, correction);
      }
      const reading = readings[text];
      if (reading !== undefined && parts > 0) this.#judge(reading, once(() => textOf(text)));
      row += parts;
    }
    return readings;
  }

  /** Fills in what the scores say. */
  #judge(reading: WordReading, textOf: () => string): void {
    const { header } = this.model;
    const felt = decideSentiment(this.#scores, header);
    const needs = decideNeeds(this.#scores, header, textOf);
    const emotion = decideEmotion(this.#scores, header);
    const urgent = decideUrgent(this.#scores, header);
    reading.sentiment = felt.sentiment;
    reading.sentimentScore = felt.sentimentScore;
    reading.emotion = emotion.emotion;
    reading.needs = needs.needs;
    reading.isUrgent = urgent.isUrgent;
    // Sentiment, needs and emotions were learned from English: in another language they are a guess.
    reading.isUnsure = felt.isUnsure || needs.isUnsure || urgent.isUnsure || reading.language !== "en";
    reading.confidence.sentiment = felt.confidence;
    reading.confidence.emotion = emotion.confidence;
    reading.confidence.urgent = urgent.probability;
    reading.confidence.needs = needs.confidence;
  }
}
