import { describe, expect, test } from "vitest";
import { consentPurposeOf, newConsents } from "./consents.rules.ts";
import type { StatedConsent } from "./consents.rules.ts";

test.each([["survey", "survey"], ["notice", "notice"], ["campaign", "campaign"], ["reply", "reply"], ["follow_up", "reply"], ["interview", null], [undefined, null]])("the purpose %s is %s in the contact policy", (word, purpose) => {
  expect(consentPurposeOf(word)).toBe(purpose);
});

describe("what a response says about consent", () => {
  const questions = [{ id: "news", type: "consent", purpose: "campaign" }, { id: "own", type: "consent", purpose: "our club" }, { id: "pick", type: "single" }];
  const news = (isGiven: boolean): StatedConsent => ({ questionId: "news", purpose: "campaign", isGiven });
  test.each<[string, Record<string, string[]>, StatedConsent[], StatedConsent[]]>([
    ["agreed", { news: ["yes"], own: ["yes"], pick: ["yes"] }, [], [news(true)]],
    ["said no", { news: ["no"] }, [], [news(false)]],
    ["left out", { pick: ["yes"] }, [], []],
    ["agreed, and noted before", { news: ["yes"] }, [news(true)], []],
    ["taken back by a correction", { news: ["no"] }, [news(true)], [news(false)]],
    ["taken out by a correction", {}, [news(true)], [news(false)]],
    ["agreed again after that", { news: ["yes"] }, [news(false)], [news(true)]],
  ])("%s", (_title, answers, stated, said) => {
    expect(newConsents(questions, answers, stated)).toEqual(said);
  });
});
