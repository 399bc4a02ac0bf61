import { describe, expect, test } from "vitest";
import { compareWithRegister, countSightings, mayBeUnder, placesIn, productsIn, usualPhase } from "./sightings.rules.ts";

const fact = (properties: unknown, more: object = {}) => ({ type: "track", channel: null, message: { properties }, ...more });
const entry = (name: string, alsoCalled: string[] = [], formerNames: string[] = []) => ({ name, alsoCalled, formerNames });

describe("products", () => {
  test.each([
    [{ product_id: 7, name: "Boot" }, [{ name: "Boot", values: ["Boot", "7"] }]],
    [{ sku: "TN-210" }, [{ name: "TN-210", values: ["TN-210"] }]],
    [{ products: [{ sku: "A", name: "Boot" }, { name: "Tent" }] }, [{ name: "Boot", values: ["Boot", "A"] }, { name: "Tent", values: ["Tent"] }]],
    [{ product: "Rope", plan: "" }, [{ name: "Rope", values: ["Rope"] }]],
    [{ name: "Pricing page" }, []],
    [{ product: { nested: "thing" } }, []],
    [{ product: "x".repeat(121) }, []],
    ["no object", []], [null, []],
  ])("of %j are %j", (properties, sightings) => { expect(productsIn(fact(properties))).toEqual(sightings); });
});

describe("places", () => {
  test("are shops, and the places of posters and kiosks", () => {
    expect(placesIn(fact({ shop: "Oslo", shop_id: 3 }))).toEqual([{ name: "Oslo", values: ["Oslo", "3"] }]);
    expect(placesIn({ type: "response", channel: "qr", message: { source: "Gate 4" } })).toEqual([{ name: "Gate 4", values: ["Gate 4"] }]);
    expect(placesIn({ type: "response", channel: "email", message: { source: "newsletter" } })).toEqual([]);
    expect(placesIn({ type: "x", channel: null, message: { data: { store: "CloudEvents shop" } } })).toEqual([{ name: "CloudEvents shop", values: ["CloudEvents shop"] }]);
  });
});

describe("counting", () => {
  test("counts a fact once for each thing, joins a number with the name it stands beside, and reads a property of one's own", () => {
    const facts = [fact({ products: [{ name: "Boot", sku: "A" }, { name: "boot", sku: "A" }] }), fact({ product_id: "A" }), fact({ product_id: "B" }), fact({ gate: "Boot" })];

    expect(countSightings(facts, "product", ["properties.gate"])).toEqual([{ name: "boot", values: ["boot", "A", "Boot"], meetings: 3 }, { name: "B", values: ["B"], meetings: 1 }]);
  });

  test("lays what was seen beside the register, by every name a thing has and had", () => {
    const counts = [{ name: "Oslo", values: ["Oslo", "3"], meetings: 5 }, { name: "Bergen sentrum", values: [], meetings: 4 }, { name: "<b>Tromsø</b>", values: ["<b>Tromsø</b>", "9"], meetings: 2 }, { name: "!", values: [], meetings: 1 }];
    const compared = compareWithRegister([entry("Capital", ["3"]), entry("Bergen", [], ["bergen_sentrum"]), entry("Nowhere")], counts, "place");

    expect(compared.meetings).toEqual([5, 4, 0]);
    expect(compared.proposals).toEqual([{ kind: "place", name: "<b>Tromsø</b>", alsoCalled: ["9"], phase: null, meetings: 2 }]);
  });

  test("proposes stages in the order customers pass them", () => {
    const counts = ["Get help", "Zen", "Buy", "Renewal", "Consider", "Receive", "Discover"].map((name, index) => ({ name, values: [], meetings: 9 - index }));
    expect(compareWithRegister([], counts, "stage").proposals.map(({ name }) => name)).toEqual(["Discover", "Consider", "Buy", "Receive", "Get help", "Renewal", "Zen"]);
  });

  test("proposes at most a hundred", () => {
    const counts = Array.from({ length: 5_000 }, (_, index) => ({ name: `Thing ${index}`, values: [], meetings: 1 }));
    expect(compareWithRegister([], counts, "stage").proposals).toHaveLength(100);
  });
});

test.each([["Discover", "before"], ["Consider", "before"], ["Buy", "during"], ["Receive", "after"], ["Get help", "after"], ["Onboarding", "after"], ["Zen", null]] as const)(
  "%s lies %s", (stage, phase) => { expect(usualPhase(stage)).toBe(phase); });

test("a thing belongs neither to itself nor to what lies below it, and to nothing too deep", () => {
  const parentOf = new Map<string, string | null>([["a", null], ["b", "a"], ["c", "b"], ["d", "c"], ["e", "d"], ["f", "e"]]);
  expect([mayBeUnder("x", "a", parentOf), mayBeUnder("a", "a", parentOf), mayBeUnder("a", "c", parentOf), mayBeUnder("x", "e", parentOf), mayBeUnder("x", "f", parentOf)]).toEqual([true, false, false, true, false]);
});
