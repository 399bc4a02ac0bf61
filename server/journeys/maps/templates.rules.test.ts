import { describe, expect, test } from "vitest";
import { usualStage } from "../touchpoints/guess.rules.ts";
import { mapDocument } from "./document.contract.ts";
import { orderDocument } from "./document.rules.ts";
import { templateKey } from "./maps.contract.ts";
import { listFaults } from "./parts.rules.ts";
import { documentOfPath } from "./path-map.rules.ts";
import { describeTemplate, documentOfTemplate } from "./templates.rules.ts";

// Of no usual stage, because they may be met in any: all others must be names that are guessed.
const withoutStage = new Set(["E-mail", "Survey"]);

describe.each(templateKey.options)("the template %s", (key) => {
  const document = documentOfTemplate(key);

  test("is a whole document in order", () => {
    expect(mapDocument.parse(document)).toEqual(document);
    expect(listFaults(document)).toEqual([]);
    expect(orderDocument(document)).toEqual(document);
  });

  test("is bound to names that interactions get when nobody has registered touchpoints", () => {
    const names = document.steps.flatMap(({ matches, failures }) => [...matches, ...failures]).map(({ touchpoint }) => touchpoint);
    expect(names.filter((name) => usualStage(name) === null && !withoutStage.has(name))).toEqual([]);
  });

  test.skipIf(key === "blank")("says something about every step, and what it is for", () => {
    expect(describeTemplate(key)).not.toBe("");
    expect(document.steps.length).toBeGreaterThanOrEqual(7);
    expect(document.steps.filter((step) => !document.cards.some(({ stepId }) => stepId === step.id))).toEqual([]);
    expect(document.steps.filter(({ designed }) => designed.during === null)).toEqual([]);
    expect(document.steps.some(({ isMomentOfTruth }) => isMomentOfTruth)).toBe(true);
  });
});

const outlineOf = (touchpoints: string[], register: { name: string; stage: string | null }[] = []): string => {
  const { stages, steps } = documentOfPath(touchpoints, register);
  return stages.map((stage) => `${stage.name}: ${steps.filter(({ stageId }) => stageId === stage.id).map(({ name }) => name).join(", ")}`).join("; ");
};

describe("the map of a path", () => {
  test.each<[string, string[], { name: string; stage: string | null }[], string]>([
    ["has the usual stages", ["Search", "Product page", "Cart", "Order placed"], [], "Consider: Search, Product page; Buy: Cart, Order placed"],
    ["has the stages of the register before the usual ones", ["Search", "Cart"], [{ name: "Cart", stage: "Choose" }], "Consider: Search; Choose: Cart"],
    ["takes the usual stage where the register says none", ["Cart"], [{ name: "Cart", stage: null }], "Buy: Cart"],
    ["numbers what comes again", ["Cart", "Search", "Cart", "Cart"], [], "Buy: Cart; Consider: Search; Buy 2: Cart 2, Cart 3"],
    ["leaves what is of no stage in the one before", ["Cart", "Survey", "Cart"], [], "Buy: Cart, Survey, Cart 2"],
    ["puts what comes first and is of no stage into the first there is", ["Survey", "Cart"], [], "Buy: Survey, Cart"],
    ["has one stage when none is known", ["Gate", "Lounge"], [], "Journey: Gate, Lounge"],
  ])("%s", (_, touchpoints, register, outline) => {
    expect(outlineOf(touchpoints, register)).toBe(outline);
  });

  test("is bound to what it was made of", () => {
    expect(documentOfPath(["Cart", "Cart"], []).steps.map(({ matches }) => matches)).toEqual([[{ touchpoint: "Cart", channel: null }], [{ touchpoint: "Cart", channel: null }]]);
  });

  test("is whole and in the order of the path, however long and wild that is", () => {
    const touchpoints = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? "Cart" : `Search ${"<b>".repeat(60)}${index}`.slice(0, 200)));
    const register = touchpoints.map((name, index) => ({ name, stage: index % 2 === 0 ? "Buy" : "Consider" }));
    const document = documentOfPath(touchpoints, register);
    expect(mapDocument.parse(document)).toEqual(document);
    expect([listFaults(document), document.stages.length, document.steps.length]).toEqual([[], 30, 100]);
    expect(document.steps.map(({ matches }) => matches[0]?.touchpoint)).toEqual(touchpoints);
    expect(orderDocument(document)).toEqual(document);
  });
});
