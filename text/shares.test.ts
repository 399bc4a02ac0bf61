import { expect, test } from "vitest";
import { openShippedReader, readJudgedSources } from "./shipped-reader.ts";
import { openShareCorrector, type JudgedSource } from "./shares.ts";

const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
};

/** Comments of one company as a reader reads them that finds another part of what is there, and more or less of what is not, in each company. */
const simulate = (random: () => number, comments: number): JudgedSource => {
  const [share, found, invented] = [0.1 + 0.3 * random(), 0.45 + 0.2 * random(), 0.01 + 0.04 * random()];
  let [truth, read] = [0, 0];
  for (let comment = 0; comment < comments; comment++) {
    const isTrue = random() < share;
    if (isTrue) truth++;
    if (random() < (isTrue ? found : invented)) read++;
  }
  return { comments, truth, read };
};

test("in companies never judged, shares come nearer to the truth than as they were read, and intervals hold it as often as they say", () => {
  const random = randomOf(7_919);
  let [readError, correctedError, held, all] = [0, 0, 0, 0];
  for (let trial = 0; trial < 60; trial++) {
    const correct = openShareCorrector(Array.from({ length: 8 }, () => simulate(random, 400)));
    const company = simulate(random, 2_000);
    const truth = company.truth / company.comments;
    const corrected = correct?.(company.read, company.comments);
    readError += Math.abs(company.read / company.comments - truth);
    correctedError += Math.abs((corrected?.share ?? 1) - truth);
    held += corrected !== undefined && corrected.low <= truth && truth <= corrected.high ? 1 : 0;
    all++;
  }
  expect(correctedError).toBeLessThan(readError * 0.6);
  expect(held / all).toBeGreaterThan(0.9);
});

test("a worked example: half of what is there is read, in every source alike", () => {
  // asin(sqrt(0.2)) - asin(sqrt(0.1)) = 0.463648 - 0.321751 = 0.141897 in each of five sources, and no spread between them.
  const correct = openShareCorrector([100, 200, 300, 400, 500].map((comments) => ({ comments, truth: comments * 0.2, read: comments * 0.1 })));
  // sin(0.463648)² = 0.2; the reach is 2.77 (t, 4 degrees of freedom) x sqrt(1 / 40,000) = 0.0138.
  const { share, low, high } = correct?.(1_000, 10_000) ?? { share: 0, low: 0, high: 0 };
  expect([share, low, high].map((value) => Number(value.toFixed(4)))).toEqual([0.2, 0.189, 0.2112]);
});

test.each([[0, 500], [500, 500], [1, 1]])("%i of %i gives shares between 0 and 1, the estimate within its interval", (count, comments) => {
  const { share, low, high } = openShareCorrector([0.1, 0.3, 0.05, 0.4, 0.2].map((part) => ({ comments: 100, truth: 20, read: part * 100 })))?.(count, comments) ?? { share: -1, low: 0, high: 0 };
  expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
});

test("too few sources give no correction, and no comments no knowledge", () => {
  const source = { comments: 100, truth: 20, read: 10 };
  expect(openShareCorrector([source, source, source, source])).toBeNull();
  expect(openShareCorrector([source, source, source, source, source])?.(0, 0)).toEqual({ share: 0, low: 0, high: 1 });
});

test("the model that is shipped is the one whose errors were measured", () => {
  expect(readJudgedSources(openShippedReader().version)?.sources.length ?? 0, "train it with bench/text/train.ts, which writes judged-sources.json too").toBeGreaterThanOrEqual(5);
  expect(readJudgedSources("another")).toBeNull();
});
