// A pattern as steps, which can be followed at many places of the pattern at once: so what a text costs does not depend on how a pattern is
// written, and none can be made slow.
import { readPatternSet, type ReadSet, type SymbolSet } from "./pattern-symbols.ts";

/** Take a character of a set; go on at both places, of which the first is preferred; go on where a word begins or ends; have matched.
 *  Places are numbers of steps. */
export type Step = { kind: "take"; set: SymbolSet; next: number } | { kind: "split"; first: number; second: number } | { kind: "edge"; next: number } | { kind: "match" };

export type Program = { steps: readonly Step[]; start: number };

type Part =
  | { kind: "take"; set: SymbolSet }
  | { kind: "edge" }
  | { kind: "row"; parts: readonly Part[] }
  | { kind: "choice"; parts: readonly Part[] }
  | { kind: "repeat"; part: Part; written: string; min: number; max: number };

/** @param pattern of characters with groups that are not captured, choices, repetitions and \b
 *  @param readSet says which symbols a character or a class of them is; usually those of wordings
 *  @throws Error for what it does not know */
export const compilePattern = (pattern: string, readSet: ReadSet = readPatternSet): Program => {
  const writer = new Writer();
  const start = writer.write(parse(pattern, readSet), writer.keep({ kind: "match" }));
  return { steps: writer.steps, start };
};

const parse = (pattern: string, readSet: ReadSet): Part => {
  let place = 0;
  const isNext = (text: string): boolean => {
    if (!pattern.startsWith(text, place)) return false;
    place += text.length;
    return true;
  };
  const choice = (): Part => {
    const parts = [row()];
    while (isNext("|")) parts.push(row());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "choice", parts };
  };
  const row = (): Part => {
    const parts: Part[] = [];
    while (place < pattern.length && pattern[place] !== "|" && pattern[place] !== ")") parts.push(isNext("\\b") ? { kind: "edge" } : repeated());
    return { kind: "row", parts };
  };
  const repeated = (): Part => {
    const from = place;
    const part = single();
    times.lastIndex = place;
    const [given, least, most] = times.exec(pattern) ?? [];
    if (given === undefined) return part;
    if (given !== "?" && isEmpty(part)) throw new Error(`What may be empty is repeated at ${place} of ${pattern}`);
    place += given.length;
    const min = given === "+" ? 1 : Number(least ?? 0);
    const max = given === "?" ? 1 : least === undefined || most === "" ? Infinity : Number(most ?? least);
    return { kind: "repeat", part, written: pattern.slice(from, place), min, max };
  };
  const single = (): Part => {
    if (isNext("(?:")) {
      const inside = choice();
      if (!isNext(")")) throw new Error(`A group has no end in ${pattern}`);
      return inside;
    }
    const read = readSet(pattern, place);
    if (read === null) throw new Error(`"${pattern.slice(place, place + 5)}" is not known at ${place} of ${pattern}`);
    place += read.length;
    return { kind: "take", set: read.set };
  };
  const whole = choice();
  if (place < pattern.length) throw new Error(`A bracket too many at ${place} of ${pattern}`);
  return whole;
};

const times = /[?*+]|\{(\d+)(?:,(\d*))?\}/y;

const isEmpty = (part: Part): boolean => {
  switch (part.kind) {
    case "take":
      return false;
    case "edge":
      return true;
    case "row":
      return part.parts.every(isEmpty);
    case "choice":
      return part.parts.some(isEmpty);
    case "repeat":
      return part.min === 0 || isEmpty(part.part);
  }
};

/** Writes from the end to the beginning: parts that are alike and go on alike, as endings of words do, become the same steps. */
class Writer {
  readonly steps: Step[] = [];
  readonly #sets = new Map<SymbolSet, number>();
  readonly #places = new Map<number, number>();
  readonly #loops = new Map<string, number>();

  /** @returns the place of the part, behind which comes the place `next` */
  write(part: Part, next: number): number {
    switch (part.kind) {
      case "take":
        return this.keep({ kind: "take", set: part.set, next });
      case "edge":
        return this.keep({ kind: "edge", next });
      case "row":
        return part.parts.reduceRight((after, one) => this.write(one, after), next);
      case "choice":
        return part.parts.map((one) => this.write(one, next)).reduceRight((others, one) => this.#split(one, others));
      case "repeat":
        return part.max === Infinity ? this.#writeLoop(part, next) : this.#writeTimes(part, next);
    }
  }

  keep(step: Step): number {
    const key = this.#keyOf(step);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.steps.length);
    return this.steps.push(step) - 1;
  }

  #split(first: number, second: number): number {
    return first === second ? first : this.keep({ kind: "split", first, second });
  }

  /** As many as possible are preferred. */
  #writeTimes({ part, min, max }: Part & { kind: "repeat" }, next: number): number {
    let place = next;
    for (let time = min; time < max; time++) place = this.#split(this.write(part, place), next);
    for (let time = 0; time < min; time++) place = this.write(part, place);
    return place;
  }

  #writeLoop({ part, written, min }: Part & { kind: "repeat" }, next: number): number {
    const key = `${written} ${next}`;
    const known = this.#loops.get(key);
    if (known !== undefined) return known;
    const again = { kind: "split" as const, first: 0, second: next };
    const place = this.steps.push(again) - 1;
    again.first = this.write(part, place);
    let start = min === 0 ? place : again.first;
    for (let time = 1; time < min; time++) start = this.write(part, start);
    this.#loops.set(key, start);
    return start;
  }

  /** The same for steps that are alike: 20 bits for a place, the rest for what the step does. */
  #keyOf(step: Step): number {
    switch (step.kind) {
      case "match":
        return 0;
      case "edge":
        return PLACES_MAX + step.next;
      case "take": {
        const set = this.#sets.get(step.set) ?? this.#sets.size;
        this.#sets.set(step.set, set);
        return (set + 2) * PLACES_MAX + step.next;
      }
      case "split":
        return -(step.first * PLACES_MAX + step.second) - 1;
    }
  }
}

const PLACES_MAX = 1 << 20;
