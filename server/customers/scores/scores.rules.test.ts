import { describe, expect, test } from "vitest";
import type { Scale } from "./scores.contract.ts";
import { bandOf, boxesOf, boxOf, isScoreable, readScale, usualScales } from "./scales.rules.ts";
import { compareTallies, compareWeighted, scoreStrata, scoreTally, scoreWeighted, shareOf, type Measure } from "./scores.rules.ts";
import { estimateStrata } from "./strata.rules.ts";
import { addAnswer, joinTallies, subtractTally, type Box, type Tally } from "./tallies.rules.ts";
import type { Moments } from "./weighting.rules.ts";

const nps: Measure = { metric: "nps", scale: usualScales.nps };
const csat: Measure = { metric: "csat", scale: usualScales.csat };
const ces: Measure = { metric: "ces", scale: usualScales.ces };

/** A tally of so many answers per value, all of weight 1 unless a weight stands beside it. */
const tallyOf = (scale: Scale, answers: readonly (readonly [value: number, count: number, weight?: number])[]): Tally => {
  const boxes = new Map<number, Box>();
  for (const [value, count, weight = 1] of answers) {
    for (let index = 0; index < count; index++) addAnswer(boxes, scale, { value, weight });
  }
  return [...boxes.values()];
};

describe("the group an answer falls into", () => {
  test.each([
    [10, "promoters"], [9, "promoters"], [8.5, "passives"], [7, "passives"], [6.5, "detractors"], [6, "detractors"], [0, "detractors"],
  ])("an answer of %f to the promoter question is one of the %s", (value, band) => {
    expect(bandOf("nps", nps.scale, boxOf(nps.scale, value) ?? Number.NaN)).toBe(band);
  });

  test.each([[-1], [-0.5], [10.1], [11], [99], [Number.NaN]])("an answer of %f is off the promoter scale", (value) => {
    expect(boxOf(nps.scale, value)).toBeNull();
  });

  test.each([
    // scale, satisfied values, worst first
    ["1-5", [4, 5]],
    ["5-1", [2, 1]],
    ["1-7", [6, 7]],
    ["1-4", [3, 4]],
    ["1-3", [3]],
    ["0-1", [1]],
    ["0-10", [9, 10]],
  ])("on the scale %s the satisfied values are %j", (text, satisfied) => {
    const scale = readScale(text) ?? usualScales.csat;
    expect(boxesOf(scale).filter((box) => bandOf("csat", scale, box) === "satisfied")).toEqual(satisfied);
  });

  test("on a slider of 0–100 the top fifth is satisfied", () => {
    const scale = { min: 0, max: 100 };
    expect(boxesOf(scale).find((box) => bandOf("csat", scale, box) === "satisfied")).toBe(81);
  });

  test.each([
    ["1-7", [5, 6, 7]],
    ["1-5", [4, 5]],
    ["5-1", [2, 1]],
  ])("on the scale %s the easy values are %j", (text, easy) => {
    const scale = readScale(text) ?? usualScales.ces;
    expect(boxesOf(scale).filter((box) => bandOf("ces", scale, box) === "easy")).toEqual(easy);
  });

  test("the promoter score is defined on 0–10 alone", () => {
    expect([{ min: 0, max: 10 }, { min: 1, max: 10 }, { min: 10, max: 0 }].map((scale) => isScoreable("nps", scale))).toEqual([true, false, false]);
  });

  test("a sum of money is not a scale", () => {
    expect(isScoreable("csat", { min: 0, max: 5000 })).toBe(false);
  });
});

