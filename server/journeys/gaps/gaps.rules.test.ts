import { describe, expect, test } from "vitest";
import { makeStep } from "../maps/document.make.ts";
import { findBrokenPromises, findGapsOfMaps, findInconsistencies, findMapGaps } from "./finding.rules.ts";
import { chiSquareP, comparePlaces, concernedBy, feelingOf, isExampleOf, sizeGaps, type FoundGap } from "./gaps.rules.ts";

const sums = (values: readonly number[]) => ({ count: values.length, sum: values.reduce((sum, one) => sum + one, 0), squares: values.reduce((sum, one) => sum + one ** 2, 0), spokenSquares: values.length });
const spread = (mean: number, count: number): number[] => Array.from({ length: count }, (_, at) => mean + (at % 2 === 0 ? 0.3 : -0.3));

describe("the same touchpoint in several places", () => {
  test("differs beyond chance where means lie far apart, and each mean is drawn towards all by its few scores", () => {
    const found = comparePlaces([{ place: "web", sums: sums(spread(0.5, 100)) }, { place: "phone", sums: sums(spread(-0.2, 100)) }, { place: "chat", sums: sums(spread(-0.2, 10)) }]);
    expect(found?.p).toBeLessThan(1e-6);
    const [, phone, chat] = found?.places ?? [];
    expect(phone?.shrunken).toBeGreaterThan(phone?.mean ?? 0);
    expect((chat?.shrunken ?? 0) - (chat?.mean ?? 0)).toBeGreaterThan((phone?.shrunken ?? 0) - (phone?.mean ?? 0));
  });

  test("is the same where means differ no more than chance makes them: all are drawn to one", () => {
    const found = comparePlaces([{ place: "web", sums: sums(spread(0.5, 20)) }, { place: "phone", sums: sums(spread(0.45, 20)) }]);
    expect(found?.p).toBeGreaterThan(0.5);
    expect(found?.places.map(({ shrunken }) => shrunken)).toEqual([found?.mean, found?.mean]);
  });

  test.each([["one place", [{ place: "web", sums: sums(spread(0, 50)) }]], ["few scores", [{ place: "web", sums: sums(spread(0, 50)) }, { place: "phone", sums: sums(spread(0, 9)) }]]])("cannot be compared with %s", (_, places) => expect(comparePlaces(places)).toBeNull());

  test("is not told from one angry customer, however often she scored", () => {
    const others = (count: number) => sums(spread(0.4, count));
    // Forty scores of one customer at a channel where twelve others are as content as everywhere.
    const angry = { count: 52, sum: 12 * 0.4 - 40, squares: others(12).squares + 40, spokenSquares: 12 + 40 ** 2 };
    expect(comparePlaces([{ place: "web", sums: others(50) }, { place: "phone", sums: angry }])).toBeNull();
    // As many different ones are a difference.
    expect(comparePlaces([{ place: "web", sums: others(50) }, { place: "phone", sums: { ...angry, spokenSquares: 52 } }])?.p).toBeLessThan(1e-6);
    expect([feelingOf(angry), feelingOf({ ...angry, spokenSquares: 52 })]).toEqual([null, expect.objectContaining({ mean: angry.sum / 52 })]);
  });

  test("does not divide by a spread of nothing", () => {
    expect(comparePlaces([{ place: "a", sums: sums(Array(10).fill(1)) }, { place: "b", sums: sums(Array(10).fill(1)) }])?.p).toBe(1);
    expect(comparePlaces([{ place: "a", sums: sums(Array(10).fill(1)) }, { place: "b", sums: sums(Array(10).fill(0)) }])?.p).toBe(0);
  });
});

