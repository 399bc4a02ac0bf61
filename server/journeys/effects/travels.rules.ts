// Paths as places and times, what could be told of them afterwards, and what was met on them.
import type { EffectKind, OutcomeName } from "./effects.contract.ts";

/** Something that counts towards an outcome: a score, a contact, a sum paid. */
export type Mark = { ms: number; value: number };

/** One path. `codes` are places in the list of names; the number of names stands for all rarer ones. */
export type Travel = {
  customer: string; codes: readonly number[]; times: readonly number[];
  /** The customer as a number. */
  owner: number;
  /** Places of the first and the last goal reached; -1 for none. */
  firstGoal: number; lastGoal: number;
  channel: number; group: number;
  /** In order of time. */
  marks: readonly Mark[];
  isGone: boolean | null;
};

export type Outcome = { name: OutcomeName; goals: ReadonlySet<number> };

const WEEK_MS = 7 * 86_400_000;

/** What became of a path after one of its steps.
 *  @param at place of the step; -1 for before the first
 *  @returns a share as 0 or 1, a mean or a sum; null when it is not known */
export const outcomeAfter = (travel: Travel, at: number, outcome: Outcome): number | null => {
  if (outcome.name === "goal") return travel.lastGoal > at ? 1 : 0;
  if (outcome.name === "leaving") return travel.isGone === null ? null : Number(travel.isGone);
  const fromMs = at < 0 ? Number.NEGATIVE_INFINITY : (travel.times[at] ?? 0);
  switch (outcome.name) {
    case "feeling":
    case "effort": {
      const later = travel.marks.filter(({ ms }) => ms >= fromMs);
      return later.length === 0 ? null : later.reduce((sum, { value }) => sum + value, 0) / later.length;
    }
    case "repeat_contact": {
      const later = travel.marks.filter(({ ms }) => ms >= fromMs);
      return later.some(({ ms }, place) => place > 0 && ms - (later[place - 1]?.ms ?? 0) <= WEEK_MS) ? 1 : 0;
    }
    case "revenue":
      // What is paid at the step itself was no longer open.
      return travel.marks.reduce((sum, { ms, value }) => (ms > fromMs ? sum + value : sum), 0);
  }
};

/** Where a path stood: the step, about how many steps that were, and whether the goal was reached already. `isStraight`: from there it once
 *  went to the goal in the next step. */
export type Stand = { key: number; at: number; isStraight: boolean };

// About as many steps so far: 0, 1, 2–3, 4–7, 8–15, 16–31, 32 and more.
const BINS = 7;
const binOf = (steps: number): number => Math.min(BINS - 1, 32 - Math.clz32(steps));

/** How many different keys stands can have. */
export const countStandKeys = (names: number): number => (names + 2) * BINS * 2;

/** Which kind of place a path stood at.
 *  @param at place of the step; -1 for before the first */
export const standKey = ({ codes, firstGoal }: Travel, at: number, names: number): number =>
  ((at < 0 ? names + 1 : (codes[at] ?? names)) * BINS + binOf(at + 1)) * 2 + (firstGoal >= 0 && firstGoal <= at ? 1 : 0);

/** Where a path stood, in order, each kind of place once. */
export const listStands = (travel: Travel, names: number, goals: ReadonlySet<number>): Stand[] => {
  const stands = new Map<number, Stand>();
  for (let at = -1; at < travel.codes.length; at += 1) {
    const key = standKey(travel, at, names);
    const isStraight = goals.has(travel.codes[at + 1] ?? -1);
    const known = stands.get(key);
    if (known === undefined) stands.set(key, { key, at, isStraight });
    else known.isStraight ||= isStraight;
  }
  return [...stands.values()];
};

/** The stands of many paths, one after the other, as plain numbers: they are gone through hundreds of times. `starts`: where those of each path begin. */
export type Stands = { keys: Int32Array; ats: Int32Array; straight: Uint8Array; starts: Int32Array };

export const layStands = (travels: readonly Travel[], names: number, goals: ReadonlySet<number>): Stands => {
  const all = travels.map((travel) => listStands(travel, names, goals));
  const flat = all.flat();
  let next = 0;
  const starts = Int32Array.from([0, ...all.map((stands) => (next += stands.length))]);
  return { keys: Int32Array.from(flat, ({ key }) => key), ats: Int32Array.from(flat, ({ at }) => at), straight: Uint8Array.from(flat, ({ isStraight }) => Number(isStraight)), starts };
};

/** The code a stand is at: the number of names for a rarer one, one more for the beginning. */
export const codeOfStand = (key: number): number => Math.floor(key / (BINS * 2));

/** Something that may go with an outcome. `key` is the same for the same thing. `before`: between, of a loop; -1 for none. */
export type Thing = { key: number; kind: EffectKind; code: number; before: number };
/** One meeting of it: the stand it was met from, and the step after which the outcome counts. */
export type Meeting = { key: number; from: number; at: number };

const parts = { touchpoint: 0, edge: 1, loop: 2, silence: 3 } as const;
const kinds = ["touchpoint", "edge", "loop", "silence"] as const;

const keyOfThing = (kind: EffectKind, code: number, before: number, names: number): number => (parts[kind] * (names + 1) + before + 1) * (names + 1) + code;

export const thingOf = (key: number, names: number): Thing => {
  const code = key % (names + 1);
  const rest = Math.floor(key / (names + 1));
  return { key, code, before: (rest % (names + 1)) - 1, kind: kinds[Math.floor(rest / (names + 1))] ?? "touchpoint" };
};

export type Watch = { names: number; outcome: Outcome; /** Null: a path ends with a silence anyway. */ silenceMs: number | null; horizonMs: number };

/** First meetings of everything on a path. Reaching the goal is no cause of reaching it, and leaving none of a silence. */
export const listMeetings = ({ codes, times }: Travel, { names, outcome, silenceMs, horizonMs }: Watch): Meeting[] => {
  const found = new Map<number, Meeting>();
  const meet = (kind: EffectKind, code: number, place: { before: number; from: number; at: number }): void => {
    if (code === names || place.before === names || (outcome.goals.has(code) && kind !== "silence")) return;
    const key = keyOfThing(kind, code, place.before, names);
    if (!found.has(key)) found.set(key, { key, from: place.from, at: place.at });
  };
  for (const [at, code] of codes.entries()) {
    const [before, earlier] = [codes[at - 1], codes[at - 2]];
    meet("touchpoint", code, { before: -1, from: at - 1, at });
    if (before !== undefined) {
      if (before === code) meet("loop", code, { before: -1, from: at - 1, at });
      else meet("edge", code, { before, from: at - 1, at });
      if (earlier === code && before !== code) meet("loop", code, { before, from: at - 2, at });
    }
    const waitedMs = (times[at + 1] ?? horizonMs) - (times[at] ?? 0);
    if (silenceMs !== null && waitedMs > silenceMs) meet("silence", code, { before: -1, from: at, at });
  }
  return [...found.values()];
};
