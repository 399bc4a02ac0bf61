import { describe, expect, test } from "vitest";
import type { Sign } from "./findings.rules.ts";
import type { LevelSeries } from "./levels.rules.ts";
import { falseAlarmsPerYear, thresholdFor, yearsBetween, type SensitivityName, type SeriesKind } from "./thresholds.rules.ts";
import { eyeForLevels, eyeForVolumes, freshState, hasHistoryMoved, lookOnce, type Eye, type Happening, type WatchState } from "./watch.rules.ts";
import type { VolumeSeries } from "./volumes.rules.ts";

// Every number below comes from this seed, so a test that passes once passes always.
const makeRandom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let [product, count] = [next(), 0];
    for (const limit = Math.exp(-mean); product > limit; count += 1) product *= next();
    return count;
  };
  const draw = (count: number, shares: readonly number[]): number[] => {
    const counts = shares.map(() => 0);
    for (let index = 0; index < count; index += 1) {
      let [left, box] = [next(), 0];
      while (box < shares.length - 1 && left >= (shares[box] ?? 0)) { left -= shares[box] ?? 0; box += 1; }
      counts[box] = (counts[box] ?? 0) + 1;
    }
    return counts;
  };
  return { next, poisson, draw };
};

const history = 84;
type Kind = { values: readonly number[]; shares: readonly number[]; perDay: number };
const nps = (perDay: number): Kind => ({ values: [-1, 0, 1], shares: [0.2, 0.3, 0.5], perDay });
const promises: Kind = { values: [0, 1], shares: [0.92, 0.08], perDay: 25 };
const satisfaction: Kind = { values: [0, 1], shares: [0.1, 0.9], perDay: 8 };

const makeDays = (random: ReturnType<typeof makeRandom>, { values, shares, perDay }: Kind, length: number, sharesOn: (day: number) => readonly number[] = () => shares): LevelSeries => ({
  first: 0, values, days: Array.from({ length }, (_, day) => random.draw(random.poisson(perDay), sharesOn(day))),
});

const watch = (eye: Eye, given: { from: number; to: number; kind: SeriesKind; sensitivity: SensitivityName; signs: readonly Sign[] }, state: WatchState = freshState): Happening[] => {
  const happened: Happening[] = [];
  const threshold = thresholdFor(given.kind, given.sensitivity, given.signs.length === 2 ? 2 : 1);
  let now = state;
  for (let end = given.from; end < given.to; end += 1) {
    const looked = lookOnce(eye, now, { end, signs: given.signs, threshold });
    now = looked.state;
    if (looked.happening !== null) happened.push(looked.happening);
  }
  return happened;
};
const raisedIn = (happened: readonly Happening[]): number => happened.filter(({ kind }) => kind === "raised").length;

describe("false alarms while nothing changes, looked at every day for a year", () => {
  const cases: readonly { name: string; kind: Kind; signs: readonly Sign[] }[] = [
    { name: "a net promoter score of 3 answers a day, falls", kind: nps(3), signs: [-1] },
    { name: "a net promoter score of 30 answers a day, falls and rises", kind: nps(30), signs: [-1, 1] },
    { name: "a share of 8 %, rises", kind: promises, signs: [1] },
    { name: "a share of 90 %, falls", kind: satisfaction, signs: [-1] },
  ];
  const years = 20;

  test.each(cases)("$name: at most as many as promised, for each sensitivity", ({ kind, signs }) => {
    const random = makeRandom(20_261_122);
    const counts: Record<SensitivityName, number> = { rarely: 0, normal: 0, often: 0 };
    for (let year = 0; year < years; year += 1) {
      const series = makeDays(random, kind, history + 365);
      const eye = eyeForLevels(series, 0);
      for (const sensitivity of ["rarely", "normal", "often"] as const) {
        counts[sensitivity] += raisedIn(watch(eye, { from: history, to: history + 365, kind: "level", sensitivity, signs }));
      }
    }
    // Two standard errors of a count of rare alarms are allowed for: twenty years are a sample too.
    for (const sensitivity of ["rarely", "normal", "often"] as const) {
      const promised = falseAlarmsPerYear[sensitivity] * years;
      expect(counts[sensitivity], sensitivity).toBeLessThanOrEqual(promised + 2 * Math.sqrt(promised));
    }
  }, 60_000);

  test("weekdays that differ are no change", () => {
    const random = makeRandom(7);
    let raised = 0;
    for (let year = 0; year < 10; year += 1) {
      const series = makeDays(random, nps(40), history + 365, (day) => (day % 7 < 2 ? [0.3, 0.3, 0.4] : [0.16, 0.3, 0.54]));
      raised += raisedIn(watch(eyeForLevels(series, 0), { from: history, to: history + 365, kind: "level", sensitivity: "rarely", signs: [-1, 1] }));
    }
    expect(raised).toBeLessThanOrEqual(9);
  }, 60_000);
});

