/** A stream of random values that always repeats for the same seed and labels. */
export type Random = {
  /** At least 0, below 1. */
  next: () => number;
  chance: (probability: number) => boolean;
  /** A whole number, both ends included. */
  whole: (low: number, high: number) => number;
  between: (low: number, high: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
  /** One item, in proportion to its weight. */
  weighted: <Item>(items: readonly (readonly [Item, number])[]) => Item;
  /** Normally distributed, mean 0, standard deviation 1. */
  normal: () => number;
  poisson: (mean: number) => number;
  /** Lower-case hexadecimal digits. */
  hex: (digits: number) => string;
};

/** Small fast counter generator, 128 bits of state, passes PractRand beyond the amounts drawn here.
 *  Different labels give independent streams, so a change in one part of the demo leaves the others as they were.
 *  Source: Chris Doty-Humphrey, PractRand, sfc32 (public domain). */
export const makeRandom = (seed: number, ...labels: readonly (string | number)[]): Random => {
  let a = hashText(labels.join("/"), 0x9e3779b9);
  let b = hashText(labels.join("/"), 0x85ebca6b ^ seed);
  let c = seed | 0;
  let counter = 1;
  const nextWord = (): number => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + word) | 0;
    return word >>> 0;
  };
  for (let round = 0; round < 12; round += 1) nextWord();
  return drawFrom(() => nextWord() / 4_294_967_296);
};

const drawFrom = (next: () => number): Random => {
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error("Nothing to pick from: the list is empty.");
    return item;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    whole,
    between: (low, high) => low + next() * (high - low),
    pick,
    weighted: (items) => pickWeighted(items, next),
    // Box and Muller; 1 - next() keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    poisson: (mean) => countUntil(Math.exp(-mean), next),
    hex: (digits) => Array.from({ length: digits }, () => "0123456789abcdef".charAt(whole(0, 15))).join(""),
  };
};

const pickWeighted = <Item>(items: readonly (readonly [Item, number])[], next: () => number): Item => {
  let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (last === undefined) throw new Error("Nothing to pick from: the list is empty.");
  return last[0];
};

// Knuth's multiplication: fine for the small means used here (below 30).
const countUntil = (limit: number, next: () => number): number => {
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
};

/** FNV-1a over UTF-16 units: enough to keep labelled streams apart, not for secrets. */
const hashText = (text: string, start: number): number => {
  let hash = start | 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  }
  return hash ^ (hash >>> 15);
};
