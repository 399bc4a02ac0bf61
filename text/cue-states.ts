// How far cues have come while a text is followed character by character: the places in all of them at once, whatever comes between. Such a
// state and the next one are made when a text first leads there.
import { CUE_SYMBOLS, readCueSet, START } from "./cue-symbols.ts";
import { compilePattern, type Step } from "./pattern-program.ts";

/** `seen` has a bit for each cue that ends where the state is reached, 32 to a number; the finder keeps the state in the row. */
export type CueState = { places: string; seen: readonly [number, number]; row: number };

export class CueStates {
  readonly #steps: Step[] = [];
  readonly #starts: number[] = [];
  /** Which cue has been seen at a place. */
  readonly #cueAt = new Map<number, number>();
  readonly #known = new Map<string, CueState>();
  /** Where each symbol leads from the beginnings of all cues. */
  readonly #begun: (readonly number[])[] = [];
  /** The state in which a text begins. */
  readonly start: CueState;

  /** @param halves at most two lists of at most 32 cues; a cue is seen wherever in the text it stands */
  constructor(halves: readonly (readonly string[])[]) {
    if (halves.length > 2 || halves.some(({ length }) => length > HALF)) throw new Error("So many cues cannot be looked for at once.");
    for (const [cue, index] of halves.flatMap((cues, half) => cues.map((cue, place) => [cue, half * HALF + place] as const))) {
      const { steps, start } = compilePattern(cue, readCueSet);
      const from = this.#steps.length;
      for (const step of steps) this.#steps.push(movedBy(step, from));
      this.#starts.push(start + from);
      steps.forEach((step, place) => {
        if (step.kind === "match") this.#cueAt.set(place + from, index);
      });
    }
    if (this.#steps.length > STEPS_MAX) throw new Error("The cues have too many steps.");
    this.start = this.move({ places: "", seen: [0, 0], row: 0 }, START);
  }

  move({ places }: CueState, symbol: number): CueState {
    const next = new Set(this.#begun[symbol] ??= this.#begin(symbol));
    for (let index = 0; index < places.length; index++) this.#take(places.charCodeAt(index), symbol, next);
    return this.#keep([...next].toSorted((one, other) => one - other));
  }

  #begin(symbol: number): number[] {
    const next = new Set<number>();
    for (const place of this.#starts) this.#take(place, symbol, next);
    return [...next];
  }

  /** A number for each symbol: those with the same number lead from every state to the same. */
  kindsOfSymbols(): Uint8Array {
    const sets = [...new Set(this.#steps.flatMap((step) => (step.kind === "take" ? [step.set] : [])))];
    const kinds = new Map<string, number>();
    return Uint8Array.from({ length: CUE_SYMBOLS }, (_, symbol) => {
      const key = sets.map((set) => set[symbol]).join("");
      const kind = kinds.get(key) ?? kinds.size;
      kinds.set(key, kind);
      return kind;
    });
  }

  /** Goes from the place as far as no character is taken, and takes the symbol there. */
  #take(place: number, symbol: number, next: Set<number>): void {
    const step = this.#steps[place];
    if (step?.kind === "split") {
      this.#take(step.first, symbol, next);
      this.#take(step.second, symbol, next);
    } else if (step?.kind === "take" && step.set[symbol] === 1) next.add(step.next);
  }

  #keep(next: readonly number[]): CueState {
    const places = String.fromCharCode(...next);
    const known = this.#known.get(places);
    if (known !== undefined) return known;
    const seen: [number, number] = [0, 0];
    for (const place of next) this.#note(place, seen);
    const state = { places, seen, row: 0 };
    this.#known.set(places, state);
    return state;
  }

  #note(place: number, seen: [number, number]): void {
    const step = this.#steps[place];
    const cue = this.#cueAt.get(place) ?? 0;
    if (step?.kind === "match") seen[cue < HALF ? 0 : 1] |= 1 << cue % HALF;
    if (step?.kind !== "split") return;
    this.#note(step.first, seen);
    this.#note(step.second, seen);
  }
}

const movedBy = (step: Step, by: number): Step => {
  switch (step.kind) {
    case "take":
      return { ...step, next: step.next + by };
    case "split":
      return { kind: "split", first: step.first + by, second: step.second + by };
    case "edge":
      throw new Error("Cues know no edges of words.");
    case "match":
      return step;
  }
};

const HALF = 32;
/** What fits into a unit of a string. */
const STEPS_MAX = 65_536;
