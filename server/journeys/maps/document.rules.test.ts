import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapDocument, type MapDocument } from "./document.contract.ts";
import { applyEdits, invertEdits, isSame, mapLimits, orderDocument } from "./document.rules.ts";
import type { MapEdit, RefusedBecause } from "./edits.contract.ts";
import { editsOf, makeCard, makeLane, makeStage, makeStep, someDocument } from "./document.make.ts";

const document = orderDocument({
  stages: [makeStage("buys"), makeStage("uses")],
  steps: [makeStep("cart", "buys"), makeStep("pays", "buys"), makeStep("opens", "uses")],
  lanes: [makeLane("does"), makeLane("hurts")],
  cards: [makeCard("one1", "cart", "does", { text: "Looks" }), makeCard("two2", "cart", "does"), makeCard("slow", "pays", "hurts", { text: "Waits" })],
  measured: ["feeling"],
});

const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
const shapeOf = ({ stages, steps, lanes, cards }: MapDocument): string => [stages, steps, lanes, cards].map((list) => ids(list).join(" ")).join(" | ");

describe("an edit", () => {
  test.each<[string, MapEdit, string]>([
    ["puts a stage in front of another", { do: "put", part: "stage", value: makeStage("asks"), before: "uses" }, "buys asks uses | cart pays opens | does hurts | one1 two2 slow"],
    ["puts a stage at the end", { do: "put", part: "stage", value: makeStage("asks"), before: null }, "buys uses asks | cart pays opens | does hurts | one1 two2 slow"],
    ["puts a part at the end when what it was to stand in front of is gone", { do: "put", part: "lane", value: makeLane("free1"), before: "gone" }, "buys uses | cart pays opens | does hurts free1 | one1 two2 slow"],
    ["puts a step into its stage", { do: "put", part: "step", value: makeStep("ships", "buys"), before: "pays" }, "buys uses | cart ships pays opens | does hurts | one1 two2 slow"],
    ["puts a step at the end of its stage, not in front of a step of another", { do: "put", part: "step", value: makeStep("ships", "buys"), before: "opens" }, "buys uses | cart pays ships opens | does hurts | one1 two2 slow"],
    ["puts a card into its crossing", { do: "put", part: "card", value: makeCard("mid1", "cart", "does"), before: "two2" }, "buys uses | cart pays opens | does hurts | one1 mid1 two2 slow"],
    ["moves a stage with its steps and cards", { do: "move", part: "stage", id: "uses", before: "buys" }, "uses buys | opens cart pays | does hurts | one1 two2 slow"],
    ["moves a step into another stage", { do: "move", part: "step", id: "cart", stageId: "uses", before: null }, "buys uses | pays opens cart | does hurts | slow one1 two2"],
    ["moves a step within its stage", { do: "move", part: "step", id: "pays", stageId: "buys", before: "cart" }, "buys uses | pays cart opens | does hurts | slow one1 two2"],
    ["moves a card within its crossing", { do: "move", part: "card", id: "one1", stepId: "cart", laneId: "does", before: null }, "buys uses | cart pays opens | does hurts | two2 one1 slow"],
    ["moves a card into another crossing", { do: "move", part: "card", id: "one1", stepId: "pays", laneId: "hurts", before: "slow" }, "buys uses | cart pays opens | does hurts | two2 one1 slow"],
    ["removes a stage with its steps and cards", { do: "remove", part: "stage", id: "buys" }, "uses | opens | does hurts | "],
    ["removes a step with its cards", { do: "remove", part: "step", id: "cart" }, "buys uses | pays opens | does hurts | slow"],
    ["removes a lane with its cards", { do: "remove", part: "lane", id: "does" }, "buys uses | cart pays opens | hurts | slow"],
    ["removes a card", { do: "remove", part: "card", id: "two2" }, "buys uses | cart pays opens | does hurts | one1 slow"],
  ])("%s", (_, edit, shape) => {
    const { document: after, done, refused } = applyEdits(document, [edit]);
    expect(shapeOf(after)).toBe(shape);
    expect([done.length, refused]).toEqual([1, []]);
    expect(applyEdits(after, invertEdits(document, done)).document).toEqual(document);
  });

  test("changes the fields it names and no other", () => {
    const { document: after } = applyEdits(document, [{ do: "change", part: "card", id: "one1", was: { text: "Looks" }, now: { text: "Searches" } }]);
    expect(after.cards[0]).toEqual({ ...document.cards[0], text: "Searches" });
    expect(document.cards[0]?.text).toBe("Looks");
  });

  test.each<[string, MapEdit]>([
    ["a move to where it stands", { do: "move", part: "stage", id: "buys", before: "uses" }],
    ["a move of the last to the end", { do: "move", part: "step", id: "pays", stageId: "buys", before: null }],
    ["a move in front of itself", { do: "move", part: "card", id: "one1", stepId: "cart", laneId: "does", before: "one1" }],
    ["a value that is there already", { do: "change", part: "card", id: "one1", was: { text: "Something else" }, now: { text: "Looks" } }],
    ["a part that is there just so", { do: "put", part: "stage", value: makeStage("buys"), before: null }],
    ["the measured lanes as they are", { do: "measure", lanes: ["feeling", "feeling"] }],
    ["a change of nothing", { do: "change", part: "lane", id: "does", was: {}, now: {} }],
  ])("that is %s is neither done nor refused", (_, edit) => {
    expect(applyEdits(document, [edit])).toEqual({ document, done: [], refused: [] });
  });

  test.each<[string, MapEdit, RefusedBecause, object]>([
    ["a change of what is gone", { do: "change", part: "card", id: "gone", was: { text: "" }, now: { text: "New" } }, "gone", {}],
    ["a move of what is gone", { do: "move", part: "stage", id: "gone", before: null }, "gone", {}],
    ["a move into a stage that is gone", { do: "move", part: "step", id: "cart", stageId: "gone", before: null }, "gone", {}],
    ["a move into a lane that is gone", { do: "move", part: "card", id: "one1", stepId: "cart", laneId: "gone", before: null }, "gone", {}],
    ["a removal of what is gone", { do: "remove", part: "step", id: "gone" }, "gone", {}],
    ["a step in a stage that is gone", { do: "put", part: "step", value: makeStep("ships", "gone"), before: null }, "gone", {}],
    ["a card on a step that is gone", { do: "put", part: "card", value: makeCard("new1", "gone", "does"), before: null }, "gone", {}],
    ["a change of what somebody else changed", { do: "change", part: "card", id: "one1", was: { text: "Before", feeling: null }, now: { text: "After", feeling: 1 } }, "changed_meanwhile", { text: "Looks", feeling: null }],
    ["a change that does not say what was there", { do: "change", part: "stage", id: "buys", was: {}, now: { name: "Pay" } }, "changed_meanwhile", { name: "buys" }],
    ["another part of an id that is there", { do: "put", part: "lane", value: { ...makeLane("does"), name: "Other" }, before: null }, "there_already", { ...makeLane("does") }],
    ["a step of an unknown member", { do: "put", part: "step", value: { ...makeStep("ships", "buys"), ownerId: "stranger" }, before: null }, "unknown", {}],
    ["a change to an unknown map", { do: "change", part: "step", id: "cart", was: { childMapId: null }, now: { childMapId: "stranger" } }, "unknown", {}],
    ["a change to an unknown photo", { do: "change", part: "card", id: "one1", was: { fileId: null }, now: { fileId: "stranger" } }, "unknown", {}],
  ])("that is %s is refused, and the others are carried out", (_, edit, because, theirs) => {
    const other: MapEdit = { do: "change", part: "stage", id: "uses", was: { name: "uses" }, now: { name: "Live with it" } };
    const applied = applyEdits(document, [edit, other], new Map(["member stranger", "map stranger", "photo stranger"].map((reference) => [reference, "unknown"])));
    expect(applied.refused).toEqual([{ edit, because, theirs }]);
    expect(applied.done).toEqual([other]);
    expect(applied.document.stages[1]?.name).toBe("Live with it");
  });

  const more: Readonly<Record<keyof typeof mapLimits, MapEdit>> = {
    stages: { do: "put", part: "stage", value: makeStage("more"), before: null },
    steps: { do: "put", part: "step", value: makeStep("more", "buys"), before: null },
    lanes: { do: "put", part: "lane", value: makeLane("more"), before: null },
    cards: { do: "put", part: "card", value: makeCard("more", "cart", "does"), before: null },
  };
  test.each(["stages", "steps", "lanes", "cards"] as const)("that puts more %s on a map that is full of them is refused, as a document with more of them is", (list) => {
    const [first] = document[list];
    const filled = (count: number): object => ({ ...document, [list]: [...document[list], ...Array.from({ length: count - document[list].length }, (_, index) => ({ ...first, id: `full${index}` }))] });
    const full = mapDocument.parse(filled(mapLimits[list]));
    expect(applyEdits(full, [more[list]]).refused).toMatchObject([{ because: "full" }]);
    expect(applyEdits(document, [more[list]]).refused).toEqual([]);
    expect(mapDocument.safeParse(filled(mapLimits[list] + 1)).success).toBe(false);
  });
});

