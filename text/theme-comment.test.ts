import { expect, test } from "vitest";
import { themeCommentOf } from "./theme-comment.ts";

test.each([
  ["a complaint", "The app crashes.", "neg", -0.9, true],
  ["a complaint that a member told from praise", "Well done again.", "neg", 0.4, true],
  ["both, but more of a complaint", "Nice shop, and the app crashes all day long.", "mix", -0.2, true],
  ["both, but more of a praise", "The shop is lovely and the staff too; it rained.", "mix", 0.3, false],
  ["neither, though its words lean to the bad", "The parcel came on Monday.", "neu", -0.1, false],
  ["praise", "Lovely staff.", "pos", 0.9, false],
] as const)("%s is grouped by what was felt", (_what, text, sentiment, sentimentScore, isBad) => {
  expect(themeCommentOf(text, { language: "en", sentiment, sentimentScore, personalData: [], mentions: [] })).toEqual({ text, language: "en", isBad, people: [] });
});

test("personal data is no part of a theme", () => {
  const given = themeCommentOf("Ask Jane Roe, she knows.", { language: "en", sentiment: "pos", sentimentScore: 0.5, personalData: [{ kind: "name", from: 4, to: 12 }], mentions: [] });

  expect(given.text).toBe("Ask  0 , she knows.");
});

test("a long text is cut, and not through personal data", () => {
  const given = (text: string, from: number, to: number) => themeCommentOf(text, { language: "en", sentiment: "pos", sentimentScore: 0.5, personalData: [{ kind: "name", from, to }], mentions: [] }).text;
  const text = `${"late ".repeat(799)}Jane Roe, she knows. ${"late ".repeat(6_000)}`;

  expect(given(text, 3_995, 4_003)).toBe(`${"late ".repeat(799)} 0 `);
  expect(given(text, 4_020, 4_024)).toBe(text.slice(0, 4_000));
});

test("people are told, places and products are what a comment is about", () => {
  const text = "Amina was patient at the desk in Bergen.";
  const mentions = [{ kind: "person", from: 0, to: 5 } as const, { kind: "place", from: 33, to: 39 } as const];

  expect(themeCommentOf(text, { language: "en", sentiment: "pos", sentimentScore: 0.5, personalData: [], mentions }).people).toEqual(["Amina"]);
});
