import { describe, expect, test } from "vitest";
import { makeStep } from "../../../server/journeys/maps/document.make.ts";
import { documentInDetail } from "./parts.rules.ts";

describe("the map of a step", () => {
  const failures = [{ touchpoint: "Payment error", channel: null }];
  const inDetail = (touchpoints: readonly string[]) => {
    let last = 0;
    const step = makeStep("pay", "stage1", { name: "Pay", matches: touchpoints.map((touchpoint) => ({ touchpoint, channel: null })), failures });
    return documentInDetail({ stages: [], steps: [step], lanes: [], cards: [], measured: ["volume"] }, step, { newId: () => `new${++last}`, firstStep: "First" });
  };

  test("has a step for each touchpoint, each with what tells that it went wrong", () => {
    const { steps, measured } = inDetail(["Card", "Invoice"]);

    expect(steps.map(({ name, matches, failures: told }) => ({ name, matches, told }))).toEqual(
      ["Card", "Invoice"].map((touchpoint) => ({ name: touchpoint, matches: [{ touchpoint, channel: null }], told: failures })),
    );
    expect(measured).toEqual(["volume"]);
  });

  test("begins with one step where none belongs to it yet, and keeps what tells that it went wrong", () => {
    expect(inDetail([]).steps).toMatchObject([{ name: "First", matches: [], failures }]);
  });
});
