import { expect, test } from "vitest";
import { withDetails } from "./details.rules.ts";
import { makeStep } from "./document.make.ts";
import type { MapStep } from "./document.contract.ts";

const step = (id: string, touchpoints: string, given: Partial<MapStep> = {}): MapStep =>
  makeStep(id, "stage1", { matches: touchpoints.split(" ").filter((one) => one !== "").map((touchpoint) => ({ touchpoint, channel: null })), ...given });
const failure = (touchpoint: string) => ({ failures: [{ touchpoint, channel: "web" }] });
const shown = (steps: readonly MapStep[]): string[] => steps.map(({ matches, failures }) => `${matches.map(({ touchpoint }) => touchpoint).join(" ")}|${failures.map(({ touchpoint }) => touchpoint).join(" ")}`);

const inside = new Map([
  ["pay", { steps: [step("card", "Card Cart"), step("bill", "Invoice", { ...failure("Reminder"), childMapId: "bill" })] }],
  ["bill", { steps: [step("post", "Letter"), step("round", "", { childMapId: "pay" })] }],
]);

test.each([
  ["what belongs to the steps of its map, each once and its own first", step("a", "Cart", { childMapId: "pay" }), "Cart Card Invoice Letter|Reminder"],
  ["the failures of both", step("a", "", { ...failure("Refused"), childMapId: "pay" }), "Card Cart Invoice Letter|Refused Reminder"],
  ["its own alone where its map is gone", step("a", "Cart", { childMapId: "gone" }), "Cart|"],
  ["its own alone where it has no map", step("a", "Cart", failure("Refused")), "Cart|Refused"],
  ["an end where maps hold each other", step("a", "", { childMapId: "bill" }), "Letter Card Cart Invoice|Reminder"],
])("a step has %s", (_what, given, expected) => {
  expect(shown(withDetails([given], inside))).toEqual([expected]);
});

test("a step whose map is gone is as one that never had a map", () => {
  const steps = withDetails([step("a", "Cart", { childMapId: "pay" }), step("b", "Card", { childMapId: "gone" })], inside);
  expect(steps.map(({ childMapId }) => childMapId)).toEqual(["pay", null]);
});