describe("a score of many answers", () => {
  test("the promoter score leaves answers off the scale out of its count", () => {
    const scored = scoreTally(nps, tallyOf(nps.scale, [[10, 10], [8, 5], [2, 5], [11, 50]]));
    expect(scored.count).toBe(20);
    expect(scored.score).toBe(25);
    expect(scored.low).toBeCloseTo(-11.72, 2);
    expect(scored.high).toBeCloseTo(55.19, 2);
  });

  test("satisfaction is the share of the top two boxes with Wilson's interval", () => {
    const scored = scoreTally(csat, tallyOf(csat.scale, [[5, 42], [4, 32], [3, 10], [2, 9], [1, 14]]));
    expect(scored.score).toBeCloseTo(69.16, 2);
    expect(scored.low).toBeCloseTo(59.87, 2);
    expect(scored.high).toBeCloseTo(77.12, 2);
  });

  test("effort has a mean with its interval and a share of 5–7", () => {
    const tally = tallyOf(ces.scale, [[7, 4], [6, 3], [5, 1], [3, 1], [1, 1]]);
    const scored = scoreTally(ces, tally);
    expect(scored.score).toBeCloseTo(5.5, 10);
    // Sample standard deviation 2.013841, divided by the root of 10, times 2.262157 (nine degrees of freedom).
    expect(scored.low).toBeCloseTo(5.5 - 1.44062, 2);
    expect(scored.high).toBeCloseTo(5.5 + 1.44062, 2);
    expect(shareOf(ces, tally, "easy").score).toBe(80);
    expect(shareOf(ces, tally, "easy").low).toBeCloseTo(49.02, 2);
  });

  test("effort answers that are all alike still get an interval, inside the scale", () => {
    const scored = scoreTally(ces, tallyOf(ces.scale, [[7, 5]]));
    expect(scored.high).toBe(7);
    // 6 / √(9 · 5), times 2.7764.
    expect(scored.low).toBeCloseTo(7 - 2.4832, 3);
  });

  test("no answers give no score", () => {
    for (const measure of [nps, csat, ces]) {
      expect(scoreTally(measure, [])).toEqual({ count: 0, score: null, low: null, high: null });
      expect(scoreWeighted(measure, [])).toBeNull();
    }
  });
});

describe("a weighted score", () => {
  test("counts every answer by its weight", () => {
    const tally = tallyOf(nps.scale, [[10, 50, 0.75], [10, 10, 1], [0, 40, 1.0625]]);
    const weights = 50 * 0.75 + 10 + 40 * 1.0625;
    expect(scoreWeighted(nps, tally)?.mean).toBeCloseTo((100 * (47.5 - 42.5)) / weights, 10);
    expect(scoreTally(nps, tally).score).toBe(20);
  });

  test("has Kish's effective count, the design effect and the linearised error of a hand-made example", () => {
    const weighted = scoreWeighted(nps, tallyOf(nps.scale, [[10, 2, 2], [8, 1, 1], [3, 1, 3]]));
    // m = 100(4 − 3)/8 = 12.5; Σw² = 18; Σw²(s − m)² = 2·4·87.5² + 12.5² + 9·112.5²
    expect(weighted?.mean).toBe(12.5);
    expect(weighted?.effectiveCount).toBeCloseTo(64 / 18, 10);
    expect(weighted?.designEffect).toBeCloseTo((4 * 18) / 64, 10);
    expect(weighted?.standardError).toBeCloseTo((Math.sqrt(8 * 87.5 ** 2 + 12.5 ** 2 + 9 * 112.5 ** 2) / 8) * Math.sqrt(4 / 3), 8);
  });

  test("of equal weights is the plain score with a design effect of 1", () => {
    const weighted = scoreWeighted(csat, tallyOf(csat.scale, [[5, 42, 3], [4, 32, 3], [1, 33, 3]]));
    expect(weighted?.mean).toBeCloseTo(69.16, 2);
    expect(weighted?.designEffect).toBeCloseTo(1, 12);
  });

  test("of answers that are all alike has the error that so few leave open, at the effective count", () => {
    const weighted = scoreWeighted(nps, tallyOf(nps.scale, [[10, 5, 0.1]]));
    expect(weighted?.mean).toBeCloseTo(100, 10);
    // 200 / √(9 · 5), times 2.7764: the adjusted interval of the plain score begins at 17.49.
    expect(weighted?.low).toBeCloseTo(17.22, 2);
    expect(weighted?.high).toBe(100);
  });
});

