// Texts as lists of features, all in a few long arrays: training walks over them many times.
import { Features, PIECE } from "../../text/features.ts";

const encoder = new TextEncoder();
/** Pieces of words weigh half: the kernel halves their sums. */
const PIECE_WEIGHT = 0.5;

export type Documents = {
  count: number;
  /** Features of document d are hash[start[d]..start[d + 1]). */
  start: Uint32Array;
  hash: Uint32Array;
  value: Float32Array;
  /** 1 / length of the document's vector. */
  scale: Float32Array;
};

class Collected {
  hash = new Uint32Array(1 << 20);
  value = new Float32Array(1 << 20);
  start: number[] = [0];
  scale: number[] = [];
  count = 0;

  add(hash: number, value: number): void {
    if (this.count === this.hash.length) this.#double();
    this.hash[this.count] = hash;
    this.value[this.count++] = value;
  }

  end(): void {
    let square = 1e-9;
    for (let at = this.start.at(-1) ?? 0; at < this.count; at++) square += (this.value[at] ?? 0) ** 2;
    this.start.push(this.count);
    this.scale.push(1 / Math.sqrt(square));
  }

  #double(): void {
    const [hash, value] = [new Uint32Array(this.hash.length * 2), new Float32Array(this.hash.length * 2)];
    hash.set(this.hash);
    value.set(this.value);
    [this.hash, this.value] = [hash, value];
  }

  documents(): Documents {
    return { count: this.scale.length, start: Uint32Array.from(this.start), hash: this.hash.slice(0, this.count), value: this.value.slice(0, this.count), scale: Float32Array.from(this.scale) };
  }
}

/** Whole texts, one document each. */
export const readDocuments = (texts: readonly string[], bytesMax = 20_000): Documents => {
  const features = new Features();
  const collected = new Collected();
  for (const text of texts) {
    const bytes = encoder.encode(text);
    const count = features.read(bytes, 0, Math.min(bytes.length, bytesMax));
    for (let at = 0; at < count; at++) collected.add(features.hash[at] ?? 0, features.kind[at] === PIECE ? PIECE_WEIGHT : 1);
    collected.end();
  }
  return collected.documents();
};

export type Parts = Documents & {
  /** Parts of text t are the documents first[t]..first[t + 1]). */
  first: Uint32Array;
  /** Where each part lies in the bytes of its text. */
  from: Uint32Array;
  to: Uint32Array;
};

/** The parts (sentences) of texts, one document each. */
export const readParts = (texts: readonly string[]): Parts => {
  const features = new Features();
  const collected = new Collected();
  const [first, froms, tos]: [number[], number[], number[]] = [[0], [], []];
  for (const text of texts) {
    const bytes = encoder.encode(text);
    const count = features.read(bytes, 0, bytes.length);
    let [part, from, to] = [0, Infinity, 0];
    const close = (): void => {
      collected.end();
      froms.push(from);
      tos.push(to);
      [from, to] = [Infinity, 0];
    };
    for (let at = 0; at < count; at++) {
      if (features.part[at] !== part) {
        close();
        part = features.part[at] ?? 0;
      }
      collected.add(features.hash[at] ?? 0, features.kind[at] === PIECE ? PIECE_WEIGHT : 1);
      from = Math.min(from, features.from[at] ?? 0);
      to = Math.max(to, features.to[at] ?? 0);
    }
    if (count > 0) close();
    first.push(collected.scale.length);
  }
  return { ...collected.documents(), first: Uint32Array.from(first), from: Uint32Array.from(froms), to: Uint32Array.from(tos) };
};
