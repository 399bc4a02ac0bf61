// Panels: the same customers answer again and again, nothing by chance alone changes who they are.
import { describe, expect, test } from "vitest";
import type { CustomerDay } from "../../customers/scores/same-customers.rules.ts";
import type { LevelSeries, SameBefore } from "./levels.rules.ts";
import { sameBeforeIn } from "./repeated.rules.ts";
import { falseAlarmsPerYear, thresholdFor, type SensitivityName } from "./thresholds.rules.ts";
import { eyeForLevels, freshState, lookOnce, type WatchState } from "./watch.rules.ts";

const makeRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
type Random = ReturnType<typeof makeRandom>;

/** `alike`: how often a customer says what she always says. `isThere`: whether a customer answers on a day, given a number drawn for her. */
type Panel = { customers: number; alike: number; isThere: (random: Random, day: number, customer: { phase: number }) => boolean };
const history = 84;
const draw = (random: Random): number => {
  const at = random();
  return at < 0.2 ? -1 : at < 0.5 ? 0 : 1;
};

/** @param fallen the share of promoters who are passive from a day on */
const makePanel = (random: Random, { customers, alike, isThere }: Panel, length: number, change: { from: number; fallen: number } = { from: length, fallen: 0 }): { series: LevelSeries; same: SameBefore } => {
  const people = Array.from({ length: customers }, () => ({ usual: draw(random), phase: random(), falls: random() }));
  const days = Array.from({ length }, () => [0, 0, 0]);
  const rows: CustomerDay[] = [];
  for (const [customer, one] of people.entries()) {
    for (let day = 0; day < length; day += 1) {
      if (!isThere(random, day, one)) continue;
      const said = random() < alike ? one.usual : draw(random);
      const value = day >= change.from && one.falls < change.fallen && said === 1 ? 0 : said;
      const counts = days[day] ?? [];
      counts[value + 1] = (counts[value + 1] ?? 0) + 1;
      rows.push({ customer, day, count: 1, score: value * 100, squared: value * value * 10_000 });
    }
  }
  const sums = days.map((day) => day.reduce((sum, count) => sum + count, 0));
  const countBetween = (from: number, to: number): number => sums.slice(Math.max(0, from), to + 1).reduce((sum, count) => sum + count, 0);
  return { series: { first: 0, values: [-1, 0, 1], days }, same: sameBeforeIn({ days: rows, every: 1, span: 200, countBetween }) };
};

const alarmsIn = (series: LevelSeries, same: SameBefore | undefined, { from, to, sensitivity }: { from: number; to: number; sensitivity: SensitivityName }): number => {
  const eye = eyeForLevels(series, 0, same);
  let [state, raised]: [WatchState, number] = [freshState, 0];
  for (let end = from; end < to; end += 1) {
    const looked = lookOnce(eye, state, { end, signs: [-1, 1], threshold: thresholdFor("level", sensitivity, 2) });
    state = looked.state;
    raised += looked.happening?.kind === "raised" || looked.happening?.kind === "worse" ? 1 : 0;
  }
  return raised;
};

// On the same day every four weeks; about once a month; every other day; ten days in a row, then not for two months.
const regular: Panel = { customers: 600, alike: 0.8, isThere: (_random, day, { phase }) => day % 28 === Math.floor(phase * 28) };
const monthly: Panel = { customers: 600, alike: 0.8, isThere: (random) => random() < 1 / 30 };
const often: Panel = { customers: 30, alike: 0.6, isThere: (random) => random() < 0.5 };
const inSpells: Panel = { customers: 150, alike: 0.9, isThere: (random, day, { phase }) => (day + Math.floor(phase * 70)) % 70 < 10 && random() < 0.7 };

describe("false alarms of a panel in which nothing changes, looked at every day for a year", () => {
  const years = 8;

  test.each([["every four weeks", regular], ["monthly", monthly], ["every other day", often], ["in spells", inSpells]] as const)("%s: at most as many as promised", (_name, panel) => {
    const random = makeRandom(20_261_124);
    const counts: Record<SensitivityName, number> = { rarely: 0, normal: 0, often: 0 };
    for (let year = 0; year < years; year += 1) {
      const { series, same } = makePanel(random, panel, history + 365);
      for (const sensitivity of ["rarely", "normal", "often"] as const) {
        counts[sensitivity] += alarmsIn(series, same, { from: history, to: history + 365, sensitivity });
      }
    }
    for (const sensitivity of ["rarely", "normal", "often"] as const) {
      const promised = falseAlarmsPerYear[sensitivity] * years;
      expect(counts[sensitivity], sensitivity).toBeLessThanOrEqual(promised + 2 * Math.sqrt(promised));
    }
  }, 60_000);
});

test("a fall that strangers would not show is found in a panel that says much the same again", () => {
  let [found, asOfStrangers] = [0, 0];
  const random = makeRandom(7);
  for (let round = 0; round < 20; round += 1) {
    const { series, same } = makePanel(random, { ...regular, customers: 400 }, history + 42, { from: history, fallen: 0.3 });
    const looks = { from: history, to: history + 42, sensitivity: "rarely" } as const;
    found += Math.min(1, alarmsIn(series, same, looks));
    asOfStrangers += Math.min(1, alarmsIn(series, undefined, looks));
  }
  expect(found).toBeGreaterThanOrEqual(15);
  expect(asOfStrangers).toBeLessThanOrEqual(8);
}, 60_000);