describe("the test of two means", () => {
  const stars: Measure = { metric: "stars", scale: usualScales.stars };
  const many = tallyOf(stars.scale, [[5, 380], [4, 80], [3, 20], [1, 20]]);
  const overlaps = (one: Tally, other: Tally): boolean => (scoreTally(stars, one).low ?? 0) <= (scoreTally(stars, other).high ?? 0) && (scoreTally(stars, other).low ?? 0) <= (scoreTally(stars, one).high ?? 0);

  test("takes answers that are all alike for few, not for certain", () => {
    const alike = tallyOf(stars.scale, [[5, 12]]);
    const tested = compareTallies(stars, alike, many);
    expect(tested?.difference).toBeCloseTo(0.4, 10);
    expect(tested?.p).toBeGreaterThan(0.1);
    expect(overlaps(alike, many)).toBe(true);
    // By 5,000 such answers it is certain after all.
    expect(compareTallies(stars, tallyOf(stars.scale, [[5, 5_000]]), many)?.p).toBeLessThan(0.001);
  });

  test.each([["plain", compareTallies], ["weighted", compareWeighted]] as const)("%s is not held with under ten answers on either side", (_, compare) => {
    for (const metric of ["stars", "nps", "csat"] as const) {
      const measure: Measure = { metric, scale: usualScales[metric] };
      const answersOf = (count: number): Tally => tallyOf(measure.scale, [[measure.scale.max, count, 2]]);
      const others = tallyOf(measure.scale, [[measure.scale.max, 300], [measure.scale.min, 200]]);
      expect([compare(measure, answersOf(9), others), compare(measure, others, answersOf(9))], metric).toEqual([null, null]);
      expect(compare(measure, answersOf(10), others), metric).not.toBeNull();
    }
  });

  test.each(["stars", "nps", "csat"] as const)("of weighted %s has the errors of the weighted intervals", (metric) => {
    const measure: Measure = { metric, scale: usualScales[metric] };
    const [alike, others] = [tallyOf(measure.scale, [[measure.scale.max, 10, 3], [measure.scale.max, 2, 1]]), tallyOf(measure.scale, [[measure.scale.max, 380, 2], [measure.scale.max - 1, 80, 1], [measure.scale.min, 40, 1]])];
    const [one, other] = [scoreWeighted(measure, alike), scoreWeighted(measure, others)];
    const z = ((one?.mean ?? 0) - (other?.mean ?? 0)) / Math.hypot(one?.standardError ?? 0, other?.standardError ?? 0);
    expect(one?.standardError).toBeGreaterThan(0);
    expect(compareWeighted(measure, alike, others)?.z).toBeCloseTo(z, 10);
  });
});

describe("a sample taken stratum by stratum", () => {
  // apistrat of R survey: schools by type, how many there are, how many were drawn, Σ api00 and Σ api00².
  const schools = [[4_421, 100, 67_443, 47_038_637], [755, 50, 31_291, 20_167_941], [1_018, 50, 31_830, 20_940_396]] as const;
  const momentsOf = (count: number, sum: number, squares: number): Moments =>
    ({ count, weights: count, squaredWeights: count, weightedScores: sum, squaredWeightsScores: sum, squaredWeightedScores: squares });

  test("gives the mean 662.29 and the standard error 9.4089 of R survey, with the finite population correction", () => {
    const estimate = estimateStrata(schools.map(([population, count, sum, squares]) => ({ population, moments: momentsOf(count, sum, squares) })));
    expect([estimate?.mean.toFixed(2), estimate?.standardError?.toFixed(4)]).toEqual(["662.29", "9.4089"]);
  });

  test("of one stratum is a simple random sample: 656.58 with 9.2497 for 200 of 6,194 schools", () => {
    const estimate = estimateStrata([{ population: 6_194, moments: momentsOf(200, 131_317, 89_739_575) }]);
    expect(estimate?.mean).toBeCloseTo(656.585, 10);
    expect(estimate?.standardError).toBeCloseTo(9.2497, 4);
    expect(estimate?.designEffect).toBeCloseTo(1, 12);
  });

  test("knows a score exactly where everybody answered, and not at all where a stratum is silent or smaller than its answers", () => {
    const tally = tallyOf(nps.scale, [[10, 3], [0, 1]]);
    expect(scoreStrata(nps, [{ population: 4, tally }, { population: 4, tally }])).toMatchObject({ score: 50, low: 50, high: 50 });
    expect(scoreStrata(nps, [{ population: 4, tally }, { population: 12, tally: tallyOf(nps.scale, [[0, 1]]) }])).toMatchObject({ score: -62.5, low: null, high: null });
    expect(scoreStrata(nps, [{ population: 3, tally }])).toBeNull();
    expect(scoreStrata(nps, [{ population: 4, tally }, { population: 4, tally: [] }])).toBeNull();
  });
});

