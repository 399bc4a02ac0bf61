import type { AlignedMove } from "@firsthand/server/journeys/deviations/deviations.contract";
import { expect, test } from "vitest";
import { placeOf, shownAround } from "./moves.rules.ts";

const move = (kind: AlignedMove["kind"], stepId: string | null, touchpoint: string | null, ways: string[] = []): AlignedMove => ({ kind, stepId, stepName: stepId, ways, touchpoint, channel: null, at: null });
const moves = [move("ad_hoc", null, "Home"), move("sync", "pay", "Pay"), move("missing", "ship", null), move("out_of_order", "pay", "Pay"), move("failure", "pay", "Declined"), move("missing", "card", null, ["Card", "Cash"]), move("missing", "mail", null, ["Mail", "Call"]), move("failure", "pay", "Declined")];

test.each([
  ["failed", "pay", [], 4], ["ad_hoc", "Home", [], 0], ["missing", "ship", [], 2], ["missing", "fork 2", ["Mail", "Call"], 6], ["missing", "mail", [], null], ["out_of_order", "pay", [], 3], ["failed", "ship", [], null],
] as const)("%s at %s %s stands first at %s", (kind, part, ways, at) => {
  expect(placeOf(moves, { kind, part, ways })).toBe(at);
});

test.each([
  [40, null, { from: 0, to: 40 }], [40, 20, { from: 17, to: 27 }], [40, 5, { from: 0, to: 12 }], [40, 6, { from: 3, to: 13 }], [29, 20, { from: 17, to: 29 }], [4, 1, { from: 0, to: 4 }],
])("of %i moves, where number %s matters, these are shown first: %j", (count, at, shown) => {
  expect(shownAround(count, at)).toEqual(shown);
});
