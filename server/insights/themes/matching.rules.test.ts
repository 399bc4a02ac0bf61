import { describe, expect, test } from "vitest";
import { familyOf, matchThemes, rootOf, type FoundTheme, type StoredTheme } from "./matching.rules.ts";

const now = new Date("2026-06-30T00:00:00Z");
const termsOf = (...words: string[]) => words.map((term) => ({ term, hash: [...term].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7), weight: 1 }));
const stored = (id: string, words: string[], given: Partial<StoredTheme> = {}): StoredTheme => ({
  id, name: words.join(", "), isNamed: false, language: "en", terms: termsOf(...words), slope: 1, offset: -3, coherence: 0.6, stability: 0.6, state: "proposed", mergedInto: null, madeBy: "machine",
  madeAt: new Date("2026-01-01T00:00:00Z"), retiredAt: null, ...given,
});
const found = (...words: string[]): FoundTheme => ({ name: words.join(", "), language: "en", terms: termsOf(...words), slope: 2, offset: -4, coherence: 0.7, stability: 0.7 });
const compare = (one: { terms: { hash: number }[] }, other: { terms: { hash: number }[] }): number => one.terms.filter(({ hash }) => other.terms.some((two) => two.hash === hash)).length / Math.sqrt(one.terms.length * other.terms.length);
let made = 0;
const match = (before: StoredTheme[], after: FoundTheme[], watched: string[] = []) => matchThemes(before, after, { now, compare, makeId: () => `new ${++made}`, watched: new Set(watched) }).themes;

describe("a theme that is found again", () => {
  test("keeps its id and name, also one a person gave, and takes the new words", () => {
    const [theme] = match([stored("a", ["parcel", "late", "van"], { name: "Late parcels", isNamed: true })], [found("parcel", "late", "courier")]);
    expect(theme).toMatchObject({ id: "a", name: "Late parcels", slope: 2, terms: termsOf("parcel", "late", "courier") });
  });

  test("stays hidden, and stays merged", () => {
    const themes = match([stored("a", ["parcel", "late"], { state: "hidden" }), stored("b", ["login"], { mergedInto: "a" })], [found("login"), found("parcel", "late")]);
    expect(themes.map(({ id, state, mergedInto }) => [id, state, mergedInto])).toEqual([["b", "proposed", "a"], ["a", "hidden", null]]);
  });

  test("after it was gone is there again", () => {
    expect(match([stored("a", ["parcel"], { retiredAt: now })], [found("parcel")])).toMatchObject([{ id: "a", retiredAt: null }]);
  });

  test("in two is one and its heir: what was taken from a comment with it is taken with both", () => {
    const given = { now, compare, makeId: () => "new", watched: new Set<string>() };
    const { heirs } = matchThemes([stored("a", ["parcel", "late", "van"]), stored("b", ["login"])], [found("parcel", "late"), found("parcel", "late", "van"), found("invoice")], given);
    expect(heirs).toEqual([{ id: "new", of: "a" }]);
  });

  test("in two gives what was said of it to none that has only half its words", () => {
    const given = { now, compare, makeId: () => "new", watched: new Set<string>() };
    const { themes, heirs } = matchThemes([stored("a", ["parcel", "late", "van", "depot"])], [found("parcel", "late", "refund", "invoice"), found("parcel", "late", "van", "depot")], given);
    expect([themes.map(({ id }) => id), heirs]).toEqual([["new", "a"], []]);
  });

  test("is one only: the likest has it, the other is new", () => {
    expect(match([stored("a", ["parcel", "late", "van"])], [found("parcel", "late"), found("parcel", "late", "van")]).map(({ id }) => id)).toEqual([expect.stringContaining("new"), "a"]);
  });
});

describe("a theme that is not found again", () => {
  test.each([
    ["is put aside", {}, now],
    ["stays when it was kept", { state: "kept" }, undefined],
    ["stays when a person named it", { isNamed: true }, undefined],
    ["stays when a person made it", { madeBy: "person" }, undefined],
  ] as const)("%s", (_what, given, retiredAt) => {
    expect(match([stored("a", ["parcel"], given)], [])[0]?.retiredAt).toEqual(retiredAt);
  });

  test("stays while a rule for alerts watches it", () => {
    expect(match([stored("a", ["parcel"]), stored("b", ["van"])], [], ["a"]).map(({ id }) => id)).toEqual(["b"]);
  });

  test("stays when others are merged into it", () => {
    expect(match([stored("a", ["parcel"]), stored("b", ["van"], { mergedInto: "a" })], [])).toEqual([]);
  });
});

test.each<[string, string[], string[], string]>([
  ["gets its next word beside it", ["parcel", "courier"], ["Parcel"], "Parcel, courier"],
  ["gets the word after where that is taken, too", ["parcel", "courier", "van"], ["Parcel", "Parcel, courier"], "Parcel, van"],
  ["gets no word that it says already", ["parcel", "parcel courier", "van"], ["Parcel"], "Parcel, van"],
  ["gets a number where it has no other word", ["parcel"], ["Parcel", "Parcel 2"], "Parcel 3"],
])("a new theme with a name that is taken %s", (_what, words, taken, expected) => {
  const others = taken.map((name, place) => stored(`taken ${place}`, [`login ${place}`], { name, isNamed: true }));
  expect(match(others, [{ ...found(...words), name: "Parcel" }]).map(({ name }) => name)).toEqual([expected]);
});

test("themes merged into one another count for the last, also where they were merged in a circle", () => {
  const chain = [{ id: "a", mergedInto: "b" }, { id: "b", mergedInto: "c" }, { id: "c", mergedInto: null }, { id: "x", mergedInto: "y" }, { id: "y", mergedInto: "x" }];
  const byId = new Map(chain.map((one) => [one.id, one]));
  expect(["a", "b", "c"].map((id) => rootOf(id, byId))).toEqual(["c", "c", "c"]);
  expect(familyOf("c", chain)).toEqual(["a", "b", "c"]);
  expect(typeof rootOf("x", byId)).toBe("string");
});
