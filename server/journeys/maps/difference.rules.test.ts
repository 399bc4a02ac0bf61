import { describe, expect, test } from "vitest";
import { compareMaps } from "./difference.rules.ts";
import type { MapDocument } from "./document.contract.ts";
import { blankDocument, makeCard, makeLane, makeStage, makeStep } from "./document.make.ts";
import { applyEdits, orderDocument } from "./document.rules.ts";
import type { MapEdit } from "./edits.contract.ts";
import { mermaidOf } from "./mermaid.rules.ts";
import { documentOfTemplate } from "./templates.rules.ts";

const asIs: MapDocument = orderDocument({
  ...blankDocument(),
  stages: [makeStage("buys"), makeStage("waits"), makeStage("uses")],
  steps: [makeStep("cart", "buys"), makeStep("pays", "buys"), makeStep("thanks", "buys"), makeStep("gets", "waits"), makeStep("opens", "uses")],
  lanes: [makeLane("does"), makeLane("hurts")],
  cards: [makeCard("one1", "cart", "does", { text: "Looks" }), makeCard("two2", "cart", "does", { text: "Chooses" }), makeCard("slow", "gets", "hurts", { text: "Waits" })],
});

describe("a map that shall be", () => {
  test.each<[string, MapEdit[], object]>([
    ["is the same", [], {}],
    ["has a step more", [{ do: "put", part: "step", value: makeStep("asks", "uses", { name: "Asks" }), before: null }], { added: ["step asks Asks"] }],
    ["has a stage less, with all in it", [{ do: "remove", part: "stage", id: "waits" }], { gone: ["stage waits waits", "step gets gets", "card slow Waits"] }],
    ["has the last stage first, and its steps went along", [{ do: "move", part: "stage", id: "uses", before: "buys" }], { moved: ["stage uses uses"] }],
    ["has the first stage last", [{ do: "move", part: "stage", id: "buys", before: null }], { moved: ["stage buys buys"] }],
    ["has a step earlier in its stage", [{ do: "move", part: "step", id: "thanks", stageId: "buys", before: "cart" }], { moved: ["step thanks thanks"] }],
    ["has a step in another stage, and its cards went along", [{ do: "move", part: "step", id: "cart", stageId: "uses", before: null }], { moved: ["step cart cart"] }],
    ["has a card at another step", [{ do: "move", part: "card", id: "slow", stepId: "pays", laneId: "hurts", before: null }], { moved: ["card slow Waits"] }],
    ["has cards of one crossing in another order, which says nothing", [{ do: "move", part: "card", id: "two2", stepId: "cart", laneId: "does", before: "one1" }], {}],
    ["says something else", [
      { do: "change", part: "step", id: "gets", was: { isOptional: false, nextWithinHours: null }, now: { isOptional: true, nextWithinHours: 24 } },
      { do: "change", part: "card", id: "slow", was: { text: "Waits" }, now: { text: "Waits less" } },
    ], { changed: ['step gets gets {"isOptional":false,"nextWithinHours":null} {"isOptional":true,"nextWithinHours":24}', 'card slow Waits less {"text":"Waits"} {"text":"Waits less"}'] }],
  ])("%s", (_, edits, expected) => {
    const applied = applyEdits(asIs, edits);
    expect(applied.refused).toEqual([]);
    const { added, gone, moved, changed } = compareMaps(asIs, applied.document);
    const told = (list: readonly { part: string; id: string; name: string }[]): string[] => list.map(({ part, id, name }) => `${part} ${id} ${name}`);
    expect({ added: told(added), gone: told(gone), moved: told(moved), changed: changed.map((one) => `${told([one]).join()} ${JSON.stringify(one.was)} ${JSON.stringify(one.now)}`) })
      .toEqual({ added: [], gone: [], moved: [], changed: [], ...expected });
  });
});

test("a map as mermaid text has sections, tasks, scores and who takes part", () => {
  const document: MapDocument = orderDocument({
    ...asIs,
    steps: [makeStep("cart", "buys", { name: "Looks: 3; #1, %%\nend", designed: { before: null, during: 2, after: -1 } }), makeStep("pays", "buys", { designed: { before: -2, during: null, after: null } }), makeStep("gets", "waits", { name: "end" }), makeStep("opens", "uses")],
    lanes: [makeLane("does"), makeLane("team", { kind: "people" })],
    cards: [makeCard("one1", "gets", "does", { feeling: -2 }), makeCard("two2", "gets", "does", { feeling: -1 }), makeCard("who1", "gets", "team", { text: "Warehouse, Carrier\nCustomer" })],
  });
  expect(mermaidOf({ name: "Buying\n<b>#1</b>", document })).toBe(`journey
    title Buying <b>＃1</b>
    section buys
      Looks∶ 3⁏ ＃1‚ % % end: 5: Customer
      pays: 1: Customer
    section waits
      · end: 2: Customer, Warehouse, Carrier
    section uses
      opens: 3: Customer
`);
});

test("steps of which customers take one are said to be so in mermaid text, which cannot draw it", () => {
  const document = documentOfTemplate("shop_visit");
  const steps = document.steps.flatMap((step) => (step.name === "Pays at the till" ? [step, { ...step, id: "signs1", name: "Signs" }] : [step]));
  const text = mermaidOf({ name: "Visit", document: { ...document, steps } });
  expect(text.split("\n").filter((line) => /either|then|or Orders/.test(line)).map((line) => line.trim().split(":")[0])).toEqual(["either Pays at the till", "then Signs", "or Orders it to the door"]);
});
