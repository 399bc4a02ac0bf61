import { describe, expect, test } from "vitest";
import { countHints, countSigns, countSlowly, HINTS_MAX, SIGNS_MAX } from "./need-signs.ts";
import { readRealTexts } from "./real-texts.make.ts";
import { NEEDS } from "./reading.ts";
import { makeTexts } from "./texts.make.ts";

const parts = ["not", "no", "never", "didn't", "did not", "told", "on hold", "website", "ad", "app", "slow", "12", "hours", "late", "very easy", "to use", "the staff", "friendly", "helpful", "and", ",", "up-to-date", "up to date", "waiting", "times", "wait", "weeks", "broke", "n", "as described", "i had", "thought that", "\u2028", "\n", "é", "ſtaff", "😀", "_", "-", "'", "STAFF", "Refund", "log in", "\u212a", "still no", "reply", "offered us a", "free", "x".repeat(30), "manager", "refused", "have", "to call", "sent", "some", "letters", "."];

const mixedTexts = (count: number): string[] => {
  let seed = 5;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(12) }, () => parts[next(parts.length)]).join(next(4) === 0 ? "" : " "));
};

describe("signs of needs", () => {
  test("are as many by trying patterns where they may begin as by searching everywhere", () => {
    const long = [1_490, 1_495, 1_499, 1_500].map((length) => `${"a ".repeat(length / 2)}on hold`);
    const texts = [...mixedTexts(2_500), ...makeTexts(300), ...long, ...readRealTexts(30)];
    const seen = { signs: [0, 0, 0], hints: [0, 0, 0, 0, 0] };
    for (const text of texts) {
      NEEDS.forEach((name, need) => {
        const counts = { signs: countSigns(text, need), hints: countHints(text, need) };
        expect(counts, `${name}: ${text}`).toEqual(countSlowly(text, need));
        seen.signs[counts.signs] = (seen.signs[counts.signs] ?? 0) + 1;
        seen.hints[counts.hints] = (seen.hints[counts.hints] ?? 0) + 1;
      });
    }
    expect(Math.min(...seen.signs)).toBeGreaterThan(150);
    expect(Math.min(...seen.hints)).toBeGreaterThan(20);
    expect(seen.signs).toHaveLength(SIGNS_MAX + 1);
    expect(seen.hints).toHaveLength(HINTS_MAX + 1);
  });

  test.each(["on hold ", "very ", "12 ", "ad ", "staff ", "not ", "a", " ", "é"])("take linear time on 100 kB of %j", (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const started = performance.now();
    const counts = NEEDS.flatMap((_, need) => [countSigns(text, need), countHints(text, need)]);

    expect(counts).toHaveLength(2 * NEEDS.length);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
