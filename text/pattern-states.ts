// How far a pattern has come while a text is followed letter by letter: all places in its steps at once, in the order in which they are
// preferred. Such a state and the next one are made when a text first leads there; most never are.
import { compilePattern, type Step } from "./pattern-program.ts";
import { IN_WORD, isInWord, SYMBOLS, type SymbolSet } from "./pattern-symbols.ts";

export type State = {
  number: number;
  /** Steps that take a character, ask for the edge of a word, or have matched: each a unit of a string, which takes a fourth of the memory of a list. */
  places: string;
  /** Whether the character before was part of a word. */
  wasInWord: boolean;
  /** Where the finder keeps what is known of it; 0 when nothing is. */
  rowAt: number;
};

/** `hasMatched` says that what came before the symbol is a match; a state of null, that nothing longer will be. */
export type Move = { hasMatched: boolean; state: State | null };

type Split = { kinds: Uint8Array; count: number; seen: Set<SymbolSet> };

export class PatternStates {
  readonly #steps: readonly Step[];
  readonly #known = [new Map<string, State>(), new Map<string, State>()];
  readonly #newNumber: () => number;
  readonly start: State;
  // The search in which a step was last reached: none need be reached twice.
  readonly #reached: Uint32Array;
  #search = 0;

  /** @param newNumber gives each state of all patterns a number of its own */
  constructor(pattern: string, newNumber: () => number) {
    const { steps, start } = compilePattern(pattern);
    if (steps.length > STEPS_MAX) throw new Error("The pattern has too many steps.");
    this.#steps = steps;
    this.#reached = new Uint32Array(this.#steps.length);
    this.#newNumber = newNumber;
    this.#search++;
    const places: number[] = [];
    this.#reach(start, places);
    // Patterns are tried where a word begins.
    this.start = this.#keep(places, false);
  }

  move(state: State, symbol: number): Move {
    const isNowInWord = isInWord(symbol);
    const isEdge = state.wasInWord !== isNowInWord;
    const next: number[] = [];
    this.#search++;
    const hasMatched = this.#pass(state.places, symbol, isEdge, next);
    return { hasMatched, state: next.length === 0 ? null : this.#keep(next, isNowInWord) };
  }

  /** A number for each symbol: those with the same number lead from the state to the same. */
  kindsOf({ places }: State): Uint8Array {
    const kinds = IN_WORD.slice();
    const split: Split = { kinds, count: 2, seen: new Set() };
    this.#splitKinds(places, split);
    return kinds;
  }

  /** Of each kind, the symbols that a place takes become one of their own. */
  #splitKinds(places: string, split: Split): void {
    for (let index = 0; index < places.length; index++) {
      const step = this.#steps[places.charCodeAt(index)];
      if (step?.kind === "edge") this.#splitKinds(this.#from(step.next), split);
      if (step?.kind !== "take" || split.seen.has(step.set)) continue;
      split.seen.add(step.set);
      const taken: number[] = [];
      for (let symbol = 0; symbol < SYMBOLS; symbol++) {
        if (step.set[symbol] !== 1) continue;
        const kind = split.kinds[symbol] ?? 0;
        split.kinds[symbol] = taken[kind] ??= split.count++;
      }
    }
  }

  /** Takes the symbol at each place, the preferred first.
   *  @returns whether one of them has matched: those after it no longer count */
  #pass(places: string, symbol: number, isEdge: boolean, next: number[]): boolean {
    for (let index = 0; index < places.length; index++) {
      const step = this.#steps[places.charCodeAt(index)];
      if (step === undefined || step.kind === "match") return true;
      if (step.kind === "edge" && isEdge && this.#pass(this.#from(step.next), symbol, isEdge, next)) return true;
      if (step.kind === "take" && step.set[symbol] === 1 && this.#reach(step.next, next)) return false;
    }
    return false;
  }

  /** Adds the steps that can come next at a place.
   *  @returns whether the match is among them: no step after it counts */
  #reach(place: number, found: number[]): boolean {
    if (this.#reached[place] === this.#search) return false;
    this.#reached[place] = this.#search;
    const step = this.#steps[place];
    switch (step?.kind) {
      case "split":
        return this.#reach(step.first, found) || this.#reach(step.second, found);
      default:
        found.push(place);
        return step?.kind === "match";
    }
  }

  /** The steps that can come next at a place, whatever else was reached. */
  #from(start: number): string {
    const found: number[] = [];
    const open = [start];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const step = this.#steps[place];
      if (step?.kind === "split") open.push(step.second, step.first);
      else found.push(place);
    }
    return String.fromCharCode(...found);
  }

  #keep(steps: readonly number[], wasInWord: boolean): State {
    const places = String.fromCharCode(...steps);
    const known = this.#known[wasInWord ? 1 : 0];
    const found = known?.get(places);
    if (found !== undefined) return found;
    const state = { number: this.#newNumber(), places, wasInWord, rowAt: 0 };
    known?.set(places, state);
    return state;
  }
}

/** What fits into a unit of a string. */
const STEPS_MAX = 65_536;
