import { describe, expect, test } from "vitest";
import { compareCustomers, sumAskedTwice, sumCustomerDays, testSameCustomers, type CustomerDay, type CustomerSums } from "./same-customers.rules.ts";

/** Scores, or weights and scores. */
type Answer = number | readonly [weight: number, score: number];
type Answers = { now: readonly Answer[]; before: readonly Answer[] };
const sumsOf = (all: readonly Answers[]): CustomerSums => {
  const add = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const pairs = (answers: readonly Answer[]): (readonly [number, number])[] => answers.map((answer) => (typeof answer === "number" ? [1, answer] : answer));
  const w = (answers: readonly Answer[]): number => add(pairs(answers).map(([weight]) => weight));
  const s = (answers: readonly Answer[]): number => add(pairs(answers).map(([weight, score]) => weight * score));
  const sum = (of: (one: Answers) => number): number => add(all.map(of));
  const each = (period: "now" | "before", of: (weight: number, score: number) => number): number => sum((one) => add(pairs(one[period]).map(([weight, score]) => of(weight, score))));
  const times = (one: (of: Answers) => number, other: (of: Answers) => number): number => sum((of) => one(of) * other(of));
  const [w1, w0, s1, s0] = [(one: Answers) => w(one.now), (one: Answers) => w(one.before), (one: Answers) => s(one.now), (one: Answers) => s(one.before)];
  return {
    customers: all.length, both: all.filter((one) => w1(one) > 0 && w0(one) > 0).length, customersNow: all.filter((one) => w1(one) > 0).length, customersBefore: all.filter((one) => w0(one) > 0).length,
    c1: each("now", () => 1), w1: sum(w1), s1: sum(s1), e1: each("now", (weight) => weight ** 2), v1: each("now", (weight, score) => weight ** 2 * score), q1: each("now", (weight, score) => (weight * score) ** 2),
    c0: each("before", () => 1), w0: sum(w0), s0: sum(s0), e0: each("before", (weight) => weight ** 2), v0: each("before", (weight, score) => weight ** 2 * score), q0: each("before", (weight, score) => (weight * score) ** 2),
    w1w1: times(w1, w1), s1w1: times(s1, w1), s1s1: times(s1, s1), w0w0: times(w0, w0), s0w0: times(s0, w0), s0s0: times(s0, s0),
    w1w0: times(w1, w0), w1s0: times(w1, s0), s1w0: times(s1, w0), s1s0: times(s1, s0),
  };
};
const repeat = (count: number, ...kinds: Answers[]): Answers[] => Array.from({ length: count }, (_, place) => kinds[place % kinds.length] ?? { now: [], before: [] });
const once = (before: Answer, now: Answer): Answers => ({ before: [before], now: [now] });
const onlyNow = (...now: number[]): Answers => ({ before: [], now });
const onlyBefore = (...before: number[]): Answers => ({ before, now: [] });

test("answers day by day come to the sums of any two stretches of days", () => {
  const answers = repeat(30, once(100, 0), { before: [0, 100], now: [-100, 0, 100] }, onlyNow(100), onlyBefore(-100, -100));
  const days = answers.flatMap(({ now, before }, customer): CustomerDay[] =>
    [[before, 3], [now, 10]].flatMap(([own, first]) => (Array.isArray(own) ? own : []).map((score, place) => ({ customer, day: Number(first) + place, count: 1, score: Number(score), squared: Number(score) ** 2 }))));
  const aside = { customer: 7, day: 1, count: 4, score: 400, squared: 40_000 };

  expect(sumCustomerDays([...days, aside].toSorted((one, other) => one.customer - other.customer), { from: 10, end: 12 }, { from: 3, end: 9 })).toEqual(sumsOf(answers));
});