describe("tallies", () => {
  test("a whole without a part leaves the others, and both together the whole", () => {
    const part = tallyOf(nps.scale, [[10, 3], [0, 2, 4]]);
    const others = tallyOf(nps.scale, [[10, 1], [7, 5, 2]]);
    const whole = joinTallies([part, others]);
    expect(subtractTally(whole, part)).toEqual(joinTallies([others]));
  });

  test("the same group twice does not differ from itself", () => {
    const tally = tallyOf(nps.scale, [[10, 30], [0, 20]]);
    expect(compareTallies(nps, tally, tally)).toEqual({ difference: 0, z: 0, p: 1 });
  });
});

describe("scores beside the three", () => {
  const readings = (up: number, middle: number, down: number): Tally => tallyOf(usualScales.sentiment, [[1, up], [0, middle], [-1, down]]);

  test.each(["sentiment", "need_promise"] as const)("%s is scored as net points are, with the published vectors of NPS", (metric) => {
    const measure: Measure = { metric, scale: usualScales[metric] };
    const scored = scoreTally(measure, readings(50, 30, 20));
    expect([scored.count, scored.score]).toEqual([100, 30]);
    expect(scored.low).toBeCloseTo(14.05, 2);
    expect(scored.high).toBeCloseTo(44.2, 2);
    expect(compareTallies(measure, readings(260, 140, 100), readings(220, 150, 130))?.z).toBeCloseTo(2.754, 3);
  });

  test("a response rate is a share with Wilson's interval", () => {
    const scored = scoreTally({ metric: "response_rate", scale: usualScales.response_rate }, tallyOf(usualScales.response_rate, [[1, 80], [0, 20]]));
    expect(scored.score).toBe(80);
    expect(scored.low).toBeCloseTo(71.12, 2);
    expect(scored.high).toBeCloseTo(86.66, 2);
  });

  test("stars and formulas are means of what was given, not of boxes", () => {
    for (const metric of ["stars", "rating", "custom"] as const) {
      const scored = scoreTally({ metric, scale: { min: 1, max: 5 } }, tallyOf({ min: 1, max: 5 }, [[4.5, 1], [2.5, 1]]));
      expect(scored.score, metric).toBe(3.5);
    }
    expect(shareOf({ metric: "stars", scale: usualScales.stars }, tallyOf(usualScales.stars, [[5, 3], [4, 1]]), "top_box").score).toBe(75);
  });

  test.each([
    ["sentiment", { min: -1, max: 1 }, true], ["sentiment", { min: 1, max: 5 }, false], ["response_rate", { min: 0, max: 1 }, true], ["response_rate", { min: 0, max: 10 }, false],
    ["stars", { min: 1, max: 10 }, true], ["rating", { min: 5, max: 1 }, true], ["custom", { min: 0, max: 1000 }, false],
  ] as const)("%s on %o: %s", (metric, scale, expected) => {
    expect(isScoreable(metric, scale)).toBe(expected);
  });
});
