import { expect, test } from "vitest";
import { compareOverlays } from "./comparison.rules.ts";
import type { OverlayStep } from "./overlays.contract.ts";

const step = (stepId: string, given: Partial<OverlayStep> = {}): OverlayStep => ({
  stepId, isBound: true, sharesWith: [], interactions: 0, customers: 0, share: null, evidence: "assumption", feeling: { measured: null, inferred: null, assumed: null }, designed: { before: null, during: null, after: null },
  effort: null, needs: [], words: [], next: null, withinPlanned: null, promises: null, failures: null, ...given,
});
const met = (stepId: string, customers: number): OverlayStep => step(stepId, { customers });

test("a single difference whose interval misses zero is told, the same among thirty that do not differ is not", () => {
  const same = Array.from({ length: 29 }, (_, at) => met(`same${at}`, 50));
  const compare = (others: readonly OverlayStep[]) => compareOverlays({ customers: 100, steps: [met("one", 50), ...others] }, { customers: 100, steps: [met("one", 35), ...others] })[0]?.share;

  expect(compare([])?.low).toBeGreaterThan(0);
  expect([compare([])?.isSignificant, compare(same)?.isSignificant]).toEqual([true, false]);
  expect(compare(same)?.low).toBe(compare([])?.low);
});

test("needs are compared by customers, each where both sides spoke of it", () => {
  const need = (unmet: number, met: number, voices: number) => ({ need: "EASY", met, unmet, mixed: 0, voices }) as const;
  const compare = (voices: number) => compareOverlays({ customers: 1, steps: [step("one", { needs: [need(30, 10, voices), { ...need(1, 1, 2), need: "RIGHT" }] })] }, { customers: 1, steps: [step("one", { needs: [need(10, 30, 40)] })] })[0]?.needs;

  expect(compare(40)).toMatchObject([{ need: "EASY", unmet: { difference: 0.5, isSignificant: true } }]);
  expect(compare(2)).toMatchObject([{ need: "EASY", unmet: { difference: 0.5, isSignificant: false } }]);
});

test("effort is compared where both were asked, or neither", () => {
  const asked = { kind: "asked", mean: 0.5, low: 0.4, high: 0.6, count: 40 } as const;
  const again = { kind: "repeats", perCustomer: 2, low: 1.5, high: 2.5, count: 40 } as const;
  const compare = (one: OverlayStep["effort"], other: OverlayStep["effort"]) => compareOverlays({ customers: 1, steps: [step("one", { effort: one })] }, { customers: 1, steps: [step("one", { effort: other })] })[0]?.effort;

  expect(compare(again, { ...again, perCustomer: 0.5, low: 0.2, high: 1 })).toMatchObject({ difference: 1.5, low: expect.closeTo(1.5 - Math.hypot(0.5, 0.5), 12), high: expect.closeTo(1.5 + Math.hypot(0.5, 0.3), 12), isSignificant: true });
  // Nobody of two came again: that says nothing of others.
  expect(compare(again, { ...again, perCustomer: 0, low: 0, high: 0, count: 2 })).toBeNull();
  expect([compare(asked, asked), compare(asked, again), compare(asked, null)]).toMatchObject([{ difference: 0, isSignificant: false }, null, null]);
});
