import type { OverlayEntry } from "@firsthand/server/journeys/overlays/overlays.contract";
import { expect, test } from "vitest";
import { entriesAt } from "./entries.rules.ts";

const irrelevant = { id: "irrelevant", failureOf: [], name: null, touchpoint: "Cart", channel: null, feeling: null, isInferred: false, text: null };
const fact = (at: string): OverlayEntry => ({ ...irrelevant, stepIds: ["step1"], record: "interaction", kind: null, at });
const told: OverlayEntry = { ...fact("2026-03-09T10:00:00.000Z"), record: "perception", kind: "emotion", feeling: -0.5 };
const account = { stepId: "step1", isOnTimeline: true, at: "2026-03-09T10:00:00Z" };
const all = ["01", "02", "03", "04", "05"].map((day) => fact(`2026-03-${day}T10:00:00.000Z`));

test.each<[string, OverlayEntry[], (typeof account)[], ReturnType<typeof entriesAt>]>([
  ["all of few", all.slice(0, 2), [], { shown: all.slice(0, 2), earlier: 0 }],
  ["the latest four of many, and how many there were before", all, [], { shown: all.slice(1), earlier: 1 }],
  ["what was told of the step once, where it is written", [...all, told], [account], { shown: all.slice(1), earlier: 1 }],
  ["what was told of another step", [told], [{ ...account, stepId: "step2" }], { shown: [told], earlier: 0 }],
  ["what a member only saw beside what she told", [told], [{ ...account, isOnTimeline: false }], { shown: [told], earlier: 0 }],
  ["nothing of another step", [{ ...told, stepIds: ["step2"] }], [], { shown: [], earlier: 0 }],
])("a step shows of a customer %s", (_, entries, accounts, shown) => {
  expect(entriesAt(entries, "step1", accounts)).toEqual(shown);
});