describe("the spread of a difference", () => {
  test("of one answer of each customer in both periods is that of their own differences", () => {
    const answers = repeat(40, once(100, 100), once(100, 0), once(0, -100), once(-100, -100), once(0, 0), once(100, 100), once(-100, 0), once(0, 100));
    const first = (given: readonly Answer[]): number => (typeof given[0] === "number" ? given[0] : 0);
    const differences = answers.map(({ before, now }) => first(now) - first(before));
    const variance = (values: readonly number[]): number => { const mean = values.reduce((sum, value) => sum + value, 0) / values.length; return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1); };
    const strangers = (variance(answers.map(({ now }) => first(now))) + variance(answers.map(({ before }) => first(before)))) / 40;
    expect(compareCustomers(sumsOf(answers), 200, 1)?.spread).toBeCloseTo(variance(differences) / 40 / strangers, 9);
  });

  test.each([
    ["where customers say much the same again, less", repeat(60, once(100, 100), once(0, 0), once(-100, -100), once(100, 0)), 1, "less"],
    ["where what they say is unlike what they said, about as of strangers", repeat(80, once(100, 100), once(100, -100), once(-100, 100), once(-100, -100)), 1, "alike"],
    ["where each says the same many times in one period, more", [...repeat(30, { before: [100, 100, 100, 100], now: [-100] }, { before: [-100, -100, -100, -100], now: [100] })], 1, "more"],
    ["where only a third of the answers is of known customers, by their part", repeat(60, once(100, 100), once(-100, -100)), 0.34, "less"],
  ] as const)("%s", (_, answers, known, wanted) => {
    const spread = compareCustomers(sumsOf(answers), 200, known)?.spread ?? Number.NaN;
    expect(spread < 0.9 ? "less" : spread > 1.1 ? "more" : "alike").toBe(wanted);
  });

  test("by weights is the same whatever weight all share, and that of the heavy ones where these say other things", () => {
    const kinds = (heavy: number): Answers[] => repeat(60, once([heavy, 100], [heavy, 100]), once([heavy, -100], [heavy, -100]), once([1, 100], [1, -100]), once([1, -100], [1, 100]));
    const spreadOf = (answers: readonly Answers[]): number => compareCustomers(sumsOf(answers), 200, 1)?.spread ?? Number.NaN;
    const plain = spreadOf(kinds(1));
    expect(spreadOf(repeat(60, once([3, 100], [3, 100]), once([3, -100], [3, -100]), once([3, 100], [3, -100]), once([3, -100], [3, 100])))).toBeCloseTo(plain, 9);
    expect(spreadOf(kinds(9))).toBeLessThan(plain / 5);
  });

  test("of those asked twice is that of their answers, yes or no", () => {
    const asked = [{ asked1: 1, answered1: 1, asked0: 1, answered0: 1, customers: 30 }, { asked1: 1, answered1: 0, asked0: 2, answered0: 1, customers: 20 }, { asked1: 0, answered1: 0, asked0: 1, answered0: 0, customers: 5 }];
    const answers = [...repeat(30, once(100, 100)), ...repeat(20, { now: [0], before: [100, 0] }), ...repeat(5, onlyBefore(0))];
    expect(sumAskedTwice(asked)).toEqual(sumsOf(answers));
  });

  test("is never nothing, though everybody moved alike", () => {
    expect(compareCustomers(sumsOf(repeat(50, once(0, 100), once(-100, 0))), 200, 1)?.spread).toBeGreaterThan(0.01);
  });

  test.each([
    ["nobody answered twice", [...repeat(50, onlyNow(100), onlyNow(0)), ...repeat(50, onlyBefore(100), onlyBefore(0))]],
    ["few of many did", [...repeat(20, once(100, 0)), ...repeat(80, onlyNow(100), onlyNow(0)), ...repeat(80, onlyBefore(100), onlyBefore(0))]],
    ["under ten did", repeat(9, once(100, 0), once(0, 100))],
    ["all always said the same", repeat(50, once(100, 100))],
  ])("is that of strangers where %s", (_, answers) => {
    expect(compareCustomers(sumsOf(answers), 200, 1)).toBeNull();
  });

  test.each([[0.29, true], [0.3, false]])("is that of strangers where under three in ten answers are of known customers: %s", (knownShare, isOfStrangers) => {
    expect(compareCustomers(sumsOf(repeat(60, once(100, 100), once(-100, -100))), 200, knownShare) === null).toBe(isOfStrangers);
  });

  test("is told where three in ten of the smaller period are in both", () => {
    const answers = [...repeat(30, once(100, 0), once(0, 0)), ...repeat(70, onlyNow(100), onlyNow(0)), ...repeat(700, onlyBefore(100), onlyBefore(0))];
    expect(compareCustomers(sumsOf(answers), 200, 1)).toMatchObject({ both: 30, customers: 800 });
  });
});

test("a test of strangers becomes one of the same customers by its error alone", () => {
  const paired = testSameCustomers({ difference: -8, z: -1.5, p: 0.13 }, { spread: 0.25, degrees: 100 });
  expect([paired.difference, paired.z]).toEqual([-8, -3]);
  expect(paired.p).toBeCloseTo(0.0034, 4);
});

test("ten customers of before say how they vary as ten do, however many others came since", () => {
  const ten = repeat(10, once(3, 4), once(4, 4), once(5, 6), once(2, 4), once(6, 5));
  const alone = compareCustomers(sumsOf(ten), 6, 1);
  const joined = compareCustomers(sumsOf([...ten, ...repeat(9_990, onlyNow(4), onlyNow(5), onlyNow(6))]), 6, 1);
  expect([alone?.degrees, joined?.degrees, joined?.customers]).toEqual([9, 9, 10_000]);
  expect(testSameCustomers({ difference: 0.6, z: 2.1, p: 0.065 }, { spread: 1, degrees: joined?.degrees ?? 0 }).p).toBeCloseTo(0.0651, 4);
});
