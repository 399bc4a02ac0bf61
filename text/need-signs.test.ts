import { describe, expect, test } from "vitest";
import { countHints, countReasons, countSigns, countSlowly, countUrgent, HINTS_MAX, metBalance, REASONS_MAX, SIGNS_MAX } from "./need-signs.ts";
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

describe("wordings of what is met or not", () => {
  test.each([
    ["PROMISE", 0.5, "Arrived on time."],
    ["PROMISE", -0.5, "My parcel never arrived."],
    ["PROMISE", 0, "It came quickly but was damaged."],
    ["PROMISE", -2 / 3, "Two weeks late, and one plate was broken."],
    ["EXPECT", 0.5, "Just as described."],
    ["EXPECT", -0.5, "Looks nothing like the photos."],
    ["EASY", -0.5, "I was on hold for an hour."],
    ["INFORM", 0.5, "They kept me updated."],
    ["INDIVID", -0.5, "The clerk was rude."],
    ["RIGHT", 0, "They never refunded me, then they apologised and refunded me."],
    ["PROMISE", 0, ""],
  ] as const)("say of %s %d: %s", (need, balance, text) => {
    expect(metBalance(text, NEEDS.indexOf(need))).toBeCloseTo(balance, 6);
  });
});

describe("reasons to act today", () => {
  test.each([
    ["somebody takes what is not theirs", "There are two charges I never authorized and someone opened a card in my name."],
    ["own money is out of reach", "My account is frozen and I can't log in."],
    ["own money is out of reach", "They took £101 from my account."],
    ["the law or the landlord comes", "We will be evicted on Monday."],
    ["money for living is short", "I cannot pay my rent this month."],
    ["the customer threatens", "My solicitor will write to you next."],
    ["body and life", "There was glass in the jar and it made me sick."],
    ["body and life", "She can't breathe lying down."],
    ["stuck without what one cannot do without", "We have no heating since Tuesday."],
  ])("stand in the text where %s: %s", (_reason, text) => {
    expect(countReasons(text)).toBeGreaterThan(0);
  });

  test.each(["Great service, friendly staff.", "The parcel came three days late.", "Please reply immediately, this is urgent.", "They charged an annual fee and lowered my limit.", "Still waiting for my second cup of coffee.", "My knees were in pain for the whole flight."])("do not stand in: %s", (text) => {
    expect(countReasons(text)).toBe(0);
  });

  test("are counted up to a few, and in linear time", () => {
    const text = "they stole my money and threaten me without my consent ".repeat(2_000);
    const started = performance.now();
    expect(countReasons(text)).toBe(REASONS_MAX);
    expect(countUrgent("unsafe today ".repeat(2_000))).toBe(HINTS_MAX);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
