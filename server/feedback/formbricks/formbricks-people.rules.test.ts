import { expect, test } from "vitest";
import { contactIdOf, namedIn, proofIn, traitsFrom } from "./formbricks-people.rules.ts";

const PROOF = "0123456789abcdef".repeat(4);

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["single values", { plan: "pro", seats: 3, isTrial: false }, { plan: "pro", seats: 3, isTrial: false }],
  ["nothing else", { list: [1], nothing: null, far: Number.POSITIVE_INFINITY, "": "x", long: "x".repeat(1_001), cut: "a\0b" }, {}],
  ["no proof", { firsthand_proof: PROOF, plan: "pro" }, { plan: "pro" }],
])("attributes become traits: %s", (_title, attributes, traits) => {
  expect(traitsFrom(attributes)).toEqual(traits);
});

test("at most fifty attributes are taken", () => {
  expect(Object.keys(traitsFrom(Object.fromEntries(Array.from({ length: 80 }, (_, place) => [`a${place}`, 1]))))).toHaveLength(50);
});

test.each<[string, Parameters<typeof namedIn>[0], ReturnType<typeof namedIn>]>([
  ["nobody", { userId: null }, {}],
  ["a user", { userId: "42" }, { userId: "42" }],
  ["a contact without proof", { contactId: contactIdOf({ userId: "42" }) }, { userId: "42" }],
  ["a contact with proof", { contactId: contactIdOf({ userId: "a:b", proof: PROOF }) }, { userId: "a:b", proof: PROOF }],
])("a request names %s", (_title, given, named) => {
  expect(namedIn(given)).toEqual(named);
});

test("the proof is found among the attributes", () => {
  expect([proofIn({ firsthand_proof: PROOF }), proofIn({ firsthand_proof: 1 }), proofIn({})]).toEqual([PROOF, undefined, undefined]);
});
