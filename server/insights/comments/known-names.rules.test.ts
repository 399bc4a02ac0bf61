import { describe, expect, test } from "vitest";
import { familyOfNamed, knownNamesOf, nameOfNamed, presentValues } from "./known-names.rules.ts";

const names = {
  things: [
    { kind: "product" as const, name: "Fjell Tent", formerNames: ["Fell Tent"], alsoCalled: ["TN-210", "tent", "7"] },
    { kind: "place" as const, name: "Oslo City", formerNames: [], alsoCalled: [] },
    { kind: "product" as const, name: "Tarp", formerNames: ["Fjell tent"], alsoCalled: [] },
  ],
  members: [{ id: "a", name: "Amina Yusuf" }, { id: "z", name: "Zoë" }],
};

test("things are looked for under all they are called, members by whole and first name", () => {
  expect(knownNamesOf(names).map(({ text, value, isFirstName }) => [text, value, isFirstName ?? false])).toEqual([
    ["Fjell Tent", "product:Fjell Tent", false], ["Oslo City", "place:Oslo City", false], ["Tarp", "product:Tarp", false],
    ["Amina Yusuf", "person:a", false], ["Amina", "person:a", true], ["Zoë", "person:z", true],
    ["Fell Tent", "product:Fjell Tent", false], ["TN-210", "product:Fjell Tent", false], ["tent", "product:Fjell Tent", false], ["Fjell tent", "product:Tarp", false],
  ]);
});

test("numbers of less than four digits and small words are looked for under no name", () => {
  const alsoCalled = ["210", "404", "2 1 0", "2100", "The", "our", "you", "X1", "Go4"];
  expect(knownNamesOf({ things: [{ kind: "product", name: "Tarp", formerNames: [], alsoCalled }], members: [] }).map(({ text }) => text)).toEqual(["Tarp", "2100", "Go4"]);
});

test("what was read under another name counts as what bears it, and a name somebody bears now is theirs", () => {
  expect([...presentValues(names)]).toEqual([["product:fell tent", "product:fjell tent"], ["product:tn-210", "product:fjell tent"], ["product:tent", "product:fjell tent"], ["product:7", "product:fjell tent"]]);
});

describe("a value stands for", () => {
  test.each([
    ["all its names", "product:Fjell Tent", ["product:fjell tent", "product:fell tent", "product:tn-210", "product:tent", "product:7"]],
    ["the same, asked by another of them", "product:TENT", ["product:fjell tent", "product:fell tent", "product:tn-210", "product:tent", "product:7"]],
    ["itself where nobody knows it", "product:mobile app", ["product:mobile app"]],
    ["itself as another kind", "place:tent", ["place:tent"]],
    ["one member", "person:a", ["person:a"]],
  ])("%s", (_name, value, family) => {
    expect(familyOfNamed(value, names)).toEqual(family);
  });
});

test.each([["product:fjell tent", "Fjell Tent"], ["place:oslo city", "Oslo City"], ["person:a", "Amina Yusuf"], ["person:b", null], ["product:mobile app", null]])("%s is called %s", (value, name) => {
  expect(nameOfNamed(names)(value)).toBe(name);
});