test("a place is a gap only where places differ beyond chance, and under its name", () => {
  // 0.14 apart with a spread of 0.3: chance does that once in seven times, although the spread between places is above nothing.
  const scores = (apart: number) => [["web", 0.4], ["phone", 0.4 - apart]].map(([channel, mean]) => ({ touchpoint: "Line", channel: String(channel), member: null, sums: sums(spread(Number(mean), 20)) }));
  const find = (apart: number, nameOf = (place: string): string | null => place) => findInconsistencies(scores(apart), { kind: "channel", whereOf: ({ channel }) => channel, nameOf }, () => ({ customers: 100, known: 0, left: 0 }));
  expect(comparePlaces(scores(0.14).map(({ channel, sums: own }) => ({ place: channel, sums: own })))?.places[1]?.shrunken).toBeLessThan(0.33);
  expect(find(0.14)).toMatchObject({ gaps: [], tested: 1, differing: 0, sides: [{ touchpoint: "Line", isBeyondChance: false, p: expect.any(Number), places: [{ name: "phone" }, { name: "web" }] }] });
  expect(find(0.6)).toMatchObject({ gaps: [{ kind: "channel", where: "phone", people: 50 }], tested: 1, differing: 1 });
  expect(find(0.6, () => null).gaps).toEqual([]);
  expect(findInconsistencies(scores(0.6), { kind: "member", whereOf: ({ member }) => member, nameOf: (id) => id }, () => undefined)).toEqual({ gaps: [], tested: 0, differing: 0, sides: [] });
});

test.each([[3.841, 1, 0.05], [5.991, 2, 0.05], [18.307, 10, 0.05], [0, 3, 1]])("chi-square %d with %d degrees is as likely as %d", (value, degrees, p) => expect(chiSquareP(value, degrees)).toBeCloseTo(p, 2));
test.each([[0, 20, 100, 0], [10, 20, 100, 29.93], [1, 1, 100, 20.65]])("%d of %d seen concern of %d customers at least %d", (seen, of, customers, people) => expect(concernedBy(seen, of, customers)).toBeCloseTo(people, 1));
test("a feeling is told from ten scores on", () => {
  expect(feelingOf(sums(spread(0.5, 9)))).toBeNull();
  expect(feelingOf(sums(spread(0.5, 10)))?.mean).toBeCloseTo(0.5, 9);
});

test("gaps are sized by people, distance and leaving; what is not known is taken as elsewhere, and said", () => {
  const gap = (touchpoint: string, given: Partial<FoundGap>): FoundGap => ({ kind: "late", touchpoint, where: null, whereId: null, map: null, expected: 1, delivered: 0, seen: 1, of: 2, people: 10, distance: 0.5, p: null, ...given });
  const reach = new Map([["a", { customers: 10, known: 10, left: 5 }], ["b", { customers: 10, known: 0, left: 0 }]]);
  const sized = sizeGaps([gap("a", {}), gap("b", { people: 4 }), gap("c", { distance: null, people: 30 })], (name) => reach.get(name));
  expect(sized.map(({ touchpoint, size, distance, distanceFrom, leaving }) => [touchpoint, size, distance, distanceFrom, leaving])).toEqual([["c", 15, 0.5, "other_gaps", null], ["a", 2.5, 0.5, "told", 0.5], ["b", 2, 0.5, "told", null]]);
  expect(sizeGaps([gap("c", { distance: null })], () => undefined)).toMatchObject([{ distance: 0.5, distanceFrom: "assumed" }]);
});

const waited = { matches: [{ touchpoint: "Line", channel: null }], happened: [{ customer: "ann", byMs: 100, cameMs: 200 }] };
test.each([
  ["promise", {}, { kind: "promise" }, true], ["promise", {}, { kind: "negative" }, false], ["expectation", {}, { kind: "expectation", touchpoint: "Order" }, false],
  ["channel", { whereId: "phone" }, { channel: "phone" }, true], ["channel", { whereId: "phone" }, { channel: "chat" }, false], ["place", { whereId: "Bern" }, { place: "Bern" }, true], ["place", { whereId: "Bern" }, { place: null }, false],
  ["team", { whereId: "North" }, { team: "North" }, true], ["team", { whereId: "North" }, { team: "South" }, false],
  ["member", { whereId: "ann" }, { member: "ann" }, true], ["member", { whereId: "ann" }, { member: "bob" }, false], ["member", { whereId: "ann" }, { member: null }, false],
  ["feeling", { matches: [{ touchpoint: "Line", channel: "phone" }] }, { channel: "phone" }, true], ["feeling", { matches: [{ touchpoint: "Line", channel: "phone" }] }, { channel: "chat" }, false],
  ["feeling", { matches: [{ touchpoint: "Line", channel: null }] }, { channel: "chat" }, true], ["feeling", { matches: [{ touchpoint: "Order", channel: null }] }, { touchpoint: "Order" }, true],
  ["late", {}, {}, false], ["promise_broken", {}, {}, false],
  // Said by somebody it was counted of, at what came late, when it came or soon after it should have.
  ["late", waited, { customer: "ann", saidMs: 150 }, true], ["late", waited, { customer: "bob", saidMs: 150 }, false], ["late", waited, { customer: "ann", saidMs: 50 }, false],
  ["late", waited, { customer: "ann", saidMs: 200 + 31 * 86_400_000 }, false], ["late", waited, { customer: "ann", saidMs: 150, touchpoint: "Order" }, false], ["promise_broken", waited, { customer: "ann", saidMs: 150, kind: "promise" }, false],
] as const)("of a %s gap %j the comment %j is an example: %s", (kind, gap, word, isExample) =>
  expect(isExampleOf({ touchpoint: "Line", channel: null, member: null, team: null, place: null, customer: null, saidMs: 0, kind: "negative", ...word }, { kind, touchpoint: "Line", whereId: null, ...gap })).toBe(isExample));

