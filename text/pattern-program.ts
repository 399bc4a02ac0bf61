// A pattern as a list of steps, which can be followed at many places of the pattern at once: so what a text costs does not depend on how a
// pattern is written, and none can be made slow.
import { ANY_BUT_LINE_END, DIGITS, IN_WORD, setOfCharacters, type SymbolSet } from "./pattern-symbols.ts";

/** Take a character of a set; go on at both places, of which the first is preferred; go on where a word begins or ends; have matched. */
export type Step = { kind: "take"; set: SymbolSet } | { kind: "split"; first: number; second: number } | { kind: "go"; to: number } | { kind: "edge" } | { kind: "match" };

type Part =
  | { kind: "take"; set: SymbolSet }
  | { kind: "edge" }
  | { kind: "row"; parts: readonly Part[] }
  | { kind: "choice"; parts: readonly Part[] }
  | { kind: "repeat"; part: Part; min: 0 | 1; max: number };

/** @param pattern of small letters, digits, blanks and , ' - with groups that are not captured, choices, repetitions, \w \d \b and .
 *  @throws Error for what it does not know */
export const compilePattern = (pattern: string): Step[] => {
  const steps: Step[] = [];
  write(parse(pattern), steps);
  steps.push({ kind: "match" });
  return steps;
};

const parse = (pattern: string): Part => {
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
    while (place < pattern.length && pattern[place] !== "|" && pattern[place] !== ")") parts.push(isNext("\\b") ? { kind: "edge" } : repeated(single()));
    return { kind: "row", parts };
  };
  const repeated = (part: Part): Part => {
    if (isNext("?")) return { kind: "repeat", part, min: 0, max: 1 };
    const [times, most] = /^(?:[*+]|\{0,(\d+)\})/.exec(pattern.slice(place, place + 8)) ?? [];
    if (times === undefined) return part;
    if (isEmpty(part)) throw new Error(`What may be empty is repeated at ${place} of ${pattern}`);
    place += times.length;
    return { kind: "repeat", part, min: times === "+" ? 1 : 0, max: most === undefined ? Infinity : Number(most) };
  };
  const single = (): Part => {
    if (isNext("(?:")) {
      const inside = choice();
      if (!isNext(")")) throw new Error(`A group has no end in ${pattern}`);
      return inside;
    }
    if (isNext("\\d")) return { kind: "take", set: DIGITS };
    if (isNext("\\w")) return { kind: "take", set: IN_WORD };
    if (isNext(".")) return { kind: "take", set: ANY_BUT_LINE_END };
    const [written, inside] = /^\[([a-z\d]+)\]|^[a-z\d ,'-]/.exec(pattern.slice(place, place + 40)) ?? [];
    if (written === undefined) throw new Error(`"${pattern.slice(place, place + 5)}" is not known at ${place} of ${pattern}`);
    place += written.length;
    return { kind: "take", set: setOfCharacters(inside ?? written) };
  };
  const whole = choice();
  if (place < pattern.length) throw new Error(`A bracket too many at ${place} of ${pattern}`);
  return whole;
};

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

const write = (part: Part, steps: Step[]): void => {
  switch (part.kind) {
    case "take":
    case "edge":
      steps.push(part);
      return;
    case "row":
      for (const one of part.parts) write(one, steps);
      return;
    case "choice":
      return writeChoice(part.parts, steps);
    case "repeat":
      return writeRepeat(part, steps);
  }
};

const writeChoice = (parts: readonly Part[], steps: Step[]): void => {
  const ends: { kind: "go"; to: number }[] = [];
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    const split = { kind: "split" as const, first: steps.length + 1, second: 0 };
    if (!isLast) steps.push(split);
    write(part, steps);
    if (isLast) return;
    const end = { kind: "go" as const, to: 0 };
    ends.push(end);
    steps.push(end);
    split.second = steps.length;
  });
  for (const end of ends) end.to = steps.length;
};

/** As many as possible are preferred. */
const writeRepeat = ({ part, min, max }: { part: Part; min: 0 | 1; max: number }, steps: Step[]): void => {
  const splits: { kind: "split"; first: number; second: number }[] = [];
  const from = steps.length;
  const offer = (): void => {
    const split = { kind: "split" as const, first: steps.length + 1, second: 0 };
    splits.push(split);
    steps.push(split);
  };
  if (min === 1) {
    write(part, steps);
    steps.push({ kind: "split", first: from, second: steps.length + 1 });
  } else if (max === Infinity) {
    offer();
    write(part, steps);
    steps.push({ kind: "go", to: from });
  } else {
    for (let time = 0; time < max; time++) {
      offer();
      write(part, steps);
    }
  }
  for (const split of splits) split.second = steps.length;
};
