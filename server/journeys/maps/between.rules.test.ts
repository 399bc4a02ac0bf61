import fc from "fast-check";
import { expect, test } from "vitest";
import { editsBetween } from "./between.rules.ts";
import { blankDocument, editsOf, makeCard, makeLane, makeStage, makeStep, someDocument } from "./document.make.ts";
import { applyEdits, orderDocument } from "./document.rules.ts";
import { figuresOf, listFaults } from "./parts.rules.ts";

const runs = { numRuns: 300 };

test("the edits between two documents make one the other, and none of them is refused", () => {
  fc.assert(fc.property(someDocument(), someDocument(), (from, to) => {
    const edits = editsBetween(from, to);
    expect(applyEdits(from, edits)).toEqual({ document: to, done: edits, refused: [] });
  }), runs);
});

test("the edits back to where edits began bring it back", () => {
  fc.assert(fc.property(someDocument().chain((begun) => fc.tuple(fc.constant(begun), editsOf(begun))), ([begun, edits]) => {
    const now = applyEdits(begun, edits).document;
    expect(applyEdits(now, editsBetween(now, begun)).document).toEqual(begun);
  }), runs);
});

test("no edits lie between a document and itself, and one between two that differ in one place", () => {
  const document = orderDocument({ stages: [makeStage("buys")], steps: [makeStep("cart", "buys"), makeStep("pays", "buys")], lanes: [makeLane("does")], cards: [makeCard("one1", "cart", "does")], measured: ["words"] });
  expect(editsBetween(document, document)).toEqual([]);
  expect(editsBetween(document, { ...document, lanes: [makeLane("does", { name: "Does" })] })).toEqual([{ do: "change", part: "lane", id: "does", was: { name: "does" }, now: { name: "Does" } }]);
  expect(editsBetween(document, { ...document, cards: [] })).toEqual([{ do: "remove", part: "card", id: "one1" }]);
});

test("a full map becomes another full one", () => {
  const full = (word: string) => orderDocument({ ...blankDocument(), stages: Array.from({ length: 30 }, (_, index) => makeStage(`${word}${index}`)) });
  expect(applyEdits(full("stage"), editsBetween(full("stage"), full("other"))).document).toEqual(full("other"));
});

test("a document that somebody wrote is told what is wrong with it", () => {
  const broken = { stages: [makeStage("buys"), makeStage("buys")], steps: [makeStep("cart", "gone")], lanes: [], cards: [makeCard("one1", "cart", "gone")], measured: ["words" as const, "words" as const] };
  expect(listFaults(broken)).toEqual([
    'Two stages have the id "buys".', 'The measured lane "words" stands there twice.', 'The step "cart" is in no stage: there is none with the id "gone".', 'The card "one1" is in no lane: there is none with the id "gone".',
  ]);
  expect(listFaults(blankDocument())).toEqual([]);
});

test("the figures of a document count what lists show", () => {
  const steps = [makeStep("cart", "buys", { matches: [{ touchpoint: "Cart", channel: null }], childMapId: "map-1" }), makeStep("pays", "buys", { childMapId: "map-1" }), makeStep("waits", "buys", {})];
  expect(figuresOf({ ...blankDocument(), stages: [makeStage("buys")], steps })).toEqual({ steps: 3, boundSteps: 2, childMapIds: ["map-1"] });
});
