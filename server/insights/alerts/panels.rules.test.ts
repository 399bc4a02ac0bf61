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

/** `alike`: how often a customer says what she always says. `isThere`: whether a customer answers on a day, given a number drawn for her.
 *  `shares`: how often each value is said, from the lowest. */
type Panel = { customers: number; alike: number; shares: readonly number[]; isThere: (random: Random, day: number, customer: { phase: number }) => boolean };
const history = 84;
const npsShares = [0.2, 0.3, 0.5];
const valuesOf = ({ shares }: Panel): number[] => (shares.length === 2 ? [0, 1] : [-1, 0, 1]);
const draw = (random: Random, { shares }: Panel): number => {
  let [place, left] = [0, random()];
  while (place < shares.length - 1 && left >= (shares[place] ?? 0)) { left -= shares[place] ?? 0; place += 1; }
  return place;
};

/** @param change.fallen the share of those who say the highest value and say the one below it from a day on */
const makePanel = (random: Random, panel: Panel, length: number, change: { from: number; fallen: number } = { from: length, fallen: 0 }): { series: LevelSeries; same: SameBefore } => {
  const values = valuesOf(panel);
  const [lowest, highest] = [values[0] ?? 0, values.length - 1];
  const people = Array.from({ length: panel.customers }, () => ({ usual: draw(random, panel), phase: random(), falls: random() }));
  const days = Array.from({ length }, () => values.map(() => 0));
  const rows: CustomerDay[] = [];
  for (const [customer, one] of people.entries()) {
    for (let day = 0; day < length; day += 1) {
      if (!panel.isThere(random, day, one)) continue;
      const said = random() < panel.alike ? one.usual : draw(random, panel);
      const place = day >= change.from && one.falls < change.fallen && said === highest ? highest - 1 : said;
      const counts = days[day] ?? [];
      counts[place] = (counts[place] ?? 0) + 1;
      const score = (lowest + place) * 100;
      rows.push({ customer, day, count: 1, score, squared: score ** 2 });
    }
  }
  const sums = days.map((day) => day.reduce((sum, count) => sum + count, 0));
  const countBetween = (from: number, to: number): number => sums.slice(Math.max(0, from), to + 1).reduce((sum, count) => sum + count, 0);
  return { series: { first: 0, values, days }, same: sameBeforeIn({ days: rows, every: 1, span: 100 * highest, countBetween }) };
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
const regular: Panel = { customers: 600, alike: 0.8, shares: npsShares, isThere: (_random, day, { phase }) => day % 28 === Math.floor(phase * 28) };
const monthly: Panel = { customers: 600, alike: 0.8, shares: npsShares, isThere: (random) => random() < 1 / 30 };
const often: Panel = { customers: 30, alike: 0.6, shares: npsShares, isThere: (random) => random() < 0.5 };
const inSpells: Panel = { customers: 150, alike: 0.9, shares: npsShares, isThere: (random, day, { phase }) => (day + Math.floor(phase * 70)) % 70 < 10 && random() < 0.7 };

// What a need or theme is said in: a twelfth, a third and a fiftieth of the comments, by customers most of whom say it again or never.
const unmet: Panel = { ...monthly, shares: [0.92, 0.08] };
const common: Panel = { ...regular, shares: [0.65, 0.35] };
const rare: Panel = { ...monthly, customers: 1500, shares: [0.98, 0.02] };
const fewOften: Panel = { ...often, shares: [0.92, 0.08] };
const spells: Panel = { ...inSpells, shares: [0.9, 0.1] };

describe("false alarms of a panel in which nothing changes, looked at every day for a year", () => {
  const years = 8;

  test.each([["every four weeks", regular], ["monthly", monthly], ["every other day", often], ["in spells", inSpells],
    ["a share of 8 %, monthly", unmet], ["a share of 35 %, every four weeks", common], ["a share of 2 %, monthly", rare], ["a share of 8 %, every other day", fewOften], ["a share of 10 %, in spells", spells]] as const)("%s: at most as many as promised", (_name, panel) => {
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