const shopHours = [1, 0, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4, 5, 4, 3, 4, 4, 5, 6, 8, 10, 10, 7, 3];
const makeHours = (random: ReturnType<typeof makeRandom>, perDay: number, days: number, factorAt: (hour: number) => number = () => 1): VolumeSeries => {
  const slots = Array.from({ length: days * 24 }, (_, hour) => (hour + 72) % 168);
  const usual = (slot: number): number => (((shopHours[slot % 24] ?? 0) / 87) * (slot >= 120 ? 0.6 : 1.16)) * perDay;
  return { first: 0, slots, hours: slots.map((slot, hour) => random.poisson(usual(slot) * factorAt(hour))) };
};
const volumeHistory = 63;

describe("false alarms about how much comes in, looked at every hour for a year", () => {
  test.each([4, 40, 400])("%d a day, with its hours and weekdays: at most as many as promised", (perDay) => {
    const random = makeRandom(11 + perDay);
    const years = 5;
    let raised = 0;
    for (let year = 0; year < years; year += 1) {
      const series = makeHours(random, perDay, volumeHistory + 365);
      raised += raisedIn(watch(eyeForVolumes(series, 0), { from: volumeHistory * 24, to: (volumeHistory + 365) * 24, kind: "volume", sensitivity: "normal", signs: [-1, 1] }));
    }
    expect(raised).toBeLessThanOrEqual(falseAlarmsPerYear.normal * years + 2 * Math.sqrt(falseAlarmsPerYear.normal * years));
  }, 120_000);
});

describe("what is found", () => {
  // The help text of the rule editor tells these sizes.
  const sizes: readonly { name: string; kind: Kind; after: readonly number[]; sign: Sign; withinDays: number }[] = [
    { name: "15 points of a net promoter score with 30 answers a day", kind: nps(30), after: [0.275, 0.3, 0.425], sign: -1, withinDays: 28 },
    { name: "40 points of a net promoter score with 5 answers a day", kind: nps(5), after: [0.45, 0.2, 0.35], sign: -1, withinDays: 35 },
    { name: "8 % that become 16 % of 25 comments a day", kind: promises, after: [0.84, 0.16], sign: 1, withinDays: 21 },
    { name: "90 % satisfied that become 75 % of 8 a day", kind: satisfaction, after: [0.25, 0.75], sign: -1, withinDays: 21 },
  ];

  test.each(sizes)("$name, nearly always in time", ({ kind, after, sign, withinDays }) => {
    const random = makeRandom(99);
    let found = 0;
    for (let round = 0; round < 40; round += 1) {
      const series = makeDays(random, kind, history + withinDays, (day) => (day >= history ? after : kind.shares));
      found += Math.min(1, raisedIn(watch(eyeForLevels(series, 0), { from: history, to: history + withinDays, kind: "level", sensitivity: "rarely", signs: [sign] })));
    }
    expect(found).toBeGreaterThanOrEqual(32);
  }, 60_000);

  test("that nothing comes in any more, within a day and a half at forty a day and within eight hours at four hundred", () => {
    for (const { perDay, hours } of [{ perDay: 40, hours: 36 }, { perDay: 400, hours: 8 }]) {
      const random = makeRandom(5);
      const stopsAt = 70 * 24 + 12;
      const series = makeHours(random, perDay, 73, (hour) => (hour >= stopsAt ? 0 : 1));
      const [raised] = watch(eyeForVolumes(series, 0.5), { from: volumeHistory * 24, to: stopsAt + hours, kind: "volume", sensitivity: "rarely", signs: [-1] });
      expect(raised, `${perDay} a day`).toMatchObject({ kind: "raised" });
      expect(raised?.at).toBeGreaterThanOrEqual(stopsAt);
    }
  });
});

