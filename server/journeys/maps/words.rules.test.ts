import { describe, expect, test } from "vitest";
import { makeCard, makeLane, makeStage, makeStep } from "./document.make.ts";
import { findNames, namesToSeek, type NamedMap } from "./words.rules.ts";

const map: NamedMap = {
  id: "map", name: "Buying", description: "After the talk with ANN LEE", story: "", isInHistory: false, comments: [{ stepId: "pays", text: "ask ann@shop.example" }],
  document: {
    stages: [makeStage("buys")], steps: [makeStep("pays", "buys", { description: "Ann  Lee pays" })], lanes: [makeLane("does")], measured: [],
    cards: [makeCard("one1", "pays", "does", { text: "“I waited.” (Ann Lee, on the phone)" }), makeCard("two2", "pays", "does", { text: "Joann Lee and Ann Leeds wait" })],
  },
};

describe("names of a customer", () => {
  test.each<[string, (string | null)[], string[]]>([
    ["whole names and addresses are looked for, each once", [" Ann   Lee ", "Ann Lee", "ann@shop.example", null], ["Ann Lee", "ann@shop.example"]],
    ["short ones of one word are not: they are everywhere", ["Ann", "A B", "Cher", ""], ["Cher"]],
  ])("%s", (_, names, expected) => expect(namesToSeek(names)).toEqual(expected));

  test.each<[string, string[], string[]]>([
    ["as words of their own, however they are written and spaced", ["Ann Lee"], ["map After the talk with ANN LEE", "step Ann  Lee pays", "card “I waited.” (Ann Lee, on the phone)"]],
    ["in comments", ["ann@shop.example"], ["comment ask ann@shop.example"]],
    ["with signs that mean something elsewhere", ["A.B (C)*", "[x"], []],
    ["not at all when there is none", [], []],
  ])("are found %s", (_, names, expected) => expect(findNames(map, names).map(({ place, text }) => `${place} ${text}`)).toEqual(expected));

  test("that only the past of a map knows are told without words", () => {
    expect(findNames({ ...map, isInHistory: true }, ["Bo Diddley"])).toEqual([{ mapId: "map", mapName: "Buying", place: "history", stepId: null, text: "" }]);
  });
});
