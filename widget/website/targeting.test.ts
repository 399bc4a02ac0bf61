import { describe, expect, test } from "vitest";
import { belongsOn, isDue } from "./targeting.ts";

describe("the pages a survey belongs on", () => {
  test.each<[string[], string[], string, boolean]>([
    [[], [], "https://shop.example/", true],
    [["/shop/*"], [], "https://shop.example/shop/shoes?size=42", true],
    [["/shop/*"], [], "https://shop.example/shopping", false],
    [["/shop"], [], "https://shop.example/shop", true],
    [["/shop"], [], "https://shop.example/shop/", false],
    [["*/thanks"], [], "https://shop.example/order/7/thanks#top", true],
    [["https://help.example/*"], [], "https://shop.example/help", false],
    [["/a*b*c"], [], "https://shop.example/a-c-b-c", true],
    [["/a*b*c"], [], "https://shop.example/ac", false],
    [["/search?*"], [], "https://shop.example/search?q=shoe", true],
    [["/ab*ba"], [], "https://shop.example/aba", false],
    [[], ["/basket*"], "https://shop.example/basket", false],
    [["/*"], ["/basket*"], "https://shop.example/help", true],
  ])("%j except %j: %s is %s", (addresses, exceptAddresses, href, belongs) => {
    expect(belongsOn({ addresses, exceptAddresses }, href)).toBe(belongs);
  });
});

describe("whether a device may see a survey", () => {
  const DAY_MS = 86_400_000;
  const now = 1_000 * DAY_MS;
  test.each<[string, { samplePercent?: number; againAfterDays?: number | null; quietDays?: number }, { lot?: number; seenDaysAgo?: number; otherDaysAgo?: number }, boolean]>([
    ["a lot that is in", { samplePercent: 20 }, { lot: 19 }, true],
    ["a lot that is out", { samplePercent: 20 }, { lot: 20 }, false],
    ["no lot", {}, {}, false],
    ["seen lately", { againAfterDays: 90 }, { lot: 1, seenDaysAgo: 89 }, false],
    ["seen long ago", { againAfterDays: 90 }, { lot: 1, seenDaysAgo: 90 }, true],
    ["seen ever, and shown once only", { againAfterDays: null }, { lot: 1, seenDaysAgo: 900 }, false],
    ["seen, and always shown", { againAfterDays: 0 }, { lot: 1, seenDaysAgo: 0 }, true],
    ["another survey yesterday", { quietDays: 7 }, { lot: 1, otherDaysAgo: 1 }, false],
    ["another survey last month", { quietDays: 7 }, { lot: 1, otherDaysAgo: 30 }, true],
  ])("%s", (_title, survey, { lot, seenDaysAgo, otherDaysAgo }, is) => {
    const seen = { ...(seenDaysAgo === undefined ? {} : { a: now - seenDaysAgo * DAY_MS }), ...(otherDaysAgo === undefined ? {} : { b: now - otherDaysAgo * DAY_MS }) };
    const placed = { slug: "a", samplePercent: 100, againAfterDays: 90, quietDays: 7, ...survey };
    expect(isDue(placed, { lots: lot === undefined ? {} : { a: lot }, seen }, now)).toBe(is);
  });
});
