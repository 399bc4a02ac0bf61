import { describe, expect, test } from "vitest";
import { noSums, sumsOf } from "../definitions/sums.rules.ts";
import { makeStep } from "../maps/document.make.ts";
import { nameActivities } from "./activities.rules.ts";
import { makeLayer } from "./alignments.ts";
import type { Deviation } from "./deviations.contract.ts";
import { judgeVariants, listWaysWith, measureNames, summarise, type Variant } from "./deviations.rules.ts";

const BESIDE = 50;
const CUSTOMERS = 2_000;

// Numbers as blind as dice, and the same in every run. Source: mulberry32, Tommy Ettinger 2017.
const dealer = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Everybody does the one step and meets some of fifty touchpoints beside the map; how they fare is dealt out blindly, but for what `harm` takes from those who met the first. */
const walk = async (harm: number): Promise<Deviation[]> => {
  const deal = dealer(7);
  const step = makeStep("find", "stage1", { matches: [{ touchpoint: "Search", channel: null }] });
  const spots = ["Search", ...Array.from({ length: BESIDE }, (_, at) => `Beside ${at}`)].map((touchpoint) => ({ touchpoint, channel: null }));
  const named = nameActivities([{ step, matches: [{ touchpoint: "Search", channel: null }], failures: [], next: null }], spots);
  const variants = Array.from({ length: CUSTOMERS }, (): Variant => {
    const beside = Array.from({ length: BESIDE }, (_, at) => at + 1).filter(() => deal() < 0.15);
    const lost = beside.includes(1) ? harm : 0;
    const [feeling, effort, repeated, left] = [deal() * 2 - 1 - lost, deal() * 2 - 1, deal() < 0.2 ? 1 : 0, deal() < 0.3 ? 1 : 0];
    return { codes: [0, ...beside].map((at) => named.codes[at] ?? 0), stratum: "web new", cases: 1, measures: { feeling: sumsOf([feeling]), effort: sumsOf([effort]), repeatContact: sumsOf([repeated]), leaving: sumsOf([left]), revenue: sumsOf([deal() * 100]) } };
  });
  const judged = await judgeVariants(variants, named, makeLayer(named), () => Promise.resolve());
  return summarise({ ...judged, variants, clustering: {} }, named, true).deviations;
};

const told = (deviations: readonly Deviation[]): string[] => deviations.flatMap((one) => measureNames.filter((measure) => one[measure]?.compared?.isBeyondChance === true).map((measure) => `${one.name} ${measure}`));

describe("what goes with a deviation", () => {
  test("is nothing where all was dealt out blindly, although some intervals miss zero", async () => {
    const deviations = await walk(0);
    const compared = deviations.flatMap((one) => measureNames.flatMap((measure) => one[measure]?.compared ?? []));

    expect(compared).toHaveLength(5 * BESIDE);
    expect(compared.filter(({ low, high }) => low > 0 || high < 0).length).toBeGreaterThan(3);
    expect(told(deviations)).toEqual([]);
  });

  test("is told where something does go with it", async () => expect(told(await walk(0.4))).toEqual(["Beside 0 feeling"]));
});

test("ways are ordered by all who took them, however they came", () => {
  const irrelevantMeasures = { feeling: noSums, effort: noSums, repeatContact: noSums, leaving: noSums, revenue: noSums };
  const taken = (codes: number[], stratum: string, cases: number, found: number[]) => ({ variant: { codes, stratum, cases, measures: irrelevantMeasures }, judged: { cost: 1, fitness: 0.5, found } });
  // The first is taken most by those of one channel, the second by all channels together; the last has another deviation.
  const all = [taken([0, 1], "web new", 5, [2]), taken([0, 2], "web new", 3, [1, 2]), taken([0, 3], "web new", 3, [2]), taken([0, 2], "app new", 3, [1, 2]), taken([0, 4], "web new", 9, [1])];

  expect(listWaysWith({ variants: all.map(({ variant }) => variant), judged: all.map(({ judged }) => judged) }, 2)).toEqual(["0,2", "0,1", "0,3"]);
});
