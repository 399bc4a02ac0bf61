// Compares those who met each of many things with others like them.
import { setImmediate as breathe } from "node:timers/promises";
import { compareAlike, type Comparison } from "../definitions/comparisons.rules.ts";
import { findClusters, raiseByShuffles, toSides } from "./clusters.rules.ts";
import { matchMeetings, type Matched, type Met, type Travels } from "./matching.rules.ts";
import { judge, type Judged } from "./ranking.rules.ts";
import { bandOf, makeRandom } from "./shuffles.rules.ts";

/** Rounds of shuffled labels. Of two hundred the 190th is the 95th of a hundred. */
export const ROUNDS = 200;
const SEED = 20_261_122;

/** `isTurn`: see `matchMeetings`. */
export type MetThing<Thing> = { thing: Thing; met: Met; isTurn: boolean };
export type Row<Thing> = { thing: Thing; met: number; matched: Matched; comparison: Comparison | null };
export type Compared<Thing> = { rows: Judged<Row<Thing>>[]; tested: number; leftOut: number; isComplete: boolean };

type How = { isShare: boolean; worse: "lower" | "higher"; patienceMs: number };

/** Judges many things together: what is told of one is beyond what chance shows at any of them.
 *  @returns `leftOut`: those for which time ran out */
export const compareThings = async <Thing>(all: Travels, things: readonly MetThing<Thing>[], { isShare, worse, patienceMs }: How): Promise<Compared<Thing>> => {
  const startedMs = performance.now();
  const random = makeRandom(SEED);
  const largest = Array.from({ length: ROUNDS }, () => 0);
  const rows: Row<Thing>[] = [];
  for (const { thing, met, isTurn } of things) {
    if (performance.now() - startedMs > patienceMs) break;
    const matched = matchMeetings(all, met, isTurn, random);
    const clusters = findClusters(matched.strata);
    const comparison = compareAlike(toSides(matched.strata), isShare, clusters ?? undefined);
    if (comparison !== null) raiseByShuffles(largest, matched.strata, { chanceError: comparison.chanceError, clusters }, random);
    rows.push({ thing, met: met.travels.length, matched: { ...matched, strata: [] }, comparison });
    await breathe();
  }
  const leftOut = things.length - rows.length;
  return { rows: judge(rows, { band: bandOf(largest), worse }), tested: rows.filter(({ comparison }) => comparison !== null).length, leftOut, isComplete: leftOut === 0 };
};
