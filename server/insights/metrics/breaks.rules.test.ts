import { describe, expect, test } from "vitest";
import { findBreaks, findModelBreaks, type MixCount, type ModelCount } from "./breaks.rules.ts";

const buckets = ["a", "b", "c"].map((key) => ({ key, at: key }));
const counted = (key: string, channels: Record<string, number>, given: Partial<MixCount> = {}): MixCount[] =>
  Object.entries(channels).map(([channel, count]) => ({ key, channel, scale: "0-10", count, weightClass: 0, leastWeight: 1, mostWeight: 1, ...given }));
const marks = (...counts: MixCount[][]): string[] => findBreaks(buckets, counts.flat()).map(({ at, kind, before, after }) => `${at} ${kind} ${before ?? ""}>${after ?? ""}`);

const weighed = (key: string, weights: Record<number, number>): MixCount[] =>
  Object.entries(weights).flatMap(([weight, count]) => counted(key, { web: count }, { weightClass: Math.round(Math.log2(Number(weight))), leastWeight: Number(weight), mostWeight: Number(weight) }));
const read = (key: string, models: Record<string, number>): ModelCount[] => Object.entries(models).map(([model, count]) => ({ key, model, count }));

describe("marks of a trend of comments", () => {
  test.each([
    ["one model reads all", [read("a", { m1: 20 }), read("b", { m1: 20 })], []],
    ["most comments are read by another from some day on", [read("a", { m1: 20 }), read("b", { m1: 5, "m1+2": 15 }), read("c", { "m1+2": 20 })], ["b m1>m1+2"]],
    ["days of few comments are passed over", [read("a", { m1: 20 }), read("b", { m2: 9 }), read("c", { m2: 10 })], ["c m1>m2"]],
  ])("%s", (_, counts, expected) => {
    expect(findModelBreaks(buckets, counts.flat()).map(({ at, kind, before, after }) => `${at} ${kind === "model" ? "" : kind}${before}>${after}`)).toEqual(expected);
  });
});

describe("marks of a trend", () => {
  test.each([
    ["nothing moved", [counted("a", { web: 50, app: 50 }), counted("b", { web: 52, app: 48 })], []],
    ["a fifth of all answers that changed the channel is seen, and the size is that of Cohen's w", [counted("a", { web: 160, app: 40 }), counted("b", { web: 100, app: 100 })], ["b channel_mix web>app"]],
    ["a shift that many answers make certain, but that is small, is not marked", [counted("a", { web: 6000, app: 4000 }), counted("b", { web: 5500, app: 4500 })], []],
    ["buckets of few answers are passed over, and the next full one is compared", [counted("a", { web: 90, app: 10 }), counted("b", { app: 3 }), counted("c", { web: 20, app: 80 })], ["c channel_mix web>app"]],
    ["one channel alone is no mix", [counted("a", { web: 90 }), counted("b", { web: 40 })], []],
    ["another scale is marked where most answers use it", [counted("a", { web: 20 }), counted("b", { web: 15 }, { scale: "1-5" })], ["b scale 0-10>1-5"]],
    ["a handful of answers changes no scale", [counted("a", { web: 20 }), counted("b", { web: 4 }, { scale: "1-5" })], []],
    ["weighting begins and ends", [counted("a", { web: 1 }), counted("b", { web: 1 }, { mostWeight: 2 }), counted("c", { web: 1 })], ["b weighting_began >", "c weighting_ended >"]],
    ["weights of other sizes are weighted otherwise", [weighed("a", { 1: 55, 2: 45 }), weighed("b", { 1: 45, 2: 55 }), weighed("c", { 0.25: 60, 4: 40 })], ["c weighting_changed 1–2>0.25–4"]],
    ["another sample weighed the same way is not", [weighed("a", { 1: 60, 2: 40 }), weighed("b", { 1: 45, 2: 55 })], []],
    ["weights of a few answers say nothing", [weighed("a", { 1: 10, 2: 10 }), weighed("b", { 4: 20 })], []],
  ])("%s", (_, counts, expected) => {
    expect(marks(...counts)).toEqual(expected);
  });

  test("say how large the shift was", () => {
    const [mark] = findBreaks(buckets, [...counted("a", { web: 80, app: 20 }), ...counted("b", { web: 20, app: 80 })]);
    // Two by two: V is the phi of the table, and its square is the statistic by the count.
    expect(mark?.chiSquare).toMatchObject({ statistic: 72, degrees: 1, cramersV: 0.6 });
  });
});