test("a broken promise concerns customers, however often each was let down", () => {
  const [gap] = findBrokenPromises([{ touchpoint: "Delivery", channel: null, kept: 10, broken: 30, customers: 20, letDown: 10, felt: { kept: sums(spread(0.5, 20)), broken: sums(spread(-0.1, 20)) } }], [{ touchpoint: "Delivery", customer: "ann", byMs: 1, cameMs: null }, { touchpoint: "Other", customer: "bob", byMs: 1, cameMs: null }], []);
  expect(gap).toMatchObject({ kind: "promise_broken", seen: 30, of: 40, people: concernedBy(10, 20, 20), distance: expect.closeTo(0.6, 9), happened: [{ customer: "ann", cameMs: null }] });
});

describe("the steps of a map", () => {
  const steps = [makeStep("order", "stage1", { nextWithinHours: 48 }), makeStep("gets", "stage1", { designed: { before: null, during: 2, after: null } })];
  const matches = [[{ touchpoint: "Order", channel: null }], [{ touchpoint: "Delivery", channel: "parcel" }]];
  const bound = steps.map((step, at) => ({ step, matches: matches[at] ?? [], failures: [], next: at === 0 ? 1 : null }));
  const measured = { id: "map", name: "Buying", rootId: "map", every: 1, bound, waits: [{ at: 0, met: 20, wentOn: 20, medianSeconds: 1, withinPlanned: 10, ways: [], late: [{ customer: "ann", leftMs: 0, cameMs: 200 }] }] };
  const scores = [{ touchpoint: "Delivery", channel: "parcel", member: null, sums: sums(spread(0, 50)) }];
  const reachOf = () => ({ customers: 1000, known: 0, left: 0 });

  test("are as certain as the customers looked at, also where these stand for fifty times as many", () => {
    const [all, sampled] = [findMapGaps(measured, scores, reachOf)[0], findMapGaps({ ...measured, every: 50 }, scores, reachOf)[0]];
    expect([all, sampled]).toMatchObject([{ kind: "late", seen: 10, of: 20, people: expect.closeTo(5.99, 1) }, { kind: "late", seen: 10, of: 20, people: expect.closeTo(299.3, 0) }]);
  });

  test("are told once, however often the map was copied", () => {
    const copies = [measured, { ...measured, id: "copy" }, { ...measured, id: "other", rootId: "other" }];
    expect(findGapsOfMaps(copies, scores, reachOf).map(({ kind, map }) => [kind, map?.id])).toEqual([["late", "map"], ["feeling", "map"], ["late", "other"], ["feeling", "other"]]);
  });

  test("know whom they were counted of, by when it should have come, and when it came", () =>
    expect(findMapGaps(measured, scores, reachOf)[0]).toMatchObject({ kind: "late", happened: [{ customer: "ann", byMs: 48 * 3_600_000, cameMs: 200 }], matches: matches.flat() }));

  test("know where they were measured", () => expect(findMapGaps(measured, scores, reachOf)[1]).toMatchObject({ kind: "feeling", matches: matches[1] }));
});