describe("any edits", () => {
  const documentAndEdits = someDocument().chain((begun) => fc.tuple(fc.constant(begun), editsOf(begun)));
  const runs = { numRuns: 300 };

  test("leave a whole document that is in order, and never touch the one they began with", () => {
    fc.assert(fc.property(documentAndEdits, ([begun, edits]) => {
      const copy = structuredClone(begun);
      const { document: after } = applyEdits(begun, edits);
      expect(begun).toEqual(copy);
      expect(orderDocument(after)).toEqual(after);
      expect(after.steps.every((step) => ids(after.stages).includes(step.stageId))).toBe(true);
      expect(after.cards.every((card) => ids(after.steps).includes(card.stepId) && ids(after.lanes).includes(card.laneId))).toBe(true);
      for (const list of [after.stages, after.steps, after.lanes, after.cards]) expect(new Set(ids(list)).size).toBe(list.length);
    }), runs);
  });

  test("give the same document when what was done is done again, at once or one by one", () => {
    fc.assert(fc.property(documentAndEdits, ([begun, edits]) => {
      const applied = applyEdits(begun, edits);
      expect(applyEdits(begun, applied.done)).toEqual({ document: applied.document, done: applied.done, refused: [] });
      expect(applied.done.reduce((current, edit) => applyEdits(current, [edit]).document, begun)).toEqual(applied.document);
    }), runs);
  });

  test("can be taken back whole", () => {
    fc.assert(fc.property(documentAndEdits, ([begun, edits]) => {
      const applied = applyEdits(begun, edits);
      const undone = applyEdits(applied.document, invertEdits(begun, applied.done));
      expect(undone.refused).toEqual([]);
      expect(undone.document).toEqual(begun);
    }), runs);
  });
});

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [[1, 2], [2, 1], false],
  [{}, [], false],
  [{ a: undefined }, { b: undefined }, false],
  [null, {}, false],
  ["1", 1, false],
])("%j and %j say the same: %s", (one, other, expected) => {
  expect(isSame(one, other)).toBe(expected);
});
