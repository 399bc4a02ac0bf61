import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Correction, InUse } from "@firsthand/text";

// Places (16 bits each, most of them zero), then the number of biases, the biases and the values (floats), little-endian, deflated.
const PLACES = 1 << 16;
const HEAD_BYTES = PLACES * 2 + 4;
const PACKED_BYTES_MAX = 64 * 1024 * 1024;

/** A correction as bytes to be kept: a few kilobytes for some hundred corrections. */
export const packCorrection = ({ place, values, bias }: Correction): Buffer => {
  const head = new Uint32Array([bias.length]);
  return deflateRawSync(Buffer.concat([bytesOf(place), bytesOf(head), bytesOf(bias), bytesOf(values)]));
};

/** @throws when the bytes are none that `packCorrection` made */
export const unpackCorrection = (packed: Uint8Array): Correction => {
  const bytes = inflateRawSync(packed, { maxOutputLength: PACKED_BYTES_MAX });
  if (bytes.length < HEAD_BYTES) throw new Error("These are no packed corrections.");
  const biases = bytes.readUInt32LE(PLACES * 2);
  const valuesFrom = HEAD_BYTES + biases * 4;
  return {
    place: new Uint16Array(copyOf(bytes, 0, PLACES * 2)),
    bias: new Float32Array(copyOf(bytes, HEAD_BYTES, valuesFrom)),
    values: new Float32Array(copyOf(bytes, valuesFrom, bytes.length)),
  };
};

const FOLDS = 5;

/** Several corrections as bytes, each behind its length. */
export const packTrials = (trials: readonly Correction[]): Buffer =>
  Buffer.concat(trials.flatMap((trial) => { const packed = packCorrection(trial); return [bytesOf(new Uint32Array([packed.length])), packed]; }));

const unpackTrials = (packed: Buffer): Correction[] => {
  const trials: Correction[] = [];
  for (let from = 0; from < packed.length; ) {
    const to = from + 4 + packed.readUInt32LE(from);
    trials.push(unpackCorrection(packed.subarray(from + 4, to)));
    from = to;
  }
  return trials;
};

/** A training in use, ready to be compared with. One that was kept without its trials stands in for them: it has seen most of what it is judged on,
 *  so another must be that much better. */
export const unpackInUse = ({ differences, trials }: { differences: Buffer; trials: Buffer | null }): InUse => {
  const correction = unpackCorrection(differences);
  return { correction, trials: trials === null ? Array.from({ length: FOLDS }, () => correction) : unpackTrials(trials) };
};

const bytesOf = (array: Uint16Array | Uint32Array | Float32Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
// Typed arrays must begin at a multiple of their size, which a part of a buffer does not.
const copyOf = (bytes: Buffer, from: number, to: number): ArrayBuffer => {
  const copy = new ArrayBuffer(to - from);
  new Uint8Array(copy).set(bytes.subarray(from, to));
  return copy;
};
