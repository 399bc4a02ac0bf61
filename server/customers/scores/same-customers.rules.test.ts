import { describe, expect, test } from "vitest";
import { compareCustomers, testSameCustomers, type CustomerSums } from "./same-customers.rules.ts";

type Answers = { now: readonly number[]; before: readonly number[] };
const sumsOf = (all: readonly Answers[]): CustomerSums => {
  const sum = (of: (one: Answers) => number): number => all.reduce((total, one) => total + of(one), 0);
  const add = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const [n1, n0, s1, s0] = [(one: Answers) => one.now.length, (one: Answers) => one.before.length, (one: Answers) => add(one.now), (one: Answers) => add(one.before)];
  const times = (one: (of: Answers) => number, other: (of: Answers) => number): number => sum((of) => one(of) * other(of));
  return {
    customers: all.length, both: all.filter((one) => n1(one) > 0 && n0(one) > 0).length, customersNow: all.filter((one) => n1(one) > 0).length, customersBefore: all.filter((one) => n0(one) > 0).length,
    n1: sum(n1), s1: sum(s1), q1: sum(({ now }) => add(now.map((value) => value * value))), n0: sum(n0), s0: sum(s0), q0: sum(({ before }) => add(before.map((value) => value * value))),
    n1n1: times(n1, n1), s1n1: times(s1, n1), s1s1: times(s1, s1), n0n0: times(n0, n0), s0n0: times(s0, n0), s0s0: times(s0, s0),
    n1n0: times(n1, n0), n1s0: times(n1, s0), s1n0: times(s1, n0), s1s0: times(s1, s0),
  };
};
const repeat = (count: number, ...kinds: Answers[]): Answers[] => Array.from({ length: count }, (_, place) => kinds[place % kinds.length] ?? { now: [], before: [] });
const once = (before: number, now: number): Answers => ({ before: [before], now: [now] });
const onlyNow = (...now: number[]): Answers => ({ before: [], now });
const onlyBefore = (...before: number[]): Answers => ({ before, now: [] });

describe("the spread of a difference", () => {
  test("of one answer of each customer in both periods is that of their own differences", () => {
    const answers = repeat(40, once(100, 100), once(100, 0), once(0, -100), once(-100, -100), once(0, 0), once(100, 100), once(-100, 0), once(0, 100));
    const differences = answers.map(({ before, now }) => (now[0] ?? 0) - (before[0] ?? 0));
    const variance = (values: readonly number[]): number => { const mean = values.reduce((sum, value) => sum + value, 0) / values.length; return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1); };
    const strangers = (variance(answers.map(({ now }) => now[0] ?? 0)) + variance(answers.map(({ before }) => before[0] ?? 0))) / 40;
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
