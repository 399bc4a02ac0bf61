import { expect, test } from "vitest";
import { expressionsOf } from "./expressions.rules.ts";

/** What is found in a text in which some words brought so much. */
const found = (text: string, weights: Readonly<Record<string, number>>): string[] => {
  const words = Object.entries(weights).map(([word, weight]) => ({ from: text.indexOf(word), to: text.indexOf(word) + word.length, weight }));
  return expressionsOf(text, words).map(({ from, to }) => text.slice(from, to));
};

test.each([
  ["words that carry together are one expression, with what stands between", "The app keeps crashing at the checkout", { app: 5, crashing: 4, checkout: 3 }, ["app keeps crashing at the checkout"]],
  ["a full stop, a comma or a but ends it", "Staff were kind, tea was cold but beds were warm", { kind: 3, tea: 2.5, cold: 2, beds: 2, warm: 2.2 }, ["tea was cold", "beds were warm", "kind"]],
  ["a figure with a point ends nothing", "We waited 4.5 hours there", { waited: 3, hours: 3 }, ["waited 4.5 hours"]],
  ["a not before it belongs to it", "They did not ring back", { ring: 3 }, ["not ring"]],
  ["a lone word takes the telling one beside it", "Everything. Excellent staff. Bye", { staff: 3, Excellent: -1 }, ["Excellent staff"]],
  ["words that say nothing alone are left out", "All I can say is everything", { can: 3, All: 2, everything: 1 }, ["everything"]],
  ["where only such words carried it there is nothing to show", "And so it was", { And: 3, it: 2 }, []],
  ["what brought little beside the strongest is noise", "The parcel came late. Bread was nice", { late: 5, nice: 1 }, ["came late"]],
  ["a word that stands in an expression is not said again", "Ambulance came late. No ambulance", { Ambulance: 3, late: 3, ambulance: 3 }, ["Ambulance came late"]],
  ["what spoke against it is not read with it, unless both sides outweigh it", "Good value awful service", { Good: 3, awful: -9, service: 2 }, ["Good value", "service"]],
  ["other writing is cut at its words as well", "Доставка была очень быстрой", { Доставка: 2, быстрой: 3 }, ["Доставка была очень быстрой"]],
  ["a word carries though it was weighed with the quotation mark before it", "The staff were “excellent” and “caring”", { staff: 2, "“excellent": 3, "“caring": 3 }, ["staff were “excellent” and “caring"]],
  ["nothing is found in nothing", "", {}, []],
] as const)("%s", (_what, text, weights, expressions) => {
  expect(found(text, weights)).toEqual(expressions);
});

test("there are three at most, each of few words, and each brought what its words did", () => {
  const names = ["one", "two", "six", "ten", "red", "sun", "sea", "sky"].map((name) => `${name}day`);
  const text = names.join(" ");
  const words = names.map((name) => ({ from: text.indexOf(name), to: text.indexOf(name) + name.length, weight: 1 }));
  const expressions = expressionsOf(text, words);
  expect(expressions.map(({ from, to }) => text.slice(from, to))).toEqual(["oneday twoday sixday tenday redday sunday"]);
  expect(expressions[0]?.weight).toBe(6);
  const apart = names.join(". ");
  expect(expressionsOf(apart, names.map((name) => ({ from: apart.indexOf(name), to: apart.indexOf(name) + name.length, weight: 1 })))).toHaveLength(3);
});