describe("the life of an alert", () => {
  const drop = [0.4, 0.25, 0.35];

  test("it is told once, lasts while the fall lasts, and is over when things are as before; the bad weeks are not taken for usual", () => {
    const series = makeDays(makeRandom(3), nps(30), history + 120, (day) => (day >= history + 10 && day < history + 40 ? drop : nps(30).shares));
    const happened = watch(eyeForLevels(series, 0.05), { from: history, to: history + 120, kind: "level", sensitivity: "rarely", signs: [-1, 1] });

    expect(happened.map(({ kind }) => kind)).toEqual(["raised", "over"]);
    expect(happened[0]?.at).toBeLessThan(history + 20);
    expect(happened[1]).toMatchObject({ reason: "back" });
    expect(happened[1]?.at).toBeGreaterThan(history + 40);
    expect(happened[1]?.at).toBeLessThan(history + 52);
  });

  test("what stays becomes usual after eight weeks, and is not told again", () => {
    const series = makeDays(makeRandom(4), nps(30), history + 200, (day) => (day >= history + 10 ? drop : nps(30).shares));
    const happened = watch(eyeForLevels(series, 0.05), { from: history, to: history + 200, kind: "level", sensitivity: "rarely", signs: [-1] });

    expect(happened.map((one) => (one.kind === "over" ? one.reason : one.kind))).toEqual(["raised", "new_level"]);
  });

  test("what grows clearly worse while it lasts is told anew, with what is now; it is over when all of it is", () => {
    // 40 points at first, 22 from the tenth day, -60 from the thirtieth to the sixtieth.
    const sharesOn = (day: number): readonly number[] => (day < history + 10 || day >= history + 60 ? [0.2, 0.2, 0.6] : day < history + 30 ? [0.29, 0.2, 0.51] : [0.7, 0.2, 0.1]);
    const series = makeDays(makeRandom(5), nps(60), history + 100, sharesOn);
    const happened = watch(eyeForLevels(series, 0.05), { from: history, to: history + 100, kind: "level", sensitivity: "rarely", signs: [-1] });

    expect(happened.map((one) => (one.kind === "over" ? one.reason : one.kind))).toEqual(["raised", "worse", "back"]);
    const worse = happened[1];
    if (worse?.kind !== "worse") throw new Error("Nothing was told anew.");
    expect(worse.at).toBeLessThanOrEqual(history + 32);
    expect(worse.alert.finding.value).toBeLessThan(-0.4);
    expect(worse.alert.finding.expected).toBeCloseTo(0.4, 1);
  });

  test.each(["rarely", "normal", "often"] as const)("a fall that stays as it is, is told anew no more often than %s allows for false alarms", (sensitivity) => {
    const [rounds, days] = [60, 80];
    let [raised, anew] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const series = makeDays(makeRandom(1_000 + round), nps(30), history + 10 + days, (day) => (day >= history + 10 ? drop : nps(30).shares));
      const happened = watch(eyeForLevels(series, 0.05), { from: history, to: history + 10 + days, kind: "level", sensitivity, signs: [-1] });
      raised += raisedIn(happened);
      anew += happened.filter(({ kind }) => kind === "worse").length;
    }
    expect(raised).toBeGreaterThanOrEqual(rounds * 0.9);
    expect(anew).toBeLessThanOrEqual(falseAlarmsPerYear[sensitivity] * ((rounds * days) / 365));
  }, 60_000);

  test("fewer that become none are told anew", () => {
    const [halvesAt, stopsAt] = [70 * 24 + 12, 75 * 24 + 12];
    const series = makeHours(makeRandom(5), 400, 77, (hour) => (hour >= stopsAt ? 0 : hour >= halvesAt ? 0.5 : 1));
    const happened = watch(eyeForVolumes(series, 0.3), { from: volumeHistory * 24, to: stopsAt + 12, kind: "volume", sensitivity: "rarely", signs: [-1] });

    expect(happened.map(({ kind }) => kind)).toEqual(["raised", "worse"]);
    expect(happened[1]?.at).toBeGreaterThanOrEqual(stopsAt);
  });

  test("a finding says what was expected, what came and how sure that is", () => {
    const series = makeDays(makeRandom(3), nps(30), history + 30, (day) => (day >= history + 10 ? drop : nps(30).shares));
    const [raised] = watch(eyeForLevels(series, 0.05), { from: history, to: history + 30, kind: "level", sensitivity: "rarely", signs: [-1] });
    if (raised?.kind !== "raised") throw new Error("Nothing was raised.");
    const { finding } = raised.alert;

    expect(finding.expected).toBeGreaterThan(0.2);
    expect(finding.expected).toBeLessThan(0.4);
    expect(finding.value - finding.expected).toBeCloseTo(finding.difference, 10);
    expect(finding.high).toBeLessThan(0);
    expect(yearsBetween("level", finding.statistic, 1)).toBeGreaterThan(2);
  });

  test("small numbers and short histories say nothing", () => {
    const random = makeRandom(6);
    const few: LevelSeries = { first: 0, values: [-1, 0, 1], days: Array.from({ length: 120 }, (_, day) => (day === 119 ? [9, 0, 0] : [0, 0, day % 3 === 0 ? 1 : 0])) };
    const young = makeDays(random, nps(30), 13, (day) => (day > 9 ? [1, 0, 0] : [0, 0, 1]));
    const empty: LevelSeries = { first: 0, values: [-1, 0, 1], days: Array.from({ length: 120 }, () => [0, 0, 0]) };

    for (const series of [few, young, empty]) {
      expect(watch(eyeForLevels(series, 0), { from: 0, to: series.days.length, kind: "level", sensitivity: "often", signs: [-1, 1] })).toEqual([]);
    }
  });

  test("days without answers are no zeros", () => {
    const random = makeRandom(8);
    const full = makeDays(random, nps(60), history + 60);
    const gappy: LevelSeries = { ...full, days: full.days.map((day, index) => (index % 3 === 0 ? [0, 0, 0] : day)) };

    expect(watch(eyeForLevels(gappy, 0.05), { from: history, to: history + 60, kind: "level", sensitivity: "rarely", signs: [-1, 1] })).toEqual([]);
  });

  test.each([
    { known: 1000, now: 1008, moved: false },
    { known: 1000, now: 1200, moved: true },
    { known: 1000, now: 700, moved: true },
    { known: 20, now: 29, moved: false },
    { known: 0, now: 500, moved: true },
  ])("history of $known that becomes $now: moved $moved", ({ known, now, moved }) => {
    expect(hasHistoryMoved({ from: 0, until: 1, count: known }, now)).toBe(moved);
  });
});
