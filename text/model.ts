// The file of the model: "FHTM", the length of a JSON header, the header, then the tables of weights, the main one first.
import type { Asked } from "./asked.ts";
import type { Table } from "./kernel.ts";
import { LANES } from "./kernel.ts";
import { EMOTIONS, NEEDS } from "./reading.ts";

const MAGIC = 0x4d54_4846;
export const MODEL_FORMAT = 2;

/** Which lane of the main table answers which question. Neutral has no lane: its logit is 0. */
export const NEGATIVE_LANE = 0;
export const POSITIVE_LANE = 1;
export const FIRST_NEED_LANE = 2;
export const FIRST_EMOTION_LANE = FIRST_NEED_LANE + NEEDS.length;
export const URGENT_LANE = FIRST_EMOTION_LANE + EMOTIONS.length;
/** Whether the needs that are mentioned are met. */
export const MET_LANE = URGENT_LANE + 1;

/** A probability from several scores: sigmoid(sum of weights x scores + bias), fitted on texts of sources that were left out. */
export type Calibration = { weights: number[]; bias: number };
/** A probability of at least `yes` is said; one between `unsure` and `yes` makes the reading unsure. */
export type Limit = { yes: number; unsure: number };

/** What a question adds to the logits of bad and good, what more where an answer begins with "Nothing", and what to the logit that a need is met. */
export type Leaning = { bad: number; good: number; none: { bad: number; good: number }; met: number };

export type ModelHeader = {
  format: number;
  bits: number;
  /** Weight = whole number x scale. */
  scale: number[];
  bias: number[];
  sentiment: { temperature: number; mix: Calibration; mixLimit: number; unsure: number };
  needs: (Calibration & Limit)[];
  met: Calibration & { mix: number };
  emotions: (Calibration & Limit)[];
  urgent: Calibration & Limit;
  /** Fitted on answers whose question is known; `bare`: how sure a reply like "Nothing" is read by its question. */
  asked: Record<Asked, Leaning> & { bare: number };
  languages: { bits: number; scale: number[]; bias: number[]; names: string[]; yes: number };
};

export type Model = { header: ModelHeader; main: Table; languages: Table; version: string };

/** @throws Error for bytes that are no model of this format */
export const parseModel = (bytes: Uint8Array): Model => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw new Error("This is not a text model: it does not begin with FHTM.");
  const headerBytes = view.getUint32(4, true);
  const header: ModelHeader = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
  if (header.format !== MODEL_FORMAT) throw new Error(`This text model has format ${header.format}; this version reads format ${MODEL_FORMAT}. Train it again.`);
  const mainFrom = 8 + headerBytes;
  const languagesFrom = mainFrom + (LANES << header.bits);
  const end = languagesFrom + (LANES << header.languages.bits);
  if (bytes.length !== end) throw new Error(`This text model is damaged: it has ${bytes.length} bytes and should have ${end}.`);
  const weights = (from: number, to: number): Int8Array => new Int8Array(bytes.subarray(from, to));
  // Only told when asked for: going over all bytes takes longer than all else here, and most threads never ask.
  let version: string | null = null;
  return {
    header,
    main: { bits: header.bits, weights: weights(mainFrom, languagesFrom) },
    languages: { bits: header.languages.bits, weights: weights(languagesFrom, end) },
    get version() {
      return (version ??= versionOf(bytes));
    },
  };
};

/** @returns the bytes of the file that parseModel reads */
export const writeModel = (header: ModelHeader, main: Int8Array, languages: Int8Array): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + main.length + languages.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.length, true);
  bytes.set(json, 8);
  bytes.set(new Uint8Array(main.buffer, main.byteOffset, main.length), 8 + json.length);
  bytes.set(new Uint8Array(languages.buffer, languages.byteOffset, languages.length), 8 + json.length + main.length);
  return bytes;
};

/** Two hashes over all bytes (FNV-1a, one from each end of the seed space), enough to tell models apart; no secret hangs on it. */
const versionOf = (bytes: Uint8Array): string => {
  let [one, two] = [0x811c9dc5, 0x9e3779b1];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    one = Math.imul(one ^ byte, 0x01000193);
    two = Math.imul(two ^ byte, 0x5bd1e995);
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
};
